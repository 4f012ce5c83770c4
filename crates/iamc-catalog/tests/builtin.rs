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
fn the_texts_are_sorted_and_read_back_as_they_are() {
    let catalog = Catalog::builtin();
    let written: String = catalog.services().map(|name| catalog.service(name).unwrap().to_string()).collect();
    let (head, services) = SERVICES.split_at(SERVICES.find("\nservice ").unwrap() + 1);
    assert!(services == written && catalog.services().is_sorted());
    let keys = head.lines().filter(|line| line.starts_with("key "));
    assert!(keys.eq(catalog.global_keys().iter().map(ToString::to_string)));
    assert!(catalog.managed_policies().is_sorted());
}

#[test]
fn what_the_sources_correct_is_there() {
    let catalog = Catalog::builtin();
    let iam = catalog.service("iam").unwrap();
    assert_eq!(iam.action("PassRole").unwrap().level, AccessLevel::PermissionsManagement);
    let run = catalog.service("ec2").unwrap().action("RunInstances").unwrap().clone();
    let dependents: Vec<&str> =
        run.resources().iter().flat_map(|kind| &kind.dependents).map(String::as_str).collect();
    assert!(dependents.contains(&"iam:PassRole"));
    assert_eq!(catalog.key("aws:sourcevpcarn").unwrap().kind, KeyType::Arn);
    assert!(catalog.key("aws:TagKeys").unwrap().multivalued);
    assert!(catalog.is_known_region("cn-north-1") && catalog.is_known_region("eu-west-1"));
    assert!(!catalog.is_known_region("eu-west-9"));
}

#[test]
fn a_type_with_arns_of_several_shapes() {
    let types = Catalog::builtin().service("lex").unwrap().resource_types("bot").to_vec();
    assert_eq!(types.len(), 2);
    assert!(types.iter().any(|bot| bot.fits("arn:aws:lex:eu-west-1:123456789876:bot:Orders")));
}

#[test]
fn the_nearest_names() {
    let catalog = Catalog::builtin();
    assert_eq!(catalog.nearest_services("s4").first(), None);
    assert_eq!(catalog.nearest_services("lamda"), ["lambda"]);
    let s3 = catalog.service("s3").unwrap();
    assert_eq!(s3.nearest_actions("GetObjekt")[0], "GetObject");
    assert_eq!(s3.matching("LISTBUCKET*").count(), 3);
    assert!(catalog.services_matching("s3*").count() > 3);
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

#[test]
fn of_awss_own_resources_nearly_all_are_of_a_type() {
    let catalog = Catalog::builtin();
    let (mut resources, mut misfits) = (0, std::collections::BTreeSet::new());
    for arn in catalog.managed_policies() {
        let document = catalog.managed_policy(&arn).unwrap();
        for pattern in document.statements.iter().flat_map(|statement| &statement.resources.patterns) {
            let Some(service) = pattern.split(':').nth(2).and_then(|name| catalog.service(name)) else {
                continue;
            };
            if service.resources.is_empty() {
                continue;
            }
            resources += 1;
            if !service.resources.iter().any(|kind| kind.fits(pattern)) {
                misfits.insert(pattern.clone());
            }
        }
    }
    println!("{} of {resources} resources fit no type: {misfits:#?}", misfits.len());
    assert!(misfits.len() * 100 <= resources);
}
