//! What a draft puts into marks, and whom it gives the words to.

use sayso_ledger::DraftQuotation;
use sayso_model::{Article, PrintedSpan, SpeakerKind, Speech, Statement};

use crate::engine;

/// A draft that has been read.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Every quotation in the order of the text; one inside another belongs to the outer one.
    pub(crate) quotations: Vec<Quoted>,
    /// Its statements without their speaker's own words.
    pub(crate) paraphrases: Vec<Statement>,
}

/// A quotation of a draft.
#[derive(Debug)]
pub(crate) struct Quoted {
    /// The words inside the marks.
    pub(crate) words: String,
    /// The quotation with its marks, in the draft's text.
    pub(crate) span: PrintedSpan,
    /// The person who says it, where the draft names one.
    pub(crate) speaker: Option<String>,
}

impl Quoted {
    /// As the ledger looks it up.
    pub(crate) fn asked(&self) -> DraftQuotation<'_> {
        DraftQuotation { words: &self.words, speaker: self.speaker.as_deref() }
    }
}

/// Reads a draft as an article is read; the quotations come from the marks alone, so that one is
/// checked also where no statement was read of it.
pub(crate) fn read(article: &Article) -> Draft {
    let article = engine::beginning(article);
    let language = sayso_language::read(&article.text);
    let statements = sayso_statement::read(&article, &language, engine::tables());
    let quotations = language
        .quotations
        .iter()
        .filter(|quotation| quotation.depth == 0)
        .map(|quotation| {
            let words: Vec<&str> =
                quotation.inner.iter().map(|part| part.of(&article.text)).collect();
            Quoted {
                words: words.join(" "),
                span: language.print(quotation.outer),
                speaker: speaker(&statements, quotation),
            }
        })
        .collect();
    let paraphrases = statements.into_iter().filter(|one| one.speech != Speech::Direct).collect();
    Draft { quotations, paraphrases }
}

/// The person whose statement shares most with a quotation; none where the name is withheld.
fn speaker(statements: &[Statement], quotation: &sayso_language::Quotation) -> Option<String> {
    let shared = |statement: &&Statement| -> usize {
        let content = statement.content.iter().map(PrintedSpan::span);
        content
            .flat_map(|span| quotation.inner.iter().map(move |part| (span, *part)))
            .filter(|(span, part)| span.overlaps(*part))
            .map(|(span, part)| {
                span.end.min(part.end) as usize - span.start.max(part.start) as usize
            })
            .sum()
    };
    let best = statements.iter().max_by_key(shared).filter(|best| shared(best) > 0)?;
    let speaker = best.speaker.as_ref()?;
    let is_known = speaker.kind == SpeakerKind::Person && speaker.candidates.is_empty();
    is_known.then(|| speaker.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_make_a_quotation_and_the_text_says_whose() {
        let text = "Mayor Danuta Sorel said on Monday: “We have withdrawn our units to the western \
                    bank.” The plan is known as “Northern Light”.\n\nThe river rose.";
        let draft = read(&Article::of_text("draft", text));
        let found: Vec<(&str, Option<&str>)> =
            draft.quotations.iter().map(|q| (q.words.as_str(), q.speaker.as_deref())).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].0, "We have withdrawn our units to the western bank.");
        assert_eq!(found[0].1, Some("Danuta Sorel"));
        assert_eq!(found[1].0, "Northern Light");
        for quotation in &draft.quotations {
            assert_eq!(quotation.span.span().of(text), quotation.span.text);
        }
    }
}
