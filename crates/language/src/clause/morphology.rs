//! What clauses need to know of a word's form, whatever tag set the treebank uses.

/// How a verb stands in its clause (UD `VerbForm`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VerbForm {
    /// No verb, or no form known.
    #[default]
    None,
    /// Has tense or mood of its own.
    Finite,
    /// "take", "to take".
    Infinitive,
    /// "taking", as a participle or a noun.
    Gerund,
    /// "taken".
    Participle,
}

/// Tense of a form or of a predicate (UD `Tense`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tense {
    /// No tense.
    #[default]
    None,
    /// "took", "has taken".
    Past,
    /// "takes".
    Present,
    /// A form of its own ("візьме"); English has none and uses a modal.
    Future,
}

/// The features of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub struct Morphology {
    /// How a verb stands in its clause.
    pub form: VerbForm,
    /// Tense of the form.
    pub tense: Tense,
    /// A modal helper ("may"); UD `VerbType=Mod`.
    pub modal: bool,
    /// Says no by itself ("not", "не"); UD `Polarity=Neg`.
    pub negative: bool,
    /// A command; UD `Mood=Imp`.
    pub imperative: bool,
    /// Several; UD `Number=Plur`.
    pub plural: bool,
    /// A relative or interrogative word ("who", "який"); UD `PronType=Rel` or `Int`.
    pub relative: bool,
}

impl Morphology {
    /// The features behind a Penn Treebank tag.
    pub fn of_penn(tag: &str) -> Self {
        let verb = |form, tense| Self { form, tense, ..Self::default() };
        match tag {
            "VBD" => verb(VerbForm::Finite, Tense::Past),
            "VBZ" | "VBP" => verb(VerbForm::Finite, Tense::Present),
            "MD" => Self { modal: true, ..verb(VerbForm::Finite, Tense::Present) },
            "VB" => verb(VerbForm::Infinitive, Tense::None),
            "VBG" => verb(VerbForm::Gerund, Tense::None),
            "VBN" => verb(VerbForm::Participle, Tense::None),
            "NNS" | "NNPS" => Self { plural: true, ..Self::default() },
            "WDT" | "WP" | "WP$" | "WRB" => Self { relative: true, ..Self::default() },
            _ => Self::default(),
        }
    }

    /// The features of the sixth column of `CoNLL-U` ("Mood=Ind|Tense=Past|VerbForm=Fin").
    pub fn of_feats(feats: &str) -> Self {
        let mut out = Self::default();
        for feature in feats.split('|') {
            match feature {
                "VerbForm=Fin" => out.form = VerbForm::Finite,
                "VerbForm=Inf" => out.form = VerbForm::Infinitive,
                "VerbForm=Ger" | "VerbForm=Conv" => out.form = VerbForm::Gerund,
                "VerbForm=Part" => out.form = VerbForm::Participle,
                "Tense=Past" => out.tense = Tense::Past,
                "Tense=Pres" => out.tense = Tense::Present,
                "Tense=Fut" => out.tense = Tense::Future,
                "VerbType=Mod" => out.modal = true,
                "Polarity=Neg" => out.negative = true,
                "Number=Plur" => out.plural = true,
                "Mood=Imp" => out.imperative = true,
                "PronType=Rel" | "PronType=Int" | "PronType=Int,Rel" => out.relative = true,
                _ => {}
            }
        }
        out
    }
}
