//! What the fuzz targets check, each a function of any bytes.

pub mod deciding;
pub mod project;
mod readers;
mod statements;
pub mod writer;
