//! Kubernetes groups: which may be held, and which are bound.

use iamc_model::name::nearest;
use iamc_model::settings::KubernetesGroup;
use iamc_model::{Diagnostic, Graph, Project, Spanned, codes};

/// Reports Kubernetes groups that cannot be held or bound, and takes them out of the graph.
pub(super) fn check(project: &Project, graph: &mut Graph, diagnostics: &mut Vec<Diagnostic>) {
    let bound = &project.settings.kubernetes.groups;
    diagnostics.extend(bound.iter().filter_map(|group| system(&group.name)));
    for group in &mut graph.groups {
        group.kubernetes_groups.retain(|name| {
            let wrong = system(name).or_else(|| unbound(name, bound));
            let is_sound = wrong.is_none();
            diagnostics.extend(wrong);
            is_sound
        });
    }
}

/// Kubernetes reserves the prefix `system:` for its own components.
///
/// <https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings>
fn system(name: &Spanned<String>) -> Option<Diagnostic> {
    name.starts_with("system:").then(|| {
        let message = format!("the Kubernetes group `{}` is the cluster's own", name.value);
        Diagnostic::new(&codes::SYSTEM_KUBERNETES_GROUP, message, name.span, "begins with `system:`")
            .help("use a group of your own, bound under `[kubernetes.groups]` in iamc.toml")
    })
}

fn unbound(name: &Spanned<String>, bound: &[KubernetesGroup]) -> Option<Diagnostic> {
    if bound.iter().any(|group| group.name == *name) {
        return None;
    }
    let word = &name.value;
    let help = match nearest(word, bound.iter().map(|group| group.name.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("bind it in iamc.toml: `[kubernetes.groups.{word}]` with `cluster-role = \"…\"`"),
    };
    let message = format!("nothing binds the Kubernetes group `{word}`");
    let report = Diagnostic::new(&codes::UNBOUND_KUBERNETES_GROUP, message, name.span, "not bound");
    Some(report.help(help))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn groups_of_the_cluster_and_groups_that_nothing_binds() {
        let files = "\
--- groups/a.toml
[group.A]
kubernetes-groups = ['eng', 'engs', 'system:masters']
--- iamc.toml
[kubernetes.groups.eng]
cluster-role = 'view'
[kubernetes.groups.'system:nodes']
cluster-role = 'view'
";
        let expected = "\
            unbound-kubernetes-group: 'engs'
            system-kubernetes-group: 'system:masters'
            system-kubernetes-group: 'system:nodes'";
        check(files, expected);
    }
}
