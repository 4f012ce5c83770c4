//! The files below out/. The text of a template is made when it is asked for, and again when it is asked
//! for again: all of them together can take more memory than all else.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::generated::MANIFEST;
use crate::manifest::{Digest, manifest};
use crate::stack::Stacks;
use crate::{kubernetes, template};

/// What out/ is to hold: files by their path below it, with `/`.
#[derive(Debug)]
pub struct Outputs {
    stacks: Arc<Stacks>,
    files: BTreeMap<String, File>,
    /// Of the template of each stack, once its text was made.
    digests: Vec<OnceLock<Digest>>,
}

#[derive(Debug)]
enum File {
    /// That of the stack at this place.
    Template(usize),
    Manifest,
    Text(String),
}

/// Every file of these stacks: a template for each, Kubernetes' two where they are needed, and the
/// manifest.
pub fn render(stacks: &Arc<Stacks>) -> Outputs {
    let templates = stacks.stacks.iter().zip(0..).map(|(stack, at)| (stack.path(), File::Template(at)));
    let mut files: BTreeMap<String, File> = templates.collect();
    files.insert(MANIFEST.to_owned(), File::Manifest);
    let kubernetes = stacks.kubernetes.iter().flat_map(kubernetes::files);
    files.extend(kubernetes.map(|(path, text)| (path.to_owned(), File::Text(text))));
    let digests = stacks.stacks.iter().map(|_| OnceLock::new()).collect();
    Outputs { stacks: Arc::clone(stacks), files, digests }
}

impl Outputs {
    /// How many files there are: at least the manifest.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a file at this path.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The text of the file at this path. That of the manifest needs the texts of all templates: it is
    /// cheapest when these were asked for before.
    pub fn text(&self, path: &str) -> Option<String> {
        Some(match self.files.get(path)? {
            File::Template(at) => self.template(*at),
            File::Manifest => manifest(&self.stacks, |at| self.digest(at)),
            File::Text(text) => text.clone(),
        })
    }

    fn template(&self, at: usize) -> String {
        let text = template::template_text(&self.stacks.stacks[at]);
        self.digests[at].get_or_init(|| Digest::of(&text));
        text
    }

    fn digest(&self, at: usize) -> Digest {
        *self.digests[at].get_or_init(|| Digest::of(&template::template_text(&self.stacks.stacks[at])))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use iamc_model::PrincipalKind;

    use crate::render;
    use crate::testing::Case;

    fn case() -> Case {
        let mut case = Case::default();
        let read = case.policy("ReadData", &["s3:GetObject"], &["*"]);
        case.principal(PrincipalKind::Role, "Build", &[read]);
        case.engineer("JaneDoe", &[read]);
        case
    }

    #[test]
    fn the_order_of_asking_does_not_matter() {
        let stacks = Arc::new(case().stacks());
        let (first, last) = (render(&stacks), render(&stacks));
        let early = first.text("manifest.json");
        let templates: Vec<_> = last.paths().map(|path| last.text(path)).collect();
        assert_eq!(last.text("manifest.json"), early);
        assert_eq!(first.paths().map(|path| first.text(path)).collect::<Vec<_>>(), templates);
    }

    #[test]
    fn there_is_nothing_else() {
        let outputs = render(&Arc::new(case().stacks()));
        let paths: Vec<_> = outputs.paths().collect();
        assert_eq!(paths, ["engineers/JaneDoe.yaml", "manifest.json", "roles/Build.yaml"]);
        assert_eq!(outputs.count(), 3);
        assert!(outputs.contains("roles/Build.yaml") && !outputs.contains("roles/JaneDoe.yaml"));
        assert_eq!(outputs.text("roles/JaneDoe.yaml"), None);
    }
}
