//! AWS's partitions and their regions.

/// A partition: `aws`, `aws-cn`, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// `aws-us-gov`
    pub name: String,
    /// `us-gov-east-1`, …; sorted, without what is global.
    pub regions: Vec<String>,
}
