//! A service: its actions, resource types and condition keys.

/// One service of AWS's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// `s3`
    pub prefix: String,
    /// Sorted by their names in lower case.
    pub actions: Vec<Action>,
    /// Sorted by name.
    pub resources: Vec<ResourceType>,
    /// The keys of this service and those of AWS's that it names, sorted by their names in lower case.
    pub keys: Vec<ConditionKey>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// `GetObject`
    pub name: String,
    /// What it does.
    pub level: AccessLevel,
    /// The resource types that it works on; none means that it takes no resource but `*`.
    pub resources: Vec<ActionResource>,
    /// Condition keys that it knows whichever the resource.
    pub keys: Vec<String>,
    /// Other actions that it needs, as `iam:PassRole`.
    pub dependents: Vec<String>,
}

/// A resource type of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionResource {
    /// The name of the type.
    pub name: String,
    /// Whether the action always needs one of it.
    pub required: bool,
    /// Condition keys that the action knows for it.
    pub keys: Vec<String>,
    /// Other actions that it then needs.
    pub dependents: Vec<String>,
}

/// The access level of an action, as AWS classes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum AccessLevel {
    List,
    Read,
    Tagging,
    Write,
    PermissionsManagement,
}

/// A resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceType {
    /// `bucket`
    pub name: String,
    /// `arn:${Partition}:s3:::${BucketName}`
    pub arn: String,
    /// Condition keys of it.
    pub keys: Vec<String>,
}

/// A condition key. Where its name has a part that users choose it is written `${TagKey}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionKey {
    /// `s3:prefix`, `aws:RequestTag/${TagKey}`
    pub name: String,
    /// What its values are.
    pub kind: KeyType,
    /// Whether a request can have several values.
    pub multivalued: bool,
}

/// What the values of a condition key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum KeyType {
    String,
    Arn,
    Bool,
    Binary,
    Date,
    IpAddress,
    Numeric,
}
