//! Policy variables, which IAM fills when somebody asks: `${aws:username}`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

mod bad;
mod present;

pub(crate) use bad::{check, in_principal, in_value};
pub(crate) use present::never_present;

/// What stands between `${` and `}` in a text, each time.
pub(crate) fn of(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.contains('$').then(|| text.split("${").skip(1));
    behind.into_iter().flatten().filter_map(|rest| rest.split_once('}')).map(|(inside, _)| inside)
}

/// A text without its variables, `${*}` and its like among them.
pub(crate) fn without(text: &str) -> String {
    let mut parts = text.split("${");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |rest, part| rest + part.split_once('}').map_or(part, |(_, behind)| behind))
}

/// The key of a variable: `aws:username` of `aws:username, 'nobody'`.
pub(crate) fn key(inside: &str) -> &str {
    inside.split_once(',').map_or(inside, |(key, _)| key)
}

/// Whether it stands for a character: `${*}`.
pub(crate) fn is_character(inside: &str) -> bool {
    matches!(inside, "*" | "?" | "$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_stand_in_texts() {
        let text = "a/${aws:username}/${*}${aws:PrincipalTag/team, 'x'}";
        assert_eq!(of(text).collect::<Vec<_>>(), ["aws:username", "*", "aws:PrincipalTag/team, 'x'"]);
        assert_eq!(without(text), "a//");
        assert_eq!(key("aws:PrincipalTag/team, 'x'"), "aws:PrincipalTag/team");
    }
}
