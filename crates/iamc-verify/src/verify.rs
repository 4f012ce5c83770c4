//! All of out/ against the source.

use std::collections::{BTreeMap, BTreeSet};

use iamc_model::graph::PrincipalId;
use iamc_model::{Code, Diagnostic, Graph, Settings, Sources, Span, codes, diagnostic};
use rayon::prelude::*;

use crate::check::Checker;
use crate::files::{File, Files, HEADER};
use crate::source::Holder;
use crate::yaml::Syntax;
use crate::{kubernetes, manifest, names};

/// Bytes of a template that CloudFormation takes from S3.
///
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const TEMPLATE: usize = 1_000_000;

/// What was found.
#[derive(Debug, Default)]
pub struct Proven {
    /// How many stacks the source asks for.
    pub stacks: usize,
    /// How many statements stand in their managed policies.
    pub statements: usize,
    /// Where out/ says something else than the source, sorted; empty where the two are the same.
    pub findings: Vec<Diagnostic>,
}

/// Knows what out/ has to hold for a project without errors.
#[derive(Debug)]
pub struct Verifier<'a> {
    settings: &'a Settings,
    holders: Vec<Holder<'a>>,
    has_kubernetes: bool,
}

impl<'a> Verifier<'a> {
    /// Finds what each principal of the graph reaches.
    pub fn new(settings: &'a Settings, graph: &'a Graph) -> Self {
        let ids = (0..graph.principals.len() as u32).map(PrincipalId);
        let holders: Vec<_> = ids.map(|id| Holder::new(settings, graph, id)).collect();
        let has_kubernetes = holders.iter().any(|holder| !holder.kubernetes_groups().is_empty());
        Self { settings, holders, has_kubernetes }
    }

    /// The paths below out/, with `/`, at which files have to lie.
    pub fn paths(&self) -> BTreeSet<String> {
        let kubernetes: &[&str] =
            if self.has_kubernetes { &[kubernetes::AWS_AUTH, kubernetes::BINDINGS] } else { &[] };
        let others = kubernetes.iter().chain([&manifest::PATH]).map(ToString::to_string);
        self.holders.iter().map(|holder| names::template(holder.principal)).chain(others).collect()
    }

    /// Compares all that lies in out/, by path, with the source. `label` is how people know that folder.
    pub fn verify(&self, sources: &Sources, by_path: &BTreeMap<String, File>, label: &str) -> Proven {
        let mut files = Files { sources, by_path, label, findings: vec![] };
        unexpected(&mut files, &self.paths());
        let templates = self.templates(&files);
        let sound = templates.iter().filter(|template| template.findings.is_empty());
        let sound: BTreeMap<_, _> = sound
            .filter_map(|template| Some((template.path.clone(), files.text(&template.path)?.text)))
            .collect();
        let statements = templates.iter().map(|template| template.statements).sum();
        files.findings.extend(templates.into_iter().flat_map(|template| template.findings));
        if self.has_kubernetes {
            kubernetes::check_aws_auth(&mut files, self.settings, &self.holders);
            kubernetes::check_bindings(&mut files, self.settings, &self.holders);
        }
        manifest::check(&mut files, &self.holders, &sound);
        let mut findings = files.findings.into_iter().map(|report| with_help(report, label)).collect();
        diagnostic::sort(&mut findings);
        Proven { stacks: self.holders.len(), statements, findings }
    }

    /// The templates of all principals, in their order, checked by as many threads as can run at once.
    fn templates(&self, files: &Files<'_>) -> Vec<Template> {
        self.holders.par_iter().map(|holder| template(files.anew(), holder)).collect()
    }
}

/// A template that has been checked.
struct Template {
    path: String,
    statements: usize,
    findings: Vec<Diagnostic>,
}

/// Reports what lies where the source asks for nothing.
fn unexpected(files: &mut Files<'_>, paths: &BTreeSet<String>) {
    for path in files.by_path.keys().filter(|path| !paths.contains(*path)) {
        let message = format!("{} is there, and the source does not ask for it", files.show(path));
        files.report(&codes::UNEXPECTED_OUTPUT, message, Span::BUILTIN, "");
    }
}

/// Checks the template of a principal.
fn template(mut files: Files<'_>, holder: &Holder<'_>) -> Template {
    let path = names::template(holder.principal);
    let mut statements = 0;
    if let Some((file, root)) = files.document(&path, Syntax::Block) {
        let bytes = file.text.len();
        if bytes > TEMPLATE {
            let message =
                format!("{} has {bytes} bytes, where CloudFormation takes {TEMPLATE}", files.show(&path));
            files.report(&codes::WRONG_OUTPUT, message, file.span(0..HEADER.len()), "too long");
        }
        let mut checker = Checker::new(holder, file.text);
        checker.template(&files.show(&path), &root);
        statements = checker.statements;
        files.findings.append(&mut checker.reports);
    }
    let findings = files.findings.into_iter().map(|report| declared(report, holder)).collect();
    Template { path, statements, findings }
}

/// Shows the principal in the source, where nothing of the source is shown yet.
fn declared(report: Diagnostic, holder: &Holder<'_>) -> Diagnostic {
    match report.related.is_empty() {
        true => report.also(holder.principal.span, format!("`{}` in the source", holder.principal.name)),
        false => report,
    }
}

fn with_help(report: Diagnostic, label: &str) -> Diagnostic {
    let is = |code: &Code| report.code == code;
    let build = if label == "out" { "iamc build".to_owned() } else { format!("iamc build --out {label}") };
    let rest = match is(&codes::UNEXPECTED_OUTPUT) && report.labels.is_empty() {
        true => ", and move away what it leaves",
        false => "; what `iamc verify` still finds then is a fault of iamc: do not deploy it",
    };
    report.help(format!("run `{build}`{rest}"))
}
