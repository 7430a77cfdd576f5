//! An article gains language: sentences, tokens, tags, heads, lemmas, names, mentions, quotations.
//!
//! [`read`] is the entry: text in, [`Language`] out. It is pure, never fails and takes time linear
//! in the text.
//!
//! **Why dense arrays and indices, not a tree of objects.** Every layer is a flat `Vec`, and layers
//! point into each other by index. The text is borrowed and no token copies its form, so that an
//! article of a thousand words costs a handful of allocations, and a layer can be added without
//! the others knowing. The other way (a node per sentence that owns its tokens) makes every look
//! across a sentence border, which attribution lives on, a walk.

pub mod clause;
pub mod conllu;
mod mentions;
mod names;
pub mod net;
mod quotation;
mod read;
mod segment;
mod steps;
#[cfg(test)]
mod tests;

use std::ops::Range;

use sayso_model::{CodePoints, PrintedSpan, Span};

pub use mentions::{Candidate, pronoun_contests, pronoun_features};
pub use read::{deepen, read};
pub use segment::{Sentenced, Settings as SentenceSettings, judge_sentences, learn_sentences};

/// One text with its layers.
#[derive(Debug, Clone)]
pub struct Language<'a> {
    /// The article's main text.
    pub text: &'a str,
    /// Byte offsets to code points.
    pub points: CodePoints,
    /// Paragraphs: runs of text between line breaks, without white space at their ends, in order.
    pub paragraphs: Vec<Span>,
    /// Sentences, in order, none across a paragraph border.
    pub sentences: Vec<Sentence>,
    /// Tokens, in order, each in one sentence.
    pub tokens: Vec<Token>,
    /// Quotations, in the order of their opening marks.
    pub quotations: Vec<Quotation>,
    /// Names, in order, not overlapping, on token borders.
    pub names: Vec<Name>,
    /// Who and what the article speaks of by name.
    pub entities: Vec<Entity>,
    /// Spans that refer to an entity: its names, short names, role nouns and pronouns, in order.
    pub mentions: Vec<Mention>,
    /// What the network made of each token.
    pub states: net::States,
}

/// A sentence, a headline, a list line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// First token's start to last token's end.
    pub span: Span,
    /// Its tokens, as indices into [`Language::tokens`]. Never empty.
    pub tokens: Range<usize>,
    /// Index into [`Language::paragraphs`].
    pub paragraph: usize,
}

/// A syntactic word as in Universal Dependencies for English ("do" + "n't").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// Index into [`Language::sentences`].
    pub sentence: usize,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag; empty where no tagger ran.
    pub xpos: &'static str,
    /// Dictionary form; empty where no lemmatiser ran.
    pub lemma: Box<str>,
    /// Index of the head token; `None` for a root or where no parser ran.
    pub head: Option<usize>,
    /// Universal relation to the head; empty where no parser ran.
    pub deprel: &'static str,
}

/// Universal parts of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[expect(missing_docs, reason = "the seventeen tags are defined by Universal Dependencies")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    /// All tags in the order of their names.
    pub const ALL: [Self; 17] = [
        Self::Adj,
        Self::Adp,
        Self::Adv,
        Self::Aux,
        Self::Cconj,
        Self::Det,
        Self::Intj,
        Self::Noun,
        Self::Num,
        Self::Part,
        Self::Pron,
        Self::Propn,
        Self::Punct,
        Self::Sconj,
        Self::Sym,
        Self::Verb,
        Self::X,
    ];

    /// The tag as treebanks write it.
    pub fn word(self) -> &'static str {
        [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
            "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ][self as usize]
    }
}

/// A stretch of text between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words inside the marks, one span a paragraph (a quotation may run over several
    /// paragraphs, each opened again and only the last closed). Never empty; without the marks
    /// and without white space at the ends.
    pub inner: Vec<Span>,
    /// The first opening mark to the last closing mark (or to the end of the words where the
    /// closing mark is missing).
    pub outer: Span,
    /// False where the closing mark is missing.
    pub closed: bool,
    /// 0 outside other quotations, 1 inside one.
    pub depth: u8,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Without determiner, title or possessive ending.
    pub span: Span,
    /// What sort of thing bears it.
    pub kind: NameKind,
}

/// Sorts of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, authority, party, outlet, army.
    Organization,
    /// A country, region, town, building.
    Place,
    /// A nationality, a religious or political group ("Ukrainian", "Democrats").
    Group,
    /// A named event.
    Event,
    /// A book, film, law.
    Work,
    /// Anything else with a name.
    Other,
}

impl NameKind {
    /// The contract's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Event => "event",
            Self::Work => "work",
            Self::Other => "other",
        }
    }
}

/// Someone or something that the article names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Pronouns that fit, where the article or the first name tells.
    pub gender: Option<Gender>,
    /// The title in which the article puts it before a person's name ("Judge", "Mrs.").
    pub title: Option<String>,
    /// Role nouns and titles that the article gives it ("NATO Secretary General",
    /// "former head of the agency"), in the order of the text, without articles.
    pub roles: Vec<String>,
}

impl Entity {
    /// The fullest form that the article gives: the name, and before a single word the title
    /// ("Judge Varnagy", whose first name the article never tells).
    pub fn full_name(&self) -> String {
        match &self.title {
            Some(title) if !self.name.contains(' ') => format!("{title} {}", self.name),
            _ => self.name.clone(),
        }
    }
}

/// Grammatical gender of a person's pronouns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// he
    Male,
    /// she
    Female,
}

/// A span that refers to an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Index into [`Language::entities`].
    pub entity: usize,
    /// How it refers.
    pub kind: MentionKind,
    /// Is the link right? 0 to 1.
    pub confidence: f32,
}

/// Ways to refer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// The full name.
    Name,
    /// A part of it, an acronym.
    ShortName,
    /// A role noun ("the general").
    Role,
    /// "he", "they"; "I" and "we" inside a quotation.
    Pronoun,
}

impl Language<'_> {
    /// The words of a token.
    pub fn form(&self, token: usize) -> &str {
        self.tokens[token].span.of(self.text)
    }

    /// A span as it is printed.
    pub fn print(&self, span: Span) -> PrintedSpan {
        self.points.print(self.text, span)
    }

    /// The tokens that lie inside a span, as a range of indices (binary search).
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.start < span.start);
        let end = self.tokens.partition_point(|t| t.span.end <= span.end);
        start..end.max(start)
    }

    /// The bytes from the first to the last of some tokens; empty for an empty range.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match self.tokens.get(tokens.clone()).unwrap_or_default() {
            [first, .., last] => first.span.cover(last.span),
            [only] => only.span,
            [] => Span::default(),
        }
    }

    /// The sentence that holds a byte, or the last one that begins before it.
    pub fn sentence_at(&self, byte: u32) -> Option<usize> {
        self.sentences.partition_point(|s| s.span.start <= byte).checked_sub(1)
    }
}
