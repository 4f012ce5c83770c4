//! Resources that another resource of the same statement covers.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes};

use crate::arn::is_filled_later;
use crate::pattern::{covers, has_wildcard};
use crate::written::{Word, Written};

/// `redundant-resource` at each resource that another covers; of two that are the same at the later.
pub(super) fn check(written: &Written<'_>, _: &Catalog) -> Vec<Diagnostic> {
    let texts: Vec<String> = written.policy.resources.items.iter().map(ToString::to_string).collect();
    let resources: Vec<(&Word, &str)> =
        written.resources.iter().zip(texts.iter().map(String::as_str)).collect();
    let covered = (0..resources.len()).filter_map(|at| Some((resources.get(at)?, covering(at, &resources)?)));
    covered.map(|(resource, by)| report(*resource, *by)).collect()
}

fn covering<'r, 'w>(at: usize, resources: &'r [(&'w Word, &'w str)]) -> Option<&'r (&'w Word, &'w str)> {
    let resource = resources.get(at)?;
    let mut others = resources.iter().enumerate().filter(|&(other, _)| other != at);
    others.find(|(place, other)| is_covering(other, resource, *place < at)).map(|(_, other)| other)
}

/// Two placeholders that principals fill can differ: only texts that are written alike are the same.
fn is_covering(other: &(&Word, &str), resource: &(&Word, &str), is_before: bool) -> bool {
    let is_same =
        other.1 == resource.1 || other.0.value == resource.0.value && !is_filled_later(&resource.0.value);
    match is_same {
        true => is_before,
        false => {
            let wide = &other.0.value;
            has_wildcard(wide) && !is_filled_later(wide) && covers(wide, &resource.0.value)
        }
    }
}

fn report((resource, text): (&Word, &str), (by, by_text): (&Word, &str)) -> Diagnostic {
    let is_same = resource.value == by.value;
    let message = match is_same {
        true => "this resource stands here twice",
        false => "this resource adds nothing to another, which covers it",
    };
    let label = if is_same { "the first" } else { "covers it" };
    let help = if is_same {
        format!("remove one `{text}`")
    } else {
        format!("remove `{text}`, or `{by_text}` if that is too wide")
    };
    Diagnostic::new(&codes::REDUNDANT_RESOURCE, message, resource.span, "can go")
        .also(by.span, label)
        .help(help)
}
