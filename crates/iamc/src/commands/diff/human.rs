//! The answer for people: `✗` is sensitive, `!` worth a second look, `+` gained, `-` lost, `?` not known, `~` all else.

use super::Answer;
use super::summary;
use super::tell::Teller;
use super::told::{self, Part, Row, Told};
use super::voice::Voice;
use crate::answer::{self, Paint, count};

/// Sentences that are shown without `-v`.
const SENTENCES: usize = 20;

/// What differs: how much, then what and why, then what is left out.
pub(super) fn text(answer: &Answer, paint: Paint, is_whole: bool) -> String {
    let Answer { sides, difference, .. } = answer;
    let teller = Teller::new(sides, Voice::Terminal(paint), is_whole);
    let told = told::all(answer, &teller);
    let shown = if is_whole { told.len() } else { SENTENCES.min(told.len()) };
    let summary = paint.strong(&summary::line(difference));
    let mut sections = vec![format!("{}\n{summary}\n", summary::sides(sides))];
    sections.extend(told[..shown].iter().map(|told| section(told, paint)));
    if shown < told.len() {
        let more = count(told.len() - shown, "more change", "more changes");
        sections.push(format!("{}\n", paint.dim(&format!("… and {more}: `-v` shows all"))));
    }
    if !told.is_empty() {
        sections.push(format!("{}\n", paint.dim(&answer::left_out(None))));
    }
    sections.join("\n")
}

fn section(told: &Told, paint: Paint) -> String {
    format!("{} {}\n{}", mark(told.part, paint), told.sentence, rows(&told.rows, 4, paint))
}

fn mark(part: Part, paint: Paint) -> String {
    match part {
        Part::Sensitive => paint.deny("✗"),
        Part::Risk => paint.deny("!"),
        Part::Gain => paint.allow("+"),
        Part::Unknown => paint.bounded("?"),
        Part::Loss => paint.deny("-"),
        Part::Other => "~".to_owned(),
    }
}

/// A key is written once for the lines that have it.
fn rows(all: &[Row], indent: usize, paint: Paint) -> String {
    let before = std::iter::once("").chain(all.iter().map(|row| row.key));
    let row = |(before, row): (&str, &Row)| {
        let key = if row.key == before { "" } else { row.key };
        let key = if row.key.is_empty() { String::new() } else { paint.dim(&format!("{key:9}")) };
        format!("{}{key}{}\n{}", " ".repeat(indent), row.text, rows(&row.below, indent + 2, paint))
    };
    before.zip(all).map(row).collect()
}
