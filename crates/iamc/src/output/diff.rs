//! The first lines in which two texts differ.

use std::fmt::Write;

/// Lines of each side that are shown at most.
const MOST: usize = 4;

/// Columns of a line that are shown at most.
const WIDTH: usize = 120;

/// How far the two texts are searched for where they meet again.
const REACH: usize = 200;

/// The first stretch in which `new` differs from `old`, in the manner of a unified diff. Empty where
/// the texts are equal.
pub(crate) fn first_difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (gone, come) = stretch(&old[start..], &new[start..]);
    if gone.is_empty() && come.is_empty() {
        return String::new();
    }
    let mut shown = format!("@@ line {} @@\n", start + 1);
    if start > 0 {
        push(&mut shown, " ", &old[start - 1..start]);
    }
    push(&mut shown, "-", gone);
    push(&mut shown, "+", come);
    shown
}

/// What of the two stands before the nearest line that they have in common.
fn stretch<'a, 'b>(old: &'a [&'a str], new: &'b [&'b str]) -> (&'a [&'a str], &'b [&'b str]) {
    let meets = |&(a, b): &(usize, usize)| match (old.get(a), new.get(b)) {
        (Some(a), Some(b)) => a == b && !a.trim().is_empty(),
        _ => false,
    };
    let pairs = (0..REACH).flat_map(|sum| (0..=sum).map(move |a| (a, sum - a)));
    let (a, b) = pairs.into_iter().find(meets).unwrap_or((old.len(), new.len()));
    (&old[..a], &new[..b])
}

fn push(shown: &mut String, sign: &str, lines: &[&str]) {
    for line in lines.iter().take(MOST) {
        let _ = writeln!(shown, "{sign}{}", printable(line));
    }
    if let Some(more) = lines.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(shown, "{sign}… {more} more");
    }
}

/// A line that a terminal can show: bounded, its control characters spelt out.
fn printable(line: &str) -> String {
    let mut shown = String::new();
    for character in line.chars().take(WIDTH) {
        match character {
            character if character.is_control() => shown.extend(character.escape_default()),
            character => shown.push(character),
        }
    }
    shown
}
