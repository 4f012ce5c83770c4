use iamc_model::Operator;
use iamc_model::condition::{BaseOperator, SetOperator, ValueType};

use super::evaluate;
use crate::context::Context;
use crate::tri::Tri::{self, False, True, Unknown};

const KEY: &str = "aws:Key";

/// Keys with their values; no value is an empty set.
fn context(keys: &[(&str, &[&str])]) -> Context {
    let mut context = Context::new();
    keys.iter().for_each(|(key, values)| context.set(key, values.iter().copied()));
    context
}

fn check_in(context: &Context, operator: &str, wanted: &[&str]) -> Tri {
    let wanted: Vec<String> = wanted.iter().map(|&value| value.to_owned()).collect();
    evaluate(operator.parse().expect("an operator"), "AWS:key", &wanted, context)
}

fn check(operator: &str, wanted: &[&str], got: &[&str]) -> Tri {
    check_in(&context(&[(KEY, got)]), operator, wanted)
}

/// For each operator a value of a policy, one of a request that fits what the operator affirms (or what
/// it negates), and one that does not.
fn sample(base: BaseOperator) -> (&'static str, &'static str, &'static str) {
    match base {
        BaseOperator::NumericLessThan => ("10", "9.99", "10"),
        BaseOperator::NumericLessThanEquals => ("10", "10.0", "10.01"),
        BaseOperator::NumericGreaterThan => ("10", "11", "10"),
        BaseOperator::NumericGreaterThanEquals => ("10", "10", "9"),
        BaseOperator::DateLessThan => ("2027-01-01T00:00:00Z", "2026-12-31T23:59:59Z", "1798761600"),
        BaseOperator::DateLessThanEquals => ("2027-01-01", "1798761600", "1798761601"),
        BaseOperator::DateGreaterThan => ("1798761600", "2027-01-01T00:00:01Z", "2027-01-01T00:00:00Z"),
        BaseOperator::DateGreaterThanEquals => ("2027-01-01", "2027-01-01", "2026-12-31"),
        base => match base.value_type() {
            ValueType::String if base.name().ends_with("Case") => ("Ml", "mL", "m"),
            ValueType::String if base.name().ends_with("Like") => ("m?-*", "ml-x/y", "ML-x"),
            ValueType::String => ("m*", "m*", "ml"),
            ValueType::Number => ("1.50", "+1.5", "1.51"),
            ValueType::Date => ("2027-01-01T01:00:00+01:00", "2027-01-01", "2027-01-02"),
            ValueType::Bool => ("true", "TRUE", "false"),
            ValueType::Binary => ("aWFtYw==", "aWFtYw==", "aWFt"),
            ValueType::IpAddress => ("203.0.113.0/24", "203.0.113.9", "203.0.114.9"),
            ValueType::Arn => ("arn:aws:s3:::ml-*", "arn:aws:s3:::ml-x", "arn:aws:s3:::x"),
        },
    }
}

/// What an operator says where a request has a value that fits, one that does not, both, or none.
fn expected(operator: Operator) -> [Tri; 4] {
    let [fits, differs, both, absent] = match (operator.set, operator.base.is_negated()) {
        (None, false) => [True, False, True, False],
        (None, true) => [False, True, False, True],
        (Some(SetOperator::ForAllValues), false) => [True, False, False, True],
        (Some(SetOperator::ForAllValues), true) => [False, True, False, True],
        (Some(SetOperator::ForAnyValue), false) => [True, False, True, False],
        (Some(SetOperator::ForAnyValue), true) => [False, True, True, False],
    };
    let absent = match (operator.if_exists, operator.set) {
        (false, _) => absent,
        (true, Some(SetOperator::ForAnyValue)) => Unknown,
        (true, _) => True,
    };
    [fits, differs, both, absent]
}

#[test]
fn every_operator() {
    for operator in Operator::all().filter(|operator| operator.base != BaseOperator::Null) {
        let (wanted, fits, differs) = sample(operator.base);
        let check = |got: &[&str]| check(&operator.to_string(), &[wanted], got);
        let said = [check(&[fits]), check(&[differs]), check(&[fits, differs]), check(&[])];
        assert_eq!(said, expected(operator), "{operator}");

        let mut absent = Context::new();
        absent.set_absent(KEY);
        assert_eq!(check_in(&absent, &operator.to_string(), &[wanted]), said[3], "{operator}");
        assert_eq!(check_in(&Context::new(), &operator.to_string(), &[wanted]), Unknown, "{operator}");
    }
}

#[test]
fn values_are_alternatives_and_a_negated_operator_wants_none_of_them() {
    assert_eq!(check("StringEquals", &["a", "b"], &["b"]), True);
    assert_eq!(check("StringNotEquals", &["a", "b"], &["b"]), False);
    assert_eq!(check("StringNotEquals", &["a", "b"], &["c"]), True);
    assert_eq!(check("ForAllValues:StringEquals", &["a", "b"], &["a", "b", "a"]), True);
    assert_eq!(check("ForAnyValue:StringNotLike", &["a*", "b*"], &["aa", "c"]), True);
}

#[test]
fn null_tests_presence() {
    for operator in ["Null", "ForAllValues:Null", "ForAnyValue:Null"] {
        assert_eq!(check(operator, &["true"], &[]), True, "an empty set is absent");
        assert_eq!(check(operator, &["True"], &["x"]), False);
        assert_eq!(check(operator, &["false"], &["x"]), True);
        assert_eq!(check(operator, &["FALSE"], &[]), False);
        assert_eq!(check_in(&Context::new(), operator, &["true"]), Unknown);
        assert_eq!(check_in(&Context::new(), operator, &["true", "false"]), True);
        assert_eq!(check_in(&Context::new(), operator, &["perhaps"]), False);
    }
}

#[test]
fn what_does_not_compare_fits_nothing() {
    for (operator, wanted, got) in [
        ("NumericLessThan", "10", "abc"),
        ("NumericEquals", "1e1", "10"),
        ("DateGreaterThan", "2027-01-01", "tomorrow"),
        ("Bool", "yes", "yes"),
        ("BinaryEquals", "aWFtYw", "aWFtYw"),
        ("IpAddress", "203.0.113.0/24", "203.0.113.0/24"),
        ("IpAddress", "203.0.113.0/33", "203.0.113.0"),
        ("IpAddress", "::ffff:0:0/96", "203.0.113.0"),
        ("ArnLike", "arn:aws:s3:::x", "x"),
    ] {
        assert_eq!(check(operator, &[wanted], &[got]), False, "{operator} {wanted} {got}");
    }
    assert_eq!(check("NumericNotEquals", &["10"], &["abc"]), True);
    assert_eq!(check("NotIpAddress", &["10.0.0.0/8"], &["abc"]), True);
}

#[test]
fn addresses_of_both_families_and_host_bits() {
    assert_eq!(check("IpAddress", &["203.0.113.7/24"], &["203.0.113.255"]), True);
    assert_eq!(check("IpAddress", &["203.0.113.7"], &["203.0.113.7"]), True);
    assert_eq!(check("IpAddress", &["203.0.113.7"], &["203.0.113.8"]), False);
    assert_eq!(check("IpAddress", &["2001:DB8::/32"], &["2001:db8:0:1::5"]), True);
    assert_eq!(check("IpAddress", &["0.0.0.0/0"], &["2001:db8::1"]), False);
    assert_eq!(check("IpAddress", &["0.0.0.0/0"], &["::ffff:203.0.113.1"]), False);
}

#[test]
fn arns_are_compared_field_by_field() {
    for operator in ["ArnLike", "ArnEquals"] {
        let check = |wanted, got| check(operator, &[wanted], &[got]);
        assert_eq!(check("arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a:b"), True);
        assert_eq!(check("arn:aws:iam::?:role/x", "arn:aws:iam::1:role/x"), True);
        assert_eq!(check("arn:aws:iam:*:role/x", "arn:aws:iam::1:role/x"), Unknown, "five fields");
        assert_eq!(check("arn:aws:*:*:*:x", "arn:aws:sqs:eu:1:2:x"), False);
        assert_eq!(check("arn:aws:IAM::1:role/x", "arn:aws:iam::1:role/x"), False);
        assert_eq!(check("*", "arn:aws:iam::1:role/x"), Unknown);
    }
}

#[test]
fn variables_are_filled_from_the_context() {
    let check = |operator, wanted: &[&str]| {
        let mut context = context(&[
            (KEY, &["ann"]),
            ("aws:username", &["ann"]),
            ("aws:userid", &["a*"]),
            ("s3:prefix", &["home/ann/x"]),
        ]);
        context.set_absent("aws:sourceidentity");
        check_in(&context, operator, wanted)
    };
    assert_eq!(check("StringEquals", &["${aws:UserName}"]), True);
    assert_eq!(check("StringLike", &["${aws:userid}"]), False, "a value that is filled in has no wildcards");
    assert_eq!(check("StringEquals", &["${aws:SourceIdentity}"]), False);
    assert_eq!(check("StringNotEquals", &["${aws:SourceIdentity}"]), True);
    assert_eq!(check("StringEquals", &["${aws:SourceIdentity, 'ann'}"]), True);
    assert_eq!(check("ForAllValues:StringEquals", &["${aws:SourceIdentity}"]), False);
    assert_eq!(check("StringEquals", &["${aws:unknown}"]), Unknown);
    assert_eq!(check("StringNotEquals", &["${aws:unknown}"]), Unknown);
    assert_eq!(check("StringLike", &["x${aws:unknown}"]), False, "no value makes it fit");
    assert_eq!(check("StringNotLike", &["x${aws:unknown}"]), True);
    assert_eq!(check("NumericEquals", &["${aws:username}"]), False, "only strings and ARNs have variables");
}

#[test]
fn literals_of_wildcards() {
    assert_eq!(check("StringLike", &["a${*}"], &["a*"]), True);
    assert_eq!(check("StringLike", &["a${*}"], &["ab"]), False);
    assert_eq!(check("StringEquals", &["a${?}${$}"], &["a?$"]), True);
    assert_eq!(check("StringEqualsIgnoreCase", &["É${*}"], &["é*"]), True);
    assert_eq!(check("ArnLike", &["arn:aws:s3:::${*}"], &["arn:aws:s3:::x"]), False);
}

#[test]
fn another_value_fits_unless_the_statement_is_passed_over_for_a_variable() {
    let mut context = context(&[(KEY, &["ann"])]);
    context.set_absent("aws:absent");
    for variable in ["${aws:absent}", "${aws:unknown}"] {
        let check = |operator, other| check_in(&context, operator, &[variable, other]);
        assert_eq!(check("StringEquals", "ann"), Unknown);
        assert_eq!(check("StringNotEquals", "ann"), Unknown);
    }
    assert_eq!(check_in(&context, "StringEquals", &["${aws:absent}", "bob"]), False);
    assert_eq!(check_in(&context, "StringNotEquals", &["${aws:absent}", "bob"]), True);
    assert_eq!(check_in(&context, "StringEquals", &["${aws:absent, 'x'}", "ann"]), True);
}

#[test]
fn an_empty_string_may_count_as_no_value() {
    assert_eq!(check("StringEquals", &[""], &[""]), True);
    assert_eq!(check("ForAllValues:StringEquals", &[""], &[""]), True);
    assert_eq!(check("ForAllValues:StringEquals", &["a"], &[""]), Unknown);
    assert_eq!(check("ForAnyValue:StringEquals", &["a"], &[""]), False);
    assert_eq!(check("ForAnyValue:StringEquals", &[""], &[""]), Unknown);
    assert_eq!(check("ForAllValues:StringEquals", &["a"], &["a", ""]), False);
    assert_eq!(check("Null", &["true"], &[""]), Unknown);
    assert_eq!(check("Null", &["true", "false"], &[""]), True);
}
