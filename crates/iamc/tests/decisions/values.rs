//! Values of conditions, as policies and as requests have them: few, so that they often meet, and of
//! the kinds that are easily got wrong.

use iamc_model::condition::ValueType;

/// Condition keys: the name, what its values are, whether it has several.
pub(crate) const KEYS: &[(&str, ValueType, bool)] = &[
    ("aws:PrincipalTag/team", ValueType::String, false),
    ("aws:username", ValueType::String, false),
    ("aws:RequestTag/Cost-Center", ValueType::String, false),
    ("s3:prefix", ValueType::String, false),
    ("aws:TagKeys", ValueType::String, true),
    ("dynamodb:LeadingKeys", ValueType::String, true),
    ("s3:max-keys", ValueType::Number, false),
    ("aws:MultiFactorAuthAge", ValueType::Number, false),
    ("example:Sizes", ValueType::Number, true),
    ("aws:CurrentTime", ValueType::Date, false),
    ("aws:EpochTime", ValueType::Date, false),
    ("example:Dates", ValueType::Date, true),
    ("aws:SecureTransport", ValueType::Bool, false),
    ("aws:MultiFactorAuthPresent", ValueType::Bool, false),
    ("example:Flags", ValueType::Bool, true),
    ("example:Blob", ValueType::Binary, false),
    ("example:Blobs", ValueType::Binary, true),
    ("aws:SourceIp", ValueType::IpAddress, false),
    ("aws:VpcSourceIp", ValueType::IpAddress, false),
    ("example:Addresses", ValueType::IpAddress, true),
    ("aws:SourceArn", ValueType::Arn, false),
    ("aws:PrincipalArn", ValueType::Arn, false),
    ("lambda:Layer", ValueType::Arn, true),
];

/// Whether a key has several values by its nature, if it is listed.
pub(crate) fn is_multivalued(key: &str) -> Option<bool> {
    listed(key).map(|key| key.2)
}

/// What the values of a key are; of one that is not listed, strings.
pub(crate) fn type_of(key: &str) -> ValueType {
    listed(key).map_or(ValueType::String, |key| key.1)
}

fn listed(key: &str) -> Option<&'static (&'static str, ValueType, bool)> {
    KEYS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(key))
}

/// What a policy says under an operator for such values.
pub(crate) fn wanted(of: ValueType) -> &'static [&'static str] {
    match of {
        ValueType::String => &[
            "a",
            "b",
            "ab",
            "A",
            "team-a",
            "Team-A",
            "a b",
            "a/b",
            "ä",
            "",
            "a*b",
            "a?b",
            "*",
            "?",
            "a*",
            "*b",
            "?b",
            "team-*",
            "t*-*a",
            "**",
            "?*",
            "${aws:username}",
            "${AWS:UserName}",
            "x-${aws:PrincipalTag/team}",
            "${aws:PrincipalTag/Team}*",
            "${aws:PrincipalTag/team, 'ab'}",
            "${example:None, 'a'}",
            "${example:None}",
            "a${*}b",
            "a${?}b",
            "a${$}b",
            "${*}",
            "${s3:prefix}/*",
        ],
        ValueType::Number => &["0", "1", "9", "10", "10.0", "10.5", "-3", "3.14", "100", "007"],
        ValueType::Date => &[
            "2027-01-01T00:00:00Z",
            "2027-01-01",
            "2026-12-31",
            "2027-01-01T02:00:00+02:00",
            "1798761600",
            "2026-06-15T12:30:45Z",
            "2026-06-15T12:30:45.500Z",
            "2030-01-01T00:00:00-05:00",
            "0",
        ],
        ValueType::Bool => &["true", "false", "True", "FALSE"],
        ValueType::Binary => &["QUJD", "QUJDRA==", "YQ==", "qujd"],
        ValueType::IpAddress => &[
            "203.0.113.0/24",
            "203.0.113.7",
            "203.0.113.7/32",
            "203.0.113.7/24",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "2001:db8::/32",
            "2001:db8::1",
            "2001:0DB8:0:0:0:0:0:1/128",
            "::/0",
            "203.0.112.0/23",
        ],
        ValueType::Arn => &[
            "arn:aws:iam::123456789012:role/team/*",
            "arn:aws:sns:*:123456789012:topic-?",
            "arn:*:s3:::b",
            "arn:aws:sqs:eu-central-1:123456789012:q",
            "arn:aws:*:*:*:*",
            "arn:aws:s3:::b*",
            "arn:aws:s3:::*:y",
            "arn:aws:iam::*:user/${aws:username}",
            "arn:aws:iam::123456789012:role/${aws:PrincipalTag/team}/*",
            "arn:aws:logs:*:*:log-group:*:*",
            "arn:aws:iam::12345678901?:user/a",
        ],
    }
}

/// What a request may have for such values.
pub(crate) fn got(of: ValueType) -> &'static [&'static str] {
    match of {
        ValueType::String => &[
            "a", "b", "ab", "A", "B", "team-a", "Team-A", "TEAM-A", "a b", "a/b", "ä", "Ä", "", "a*b", "a?b",
            "axb", "a$b", "*", "?", "x-a", "x-team-a", "a/b/c", "abab",
        ],
        ValueType::Number => &["0", "1", "9", "10", "10.0", "10.50", "-3", "3.14", "99.9", "101", "7"],
        ValueType::Date => &[
            "2026-12-31T23:59:59Z",
            "2027-01-01T00:00:00Z",
            "2027-01-01T00:00:01Z",
            "1798761599",
            "1798761600",
            "2026-06-15T12:30:45Z",
            "2026-06-15T14:30:45+02:00",
            "2030-01-01T05:00:00Z",
            "2020-02-29T00:00:00Z",
        ],
        ValueType::Bool => &["true", "false", "TRUE", "False"],
        ValueType::Binary => &["QUJD", "QUJDRA==", "YQ==", "Yg=="],
        ValueType::IpAddress => &[
            "203.0.113.7",
            "203.0.114.1",
            "203.0.112.255",
            "10.1.2.3",
            "2001:db8::1",
            "2001:0DB8:0000::0001",
            "2001:db9::1",
            "::1",
            "8.8.8.8",
        ],
        ValueType::Arn => &[
            "arn:aws:iam::123456789012:role/team/x",
            "arn:aws:iam::123456789012:role/a/x",
            "arn:aws:iam::123456789012:user/a",
            "arn:aws:iam::999999999999:user/ab",
            "arn:aws:sns:eu-central-1:123456789012:topic-a",
            "arn:aws:sns::123456789012:topic-ab",
            "arn:aws:s3:::b",
            "arn:aws-cn:s3:::b",
            "arn:aws:s3:::b:x:y",
            "arn:aws:sqs:eu-central-1:123456789012:q",
            "arn:aws:logs:eu-central-1:123456789012:log-group:g:s",
        ],
    }
}

/// Real actions with a resource of each.
pub(crate) const ACTIONS: &[(&str, &str)] = &[
    ("s3:GetObject", "arn:aws:s3:::ml-data/streaming/x.csv"),
    ("s3:GetObjectVersion", "arn:aws:s3:::ml-data/a/b/c"),
    ("s3:PutObject", "arn:aws:s3:::ops-data/Upper/Case"),
    ("s3:ListBucket", "arn:aws:s3:::ml-data"),
    ("ec2:StartInstances", "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789"),
    ("ec2:TerminateInstances", "arn:aws:ec2:us-east-1:123456789012:instance/i-0123456789"),
    ("iam:PassRole", "arn:aws:iam::123456789012:role/service/deploy"),
    ("iam:GetUser", "arn:aws:iam::123456789012:user/a"),
    ("sqs:SendMessage", "arn:aws:sqs:eu-central-1:123456789012:jobs"),
    ("sns:Publish", "arn:aws:sns:eu-central-1:123456789012:alarms"),
    ("dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:123456789012:table/Items"),
    ("dynamodb:Query", "arn:aws:dynamodb:eu-central-1:123456789012:table/Items/index/ByDay"),
    ("logs:PutLogEvents", "arn:aws:logs:eu-central-1:123456789012:log-group:/app:log-stream:a"),
    ("lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:123456789012:function:on-upload:live"),
    ("ssm:GetParameter", "arn:aws:ssm:eu-central-1:123456789012:parameter/app/db/password"),
    (
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db/main-AbCdEf",
    ),
];
