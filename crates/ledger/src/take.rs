//! A batch of articles with all that belongs to it, in one transaction.

use sayso_model::{Article, Statement};

use crate::{
    Added, ArchivePlace, Keep, Ledger, Packed, add, archives, error::Result, evidence, kin,
};

/// An article on its way into the ledger.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The article.
    pub article: Box<Article>,
    /// What was read out of it.
    pub statements: Vec<Statement>,
    /// The bytes it was read from, where they are to be kept.
    pub evidence: Option<Packed>,
    /// The file or address where they were found.
    pub origin: Option<String>,
}

impl Ledger {
    /// Takes articles in with their evidence, in this order, and the place up to which their archive is
    /// read by that: all or nothing. A disk takes many articles in little more time than one. `at` is
    /// the time of adding as it will be printed (RFC 3339).
    ///
    /// Of an article whose very text is known the bytes are kept only where it has no evidence yet:
    /// pages change with every visit around a text that does not.
    ///
    /// # Errors
    /// As [`Ledger::add`], and [`crate::LedgerError::Evidence`] where its folder cannot be written.
    /// Nothing of the batch is in the ledger then, and the place is where it was.
    pub fn take(
        &mut self,
        batch: Vec<Incoming>,
        place: Option<&ArchivePlace>,
        at: &str,
    ) -> Result<Vec<Added>> {
        if batch.is_empty() && place.is_none() {
            return Ok(Vec::new());
        }
        let folder = self.evidence_folder();
        self.write(|transaction| {
            kin::catch_up(transaction)?;
            let (mut done, mut keeps) = (Vec::with_capacity(batch.len()), Vec::new());
            for Incoming { article, statements, evidence, origin } in batch {
                let added = add::add_one(transaction, &article, &statements, at)?;
                let again = added == Added::Same;
                let evidence = evidence.filter(|_| added != Added::Redacted);
                keeps.extend(evidence.map(|packed| Keep {
                    article: article.id,
                    packed,
                    origin,
                    again,
                }));
                done.push(added);
            }
            // The files are forced to the disk before the rows that name them can be.
            evidence::keep(transaction, &folder, &keeps, at)?;
            if let Some(place) = place {
                archives::note(transaction, place, at)?;
            }
            Ok(done)
        })
    }
}
