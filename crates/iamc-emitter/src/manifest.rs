//! out/manifest.json: how each template is to be deployed. It lists templates alone; Kubernetes' files
//! are no stacks.

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::generated::MANIFEST_KEY;
use crate::stack::{Stack, Stacks};

/// The SHA-256 of a template's text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    /// That of this text.
    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// In lower-case hexadecimal.
    fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The manifest: one line for each template, sorted by path. `digest` gives that of the stack at a place.
pub(crate) fn manifest(stacks: &Stacks, digest: impl Fn(usize) -> Digest + Sync) -> String {
    let mut by_path: Vec<_> = stacks.stacks.iter().zip(0..).map(|(stack, at)| (stack.path(), at)).collect();
    by_path.sort();
    let line = |(path, at): (String, usize)| format!("    {}", entry(&stacks.stacks[at], &path, digest(at)));
    let lines: Vec<_> = by_path.into_par_iter().map(line).collect();
    let (key, value) = MANIFEST_KEY;
    let templates = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
    format!("{{\n  \"{key}\": \"{value}\",\n  \"templates\": [{templates}]\n}}\n")
}

/// A template as the manifest has it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry<'a> {
    path: &'a str,
    kind: &'a str,
    principal: &'a str,
    stack_name: &'a str,
    capabilities: [&'a str; 1],
    sha256: String,
    deploy_after: &'a [String],
}

fn entry(stack: &Stack, path: &str, digest: Digest) -> String {
    let entry = Entry {
        path,
        kind: stack.kind().key(),
        principal: &stack.principal,
        stack_name: &stack.name,
        capabilities: ["CAPABILITY_NAMED_IAM"],
        sha256: digest.hex(),
        deploy_after: &stack.after,
    };
    // Strings and lists of them are always JSON.
    serde_json::to_string(&entry).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use iamc_model::PrincipalKind;

    use super::Digest;
    use crate::is_generated;
    use crate::testing::Case;

    #[test]
    fn a_template_is_a_line() {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.principal(PrincipalKind::Role, "Build", &[read]);
        case.trust("arn:aws:iam::123456789876:role/PersonalRoleJaneDoe");
        case.engineer("JaneDoe", &[read]);
        let outputs = case.outputs();
        let manifest = &outputs["manifest.json"];
        let digest = |path: &str| Digest::of(&outputs[path]).hex();
        let expected = format!(
            r#"{{
  "generated-by": "iamc",
  "templates": [
    {{"path":"engineers/JaneDoe.yaml","kind":"engineer","principal":"JaneDoe","stack-name":"personal-iam-profile-JaneDoe","capabilities":["CAPABILITY_NAMED_IAM"],"sha256":"{}","deploy-after":[]}},
    {{"path":"roles/Build.yaml","kind":"role","principal":"Build","stack-name":"role-Build","capabilities":["CAPABILITY_NAMED_IAM"],"sha256":"{}","deploy-after":["personal-iam-profile-JaneDoe"]}}
  ]
}}
"#,
            digest("engineers/JaneDoe.yaml"),
            digest("roles/Build.yaml")
        );
        assert_eq!(*manifest, expected);
        assert!(outputs.values().all(|text| is_generated(text.as_bytes())));
    }

    #[test]
    fn without_templates() {
        let case = Case::default();
        assert_eq!(
            case.outputs()["manifest.json"],
            "{\n  \"generated-by\": \"iamc\",\n  \"templates\": []\n}\n"
        );
    }

    #[test]
    fn a_known_digest() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of("abc").hex(), expected);
    }
}
