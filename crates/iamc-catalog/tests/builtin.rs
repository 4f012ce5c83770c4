//! The catalogue that is built in, held against what is known of AWS.

#![allow(clippy::unwrap_used)]

use iamc_catalog::{AccessLevel, Catalog, KeyType};

const SERVICES: &str = include_str!("../data/services.txt");
const POLICIES: &str = include_str!("../data/managed-policies.txt");

#[test]
fn what_is_built_in_is_what_the_texts_say() {
    let builtin = Catalog::builtin();
    let read = Catalog::read(&format!("{SERVICES}{POLICIES}")).unwrap();
    assert_eq!(builtin.date(), read.date());
    assert_eq!(builtin.global_keys(), read.global_keys());
    assert_eq!(builtin.partitions(), read.partitions());
    assert!(builtin.services().eq(read.services()) && builtin.services().count() > 450);
    assert!(builtin.services().all(|name| builtin.service(name).unwrap() == read.service(name).unwrap()));
    assert!(builtin.managed_policies().eq(read.managed_policies()));
    assert!(builtin.managed_policies().all(|arn| builtin.managed_policy(&arn) == read.managed_policy(&arn)));
    let unknown: Vec<String> =
        builtin.managed_policies().filter(|arn| builtin.managed_policy(arn).is_none()).collect();
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn s3() {
    let catalog = Catalog::builtin();
    let s3 = catalog.service("S3").unwrap();
    let list = s3.action("listbucket").unwrap();
    assert_eq!((list.name.as_str(), list.level), ("ListBucket", AccessLevel::List));
    assert!(s3.supports(list, "s3:PREFIX"));
    assert_eq!(s3.key("s3:existingobjecttag/team").unwrap().name, "s3:ExistingObjectTag/${TagKey}");
    let bucket = &s3.resource_types("bucket")[0];
    let object = &s3.resource_types("object")[0];
    assert!(bucket.fits("arn:aws:s3:::ml-data") && !bucket.fits("arn:aws:s3:::ml-data/x"), "{bucket:?}");
    assert!(object.fits("arn:aws:s3:::ml-data/*") && !object.fits("arn:aws:s3:::ml-data"));
    assert_eq!(catalog.key("saml:aud").unwrap().kind, KeyType::String);
}

#[test]
fn of_awss_own_action_patterns_nearly_all_are_known() {
    let catalog = Catalog::builtin();
    let (mut patterns, mut unknown) = (0, Vec::new());
    for arn in catalog.managed_policies() {
        let document = catalog.managed_policy(&arn).unwrap();
        for pattern in document.statements.iter().flat_map(|statement| &statement.actions.patterns) {
            let Some((service, name)) = pattern.split_once(':') else { continue };
            patterns += 1;
            if !catalog.services_matching(service).any(|service| service.matching(name).next().is_some()) {
                unknown.push(pattern.clone());
            }
        }
    }
    unknown.sort();
    println!("{} of {patterns} action patterns are unknown: {unknown:?}", unknown.len());
    assert!(unknown.len() * 100 <= patterns);
}
