//! Reads a catalogue that is given as text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::action::LazyDetails;
use crate::document::{self, Document};
use crate::format::{self, Head};
use crate::pack::Shelf;
use crate::service::Service;
use crate::{Catalog, Malformed};

/// How the two parts of a catalogue begin; a date follows.
const SERVICES: &str = "iamc-services 1 ";
const POLICIES: &str = "iamc-managed-policies 1 ";

/// What has been read so far.
#[derive(Default)]
struct Reading {
    dates: Vec<String>,
    part: Part,
    head: Option<Head>,
    services: BTreeMap<String, Option<Service>>,
    /// The service whose lines are being read.
    service: Option<Service>,
    policies: Option<BTreeMap<String, Option<Document>>>,
}

#[derive(Default, Clone, Copy)]
enum Part {
    #[default]
    None,
    Services,
    Policies,
}

pub(crate) fn read(text: &str) -> Result<Catalog, Malformed> {
    let mut reading = Reading::default();
    for (at, line) in text.lines().enumerate() {
        reading.read(line).map_err(|message| Malformed { line: at + 1, message })?;
    }
    reading.close_service();
    reading.catalog().ok_or_else(|| Malformed { line: 1, message: no_catalogue() })
}

/// Reads the head of the catalogue that is built in.
pub(crate) fn head(text: &str) -> Head {
    let mut head = Head::default();
    for line in text.lines().skip(1) {
        // A test holds that every line of it is one.
        let _ = format::read_head_line(&mut head, line);
    }
    head
}

fn no_catalogue() -> String {
    format!("a catalogue begins with `{SERVICES}` or `{POLICIES}` and a date")
}

impl Reading {
    fn read(&mut self, line: &str) -> Result<(), String> {
        if let Some(rest) = line.strip_prefix(SERVICES) {
            self.head = Some(Head::default());
            return self.begin(Part::Services, rest);
        }
        if let Some(rest) = line.strip_prefix(POLICIES) {
            self.policies = Some(BTreeMap::new());
            return self.begin(Part::Policies, rest);
        }
        match self.part {
            Part::None => Err(no_catalogue()),
            Part::Services => self.read_services(line),
            Part::Policies => self.read_policy(line),
        }
    }

    fn begin(&mut self, part: Part, rest: &str) -> Result<(), String> {
        let date = rest.split(' ').next().unwrap_or_default();
        let is_date = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        self.dates.push(is_date.then(|| date.to_owned()).ok_or_else(|| format!("`{date}` is no date"))?);
        self.close_service();
        self.part = part;
        Ok(())
    }

    fn read_services(&mut self, line: &str) -> Result<(), String> {
        if let Some(prefix) = line.strip_prefix("service ") {
            self.close_service();
            if self.services.contains_key(prefix) {
                return Err(format!("service `{prefix}` stands here twice"));
            }
            self.service = Some(Service::new(prefix));
            return Ok(());
        }
        match (&mut self.service, &mut self.head) {
            (Some(service), _) => format::read_line(service, line, LazyDetails::read),
            (None, Some(head)) => format::read_head_line(head, line),
            (None, None) => Err(no_catalogue()),
        }
    }

    fn close_service(&mut self) {
        if let Some(mut service) = self.service.take() {
            service.sort();
            self.services.insert(service.prefix.clone(), Some(service));
        }
    }

    fn read_policy(&mut self, line: &str) -> Result<(), String> {
        let document = Document::read(line)?;
        let arn = document::parts(line).map_or("", |(arn, ..)| arn);
        let path = arn.strip_prefix("arn:aws:iam::aws:policy/");
        let path = path.ok_or_else(|| format!("`{arn}` is no policy of AWS's"))?.to_owned();
        match self.policies.get_or_insert_default().insert(path, document) {
            None => Ok(()),
            Some(_) => Err(format!("policy `{arn}` stands here twice")),
        }
    }

    fn catalog(self) -> Option<Catalog> {
        let mut catalog = Catalog::builtin();
        catalog.date = self.dates.into_iter().max()?;
        if let Some(head) = self.head {
            catalog.head = OnceLock::from(head);
            catalog.services = Shelf::Read(self.services);
        }
        if let Some(policies) = self.policies {
            catalog.policies = Shelf::Read(policies);
        }
        Some(catalog)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "iamc-services 1 2027-01-01 from nowhere\n";

    #[test]
    fn services_alone_leave_the_policies_as_they_are() {
        let catalog = read(&format!("{HEAD}key aws:X string\nservice a\naction Get read a:K >t!\n"))
            .expect("a catalogue");
        assert_eq!((catalog.date(), catalog.global_keys().len()), ("2027-01-01", 1));
        assert_eq!(catalog.services().collect::<Vec<_>>(), ["a"]);
        let service = catalog.service("A").expect("a service");
        assert!(service.action("get").is_some_and(|action| action.resources()[0].required));
        assert!(catalog.managed_policies().eq(Catalog::builtin().managed_policies()));
    }

    #[test]
    fn policies_alone_leave_the_services_as_they_are() {
        let catalog = read(
            "iamc-managed-policies 1 2027-01-01\npolicy arn:aws:iam::aws:policy/X v2 {\"Statement\":[]}\n",
        );
        let catalog = catalog.expect("a catalogue");
        assert!(catalog.services().eq(Catalog::builtin().services()) && !catalog.partitions().is_empty());
        let policy = catalog.managed_policy("arn:aws-cn:iam::aws:policy/X").expect("a policy");
        assert_eq!((policy.arn.as_str(), policy.version.as_str()), ("arn:aws-cn:iam::aws:policy/X", "v2"));
        assert_eq!(catalog.managed_policy("arn:aws:iam::aws:policy/ReadOnlyAccess"), None);
        assert_eq!(catalog.managed_policy("arn:moon:iam::aws:policy/X"), None);
    }

    #[test]
    fn the_first_line_that_is_wrong_is_named() {
        for (text, line, message) in [
            ("", 1, "a catalogue begins with `iamc-services 1 ` or `iamc-managed-policies 1 ` and a date"),
            (
                "service s3\n",
                1,
                "a catalogue begins with `iamc-services 1 ` or `iamc-managed-policies 1 ` and a date",
            ),
            ("iamc-services 1 today\n", 1, "`today` is no date"),
            ("iamc-services 1 2027-01-01\nservice a\nservice a\n", 3, "service `a` stands here twice"),
            ("iamc-services 1 2027-01-01\nfoo\n", 2, "a line cannot begin with `foo` here"),
            ("iamc-services 1 2027-01-01\nkey aws:X\n", 2, "`key` wants a name and a type"),
            ("iamc-services 1 2027-01-01\nkey aws:X text\n", 2, "`text` is no type of a condition key"),
            (
                "iamc-services 1 2027-01-01\nservice a\naction Get\n",
                3,
                "`action` wants a name and an access level",
            ),
            ("iamc-services 1 2027-01-01\nservice a\naction Get some\n", 3, "`some` is no access level"),
            ("iamc-services 1 2027-01-01\nservice a\nresource b\n", 3, "`resource` wants a name and an ARN"),
            ("iamc-managed-policies 1 2027-01-01\npolicy x v1 {}\n", 2, "`x` is no policy of AWS's"),
        ] {
            let wrong = read(text).expect_err(text);
            assert_eq!((wrong.line, wrong.message.as_str()), (line, message), "{text}");
        }
    }
}
