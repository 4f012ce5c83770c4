//! Our own corrections, `data/overrides.txt`, where the sources are known to be wrong. Each begins with
//! lines that say why.

use iamc_catalog::{ConditionKey, Service};

use super::{Facts, Result};

/// Applies them all.
///
/// # Errors
/// Fails at the first that gives no reason, or that corrects nothing.
pub(crate) fn apply(text: &str, facts: &mut Facts) -> Result<()> {
    let mut has_reason = false;
    for (at, line) in text.lines().enumerate() {
        let fail = |message: &str| format!("overrides.txt:{}: {message}", at + 1);
        match line.split_once(' ') {
            None if line.is_empty() => has_reason = false,
            Some(("#", _)) => has_reason = true,
            _ if !has_reason => return Err(fail("a correction wants a reason before it").into()),
            Some((word, rest)) => correct(word, rest, facts).map_err(|error| fail(&error.to_string()))?,
            None => return Err(fail("no correction").into()),
        }
    }
    Ok(())
}

fn correct(word: &str, rest: &str, facts: &mut Facts) -> Result<()> {
    match word {
        "key" => put(&mut facts.head.keys, Service::parse(&format!("service -\nkey {rest}\n"))?.keys),
        "service" => {
            let (prefix, line) = rest.split_once(' ').ok_or("`service` wants a prefix and a line")?;
            let given = Service::parse(&format!("service {prefix}\n{line}\n"))?;
            let service = facts.services.entry(prefix.to_owned()).or_insert_with(|| Service::new(prefix));
            put_service(service, given)
        }
        _ => Err(format!("`{word}` is no correction").into()),
    }
}

fn put_service(service: &mut Service, given: Service) -> Result<()> {
    let before = service.clone();
    for action in given.actions {
        service.actions.retain(|known| known.name != action.name);
        service.actions.push(action);
    }
    for resource in given.resources {
        service.resources.retain(|known| known.arn != resource.arn);
        service.resources.push(resource);
    }
    if !given.keys.is_empty() {
        put(&mut service.keys, given.keys)?;
    }
    service.sort();
    changed(before != *service)
}

fn put(keys: &mut Vec<ConditionKey>, given: Vec<ConditionKey>) -> Result<()> {
    let before = keys.clone();
    for key in given {
        keys.retain(|known| known.name != key.name);
        keys.push(key);
    }
    keys.sort_by_cached_key(|key| key.name.to_ascii_lowercase());
    changed(before != *keys)
}

fn changed(has_changed: bool) -> Result<()> {
    if has_changed { Ok(()) } else { Err("the sources say so by now: the correction can go".into()) }
}

#[cfg(test)]
mod tests {
    use iamc_catalog::KeyType;

    use super::*;

    fn facts() -> Facts {
        let mut facts = Facts::default();
        facts.head.keys = Service::parse("service -\nkey aws:X string\n").expect("a key").keys;
        facts
    }

    #[test]
    fn a_correction_takes_the_place_of_what_is_there() {
        let mut facts = facts();
        apply("# why\nkey aws:x arn\nkey aws:X arn\nservice s3 action Get read\n", &mut facts)
            .expect("corrections");
        assert!(facts.head.keys.iter().all(|key| key.kind == KeyType::Arn));
        assert!(facts.services["s3"].action("get").is_some());
    }

    #[test]
    fn a_correction_has_a_reason_and_corrects_something() {
        for (text, wrong) in [
            ("key aws:X arn\n", "overrides.txt:1: a correction wants a reason before it"),
            ("# why\n\nkey aws:X arn\n", "overrides.txt:3: a correction wants a reason before it"),
            (
                "# why\nkey aws:X string\n",
                "overrides.txt:2: the sources say so by now: the correction can go",
            ),
            ("# why\nlock aws:X string\n", "overrides.txt:2: `lock` is no correction"),
        ] {
            let error = apply(text, &mut facts()).expect_err(text);
            assert_eq!(error.to_string(), wrong);
        }
    }
}
