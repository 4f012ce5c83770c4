//! ARNs that cannot be.

use iamc_catalog::Catalog;
use iamc_model::{Diagnostic, codes, name};

use super::fault::{Fault, Place};
use super::kind;
use crate::arn::Arn;
use crate::pattern::has_wildcard;
use crate::written::{Word, Written};

/// What is said of a fault, on the words and below them.
struct Said {
    message: String,
    label: &'static str,
    help: String,
}

/// `arn-malformed` at a resource.
pub(super) fn report(
    resource: &Word,
    fault: Fault<'_>,
    written: &Written<'_>,
    catalog: &Catalog,
) -> Diagnostic {
    let mut said = said(resource, fault, written, catalog);
    match fault {
        Fault::Fields(_) if has_wildcard(&resource.value) => {
            said.message.push_str(", and AWS leaves open whether a wildcard reaches over a colon");
        }
        _ => said.message.push_str(&format!(": it {}", written.on_nothing())),
    }
    Diagnostic::new(&codes::ARN_MALFORMED, said.message, resource.span, said.label).help(said.help)
}

fn said(resource: &Word, fault: Fault<'_>, written: &Written<'_>, catalog: &Catalog) -> Said {
    match fault {
        Fault::Fields(count) => fields(count, &resource.value, catalog),
        Fault::Partition(partition) => self::partition(partition, written.partition, catalog),
        Fault::Region(region) => self::region(region, written.partition, catalog),
        Fault::Account(account) => self::account(account),
        Fault::Place { region, account } => place(resource.shown(), region, account),
        Fault::Blank | Fault::Service(_) | Fault::Kind(_) => blank(),
    }
}

fn blank() -> Said {
    Said {
        message: "this ARN ends in a blank".to_owned(),
        label: "a blank before the quote",
        help: "remove the blank".to_owned(),
    }
}

fn fields(count: usize, text: &str, catalog: &Catalog) -> Said {
    let service = text.split(':').nth(2).unwrap_or_default();
    let last = text.rsplit(':').next().unwrap_or_default();
    let general =
        "an ARN is `arn:partition:service:region:account:resource`, of which region and account can be empty";
    Said {
        message: format!("this ARN has {count} of its six fields"),
        label: "a field is missing",
        help: kind::such_as(service, last, catalog).unwrap_or_else(|| general.to_owned()),
    }
}

fn partition(partition: &str, wanted: &str, catalog: &Catalog) -> Said {
    let is_known = catalog.partitions().iter().any(|known| known.name == partition);
    let message = match is_known {
        true => format!("this ARN is of the partition `{partition}`, and the project of `{wanted}`"),
        false => format!("AWS has no partition `{partition}`"),
    };
    let help = format!("write `arn:{wanted}:…`, or `arn:{{partition}}:…`");
    Said { message, label: "another partition", help }
}

fn region(region: &str, partition: &str, catalog: &Catalog) -> Said {
    let regions = catalog.partitions().iter().find(|known| known.name == partition);
    let regions = regions.map(|known| known.regions.as_slice()).unwrap_or_default();
    let message = match has_wildcard(region) {
        true => format!("no region of the partition `{partition}` matches `{region}`"),
        false => format!("the partition `{partition}` has no region `{region}`"),
    };
    let help = match name::nearest(region, regions.iter().map(String::as_str)) {
        Some(nearest) => format!("write `{nearest}`"),
        None => "write a region such as `eu-central-1`, or `*` for all".to_owned(),
    };
    Said { message, label: "no such region", help }
}

fn account(account: &str) -> Said {
    let digits: String = account.chars().filter(char::is_ascii_digit).collect();
    let help = match digits.len() {
        12 => format!("write `{digits}`"),
        _ => "write the account's 12 digits, `{account}` for the project's own, or `*` for all".to_owned(),
    };
    Said {
        message: format!("`{account}` is no account: an account has 12 digits"),
        label: "no account",
        help,
    }
}

/// Where region and account belong, in the words of the ARN itself.
fn place(shown: &str, region: Option<Place>, account: Option<Place>) -> Said {
    let nouns = |wanted: Place| -> Vec<&str> {
        let named = [(region, "region"), (account, "account")];
        named.into_iter().filter(|(place, _)| *place == Some(wanted)).map(|(_, noun)| noun).collect()
    };
    let superfluous = match nouns(Place::Superfluous).as_slice() {
        [] => None,
        ["account"] => Some("an account"),
        [_] => Some("a region"),
        _ => Some("a region and an account"),
    };
    let missing = match nouns(Place::Missing).as_slice() {
        [] => None,
        ["account"] => Some("no account"),
        [_] => Some("no region"),
        _ => Some("neither region nor account"),
    };
    let superfluous = superfluous.map(|noun| format!("names {noun}, which ARNs of its kind have not"));
    let missing = missing.map(|noun| format!("names {noun}, which ARNs of its kind have"));
    let label = if missing.is_some() {
        "a field is empty that must not be"
    } else {
        "a field is filled that has to be empty"
    };
    let parts: Vec<String> = missing.into_iter().chain(superfluous).collect();
    Said {
        message: format!("this ARN {}", parts.join(", and ")),
        label,
        help: mended(shown, region, account),
    }
}

fn mended(shown: &str, region: Option<Place>, account: Option<Place>) -> String {
    let Some(arn) = Arn::of(shown) else { return String::new() };
    let region = mend(arn.region, region, "*");
    let account = mend(arn.account, account, "{account}");
    format!("write `{}`", Arn { region, account, ..arn }.text())
}

fn mend<'a>(field: &'a str, place: Option<Place>, filling: &'a str) -> &'a str {
    match place {
        None => field,
        Some(Place::Superfluous) => "",
        Some(Place::Missing) => filling,
    }
}
