//! Arrays, and what is written in the place of one.

use iamc_model::Spanned;
use toml::de::DeValue;

use super::{Reader, Value};

impl<'a> Reader<'a> {
    /// The items of an array; a bare value is reported and read as an array of one. `example` is an
    /// item to show.
    pub(crate) fn array(&mut self, value: Value<'a>, wanted: &str, example: &str) -> Option<Vec<Value<'a>>> {
        match value.node {
            DeValue::Array(items) => Some(items.iter().map(|item| value.item(self, item)).collect()),
            DeValue::String(_) => {
                let key = self.written(value.key.span);
                let help = format!("write `{key} = [{}]`", self.on_one_line(value, example));
                self.wrong_type(value, wanted, help);
                Some(vec![value])
            }
            _ => {
                let help = self.array_help(value, wanted, example);
                self.wrong_type(value, wanted, help);
                None
            }
        }
    }

    /// How to write a value that is neither an array nor a string as an array; a table stays what it is
    /// where tables are wanted.
    fn array_help(&self, value: Value<'a>, wanted: &str, example: &str) -> String {
        let key = self.written(value.key.span);
        let written = self.on_one_line(value, example);
        match value.node {
            DeValue::Table(_) if !wanted.contains("tables") => format!("write `{key} = [{example}]`"),
            DeValue::Table(_) if written.starts_with('[') => format!("write `[{written}]`"),
            DeValue::Table(_) if written.starts_with('{') => format!("write `{key} = [{written}]`"),
            DeValue::Table(_) => format!("write `{key} = [{example}]`"),
            _ => format!("write `{key} = [{}]`", self.as_string(value, example)),
        }
    }

    /// The items of an array that is not empty.
    pub(crate) fn filled_array(
        &mut self,
        value: Value<'a>,
        wanted: &str,
        example: &str,
    ) -> Option<Vec<Value<'a>>> {
        let items = self.array(value, wanted, example)?;
        if items.is_empty() {
            self.empty(value, format!("write `{} = [{example}]`", self.written(value.key.span)));
            return None;
        }
        Some(items)
    }

    /// An array of strings, none of them empty; the array may be.
    pub(crate) fn strings(&mut self, value: Value<'a>, example: &str) -> Option<Vec<Spanned<String>>> {
        let items = self.array(value, "an array of strings", example)?;
        Some(items.into_iter().filter_map(|item| self.filled_string(item)).collect())
    }
}
