//! The pages of docs/rules, for a terminal.

use crate::answer::Paint;

/// Rule, page.
static PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rule_pages.rs"));

/// The page of a rule.
pub(super) fn of(rule: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == rule).map(|(_, page)| *page)
}

/// Markdown as it reads in a terminal: headings without their marks, the first left out, since it names
/// the rule; code indented; comments and fences left out.
pub(super) fn render(page: &str, paint: Paint) -> String {
    let mut rendered = String::new();
    let mut is_code = false;
    for line in page.lines().skip_while(|line| line.is_empty() || line.starts_with("# ")) {
        let line = line.trim_end();
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code && !line.is_empty() {
            rendered.push_str(&format!("    {line}\n"));
        } else if !line.starts_with("<!--") {
            rendered.push_str(&format!("{}\n", heading(line, paint).unwrap_or_else(|| line.to_owned())));
        }
    }
    rendered
}

fn heading(line: &str, paint: Paint) -> Option<String> {
    let text = line.trim_start_matches('#');
    let title = text.strip_prefix(' ').filter(|_| text.len() < line.len())?;
    Some(paint.strong(title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_reads_well_in_a_terminal() {
        let page = "# cycle\n\nA group.\n\n## Cure\n\n```toml\n# a.toml\nx = 1\n\n```\n<!-- x -->\nEnd\n";
        let expected = "A group.\n\nCure\n\n    # a.toml\n    x = 1\n\nEnd\n";
        assert_eq!(render(page, Paint::new(false)), expected);
    }

    #[test]
    fn every_page_belongs_to_a_rule() {
        let strays = PAGES.iter().filter(|(rule, _)| iamc_model::codes::find(rule).is_none());
        assert_eq!(strays.map(|(rule, _)| *rule).collect::<Vec<_>>(), [""; 0]);
    }
}
