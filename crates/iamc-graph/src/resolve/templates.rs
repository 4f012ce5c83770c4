//! Templates, and what a policy has to give them.

use std::collections::BTreeMap;

use iamc_model::declaration::{ConditionDecl, PolicyBody, PolicyDecl, StatementDecl, TemplateDecl, With};
use iamc_model::name::nearest;
use iamc_model::project::DeclKind;
use iamc_model::{Diagnostic, Project, Spanned, codes};

use super::names::{self, Named, Referent, Table};

/// The templates by name.
pub(super) struct Templates<'a> {
    by_name: BTreeMap<&'a str, &'a TemplateDecl>,
    /// Names that are defined more than once.
    twice: Vec<String>,
}

/// The templates that are defined once. Of two with one name nobody knows which a policy means, so that
/// neither is used, and no policy is held against the wrong one.
pub(super) fn unique<'a>(project: &'a Project, diagnostics: &mut Vec<Diagnostic>) -> Templates<'a> {
    let named = |decl: &'a TemplateDecl| {
        let name = decl.name.as_str().into();
        Named { name, span: decl.name.span, entry: None, item: decl }
    };
    names::unique(project.templates.iter().map(named).collect(), "template", false, diagnostics);
    let mut by_name = BTreeMap::new();
    for template in &project.templates {
        by_name.entry(template.name.as_str()).and_modify(|known| *known = None).or_insert(Some(template));
    }
    let twice = by_name.iter().filter(|(_, template)| template.is_none()).map(|(&name, _)| name.to_owned());
    let twice = twice.collect();
    let by_name = by_name.into_iter().filter_map(|(name, template)| Some((name, template?))).collect();
    Templates { by_name, twice }
}

/// What a policy is made of, before its `for-each` is expanded.
pub(super) struct Parts<'a> {
    pub(super) statement: &'a StatementDecl,
    /// The template, with what the policy gives it and the conditions that it adds.
    pub(super) template: Option<(&'a TemplateDecl, &'a [With], &'a [ConditionDecl])>,
}

impl<'a> Templates<'a> {
    /// The table of their names.
    pub(super) fn names(&self, project: &Project) -> Table<()> {
        let names = self.by_name.keys().map(|&name| (name.into(), ()));
        Table::new(names)
            .with_broken(self.twice.iter().cloned())
            .with_unreadable(project, |kind| kind == DeclKind::Template)
    }

    /// The parts of a policy, if its template exists and has been given what it takes.
    pub(super) fn parts(
        &self,
        policy: &'a PolicyDecl,
        names: &Table<()>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Parts<'a>> {
        let (name, with, conditions) = match &policy.body {
            PolicyBody::Statement(statement) => return Some(Parts { statement, template: None }),
            PolicyBody::Template { template, with, conditions } => (template, with, conditions),
        };
        let Some(&template) = self.by_name.get(name.as_str()) else {
            diagnostics.extend(unknown_template(name, names));
            return None;
        };
        let before = diagnostics.len();
        diagnostics.extend(wrong_parameters(policy, name, template, with));
        diagnostics.extend(twice(template, conditions));
        let parts = Parts { statement: &template.statement, template: Some((template, with, conditions)) };
        (diagnostics.len() == before).then_some(parts)
    }
}

/// `unknown-template`, unless there is one, or one that could not be read.
pub(super) fn unknown_template(name: &Spanned<String>, names: &Table<()>) -> Option<Diagnostic> {
    let Referent::Unknown = names.get(name) else { return None };
    let message = format!("there is no template `{}`", name.value);
    let report = Diagnostic::new(&codes::UNKNOWN_TEMPLATE, message, name.span, "unknown template");
    Some(report.help(match names.nearest(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("declare `[template.{}]` in a file under policies/", name.value),
    }))
}

/// Parameters that are unknown or missing. An unknown one that is near to a missing one is that one,
/// misspelt.
fn wrong_parameters(
    policy: &PolicyDecl,
    name: &Spanned<String>,
    template: &TemplateDecl,
    with: &[With],
) -> Vec<Diagnostic> {
    let is_given = |parameter: &str| with.iter().any(|given| given.name.value == parameter);
    let mut missing: Vec<&Spanned<String>> =
        template.parameters.iter().filter(|parameter| !is_given(parameter)).collect();
    let mut wrong = Vec::new();
    for given in with.iter().filter(|given| !template.parameters.contains(&given.name)) {
        let meant =
            nearest(&given.name, missing.iter().map(|parameter| parameter.as_str())).map(str::to_owned);
        missing.retain(|parameter| Some(&parameter.value) != meant.as_ref());
        wrong.push(unknown_parameter(template, given, meant.as_deref()));
    }
    wrong.extend(missing.into_iter().map(|parameter| missing_parameter(policy, name, parameter)));
    wrong
}

fn unknown_parameter(template: &TemplateDecl, given: &With, meant: Option<&str>) -> Diagnostic {
    let parameters: Vec<String> =
        template.parameters.iter().map(|parameter| format!("`{}`", parameter.value)).collect();
    let help = match meant
        .or_else(|| nearest(&given.name, template.parameters.iter().map(|known| known.as_str())))
    {
        Some(near) => format!("did you mean `{near}`?"),
        None if parameters.is_empty() => format!("`{}` takes no parameters: remove it", template.name.value),
        None => format!("`{}` takes {}: remove this", template.name.value, parameters.join(", ")),
    };
    let message = format!("the template `{}` has no parameter `{}`", template.name.value, given.name.value);
    Diagnostic::new(&codes::UNKNOWN_PARAMETER, message, given.name.span, "unknown parameter").help(help)
}

fn missing_parameter(policy: &PolicyDecl, name: &Spanned<String>, parameter: &Spanned<String>) -> Diagnostic {
    let message = format!("the template `{}` needs `{}`", name.value, parameter.value);
    let label = format!("gives no `{}`", parameter.value);
    Diagnostic::new(&codes::MISSING_PARAMETER, message, policy.name.span, label)
        .also(name.span, "the template")
        .also(parameter.span, "its parameter")
        .help(format!("write `{} = \"…\"` in the policy's `with`", parameter.value))
}

/// Condition keys that the template and the policy give under one operator: one of the two would be
/// lost or become an alternative.
fn twice(template: &TemplateDecl, added: &[ConditionDecl]) -> Vec<Diagnostic> {
    let key = |condition: &ConditionDecl| (condition.operator.value, condition.key.to_lowercase());
    let own: BTreeMap<_, _> = template.statement.conditions.iter().map(|own| (key(own), own)).collect();
    let pairs = added.iter().filter_map(|added| Some((*own.get(&key(added))?, added)));
    pairs.map(|(own, added)| duplicate_key(template, own, added)).collect()
}

fn duplicate_key(template: &TemplateDecl, own: &ConditionDecl, added: &ConditionDecl) -> Diagnostic {
    let (operator, key) = (added.operator.value, &added.key.value);
    let message = format!("`{key}` stands under `{operator}` in the template `{}`, too", template.name.value);
    Diagnostic::new(&codes::DUPLICATE_CONDITION_KEY, message, added.key.span, "the policy's")
        .also(own.key.span, "the template's")
        .help("keep one of the two: condition keys are the same whatever their case")
}

#[cfg(test)]
mod tests {
    use crate::testing::{check, run};

    const TEMPLATE: &str = "\
--- policies/a.toml
[template.S3List]
parameters = ['bucket', 'prefix']
actions = ['s3:ListBucket']
resources = ['arn:aws:s3:::{bucket}']
conditions.StringLike.'s3:prefix' = ['{prefix}/*']
--- policies/b.toml
[policy.List]
";

    #[track_caller]
    fn check_policy(policy: &str, expected: &str) {
        check(&format!("{TEMPLATE}{policy}"), expected);
    }

    #[test]
    fn an_unknown_template() {
        check_policy("template = 'S3Lsit'", "unknown-template: 'S3Lsit'");
        assert_eq!(run(&format!("{TEMPLATE}template = 'S3Lsit'")).helps(), "did you mean `S3List`?");
    }

    #[test]
    fn parameters() {
        let missing = "missing-parameter: List | 'S3List' | 'prefix'";
        check_policy("template = 'S3List'\nwith = { bucket = 'a' }", missing);
        let unknown = "unknown-parameter: bukcet";
        check_policy("template = 'S3List'\nwith = { bukcet = 'a', prefix = 'b' }", unknown);
        let unknown = "unknown-parameter: team";
        check_policy("template = 'S3List'\nwith = { bucket = 'a', prefix = 'b', team = 'c' }", unknown);
    }

    #[test]
    fn two_templates_of_one_name() {
        let again = "[template.S3List]\nparameters = []\nactions = ['s3:ListBucket']\nresources = ['*']";
        check_policy(&format!("template = 'S3List'\n{again}"), "duplicate-definition: S3List | S3List");
    }

    #[test]
    fn a_condition_key_in_both() {
        let policy = "template = 'S3List'\nwith = { bucket = 'a', prefix = 'b' }\n";
        let same = format!("{policy}conditions.StringLike.'S3:Prefix' = ['c']");
        check_policy(&same, "duplicate-condition-key: 'S3:Prefix' | 's3:prefix'");
        let template = TEMPLATE.replace("s3:prefix", "aws:PrincipalTag/équipe");
        let accents = format!("{template}{policy}conditions.StringLike.'aws:PrincipalTag/Équipe' = ['c']");
        let keys = "'aws:PrincipalTag/Équipe' | 'aws:PrincipalTag/équipe'";
        check(&accents, &format!("duplicate-condition-key: {keys}"));
        check_policy(&format!("{policy}conditions.StringEquals.'S3:Prefix' = ['c']"), "");
    }
}
