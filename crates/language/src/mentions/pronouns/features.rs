//! What speaks for a candidate, as numbers with names.

use super::people::{Sighting, Who};
use super::{Case, Here};
use crate::Language;

/// Declares the features once: the variant that code uses, the name that the table of weights uses.
macro_rules! features {
    ($($variant:ident $name:literal,)*) => {
        #[derive(Clone, Copy)]
        enum Feature { $($variant,)* }

        /// The features, in the order of [`Values`].
        pub(in crate::mentions) const NAMES: [&str; [$($name),*].len()] = [$($name),*];
    };
}

features! {
    SameSentence "same_sentence",
    OneBack "one_sentence_back",
    TwoBack "two_sentences_back",
    FourBack "four_sentences_back",
    FurtherBack "further_back",
    Latest "latest",
    SecondLatest "second_latest",
    Earlier "earlier",
    WasSubject "was_subject",
    WasPronoun "was_pronoun",
    SameParagraph "same_paragraph",
    GenderKnown "gender_known",
    ShareOfMentions "share_of_mentions",
    MentionsBefore "mentions_before",
    FirstPerson "first_person_of_article",
    SubjectForSubject "subject_for_subject",
    SubjectForPossessive "subject_for_possessive",
    SubjectForObject "subject_for_object",
    SubjectForReflexive "subject_for_reflexive",
    OtherForSubject "other_for_subject",
    OtherForPossessive "other_for_possessive",
    OtherForObject "other_for_object",
    OtherForReflexive "other_for_reflexive",
    SameQuotation "same_quotation",
    PronounQuoted "pronoun_quoted",
    CandidateQuoted "candidate_quoted",
    OpensAfterSubject "sentence_opens_after_subject",
    OnlyCandidate "only_candidate",
    OneWordTitled "one_word_with_title",
    SubjectBackForSubject "subject_back_for_subject",
    ShownByPronoun "shown_by_pronoun",
    NameJustBefore "name_just_before",
    Main "main_subject",
    MainBackForSubject "main_subject_back_for_subject",
    BothReport "both_report",
    Reported "reported",
    OwnSubjectForObject "own_subject_for_object",
    OwnSubjectForPossessive "own_subject_for_possessive",
    SubjectAbove "subject_of_the_clause_above",
    SubjectBeside "subject_of_the_clause_beside",
    Apposed "in_apposition_to_it",
    Conjoined "beside_what_it_owns",
    TellsTheQuotation "tells_the_quotation",
    Ahead "ahead_in_sentence",
    AheadForPossessive "ahead_for_possessive",
    Unnamed "unnamed",
    UnnamedDefinite "unnamed_definite",
    UnnamedOwned "unnamed_owned",
    UnnamedGender "unnamed_of_that_gender",
    UnnamedSameSentence "unnamed_same_sentence",
    UnnamedWasPronoun "unnamed_was_pronoun",
    UnnamedSubject "unnamed_subject",
    Nobody "nobody",
    NobodyQuoted "nobody_quoted",
    NobodyWithoutRecent "nobody_when_none_is_near",
}

/// Values of the features for one candidate.
pub(in crate::mentions) type Values = [f32; NAMES.len()];

/// What the article as a whole tells of a candidate.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub(super) struct Standing {
    /// Its gender is known.
    pub(super) gender_known: bool,
    /// How often it is named, as a share of the one that is named most.
    pub(super) share: f32,
    /// Mentions so far.
    pub(super) before: u32,
    /// The first person that the article names.
    pub(super) first: bool,
    /// Its one word stands with a title.
    pub(super) titled: bool,
    /// A pronoun was linked to it before.
    pub(super) shown: bool,
    /// It tells the quotation that the pronoun stands in.
    pub(super) teller: bool,
}

/// Features of nobody: the person meant has no name before.
pub(super) fn nobody(here: &Here, near: bool) -> Values {
    let mut v = [0.0; NAMES.len()];
    v[Feature::Nobody as usize] = 1.0;
    v[Feature::NobodyQuoted as usize] = f32::from(u8::from(here.quotation.is_some()));
    v[Feature::NobodyWithoutRecent as usize] = f32::from(u8::from(!near));
    v
}

/// Features of a candidate that stands only further on in the pronoun's sentence.
pub(super) fn ahead(here: &Here, standing: Standing) -> Values {
    let mut v = [0.0; NAMES.len()];
    v[Feature::Ahead as usize] = 1.0;
    v[Feature::AheadForPossessive as usize] = f32::from(u8::from(here.case == Case::Possessive));
    by_standing(standing, &mut v);
    v
}

fn by_standing(standing: Standing, v: &mut Values) {
    let mut set = |f: Feature, on: bool| v[f as usize] = f32::from(u8::from(on));
    set(Feature::GenderKnown, standing.gender_known);
    set(Feature::FirstPerson, standing.first);
    set(Feature::OneWordTitled, standing.titled);
    set(Feature::ShownByPronoun, standing.shown);
    set(Feature::TellsTheQuotation, standing.teller);
    v[Feature::ShareOfMentions as usize] = standing.share;
    v[Feature::MentionsBefore as usize] = libm::log1pf(standing.before as f32);
}

/// Features of a candidate by its latest sighting. `rank` 0 is the latest of `rivals`.
pub(super) fn features(
    language: &Language<'_>,
    here: &Here,
    last: &Sighting,
    rank: usize,
    rivals: usize,
    standing: Standing,
) -> Values {
    let mut v = [0.0; NAMES.len()];
    let named = matches!(last.who, Who::Named(_));
    if named {
        by_standing(standing, &mut v);
    }
    let mut set = |f: Feature, on: bool| v[f as usize] = f32::from(u8::from(on));
    let distance = here.sentence.saturating_sub(last.sentence);
    let subject = here.case == Case::Subject;
    set(Feature::SameSentence, distance == 0);
    set(Feature::OneBack, distance == 1);
    set(Feature::TwoBack, distance == 2);
    set(Feature::FourBack, (3..=4).contains(&distance));
    set(Feature::FurtherBack, distance > 4);
    set(Feature::Latest, rank == 0);
    set(Feature::SecondLatest, rank == 1);
    set(Feature::Earlier, rank > 1);
    set(Feature::WasSubject, last.subject);
    set(Feature::WasPronoun, last.pronoun);
    set(Feature::SameParagraph, language.sentences[here.sentence].paragraph == last.paragraph);
    let by_case = match (here.case, last.subject) {
        (Case::Subject, true) => Feature::SubjectForSubject,
        (Case::Possessive, true) => Feature::SubjectForPossessive,
        (Case::Object, true) => Feature::SubjectForObject,
        (Case::Reflexive, true) => Feature::SubjectForReflexive,
        (Case::Subject, false) => Feature::OtherForSubject,
        (Case::Possessive, false) => Feature::OtherForPossessive,
        (Case::Object, false) => Feature::OtherForObject,
        (Case::Reflexive, false) => Feature::OtherForReflexive,
    };
    set(by_case, distance == 0);
    set(Feature::SameQuotation, here.quotation.is_some() && here.quotation == last.quotation);
    set(Feature::PronounQuoted, here.quotation.is_some() && last.quotation.is_none());
    set(Feature::CandidateQuoted, here.quotation.is_none() && last.quotation.is_some());
    let opens = here.token == language.sentences[here.sentence].tokens.start;
    set(Feature::OpensAfterSubject, opens && distance == 1 && last.subject);
    set(Feature::OnlyCandidate, rivals == 1);
    set(Feature::SubjectBackForSubject, subject && last.subject && distance == 1);
    set(Feature::NameJustBefore, last.end + 1 >= here.token && distance == 0);
    set(Feature::Main, last.main);
    set(Feature::MainBackForSubject, last.main && distance == 1 && subject);
    set(Feature::BothReport, last.reports && here.reports);
    set(Feature::Reported, last.reports);
    let head = |t: usize| language.tokens[t].head;
    let owns = here.case == Case::Possessive;
    // The verb of the pronoun's own clause, as far as two steps tell.
    let noun = if owns { head(here.token) } else { None };
    let verb = if owns { noun.and_then(head) } else { head(here.token) };
    let same_clause = last.governor.is_some() && last.governor == verb;
    set(Feature::OwnSubjectForObject, here.case == Case::Object && same_clause);
    set(Feature::OwnSubjectForPossessive, owns && same_clause);
    let above = verb.filter(|_| !same_clause && last.governor.is_some());
    let linked = above.filter(|v| head(*v) == last.governor);
    let beside = linked.is_some_and(|v| language.tokens[v].deprel == "conj");
    set(Feature::SubjectAbove, linked.is_some() && !beside);
    set(Feature::SubjectBeside, beside);
    let held = |relation: &str| {
        noun.is_some_and(|n| {
            language.tokens[n].deprel == relation
                && head(n).is_some_and(|h| (last.start..last.end).contains(&h))
        })
    };
    set(Feature::Apposed, held("appos"));
    set(Feature::Conjoined, held("conj"));
    set(Feature::Unnamed, !named);
    set(Feature::UnnamedDefinite, last.definite);
    set(Feature::UnnamedOwned, last.owned);
    set(Feature::UnnamedGender, !named && last.gender.is_some());
    set(Feature::UnnamedSameSentence, !named && distance == 0);
    set(Feature::UnnamedWasPronoun, !named && last.pronoun);
    set(Feature::UnnamedSubject, !named && last.subject);
    v
}
