//! What is gained and lost, in words.

use iamc_model::declaration::Effect;
use iamc_model::{Code, codes};

use crate::statement::Atom;

/// What statements say that they should not, or do not say that they should.
#[derive(Debug, Default)]
pub(super) struct Difference<'a> {
    pub(super) more: Vec<Atom<'a>>,
    pub(super) less: Vec<Atom<'a>>,
}

impl Difference<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.more.is_empty() && self.less.is_empty()
    }

    /// To be denied less is to gain, to be denied more is to lose.
    pub(super) fn code(&self) -> &'static Code {
        let is = |effect: Effect| move |atom: &Atom<'_>| atom.effect == effect;
        match self.more.iter().any(is(Effect::Allow)) || self.less.iter().any(is(Effect::Deny)) {
            true => &codes::GAINED_PERMISSION,
            false => &codes::LOST_PERMISSION,
        }
    }

    /// ``gains `s3:PutObject` on `*`, and loses `s3:GetObject` on `*` ``
    pub(super) fn words(&self) -> String {
        let parts = [
            (&self.more, Effect::Allow, "gains"),
            (&self.less, Effect::Deny, "is no longer denied"),
            (&self.less, Effect::Allow, "loses"),
            (&self.more, Effect::Deny, "is denied"),
        ];
        let parts = parts.into_iter().filter_map(|(atoms, effect, verb)| part(atoms, effect, verb));
        parts.collect::<Vec<_>>().join(", and ")
    }
}

fn part(atoms: &[Atom<'_>], effect: Effect, verb: &str) -> Option<String> {
    let mut atoms = atoms.iter().filter(|atom| atom.effect == effect);
    let first = atoms.next()?;
    let more = match atoms.count() {
        0 => String::new(),
        more => format!(" ({more} more like this)"),
    };
    Some(format!("{verb} {first}{more}"))
}
