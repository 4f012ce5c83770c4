//! Words without quotes, which are strings to one reader and something else to another.

/// What stands for a Boolean, for nothing, for a merge or for a default: <https://yaml.org/type/>.
const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="];

/// Whether every reader takes a plain scalar for a string. What begins like a number, a date or a time
/// is taken for none.
pub(super) fn is_string(plain: &str) -> bool {
    let like_a_number = |first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.');
    !plain.is_empty()
        && !plain.starts_with(like_a_number)
        && !WORDS.iter().any(|word| plain.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::is_string;

    #[test]
    fn what_yaml_1_1_reads_otherwise() {
        let words = "yes No oN OFF y N null Null ~ true FALSE 2012-10-17 12:30:45 1_000 0x1F 0b1 017 1e3 .5 \
             .inf -.INF .NaN 123456789876 +1 -1 = <<";
        for word in words.split(' ').chain([""]) {
            assert!(!is_string(word), "{word:?}");
        }
    }

    #[test]
    fn strings() {
        for word in ["Allow", "s3:GetObject", "arn:aws:s3:::x/*", "AWS::IAM::Role", "nothing", "a 1"] {
            assert!(is_string(word), "{word}");
        }
    }
}
