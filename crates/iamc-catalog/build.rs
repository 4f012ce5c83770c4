//! Packs the catalogue's texts: cut into blocks, each compressed by itself, with an index.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The bytes of text that a block holds at most, but for a single text that is longer. Larger ones compress
/// better, smaller ones cost less to open.
const BLOCK: usize = 8 * 1024;

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
    let mut texts: Vec<String> = Vec::new();
    let mut index = String::new();
    for (name, text) in entries {
        match texts.last_mut() {
            Some(block) if block.len() + text.len() <= BLOCK => block.push_str(text),
            _ => texts.push(text.clone()),
        }
        let (block, end) = (texts.len() - 1, texts.last().map_or(0, String::len));
        let start = end - text.len();
        writeln!(index, "Entry {{ name: {name:?}, block: {block}, start: {start}, end: {end} }},")?;
    }
    let mut packed = Vec::new();
    let mut blocks = String::new();
    for text in &texts {
        let start = packed.len();
        packed.extend(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 10));
        writeln!(blocks, "Block {{ start: {start}, end: {}, length: {} }},", packed.len(), text.len())?;
    }
    fs::write(file, packed)?;
    let bytes = file.file_name().unwrap_or_default();
    Ok(format!(
        "{{ static TEXTS: [OnceLock<String>; {}] = [const {{ OnceLock::new() }}; {0}];\n\
         Pack {{ bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{}\")), texts: &TEXTS, blocks: &[\n\
         {blocks}], entries: &[\n{index}] }} }}\n",
        texts.len(),
        bytes.display()
    ))
}
