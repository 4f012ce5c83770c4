//! Packs the catalogue's texts: cut into blocks, each compressed by itself, with an index.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// How much text a block holds before the next begins. Larger ones compress better, smaller ones cost
/// less to open.
const BLOCK: usize = 32 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=data/services.txt");
    println!("cargo::rerun-if-changed=data/managed-policies.txt");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let services = fs::read_to_string("data/services.txt")?;
    let policies = fs::read_to_string("data/managed-policies.txt")?;
    let (head, services) = services.split_at(services.find("\nservice ").map_or(services.len(), |at| at + 1));
    fs::write(out.join("head.txt"), head)?;
    fs::write(out.join("services.rs"), pack(&split_services(services), &out.join("services.bin"))?)?;
    fs::write(out.join("policies.rs"), pack(&split_policies(&policies), &out.join("policies.bin"))?)?;
    Ok(())
}

/// Each service's name and lines.
fn split_services(text: &str) -> Vec<(&str, String)> {
    let mut services: Vec<(&str, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("service ") {
            services.push((name, String::new()));
        }
        if let Some((_, lines)) = services.last_mut() {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    services
}

/// Each policy's path and line.
fn split_policies(text: &str) -> Vec<(&str, String)> {
    let lines = text.lines().filter_map(|line| {
        let (arn, _) = line.strip_prefix("policy ")?.split_once(' ')?;
        let (_, path) = arn.split_once(":policy/")?;
        Some((path, line.to_owned()))
    });
    lines.collect()
}

/// Writes the compressed blocks, and gives the index as Rust.
fn pack(entries: &[(&str, String)], file: &Path) -> Result<String, Box<dyn Error>> {
    let mut packed = Vec::new();
    let mut blocks = String::new();
    let mut index = String::new();
    let mut block = String::new();
    let mut number = 0;
    for (at, (name, text)) in entries.iter().enumerate() {
        let start = block.len();
        block.push_str(text);
        writeln!(
            index,
            "Entry {{ name: {name:?}, block: {number}, start: {start}, end: {} }},",
            block.len()
        )?;
        if block.len() >= BLOCK || at + 1 == entries.len() {
            let from = packed.len();
            packed.extend(miniz_oxide::deflate::compress_to_vec(block.as_bytes(), 10));
            writeln!(blocks, "Block {{ start: {from}, end: {}, length: {} }},", packed.len(), block.len())?;
            block.clear();
            number += 1;
        }
    }
    fs::write(file, packed)?;
    let bytes = file.file_name().unwrap_or_default();
    Ok(format!(
        "Pack {{ bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}\")), blocks: &[\n{blocks}], entries: &[\n{index}] }}\n",
        bytes.display()
    ))
}
