//! Universal Dependencies relations as a closed type, so that a comparison is one byte.

/// A relation of a token to its head. Subtypes that clauses do not distinguish are folded into their
/// relation; a relation that is not universal is [`Relation::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the relations are defined by Universal Dependencies")]
pub enum Relation {
    Root,
    Subject,
    PassiveSubject,
    ClausalSubject,
    Object,
    IndirectObject,
    Oblique,
    Agent,
    Complement,
    OpenComplement,
    AdverbialClause,
    AdjectivalClause,
    RelativeClause,
    AdverbialModifier,
    AdjectivalModifier,
    NominalModifier,
    Possessor,
    NumericModifier,
    Compound,
    Particle,
    Flat,
    Apposition,
    Coordination,
    Coordinator,
    Auxiliary,
    PassiveAuxiliary,
    Copula,
    Marker,
    Case,
    Determiner,
    Expletive,
    Parataxis,
    Punctuation,
    Other,
}

impl Relation {
    /// Reads the name that treebanks write ("nsubj:pass").
    pub fn of(name: &str) -> Self {
        match name {
            "root" => Self::Root,
            "nsubj" | "nsubj:outer" => Self::Subject,
            "nsubj:pass" => Self::PassiveSubject,
            "csubj" | "csubj:pass" | "csubj:outer" => Self::ClausalSubject,
            "obj" => Self::Object,
            "iobj" => Self::IndirectObject,
            "obl:agent" => Self::Agent,
            "ccomp" => Self::Complement,
            "xcomp" => Self::OpenComplement,
            "acl:relcl" => Self::RelativeClause,
            "nmod:poss" => Self::Possessor,
            "compound:prt" => Self::Particle,
            "aux:pass" => Self::PassiveAuxiliary,
            _ => match name.split(':').next().unwrap_or_default() {
                "obl" => Self::Oblique,
                "advcl" => Self::AdverbialClause,
                "acl" => Self::AdjectivalClause,
                "advmod" => Self::AdverbialModifier,
                "amod" => Self::AdjectivalModifier,
                "nmod" => Self::NominalModifier,
                "nummod" => Self::NumericModifier,
                "compound" => Self::Compound,
                "flat" | "fixed" | "goeswith" => Self::Flat,
                "appos" => Self::Apposition,
                "conj" => Self::Coordination,
                "cc" => Self::Coordinator,
                "aux" => Self::Auxiliary,
                "cop" => Self::Copula,
                "mark" => Self::Marker,
                "case" => Self::Case,
                "det" => Self::Determiner,
                "expl" => Self::Expletive,
                "parataxis" => Self::Parataxis,
                "punct" => Self::Punctuation,
                _ => Self::Other,
            },
        }
    }

    /// Whether it is a subject of any voice, but no clause.
    pub fn is_subject(self) -> bool {
        matches!(self, Self::Subject | Self::PassiveSubject)
    }

    /// Whether it joins a clause to what embeds it.
    pub fn embeds(self) -> bool {
        matches!(
            self,
            Self::ClausalSubject
                | Self::Complement
                | Self::OpenComplement
                | Self::AdverbialClause
                | Self::AdjectivalClause
                | Self::RelativeClause
                | Self::Coordination
                | Self::Parataxis
                | Self::Apposition
        )
    }
}
