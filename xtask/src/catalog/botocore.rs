//! `botocore`: AWS's partitions and their regions.

use iamc_catalog::{Head, Partition};
use serde_json::Value;

use super::Result;
use super::source::Source;

/// Adds the partitions.
pub(crate) fn add(source: &Source, head: &mut Head) -> Result<()> {
    let partitions = source.json("botocore/data/partitions.json")?;
    for partition in partitions["partitions"].as_array().into_iter().flatten() {
        head.partitions.push(read(partition)?);
    }
    head.partitions.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(())
}

fn read(partition: &Value) -> Result<Partition> {
    let name = partition["id"].as_str().ok_or("a partition has no id")?.to_owned();
    let regions = partition["regions"].as_object().into_iter().flat_map(|regions| regions.keys());
    let mut regions: Vec<String> = regions.filter(|region| !region.ends_with("-global")).cloned().collect();
    regions.sort();
    Ok(Partition { name, regions })
}
