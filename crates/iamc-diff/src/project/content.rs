//! What a declaration says, without its name, its places, its description and its silences: of equal texts
//! one says what the other says.

use iamc_model::declaration::{
    ConditionDecl, ForEachEntry, GroupDecl, List, Member, PolicyBody, PolicyDecl, StatementDecl, TemplateDecl,
};

pub(super) fn policy(declared: &PolicyDecl) -> String {
    let body = match &declared.body {
        PolicyBody::Statement(statement) => self::statement(statement),
        PolicyBody::Template { template, with, conditions } => {
            let with = with.iter().map(|it| format!("{:?} {:?}", it.name.value, it.value.to_string()));
            format!("{:?} {:?} {:?}", template.value, sorted(with), self::conditions(conditions))
        }
    };
    let each = declared.for_each.iter().map(|entries| sorted(entries.iter().map(entry)));
    format!("policy {body} {:?}", each.collect::<Vec<_>>())
}

pub(super) fn template(declared: &TemplateDecl) -> String {
    let parameters = declared.parameters.iter().map(|it| it.value.clone());
    format!("template {:?} {}", sorted(parameters), statement(&declared.statement))
}

pub(super) fn group(declared: &GroupDecl) -> String {
    let [policies, groups] =
        [&declared.policies, &declared.groups].map(|members| sorted(members.iter().map(member)));
    let kubernetes = sorted(declared.kubernetes_groups.iter().map(|it| it.value.clone()));
    format!("group {policies:?} {groups:?} {kubernetes:?}")
}

fn statement(declared: &StatementDecl) -> String {
    let StatementDecl { effect, actions, resources, conditions } = declared;
    let actions = list(actions, |it| it.value.to_ascii_lowercase());
    let resources = list(resources, ToString::to_string);
    format!("{effect:?} {actions} {resources} {:?}", self::conditions(conditions))
}

fn list<T>(list: &List<T>, text: impl Fn(&T) -> String) -> String {
    format!("{} {:?}", list.negated, sorted(list.items.iter().map(text)))
}

fn conditions(conditions: &[ConditionDecl]) -> Vec<String> {
    sorted(conditions.iter().map(|ConditionDecl { operator, key, values }| {
        let values = sorted(values.iter().map(ToString::to_string));
        format!("{} {:?} {values:?}", operator.value, key.value.to_ascii_lowercase())
    }))
}

fn entry(entry: &ForEachEntry) -> String {
    let params = entry.params.iter().map(|it| format!("{:?} {:?}", it.name.value, it.value.value));
    format!("{:?}", sorted(params))
}

fn member(member: &Member) -> String {
    format!("{:?} {:?}", member.name.value, member.until.as_ref().map(|until| until.value))
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.collect();
    texts.sort_unstable();
    texts
}
