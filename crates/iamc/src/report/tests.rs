//! What the formats say of diagnostics that are made by hand.

use std::path::Path;

use iamc_model::diagnostic::Diagnostic;
use iamc_model::{FileId, Source, Sources, Span, codes};
use proptest::prelude::*;
use serde_json::Value;

use super::{Project, Style, render};
use crate::cli::MessageFormat;

const STYLE: Style = Style { color: false, unicode: true, width: 100, summary: None };

/// The span of `words` where they first stand in the `file`th of the sources.
fn span(sources: &Sources, file: u32, words: &str) -> Span {
    let source = sources.get(FileId(file)).unwrap();
    let start = source.text.find(words).unwrap();
    Span::new(FileId(file), start..start + words.len())
}

fn one(text: &str) -> Sources {
    Sources::new(vec![Source::new("policies/a.toml", text)])
}

fn found(sources: &Sources, words: &str) -> Diagnostic {
    Diagnostic::new(&codes::UNKNOWN_KEY, "unknown key", span(sources, 0, words), "here")
}

fn print(format: MessageFormat, found: &[Diagnostic], sources: &Sources) -> String {
    let project = Project { sources, root: Path::new("/p/org"), current: Path::new("/p/org/docs") };
    render(format, found, &project, STYLE)
}

/// The lines with the code and its underlines, where `words` are the mistake in `text`.
fn underlined(text: &str, words: &str) -> Vec<String> {
    let sources = one(text);
    let report = print(MessageFormat::Human, &[found(&sources, words)], &sources);
    let lines = report.lines().filter(|line| line.contains('│') || line.contains('·'));
    lines.map(|line| line[line.find(['│', '·']).unwrap()..].trim_end().to_owned()).collect()
}

#[track_caller]
fn assert_underlined(text: &str, words: &str, line: &str, underline: &str) {
    let lines = underlined(text, words);
    let at = lines.iter().position(|shown| shown.starts_with('·')).unwrap();
    assert_eq!((lines[at - 1].as_str(), lines[at].as_str()), (line, underline), "{lines:#?}");
}

#[test]
fn a_report_shows_a_hundred_places() {
    let sources = one(&"x ".repeat(1000));
    let place = |at: usize| Span::new(FileId(0), 2 * at..2 * at + 1);
    let first = Diagnostic::new(&codes::CYCLE, "round", place(0), "here").help("remove one");
    let found = (1..1000).fold(first, |found, at| found.also(place(at), "here"));
    let report = print(MessageFormat::Human, &[found], &sources);
    assert_eq!(report.matches("here").count(), 100);
    assert!(report.contains("help: remove one\n        900 more places are not shown\n"), "{report}");
}

#[test]
fn a_report_shows_the_words_their_neighbours_and_the_help() {
    let sources = one("[policy.A]\nactoins = [\"s3:GetObject\"]\nresources = [\"*\"]\n");
    let report = print(MessageFormat::Human, &[found(&sources, "actoins").help("write `actions`")], &sources);
    let expected = "\
iamc::parser::unknown-key

  × unknown key
   ╭─[policies/a.toml:2:1]
 1 │ [policy.A]
 2 │ actoins = [\"s3:GetObject\"]
   · ───┬───
   ·    ╰── here
 3 │ resources = [\"*\"]
   ╰────
  help: write `actions`

";
    assert_eq!(report, expected);
}

#[test]
fn a_place_in_another_file_is_a_note_with_its_own_lines() {
    let sources = Sources::new(vec![
        Source::new("a.toml", "[group.A]\npolicies = []\n"),
        Source::new("b.toml", "\n\n[group.A]\n"),
    ]);
    let twice = Diagnostic::new(&codes::DUPLICATE_DEFINITION, "two groups `A`", span(&sources, 1, "A"), "")
        .also(span(&sources, 0, "A"), "the first is here");
    let report = print(MessageFormat::Human, &[twice], &sources);
    let expected = "\
iamc::graph::duplicate-definition

  × two groups `A`
   ╭─[b.toml:3:8]
 2 │
 3 │ [group.A]
   ·        ─
   ╰────
  ☞ the first is here
   ╭─[a.toml:1:8]
 1 │ [group.A]
   ·        ─
 2 │ policies = []
   ╰────

";
    assert_eq!(report, expected);
}

#[test]
fn labels_far_apart_leave_out_what_lies_between() {
    let sources = one(&format!("first = 1\n{}last = 2\n", "# x\n".repeat(500)));
    let both = found(&sources, "first").also(span(&sources, 0, "last"), "there");
    let report = print(MessageFormat::Human, &[both], &sources);
    assert!(report.lines().count() < 20, "{report}");
    assert!(report.contains("502 │ last = 2"), "{report}");
}

#[test]
fn columns_are_right_behind_tabs_wide_and_combining_characters() {
    assert_underlined("\tx = \tbad\n", "bad", "│     x =     bad", "·             ─┬─");
    assert_underlined("é = \"e\u{301}\", bad\n", "bad", "│ é = \"e\u{301}\", bad", "·          ─┬─");
    assert_underlined("k = \"漢字\", bad\n", "bad", "│ k = \"漢字\", bad", "·             ─┬─");
    assert_underlined("a = 1\r\nbad = 2\r\nc = 3\r\n", "bad", "│ bad = 2", "· ─┬─");
    assert_underlined("a = 漢字\n", "漢字", "│ a = 漢字", "·     ──┬─");
}

#[test]
fn the_header_counts_columns_in_characters() {
    let sources = one("\t\"漢字\" = bad\n");
    let report = print(MessageFormat::Human, &[found(&sources, "bad")], &sources);
    assert!(report.contains("[policies/a.toml:1:9]"), "{report}");
}

#[test]
fn the_end_of_a_file_can_be_underlined() {
    for text in ["a = 1\n", "a = 1", "", "\n", "a = 1\r\n"] {
        let sources = one(text);
        let end = Span::new(FileId(0), text.len()..text.len());
        let report = print(
            MessageFormat::Human,
            &[Diagnostic::new(&codes::SYNTAX, "unfinished", end, "here")],
            &sources,
        );
        assert!(report.contains("here"), "{text:?}: {report}");
    }
}

#[test]
fn a_label_over_several_lines_underlines_the_first() {
    let text = "a = [\n  1,\n  2,\n]\n";
    assert_underlined(text, &text[4..], "│ a = [", "·     ┬");
}

#[test]
fn of_a_very_long_line_only_the_surroundings_are_shown() {
    let text = format!("a = \"{}\", bad, \"{}\"\n", "漢".repeat(50_000), "y".repeat(50_000));
    let lines = underlined(&text, "bad");
    assert!(lines.iter().all(|line| line.chars().count() < 250), "{lines:#?}");
    assert!(lines[0].starts_with("│ a = ") && lines[0].ends_with("y…"), "{lines:#?}");
    assert!(lines[0].contains("…漢") && lines[0].contains("bad"), "{lines:#?}");
    let sources = one(&text);
    let all = vec![found(&sources, "bad"); 50];
    assert!(print(MessageFormat::Human, &all, &sources).len() < 50 * 1500);
}

#[test]
fn terminals_are_not_given_what_they_would_obey() {
    let lines = underlined("a = \"\u{1b}[31m\u{202e}\", bad\n", "bad");
    assert_eq!(lines[0], "│ a = \"␛[31m\u{fffd}\", bad");
    let sources = one("x");
    let nasty = Diagnostic::new(&codes::UNKNOWN_KEY, "key `\u{1b}[2J`", span(&sources, 0, "x"), "\u{7}")
        .help("not \u{202e}");
    let report = print(MessageFormat::Human, &[nasty], &sources);
    assert!(!report.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{report}");
}

#[test]
fn a_path_says_nothing_on_a_line_of_its_own() {
    let sources = Sources::new(vec![Source::new("policies/a\nno errors", "[policy.A]\n")]);
    let report = print(MessageFormat::Human, &[found(&sources, "policy")], &sources);
    assert!(report.contains("[policies/a␊no errors:1:2]"), "{report}");
}

#[test]
fn a_long_help_breaks_between_words_only() {
    let sources = one("x");
    let help = "write `arn:aws:iam::123456789876:policy/some-policy-with-a-long-name` ".repeat(3);
    let report = print(MessageFormat::Human, &[found(&sources, "x").help(help.trim())], &sources);
    let kept = report
        .lines()
        .filter(|line| line.contains("`arn:aws:iam::123456789876:policy/some-policy-with-a-long-name`"));
    assert_eq!(kept.count(), 3, "{report}");
    assert!(report.lines().all(|line| line.chars().count() <= 100), "{report}");
}

#[test]
fn the_last_line_counts() {
    let sources = one("a b c");
    let warning = Diagnostic::new(&codes::UNUSED_POLICY, "unused", span(&sources, 0, "b"), "");
    let style = Style { summary: Some(""), ..STYLE };
    let project = Project { sources: &sources, root: Path::new("/p"), current: Path::new("/p") };
    let last = |found: &[Diagnostic]| {
        let report = render(MessageFormat::Human, found, &project, style);
        report.lines().last().map(str::to_owned)
    };
    let error = found(&sources, "a");
    assert_eq!(last(&[error.clone(), error.clone(), warning.clone()]).unwrap(), "error: 2 errors, 1 warning");
    assert_eq!(last(&[error]).unwrap(), "error: 1 error");
    assert_eq!(last(&[warning.clone(), warning]).unwrap(), "warning: 2 warnings");
    assert_eq!(last(&[]), None);
}

#[test]
fn json_is_a_line_for_each_with_columns_in_characters() {
    let sources = one("# é\n\"漢\" = bad\r\n");
    let report = print(MessageFormat::Json, &[found(&sources, "bad")], &sources);
    let expected = "{\"code\":\"iamc::parser::unknown-key\",\"severity\":\"error\",\"message\":\"unknown key\",\
        \"help\":null,\"labels\":[{\"file\":\"policies/a.toml\",\"line\":2,\"column\":7,\"end-line\":2,\
        \"end-column\":10,\"text\":\"here\"}],\"related\":[]}\n";
    assert_eq!(report, expected);
}

#[test]
fn github_escapes_and_counts_from_the_current_folder() {
    let sources = Sources::new(vec![Source::new("policies/a,b:c%.toml", "x = 1")]);
    let percent = Diagnostic::new(&codes::UNUSED_POLICY, "100 %", span(&sources, 0, "x"), "").help("a\nb");
    let report = print(MessageFormat::Github, &[percent], &sources);
    let expected = "::warning file=../policies/a%2Cb%3Ac%25.toml,line=1,endLine=1,col=1,endColumn=2,\
        title=iamc%3A%3Agraph%3A%3Aunused-policy::100 %25%0Ahelp: a%0Ab\n";
    assert_eq!(report, expected);
}

#[test]
fn sarif_is_one_log_with_the_codes_as_rules() {
    let sources = Sources::new(vec![Source::new("policies/ä b.toml", "x = 1\ny = 2")]);
    let both = found(&sources, "y").also(span(&sources, 0, "x"), "first");
    let log: Value = serde_json::from_str(&print(MessageFormat::Sarif, &[both], &sources)).unwrap();
    let (run, result) = (&log["runs"][0], &log["runs"][0]["results"][0]);
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), codes::ALL.len());
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "iamc::parser::unknown-key");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "../policies/%C3%A4%20b.toml");
    assert_eq!(place["region"]["startLine"], 2);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "first");
}

#[test]
fn nothing_found_prints_nothing_but_a_log() {
    let sources = one("");
    for format in [MessageFormat::Human, MessageFormat::Json, MessageFormat::Github] {
        assert_eq!(print(format, &[], &sources), "");
    }
    assert!(print(MessageFormat::Sarif, &[], &sources).contains("\"results\": []"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the text and wherever the labels, even past its end or within a character.
    #[test]
    fn any_label_in_any_text_can_be_printed(
        text in "([ -~]|\\PC|\t|\r\n|\n|\r|\u{301}|\u{202e}|漢){0,300}",
        spans in prop::collection::vec((0usize..700, 0usize..300), 1..5),
        long in prop::bool::ANY,
    ) {
        let text = if long { text.repeat(5) } else { text };
        let sources = one(&text);
        let mut labels = spans.iter().map(|&(start, length)| Span::new(FileId(0), start..start + length));
        let first = Diagnostic::new(&codes::SYNTAX, "any", labels.next().unwrap(), "label");
        let any = labels.fold(first, |found, span| found.also(span, "further"));
        for format in [MessageFormat::Human, MessageFormat::Json, MessageFormat::Github, MessageFormat::Sarif] {
            prop_assert!(print(format, std::slice::from_ref(&any), &sources).contains("any"));
        }
        let human = print(MessageFormat::Human, &[any], &sources);
        prop_assert!(human.contains("label") && !human.contains("Failed to read"), "{human}");
    }
}
