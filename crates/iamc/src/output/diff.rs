//! The first lines in which two texts differ.

use std::fmt::Write;

/// Stretches that are shown at most.
const STRETCHES: usize = 3;

/// Lines of each side of a stretch that are shown at most.
const LINES: usize = 4;

/// Columns of a line that are shown at most.
const WIDTH: usize = 100;

/// How much of a long line is shown before what differs in it.
const LEAD: usize = 30;

/// How far the two texts are searched for where they meet again.
const REACH: usize = 200;

/// The first stretches in which `new` differs from `old`, in the manner of a unified diff. Empty where
/// the texts are equal.
pub(crate) fn first_differences(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let (mut old, mut new) = (old.as_slice(), new.as_slice());
    let (mut shown, mut line) = (String::new(), 1);
    for _ in 0..STRETCHES {
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (gone, come) = stretch(&old[same..], &new[same..]);
        if gone.is_empty() && come.is_empty() {
            break;
        }
        line += same;
        push_stretch(&mut shown, line, &old[same.saturating_sub(1)..same], gone, come);
        line += come.len();
        (old, new) = (&old[same + gone.len()..], &new[same + come.len()..]);
    }
    shown
}

/// What of the two stands before the nearest line that they have in common.
fn stretch<'a, 'b>(old: &'a [&'a str], new: &'b [&'b str]) -> (&'a [&'a str], &'b [&'b str]) {
    let meets = |&(a, b): &(usize, usize)| match (&old[a.min(old.len())..], &new[b.min(new.len())..]) {
        ([last], [end]) => last == end,
        ([a, ..], [b, ..]) => a == b && !a.trim().is_empty(),
        _ => false,
    };
    let mut pairs = (0..REACH).flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)));
    let (a, b) = pairs.find(meets).unwrap_or((old.len(), new.len()));
    (&old[..a], &new[..b])
}

fn push_stretch(shown: &mut String, line: usize, before: &[&str], gone: &[&str], come: &[&str]) {
    let _ = writeln!(shown, "@@ line {line} @@");
    push(shown, ' ', before, &[]);
    push(shown, '-', gone, come);
    push(shown, '+', come, gone);
}

/// The first of the lines, each cut to where it differs from the one in `others`.
fn push(shown: &mut String, sign: char, lines: &[&str], others: &[&str]) {
    for (at, line) in lines.iter().take(LINES).enumerate() {
        let _ = writeln!(shown, "{sign}{}", cut(line, others.get(at).copied().unwrap_or_default()));
    }
    if lines.len() > LINES {
        let _ = writeln!(shown, "{sign}… {} more", lines.len() - LINES);
    }
}

/// A line that a terminal can show: its control characters spelt out, and if it is long, only what
/// stands around its first difference from `other`.
fn cut(line: &str, other: &str) -> String {
    let same = line.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let long = line.chars().count() > WIDTH;
    let skipped = if long { same.saturating_sub(LEAD) } else { 0 };
    let ellipsis = |needed| if needed { "…" } else { "" };
    let part: String = line.chars().skip(skipped).take(WIDTH).collect();
    let rest = ellipsis(skipped + WIDTH < line.chars().count());
    format!("{}{}{rest}", ellipsis(skipped > 0), spelt_out(&part))
}

fn spelt_out(text: &str) -> String {
    let mut spelt = String::new();
    for character in text.chars() {
        match character.is_control() {
            true => spelt.extend(character.escape_default()),
            false => spelt.push(character),
        }
    }
    spelt
}

#[cfg(test)]
mod tests {
    use super::first_differences;

    #[test]
    fn equal_texts_have_no_difference() {
        assert_eq!(first_differences("a\nb\n", "a\nb\n"), "");
        assert_eq!(first_differences("", ""), "");
    }

    #[test]
    fn stretches_end_where_the_texts_meet_again() {
        let (old, new) = ("a\nb\nc\nd\ne\n", "a\nx\ny\nc\nd\n");
        assert_eq!(first_differences(old, new), "@@ line 2 @@\n a\n-b\n+x\n+y\n@@ line 6 @@\n d\n-e\n");
    }

    #[test]
    fn line_endings_are_spelt_out() {
        assert_eq!(first_differences("a\r\nb", "a\nb"), "@@ line 1 @@\n-a\\r\n+a\n");
        assert_eq!(first_differences("a\n", "a"), "@@ line 2 @@\n a\n-\n");
    }

    #[test]
    fn much_is_cut() {
        let all = |letter: &str| format!("{letter}\n").repeat(1000);
        assert_eq!(first_differences(&all("a"), &all("b")).lines().count(), 11);
        let long = |letter: &str| format!("{}{letter}{}", "x".repeat(500), "y".repeat(500));
        let shown = first_differences(&long("a"), &long("b"));
        assert!(shown.contains("xa") && shown.contains("xb"), "{shown}");
        assert!(shown.lines().all(|line| line.chars().count() <= 103), "{shown}");
    }
}
