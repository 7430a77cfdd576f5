//! The cue table `data/en/cues.toml`: which words tell that somebody says something, and which
//! shapes of content they take.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What a cue does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Class {
    Saying,
    Asserting,
    Writing,
    Showing,
    Belief,
    Forecasting,
    Warning,
    Denial,
    Demand,
    Intention,
    Announcing,
    Evaluation,
}

/// Shapes of content that a cue takes, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Takes(u32);

impl Takes {
    pub(crate) const THAT: Self = Self(1);
    pub(crate) const CLAUSE: Self = Self(1 << 1);
    pub(crate) const NOUN: Self = Self(1 << 2);
    pub(crate) const QUOTATION: Self = Self(1 << 3);
    pub(crate) const INFINITIVE: Self = Self(1 << 4);
    pub(crate) const QUESTION: Self = Self(1 << 5);
    pub(crate) const OBJECT: Self = Self(1 << 6);
    /// All shapes of a clause and a quotation.
    pub(crate) const CLAUSAL: Self =
        Self(Self::THAT.0 | Self::CLAUSE.0 | Self::QUOTATION.0 | Self::QUESTION.0);
    /// The words that may introduce content, in the order of their bits from the eighth on.
    const DOORS: [&'static str; 13] = [
        "about", "of", "for", "on", "at", "with", "against", "to", "in", "as", "if", "whether",
        "into",
    ];

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// True when content may follow this preposition.
    pub(crate) fn door(self, word: &str) -> bool {
        let place = Self::DOORS.iter().position(|door| *door == word);
        place.is_some_and(|i| self.0 & (1 << (8 + i)) != 0)
    }

    fn read(words: &str) -> Result<Self, String> {
        let mut bits = 0;
        for word in words.split_whitespace() {
            let bit = match word {
                "that" => Self::THAT.0,
                "clause" => Self::CLAUSE.0,
                "noun" => Self::NOUN.0,
                "quotation" => Self::QUOTATION.0,
                "infinitive" => Self::INFINITIVE.0,
                "question" => Self::QUESTION.0,
                "object" => Self::OBJECT.0,
                door => match Self::DOORS.iter().position(|d| *d == door) {
                    Some(i) => 1 << (8 + i),
                    None => return Err(format!("takes does not know the word: {door}")),
                },
            };
            bits |= bit;
        }
        Ok(Self(bits))
    }
}

impl std::ops::BitOr for Takes {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Inflection of a cue word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "say"
    Base,
    /// "says"
    Present,
    /// "said", "wrote"
    Past,
    /// "written", where it differs from the past tense
    Participle,
    /// "saying"
    Ing,
}

/// One verb of the table.
#[derive(Debug, Clone)]
pub(crate) struct Verb {
    pub(crate) class: Class,
    pub(crate) takes: Takes,
    /// Words that must follow ("out" after "point").
    pub(crate) then: Vec<String>,
}

/// The table, by form.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    pub(crate) verbs: Vec<Verb>,
    verb_forms: HashMap<String, Vec<(usize, Form)>>,
    nouns: HashMap<String, Class>,
    adjectives: HashMap<String, (Class, Takes)>,
    /// "according to", in words.
    pub(crate) prepositions: Vec<Vec<String>>,
    possessed: Vec<String>,
    adverbs: Vec<String>,
    silent: Vec<Vec<String>>,
    /// Lists of lemmas and words by what they do.
    lists: Lists,
}

/// Words by what they do around a cue.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    ask: Vec<String>,
    refuse: Vec<String>,
    deny: Vec<String>,
    exclude: Vec<String>,
    deed: Vec<String>,
    conditional: Vec<String>,
    goes_on: Vec<String>,
    citing: Vec<String>,
    hear: Vec<String>,
    points_back: Vec<String>,
    source_label: Vec<String>,
    quotation_label: Vec<String>,
    see: Vec<String>,
    price: Vec<String>,
    revise: Vec<String>,
    chance: Vec<String>,
    outlook: Vec<String>,
    view: Vec<String>,
}

impl Cues {
    /// Does a verb ask ("wonder")? The lemma.
    pub(crate) fn asks(&self, lemma: &str) -> bool {
        has(&self.lists.ask, lemma)
    }

    /// Does a verb refuse what follows ("decline")? The lemma.
    pub(crate) fn refuses(&self, lemma: &str) -> bool {
        has(&self.lists.refuse, lemma)
    }

    /// Does a verb deny having done something ("denied having said")? The lemma.
    pub(crate) fn denies(&self, lemma: &str) -> bool {
        has(&self.lists.deny, lemma)
    }

    /// Is a verb one of hearing ("the court heard")? The lemma.
    pub(crate) fn hears(&self, lemma: &str) -> bool {
        has(&self.lists.hear, lemma)
    }

    /// Does a word cite somebody ("citing an official")?
    pub(crate) fn cites(&self, word: &str) -> bool {
        has(&self.lists.citing, word)
    }

    /// Does a verb exclude something ("rule out")? The lemma.
    pub(crate) fn is_exclusion(&self, lemma: &str) -> bool {
        has(&self.lists.exclude, lemma)
    }

    /// Is a verb a deed where no clause follows ("attacked the port")? The lemma.
    pub(crate) fn is_deed(&self, lemma: &str) -> bool {
        has(&self.lists.deed, lemma)
    }

    /// Does a word point to the words before ("this")?
    pub(crate) fn points_back(&self, word: &str) -> bool {
        has(&self.lists.points_back, word)
    }

    /// Does a line with this label name a source ("Source: …")?
    pub(crate) fn labels_source(&self, word: &str) -> bool {
        has(&self.lists.source_label, word)
    }

    /// Does a line with this label hold somebody's words ("Quote: …")?
    pub(crate) fn labels_quotation(&self, word: &str) -> bool {
        has(&self.lists.quotation_label, word)
    }

    /// Does a verb forecast where a figure follows ("sees inflation at 3 percent")? The lemma.
    pub(crate) fn sees(&self, word: &str) -> bool {
        has(&self.lists.see, word)
    }

    /// Does a verb before "in" tell what markets expect ("pricing in")? The lemma.
    pub(crate) fn prices(&self, word: &str) -> bool {
        has(&self.lists.price, word)
    }

    /// Does a verb change a forecast ("cut its forecast")? The lemma.
    pub(crate) fn revises(&self, word: &str) -> bool {
        has(&self.lists.revise, word)
    }

    /// Is a word one for a chance ("odds")?
    pub(crate) fn is_chance(&self, word: &str) -> bool {
        has(&self.lists.chance, word)
    }

    /// Is a word one for a forecast ("outlook")?
    pub(crate) fn is_outlook(&self, word: &str) -> bool {
        has(&self.lists.outlook, word)
    }

    /// Is a word one for what somebody holds ("priority")?
    pub(crate) fn is_view(&self, word: &str) -> bool {
        has(&self.lists.view, word)
    }

    /// Does a word make what follows a condition ("if")?
    pub(crate) fn is_conditional(&self, word: &str) -> bool {
        has(&self.lists.conditional, word)
    }

    /// Does a word before "to" tell of what was said ("went on to say")?
    pub(crate) fn goes_on(&self, word: &str) -> bool {
        has(&self.lists.goes_on, word)
    }

    /// Verbs that have this form, those that must be followed by further words first.
    pub(crate) fn verb_forms(&self, form: &str) -> &[(usize, Form)] {
        self.verb_forms.get(form).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn noun(&self, form: &str) -> Option<Class> {
        self.nouns.get(form).copied()
    }

    pub(crate) fn adjective(&self, form: &str) -> Option<(Class, Takes)> {
        self.adjectives.get(form).copied()
    }

    pub(crate) fn is_possessed(&self, form: &str) -> bool {
        self.possessed.iter().any(|word| word == form)
    }

    /// What somebody does not say says nothing ("declined to comment"): the phrases, in words.
    pub(crate) fn silent(&self) -> &[Vec<String>] {
        &self.silent
    }

    pub(crate) fn is_adverb(&self, form: &str) -> bool {
        self.adverbs.iter().any(|word| word == form)
    }
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|w| w == word)
}

/// The table that ships.
pub(crate) static CUES: LazyLock<Cues> = LazyLock::new(|| {
    // The test `the_table_that_ships_is_valid` reads the same embedded bytes.
    read(include_str!("../../../data/en/cues.toml")).expect("data/en/cues.toml is valid")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verb: Vec<VerbRow>,
    noun: Vec<NounRow>,
    adjective: Vec<AdjectiveRow>,
    preposition: Vec<PrepositionRow>,
    possessed: Vec<String>,
    adverb: Vec<String>,
    silent: Vec<String>,
    lists: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbRow {
    verb: String,
    past: Option<String>,
    participle: Option<String>,
    ing: Option<String>,
    #[serde(default)]
    then: String,
    class: Class,
    takes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounRow {
    noun: String,
    plural: Option<String>,
    class: Class,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdjectiveRow {
    adjective: String,
    class: Class,
    takes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrepositionRow {
    words: String,
}

/// Reads a table; the error names the file and the row.
fn read(toml: &str) -> Result<Cues, String> {
    let file: File = toml::from_str(toml).map_err(|e| format!("data/en/cues.toml: {e}"))?;
    let mut cues = Cues::default();
    for row in file.verb {
        let at = |e: String| format!("data/en/cues.toml: verb {} {}: {e}", row.verb, row.then);
        let takes = Takes::read(&row.takes).map_err(at)?;
        if takes == Takes::default() {
            return Err(at("takes is empty".to_owned()));
        }
        let index = cues.verbs.len();
        let then = row.then.split_whitespace().map(str::to_owned).collect();
        cues.verbs.push(Verb { class: row.class, takes, then });
        for (form, which) in forms(&row) {
            let list = cues.verb_forms.entry(form).or_default();
            if !list.contains(&(index, which)) {
                list.push((index, which));
            }
        }
    }
    for list in cues.verb_forms.values_mut() {
        list.sort_by_key(|(verb, _)| std::cmp::Reverse(cues.verbs[*verb].then.len()));
    }
    let split = |words: &String| words.split_whitespace().map(str::to_owned).collect();
    cues.silent = file.silent.iter().map(split).collect();
    for row in file.noun {
        let plural = row.plural.unwrap_or_else(|| format!("{}s", row.noun));
        cues.nouns.insert(plural, row.class);
        cues.nouns.insert(row.noun, row.class);
    }
    for row in file.adjective {
        let takes = Takes::read(&row.takes)
            .map_err(|e| format!("data/en/cues.toml: adjective {}: {e}", row.adjective))?;
        cues.adjectives.insert(row.adjective, (row.class, takes));
    }
    cues.prepositions = file
        .preposition
        .iter()
        .map(|row| row.words.split_whitespace().map(str::to_owned).collect())
        .collect();
    cues.possessed = file.possessed;
    cues.adverbs = file.adverb;
    cues.lists = file.lists;
    Ok(cues)
}

/// The inflected forms of a verb, by the rules of English spelling where the row is silent.
fn forms(row: &VerbRow) -> Vec<(String, Form)> {
    let base = row.verb.as_str();
    let vowel = |c: char| "aeiou".contains(c);
    let mut last = base.chars().rev();
    let end = last.next().unwrap_or('e');
    let before = last.next().unwrap_or('e');
    let consonant_y = end == 'y' && !vowel(before);
    let present = if consonant_y {
        format!("{}ies", &base[..base.len() - 1])
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| base.ends_with(e)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let past = row.past.clone().unwrap_or_else(|| {
        if consonant_y {
            format!("{}ied", &base[..base.len() - 1])
        } else if end == 'e' {
            format!("{base}d")
        } else {
            format!("{base}ed")
        }
    });
    let doubled = format!("{base}{end}ed");
    let ing = row.ing.clone().unwrap_or_else(|| {
        if past == doubled {
            format!("{base}{end}ing")
        } else if end == 'e' && before != 'e' {
            format!("{}ing", &base[..base.len() - 1])
        } else {
            format!("{base}ing")
        }
    });
    let participle = row.participle.clone().unwrap_or_else(|| past.clone());
    let mut out = vec![(base.to_owned(), Form::Base), (present, Form::Present)];
    if participle != past {
        out.push((participle, Form::Participle));
    }
    if past != base {
        out.push((past, Form::Past));
    }
    out.push((ing, Form::Ing));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_is_valid() {
        let cues = read(include_str!("../../../data/en/cues.toml")).unwrap();
        assert!(cues.verbs.len() > 200);
        for (form, which) in [
            ("says", Form::Present),
            ("said", Form::Past),
            ("denied", Form::Past),
            ("denies", Form::Present),
            ("quipping", Form::Ing),
            ("writing", Form::Ing),
            ("written", Form::Participle),
            ("foreseeing", Form::Ing),
            ("vouched", Form::Past),
        ] {
            assert!(cues.verb_forms(form).iter().any(|(_, f)| *f == which), "{form}");
        }
    }

    #[test]
    fn an_error_names_the_row() {
        let text = "noun = []\nadjective = []\npreposition = []\npossessed = []\nadverb = []\nsilent = []\n\
                    verb = [{ verb = \"hum\", class = \"saying\", takes = \"tune\" }]\n[lists]\nask = []\n\
                    refuse = []\ndeny = []\nexclude = []\ndeed = []\nconditional = []\ngoes_on = []\nciting = []\nhear = []\npoints_back = []\n\
                    source_label = []\nquotation_label = []\nsee = []\nprice = []\nrevise = []\nchance = []\noutlook = []\nview = []";
        let error = read(text).unwrap_err();
        assert!(error.contains("cues.toml") && error.contains("hum"), "{error}");
    }
}
