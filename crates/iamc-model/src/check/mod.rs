//! Checks on values that go into policies. They are made on what is written out when it is read, and
//! on what a placeholder stood in once it is filled.

mod condition;
mod trust;

pub use condition::{is_condition_value, wanted_condition_value};
pub use trust::is_trusted;

/// Whether IAM takes this as an action, or as a pattern of actions: `*` or `service:name`, either with
/// wildcards.
pub fn is_action(action: &str) -> bool {
    let is_service =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| is_pattern(byte) || byte == b'-');
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| is_pattern(byte) || matches!(byte, b'-' | b'_'))
    };
    let colon = action.bytes().position(|byte| byte == b':');
    action == "*" || colon.is_some_and(|at| is_service(&action[..at]) && is_name(&action[at + 1..]))
}

fn is_pattern(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'?')
}

/// Whether IAM takes this as a resource: `*`, or what begins with `arn:`.
pub fn is_resource(resource: &str) -> bool {
    resource == "*" || resource.starts_with("arn:")
}

/// The first character that IAM does not take in a policy, with its place in bytes: it takes U+0009,
/// U+000A, U+000D and U+0020 to U+00FF.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
pub fn invalid_character(text: &str) -> Option<(usize, char)> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
    if text.bytes().all(is_plain) {
        return None;
    }
    text.char_indices().find(|&(_, c)| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FF}'))
}

/// The place in bytes of the first `${` that no `}` closes.
pub fn unclosed_variable(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(open) = text[from..].find("${").map(|at| from + at) {
        match text[open..].find('}') {
            Some(length) => from = open + length + 1,
            None => return Some(open),
        }
    }
    None
}

/// Why a value must not fill a placeholder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is empty.
    Empty,
    /// It holds this character, at this place in bytes.
    Character(usize, char),
}

/// Whether a value may fill a placeholder: it is not empty and holds no `*`, `?`, `$`, brace, white
/// space or control character, so that it cannot widen what it is filled into.
pub fn unfit_filling(value: &str) -> Option<Unfit> {
    let is_unfit = |c: char| "*?${}".contains(c) || c.is_whitespace() || c.is_control();
    if value.is_empty() {
        return Some(Unfit::Empty);
    }
    value.char_indices().find(|&(_, c)| is_unfit(c)).map(|(at, c)| Unfit::Character(at, c))
}

/// Whether IAM takes this as a path: `/` or `/[!-~]+/`, at most 512 characters.
///
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub fn is_path(path: &str) -> bool {
    path.len() <= 512
        && path.starts_with('/')
        && path.ends_with('/')
        && path.len() != 2
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether this is the id of an account: 12 digits.
pub fn is_account(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions() {
        for action in ["*", "s3:*", "s3:Get*", "S3:GetObject", "s3-object-lambda:Get?bject", "*:Describe*"] {
            assert!(is_action(action), "{action}");
        }
        for action in
            ["", "s3", "s3:", ":Get", "s3:Get Object", "s3:a:b", "s3:{x}", "**", "s3:Gét", "s3 :Get"]
        {
            assert!(!is_action(action), "{action}");
        }
    }

    #[test]
    fn characters() {
        assert_eq!(invalid_character("aé\t\r\n ÿ"), None);
        assert_eq!(invalid_character("aéā"), Some((3, 'ā')));
        assert_eq!(invalid_character("\u{1}"), Some((0, '\u{1}')));
    }

    #[test]
    fn variables() {
        assert_eq!(unclosed_variable("a/${aws:username}/${*}"), None);
        assert_eq!(unclosed_variable("a/${aws:username}/${x"), Some(18));
    }

    #[test]
    fn fillings() {
        assert_eq!(unfit_filling("ml-data/x"), None);
        assert_eq!(unfit_filling(""), Some(Unfit::Empty));
        assert_eq!(unfit_filling("é*"), Some(Unfit::Character(2, '*')));
    }

    #[test]
    fn paths() {
        assert!(is_path("/") && is_path("/a/") && is_path("/a/b/"));
        assert!(!is_path("") && !is_path("//") && !is_path("/a") && !is_path("a/") && !is_path("/ä/"));
    }
}
