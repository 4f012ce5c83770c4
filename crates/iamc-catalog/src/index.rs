//! Where the actions of a service stand, by their names.

use std::sync::OnceLock;

use crate::action::Action;

/// Made when something is first looked up. It says nothing that the actions do not: all are equal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index(OnceLock<Vec<(u64, usize)>>);

impl PartialEq for Index {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Index {}

impl Index {
    /// Where an action stands among these, by its name without regard to case.
    pub(crate) fn find(&self, name: &str, actions: &[Action]) -> Option<usize> {
        let marks = self.0.get_or_init(|| marks(actions));
        let is_it = |at: usize| actions.get(at).is_some_and(|action| action.name.eq_ignore_ascii_case(name));
        if marks.len() != actions.len() {
            return (0..actions.len()).find(|&at| is_it(at));
        }
        let mark = mark(name);
        let start = marks.partition_point(|&(other, _)| other < mark);
        let alike = marks[start..].iter().take_while(|&&(other, _)| other == mark);
        alike.map(|&(_, at)| at).find(|&at| is_it(at))
    }
}

/// The marks of the names with their places, sorted.
fn marks(actions: &[Action]) -> Vec<(u64, usize)> {
    let mut marks: Vec<(u64, usize)> = actions.iter().map(|action| mark(&action.name)).zip(0..).collect();
    marks.sort_unstable();
    marks
}

/// A number that is the same for names that differ in case alone, and for hardly any others: the letters,
/// eight at a time, with the bit in which those of two cases differ set in all.
fn mark(name: &str) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    const SPREAD: u64 = 0x517c_c1b7_2722_0a95;
    let (words, rest) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let words = words.iter().chain([&last]).map(|word| u64::from_le_bytes(*word) | LOWER);
    words.fold(0, |mark: u64, word| (mark.rotate_left(5) ^ word).wrapping_mul(SPREAD))
}

#[cfg(test)]
mod tests {
    use crate::{Action, Catalog};

    #[test]
    fn every_action_is_found_by_its_name_in_any_case() {
        let catalog = Catalog::builtin();
        for service in ["ec2", "s3", "iam"].map(|name| catalog.service(name).unwrap()) {
            for (at, Action { name, .. }) in service.actions.iter().enumerate() {
                for name in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
                    assert_eq!(service.action_index(&name), Some(at), "{name}");
                }
                assert_eq!(service.action_index(&format!("{name}x")), None);
            }
        }
    }

    #[test]
    fn an_action_that_was_added_is_found_too() {
        let mut service = Catalog::builtin().service("sts").unwrap().clone();
        assert!(service.action("AssumeRole").is_some());
        let mut added = service.actions[0].clone();
        added.name = "Added".to_owned();
        service.actions.insert(0, added);
        assert_eq!((service.action_index("added"), service.action_index("x")), (Some(0), None));
        service.sort();
        assert!(service.action("ADDED").is_some());
    }
}
