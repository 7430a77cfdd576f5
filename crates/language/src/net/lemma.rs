//! Lemmas: a table of exceptions, then an edit script "cut n characters, append s".

use super::{
    features::normal,
    pack::{Pack, PackError},
    spelling::spelled,
};
use crate::Upos;

/// Scripts and exceptions of a file of weights.
#[derive(Debug)]
pub(super) struct Lemmas {
    scripts: Vec<(usize, &'static str)>,
    /// "form TAB tag TAB lemma", sorted as bytes.
    exceptions: Vec<&'static str>,
}

impl Lemmas {
    /// Reads both lists of a model.
    ///
    /// # Errors
    /// When one is missing, a script is none, or the exceptions are not in order.
    pub(super) fn new(pack: &Pack<'static>, model: &str) -> Result<Self, PackError> {
        let name = format!("{model}/lemma");
        let scripts = pack
            .lines(&name)?
            .into_iter()
            .map(|line| {
                let (cut, tail) = line.split_once('|')?;
                Some((cut.parse().ok()?, tail))
            })
            .collect::<Option<_>>()
            .ok_or(PackError::Part(name))?;
        let name = format!("{model}/exceptions");
        let exceptions = pack.lines(&name)?;
        if exceptions.is_sorted() {
            Ok(Self { scripts, exceptions })
        } else {
            Err(PackError::Part(name))
        }
    }

    /// Number of scripts.
    pub(super) fn len(&self) -> usize {
        self.scripts.len()
    }

    /// The lemma of a form under a tag, with the script that the network chose.
    pub(super) fn lemma(&self, form: &str, upos: Upos, script: usize) -> Box<str> {
        if upos == Upos::Pron && form == "I" {
            return form.into();
        }
        let whole = normal(form);
        let low = whole.to_lowercase();
        let key = format!("{low}\t{}\t", upos.word());
        let at = self.exceptions.partition_point(|line| *line < key.as_str());
        if let Some(lemma) = self.exceptions.get(at).and_then(|line| line.strip_prefix(&key)) {
            return lemma.into();
        }
        let Some(&(cut, tail)) = self.scripts.get(script) else { return low.into() };
        let Some(kept) = low.chars().count().checked_sub(cut) else { return low.into() };
        // names keep their capitals
        let base = if upos == Upos::Propn { &whole } else { &low };
        let lemma: String = base.chars().take(kept).chain(tail.chars()).collect();
        let known = upos != Upos::Verb;
        if known { lemma.into() } else { spelled(&low, &lemma).unwrap_or(lemma).into() }
    }
}
