//! Small projects for tests, put together by hand: no other phase is at work. Every place is a word of
//! [`Case::source`], so that a test can name what a report underlines.

use std::collections::BTreeMap;
use std::sync::Arc;

use iamc_model::declaration::{Attributes, Effect, Tag, TrustDecl, TrustKind};
use iamc_model::grants::{Conditions, Grant, Patterns, Statement, StatementId, TrustStatement};
use iamc_model::graph::{Edge, Policy, PolicyId, Principal, PrincipalId};
use iamc_model::{
    Diagnostic, FileId, Grants, Graph, PrincipalKind, Settings, Span, Spanned, Text, declaration,
};

use crate::{Stacks, emit, render};

/// A project: principals and policies are to be added in the order of their names.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) source: String,
    pub(crate) settings: Settings,
    pub(crate) graph: Graph,
    pub(crate) grants: Grants,
}

impl Case {
    /// A new place that holds these words.
    pub(crate) fn place(&mut self, words: &str) -> Span {
        let start = self.source.len();
        self.source.push_str(words);
        self.source.push('\n');
        Span::new(FileId(0), start..start + words.len())
    }

    /// A literal text at a new place.
    pub(crate) fn text(&mut self, words: &str) -> Text {
        let span = self.place(words);
        Text::literal(words, span)
    }

    /// A naming pattern at a new place: what stands before and behind the principal's name.
    pub(crate) fn pattern(&mut self, before: &str, placeholder: &str, behind: &str) -> Text {
        use iamc_model::text::{Placeholder, Segment};
        let span = self.place(&format!("{before}{{{placeholder}}}{behind}"));
        let literal = |text: &str| (!text.is_empty()).then(|| Segment::Literal(text.into()));
        let middle = Segment::Placeholder(Placeholder { name: placeholder.into(), span });
        let segments = [literal(before), Some(middle), literal(behind)];
        Text { segments: segments.into_iter().flatten().collect(), span }
    }

    /// A policy that allows some actions on some resources.
    pub(crate) fn policy(&mut self, name: &str, actions: &[&str], resources: &[&str]) -> StatementId {
        let span = self.place(name);
        let id = PolicyId(u32::try_from(self.graph.policies.len()).unwrap());
        let strings = |items: &[&str]| items.iter().map(ToString::to_string).collect();
        self.graph.policies.push(Policy {
            name: name.into(),
            span,
            description: None,
            template: None,
            effect: Effect::Allow,
            actions: declaration::List { negated: false, items: vec![] }.into(),
            resources: declaration::List { negated: false, items: vec![] },
            conditions: vec![],
            filled: vec![],
        });
        self.grants.statements.push(Statement {
            policy: id,
            name: name.into(),
            span,
            effect: Effect::Allow,
            actions: Patterns { negated: false, patterns: strings(actions) },
            resources: Patterns { negated: false, patterns: strings(resources) },
            conditions: Conditions::new(),
        });
        StatementId(id.0)
    }

    /// The statement that was added last.
    pub(crate) fn statement(&mut self) -> &mut Statement {
        self.grants.statements.last_mut().unwrap()
    }

    /// A principal that holds these policies.
    pub(crate) fn principal(&mut self, kind: PrincipalKind, name: &str, held: &[StatementId]) -> &mut Grant {
        let span = self.place(name);
        let id = PrincipalId(u32::try_from(self.graph.principals.len()).unwrap());
        let edge =
            |id: &StatementId| Edge { to: PolicyId(id.0), until: None, until_span: None, reason: None, span };
        self.graph.principals.push(Principal {
            kind,
            name: name.into(),
            span,
            groups: vec![],
            policies: held.iter().map(edge).collect(),
            params: vec![],
            attributes: Attributes::default(),
        });
        let service = TrustStatement {
            kind: TrustKind::Service,
            principals: vec!["ec2.amazonaws.com".into()],
            actions: vec!["sts:AssumeRole".into()],
            conditions: Conditions::new(),
            span,
        };
        self.grants.principals.push(Grant {
            id,
            kind,
            name: name.into(),
            span,
            statements: held.into(),
            kubernetes_groups: Arc::new([]),
            path: "/".into(),
            permissions_boundary: None,
            managed_policy_arns: vec![],
            max_session_duration: None,
            tags: vec![],
            trust: if kind == PrincipalKind::ServiceUser { vec![] } else { vec![service] },
        });
        self.grants.principals.last_mut().unwrap()
    }

    /// An engineer that holds these policies.
    pub(crate) fn engineer(&mut self, name: &str, held: &[StatementId]) -> &mut Grant {
        self.principal(PrincipalKind::Engineer, name, held)
    }

    /// The attributes of the principal that was added last, and what was made of them.
    fn last(&mut self) -> (&mut Attributes, &mut Grant) {
        let principal = self.graph.principals.last_mut().unwrap();
        (&mut principal.attributes, self.grants.principals.last_mut().unwrap())
    }

    /// A tag of the principal that was added last.
    pub(crate) fn tag(&mut self, key: &str, value: &str) {
        let key = Spanned::new(key.to_owned(), self.place(key));
        let text = self.text(value);
        let (attributes, grant) = self.last();
        grant.tags.push((key.value.clone(), value.to_owned()));
        attributes.tags.push(Tag { key, value: text });
    }

    /// A policy that is attached to the principal that was added last.
    pub(crate) fn attach(&mut self, arn: &str) {
        let text = self.text(arn);
        let (attributes, grant) = self.last();
        grant.managed_policy_arns.push(arn.to_owned());
        attributes.managed_policy_arns.push(text);
    }

    /// Trust of the principal that was added last in an ARN.
    pub(crate) fn trust(&mut self, arn: &str) {
        let text = self.text(arn);
        let span = text.span;
        let (attributes, grant) = self.last();
        let actions = vec!["sts:AssumeRole".to_owned()];
        grant.trust.push(TrustStatement {
            kind: TrustKind::Aws,
            principals: vec![arn.to_owned()],
            actions: actions.clone(),
            conditions: Conditions::new(),
            span,
        });
        attributes.trust.get_or_insert_default().push(TrustDecl {
            span,
            kind: TrustKind::Aws,
            principals: vec![text],
            actions: actions.into_iter().map(Spanned::builtin).collect(),
            conditions: vec![],
        });
    }

    /// What is emitted, whatever is reported.
    pub(crate) fn stacks(&self) -> Stacks {
        emit(&self.settings, &self.graph, &self.grants).0
    }

    /// What is reported.
    pub(crate) fn reports(&self) -> Vec<Diagnostic> {
        emit(&self.settings, &self.graph, &self.grants).1
    }

    /// The texts of a project's files by their paths; nothing is reported of it.
    pub(crate) fn outputs(&self) -> BTreeMap<String, String> {
        self.check(&[]);
        let outputs = render(&Arc::new(self.stacks()));
        outputs.paths().map(|path| (path.to_owned(), outputs.text(path).unwrap())).collect()
    }

    /// Compares what is reported, in the order of places, with rules and the words that they underline.
    pub(crate) fn check(&self, expected: &[(&str, &str)]) {
        let reports = self.reports();
        let words = |report: &Diagnostic| report.span().map_or("", |span| &self.source[span.range()]);
        let found: Vec<_> = reports.iter().map(|report| (report.code.rule(), words(report))).collect();
        assert_eq!(found, expected, "{reports:#?}");
    }
}
