//! AWS's own managed policies as the policies of a project, and what the lints say of them. What AWS
//! publishes is right: a finding that says that a statement is written wrongly is nearly always wrong.

#![allow(dead_code)]

use std::path::Path;
use std::sync::OnceLock;

use iamc_catalog::{Catalog, Document, DocumentStatement};
use iamc_lint::Subject;
use iamc_model::declaration::List;
use iamc_model::graph::{Condition, Policy};
use iamc_model::source::{FileId, Span, Spanned};
use iamc_model::{Grants, Graph, Project, Text};

/// What is said of some words in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The rule.
    pub(crate) rule: &'static str,
    /// The first words under it.
    pub(crate) words: String,
    /// The name of the document.
    pub(crate) policy: String,
    /// What it says.
    pub(crate) message: String,
}

/// The words of all documents: a span's start is the place of its words.
#[derive(Default)]
pub(crate) struct Words(Vec<String>);

impl Words {
    fn place(&mut self, word: &str) -> Span {
        self.0.push(word.to_owned());
        Span::new(FileId(0), self.0.len() - 1..self.0.len())
    }

    fn spanned(&mut self, word: &str) -> Spanned<String> {
        Spanned::new(word.to_owned(), self.place(word))
    }

    fn text(&mut self, word: &str) -> Text {
        Text::literal(word, self.place(word))
    }
}

/// AWS's documents as policies of a project, one for each statement.
pub(crate) struct Documents {
    catalog: Catalog,
    project: Project,
    graph: Graph,
    words: Words,
    findings: OnceLock<Vec<Finding>>,
}

impl Documents {
    /// All of them, the same for all tests.
    pub(crate) fn all() -> &'static Self {
        static ALL: OnceLock<Documents> = OnceLock::new();
        ALL.get_or_init(Self::read)
    }

    fn read() -> Self {
        let catalog = Catalog::builtin();
        let mut words = Words::default();
        let arns: Vec<String> = catalog.managed_policies().collect();
        let documents = arns.iter().filter_map(|arn| catalog.managed_policy(arn));
        let policies = documents.flat_map(|document| policies(&document, &mut words)).collect();
        let graph = Graph { policies, ..Graph::default() };
        Self { catalog, project: Project::default(), graph, words, findings: OnceLock::new() }
    }

    /// The distinct actions, patterns included, that the documents name.
    pub(crate) fn actions(&self) -> Vec<&str> {
        let items = self.graph.policies.iter().flat_map(|policy| &policy.actions.items);
        let mut actions: Vec<&str> = items.map(|action| action.value.as_str()).collect();
        actions.sort_unstable();
        actions.dedup();
        actions
    }

    /// The distinct resources that the documents name.
    pub(crate) fn resources(&self) -> Vec<String> {
        let items = self.graph.policies.iter().flat_map(|policy| &policy.resources.items);
        let mut resources: Vec<String> = items.map(Text::to_string).collect();
        resources.sort_unstable();
        resources.dedup();
        resources
    }

    /// How many conditions the documents have: keys under operators.
    pub(crate) fn conditions(&self) -> usize {
        self.graph.policies.iter().map(|policy| policy.conditions.len()).sum()
    }

    /// What the lints say, sorted.
    pub(crate) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| self.lint())
    }

    fn lint(&self) -> Vec<Finding> {
        let grants = Grants::default();
        let subject =
            Subject { project: &self.project, graph: &self.graph, grants: &grants, catalog: &self.catalog };
        let mut findings: Vec<Finding> = iamc_lint::lint(&subject)
            .into_iter()
            .map(|found| Finding {
                rule: found.code.rule(),
                words: found.span().map(|span| self.words_at(span)).unwrap_or_default(),
                policy: found.subjects.first().map(|&subject| self.words_at(subject)).unwrap_or_default(),
                message: found.message,
            })
            .collect();
        findings.sort();
        findings
    }

    fn words_at(&self, span: Span) -> String {
        self.words.0[span.start as usize].clone()
    }
}

/// Holds the figures of docs/rules/README.md against what was counted.
pub(crate) fn assert_documented(sentence: &str) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules/README.md");
    let text = std::fs::read_to_string(page).unwrap_or_default();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(sentence), "docs/rules/README.md has to say: {sentence}");
}

/// A number as the documentation writes it: `22,108`.
pub(crate) fn written(number: usize) -> String {
    if number < 1000 {
        return number.to_string();
    }
    format!("{},{:03}", written(number / 1000), number % 1000)
}

fn policies(document: &Document, words: &mut Words) -> Vec<Policy> {
    let name = document.arn.rsplit('/').next().unwrap_or_default();
    document.statements.iter().map(|statement| policy(name, statement, words)).collect()
}

fn policy(name: &str, statement: &DocumentStatement, words: &mut Words) -> Policy {
    let actions = statement.actions.patterns.iter().map(|action| words.spanned(action)).collect();
    let resources = statement.resources.patterns.iter().map(|resource| words.text(resource)).collect();
    let mut conditions = Vec::new();
    for (&operator, keys) in &statement.conditions {
        for (key, values) in keys {
            let values = values.iter().map(|value| words.text(value)).collect();
            conditions.push(Condition { operator, key: words.spanned(key), values });
        }
    }
    Policy {
        name: name.into(),
        span: words.place(name),
        description: None,
        template: None,
        effect: statement.effect,
        actions: List { negated: statement.actions.negated, items: actions }.into(),
        resources: List { negated: statement.resources.negated, items: resources },
        conditions,
        filled: vec![],
    }
}
