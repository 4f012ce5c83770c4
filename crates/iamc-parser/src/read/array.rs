//! Arrays, and what is written in the place of one.

use std::slice;

use iamc_model::Spanned;
use toml::de::DeValue;

use super::{Node, Reader, Value};

/// The items of an array, or a bare value that stands in the place of one.
pub(crate) struct Items<'a> {
    value: Value<'a>,
    is_bare: bool,
    items: slice::Iter<'a, Node<'a>>,
}

impl<'a> Items<'a> {
    /// The items of the array that a value is.
    pub(crate) fn of(value: Value<'a>, items: &'a [Node<'a>]) -> Self {
        Self { value, is_bare: false, items: items.iter() }
    }

    /// A bare value.
    pub(crate) fn only(value: Value<'a>) -> Self {
        Self { value, is_bare: true, items: [].iter() }
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        match std::mem::take(&mut self.is_bare) {
            true => Some(self.value),
            false => self.items.next().map(|item| self.value.item(item)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.items.len() + usize::from(self.is_bare);
        (length, Some(length))
    }
}

impl ExactSizeIterator for Items<'_> {}

impl<'a> Reader<'a> {
    /// The items of an array; a bare value is reported and read as an array of one. `example` is an
    /// item to show.
    pub(crate) fn array(&mut self, value: Value<'a>, wanted: &str, example: &str) -> Option<Items<'a>> {
        match value.node {
            DeValue::Array(items) => Some(Items::of(value, items)),
            DeValue::String(_) => {
                let key = self.written(value.key.span);
                let help = format!("write `{key} = [{}]`", self.on_one_line(value, example));
                self.wrong_type(value, wanted, help);
                Some(Items::only(value))
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
    ) -> Option<Items<'a>> {
        let items = self.array(value, wanted, example)?;
        if items.len() == 0 {
            self.empty(value, format!("write `{} = [{example}]`", self.written(value.key.span)));
            return None;
        }
        Some(items)
    }

    /// An array of strings, none of them empty; the array may be.
    pub(crate) fn strings(&mut self, value: Value<'a>, example: &str) -> Option<Vec<Spanned<String>>> {
        let items = self.array(value, "an array of strings", example)?;
        Some(self.each(items, Self::filled_string))
    }
}
