//! The answer as a comment on a pull request.

use super::Answer;
use super::summary;
use super::tell::Teller;
use super::told::{self, Part, Row, Told};
use super::voice::Voice;
use crate::answer::{self, count};

/// GitHub takes no longer comment; in bytes, of which there are never fewer than of what it counts.
/// <https://github.com/orgs/community/discussions/27190>
const LIMIT: usize = 65_536;

/// What is kept for the lines at the end.
const RESERVE: usize = 1_000;

/// A part that is longer than this (in bytes) is folded, unless it is sensitive or worth a second look.
const LONG: usize = 3_000;

/// In the order in which they stand.
const PARTS: [(Part, &str); 6] = [
    (Part::Sensitive, "Sensitive"),
    (Part::Risk, "Worth a second look"),
    (Part::Gain, "Gained"),
    (Part::Unknown, "Not known"),
    (Part::Loss, "Lost"),
    (Part::Other, "Besides"),
];

/// How much differs, then what and why, as far as a comment can hold it, then what is left out.
pub(super) fn text(answer: &Answer) -> String {
    let Answer { sides, difference, .. } = answer;
    let voice = Voice::Markdown;
    let told = told::all(answer, &Teller::new(sides, voice, false));
    let summary = voice.words(&summary::line(difference));
    let mut page = Page { text: String::new(), hidden: 0 };
    page.text = format!("### {summary}\n\n{}\n", voice.words(&summary::sides(sides)));
    for (part, title) in PARTS {
        page.part(part, title, told.iter().filter(|told| told.part == part).map(item).collect());
    }
    page.end(!told.is_empty())
}

struct Page {
    text: String,
    /// What there was no room for.
    hidden: usize,
}

impl Page {
    /// A part with as many of its items as there is room for.
    fn part(&mut self, part: Part, title: &str, items: Vec<String>) {
        let number = items.len();
        let mut body = String::new();
        let head = heading(title, number, true).len() + FOOT.len();
        for item in items {
            match self.text.len() + head + body.len() + item.len() + RESERVE <= LIMIT {
                true => body += &item,
                false => self.hidden += 1,
            }
        }
        if body.is_empty() {
            return;
        }
        let is_folded = !matches!(part, Part::Sensitive | Part::Risk) && body.len() > LONG;
        self.text += &heading(title, number, is_folded);
        self.text += &body;
        self.text += if is_folded { FOOT } else { "" };
    }

    fn end(mut self, is_something: bool) -> String {
        if self.hidden > 0 {
            let more = count(self.hidden, "more change does", "more changes do");
            self.text += &format!("\n**{more} not fit into a comment:** `iamc diff -v` shows all.\n");
        }
        if is_something {
            self.text += &format!("\n<sub>{}</sub>\n", answer::left_out(None));
        }
        self.text
    }
}

/// The end of a part that is folded.
const FOOT: &str = "\n</details>\n";

fn heading(title: &str, number: usize, is_folded: bool) -> String {
    match is_folded {
        true => format!("\n<details><summary><b>{title} ({number})</b></summary>\n\n"),
        false => format!("\n#### {title}\n\n"),
    }
}

fn item(told: &Told) -> String {
    let mark = match told.part {
        Part::Sensitive => "❌ ",
        Part::Risk => "⚠️ ",
        Part::Gain | Part::Unknown | Part::Loss | Part::Other => "",
    };
    format!("- {mark}{}\n{}", told.sentence, rows(&told.rows, 2))
}

/// Lines that have one key stand below one another in one item.
fn rows(rows: &[Row], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let chunks = rows.chunk_by(|one, next| !one.key.is_empty() && one.key == next.key);
    let item = |chunk: &[Row]| {
        let key = chunk.first().map_or("", |row| row.key);
        let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
        let lines: Vec<&str> = chunk.iter().map(|row| row.text.as_str()).collect();
        let below: String = chunk.iter().map(|row| self::rows(&row.below, indent + 2)).collect();
        format!("{blanks}- {key}{}\n{below}", lines.join("<br>"))
    };
    chunks.map(item).collect()
}
