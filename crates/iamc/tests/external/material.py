"""What random projects are made of: actions, operators with values that fit them, and strings that a
reader of YAML 1.1, or a careless writer of it, gets wrong."""

SERVICES = {
    "s3": ["GetObject", "PutObject", "DeleteObject", "ListBucket", "GetObject*", "*", "Get?bject"],
    "secretsmanager": ["GetSecretValue", "DescribeSecret", "ListSecrets", "*"],
    "ec2": ["DescribeInstances", "StartInstances", "StopInstances", "Describe*"],
    "dynamodb": ["GetItem", "PutItem", "Query", "BatchGetItem"],
    "sqs": ["SendMessage", "ReceiveMessage", "DeleteMessage"],
    "logs": ["PutLogEvents", "CreateLogStream", "Get*"],
    "kms": ["Decrypt", "GenerateDataKey"],
    "rds-data": ["ExecuteStatement", "BatchExecuteStatement"],
}

# What a reader of YAML 1.1, or a careless writer of it, gets wrong.
TRAPS = [
    "", " ", "on", "On", "OFF", "yes", "NO", "y", "N", "true", "False", "null", "Null", "~", "1e3", "0x1F",
    "0o17", "017", "1_000", "12:30:45", "1:20", "2012-10-17", "2001-12-14 21:59:43.10 -5", ".inf", ".NaN",
    "123456789012", "012345678901", "-1", "+1", "1.", ".5", "=", "<<", "-", "- a", "-a", "? a", "?", ":",
    ": a", "a: b", "a:", "a #b", "# a", "#a", "&a", "*a", "!Ref X", "!a", "!!int 1", "|", ">", "|-", "%a",
    "@a", "`a`", "'", "''", "it's", '"', 'say "a"', "\\", "\\n", "a\\", "{a}", "[a]", "{", "}", "[", "]",
    ",", "a, b", " a", "a ", "  a  b  ", "---", "...", "--- a", "a\nb", "a\n", "\na", "a\r\nb", "\t", "a\tb",
    "é", "ÿ", "Ünï cödé", "\x85", "a\x85b", "\xa0", "a\xa0", "\x7f", "\x9f", "¡", "a" * 200,
    "x y " * 40, "${aws:username}", "a${*}b", "${aws:PrincipalTag/team, 'x y'}", "$", "$a", "%7B", "a$", "!",
]
TAGS = ["", "on", "1e3", "12:30:45", "2012-10-17", "123456789012", "a b", "x=y", "{partition}"]
NAMES_OF_TRAPS = ["On", "Yes", "No", "Null", "True", "Off", "Y", "N", "E3", "NaN", "Inf", "False"]

STRINGS = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"]
STRINGS += ["StringLike", "StringNotLike"]
NUMBERS = ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"]
NUMBERS += ["NumericGreaterThan", "NumericGreaterThanEquals"]
DATES = ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan"]
DATES += ["DateGreaterThanEquals"]
INSTANTS = ["2026-01-01T00:00:00Z", "2030-06-01T12:00:00Z", "2027-03-01", "1800000000"]
INSTANTS += ["2028-02-29T23:59:59+05:00", "2029-01-01T00:00:00.75Z"]
ARNS = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]

OPERATORS = (
    [(name, "s3:prefix", None) for name in STRINGS]
    + [(name, "s3:max-keys", ["0", "10", "-5", "3.5", "1000000"]) for name in NUMBERS]
    + [(name, "aws:CurrentTime", INSTANTS) for name in DATES]
    + [(name, "aws:SourceArn", ["arn:aws:sns:*:123456789012:a?", "arn:aws:s3:::b"]) for name in ARNS]
    + [("Bool", "aws:SecureTransport", ["true", "false"]), ("BinaryEquals", "x:Blob", ["QmluYXJ5", "AQ=="])]
    + [(name, "aws:SourceIp", ["10.0.0.0/8", "203.0.113.7", "2001:db8::/32"])
       for name in ("IpAddress", "NotIpAddress")]
    + [("Null", "aws:TokenIssueTime", ["true", "false"])]
)
