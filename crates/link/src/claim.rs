//! What of a statement a question can be made of.

use sayso_model::{Kind, Polarity, Quantity, QuantityKind, Stance, Statement};
use sayso_statement::tables::place_key;

use crate::{
    class::Classes,
    quantity,
    stance::{self, Reading},
};

/// A name with the key under which its spellings meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Without case, marks and what transliterations differ in.
    pub key: String,
    /// As it is written.
    pub name: String,
}

impl Named {
    pub(crate) fn new(name: &str) -> Option<Self> {
        let key = place_key(name);
        (!key.is_empty()).then(|| Self { key, name: name.trim().to_owned() })
    }
}

/// What decides on which questions a statement bears, without who said it and when. A ledger of a
/// million statements has some ten thousand shapes; linking works on them and not on statements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shape {
    /// Class of an event pack, or `ratio`.
    pub class: String,
    /// Key of who does it; none where unsaid or where the class asks for none.
    pub actor: Option<String>,
    /// Key of the target; none where the class asks for none.
    pub target: Option<String>,
    /// Key of a number that decides it ("above 5 percent").
    pub threshold: Option<String>,
    /// True for a statement that says no.
    pub denied: bool,
}

impl Shape {
    /// Shapes of different groups never meet in a question.
    pub fn group(&self) -> &str {
        self.target.as_deref().unwrap_or_default()
    }
}

/// A statement with an event or a number that a question can be made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Class, actor, target, threshold, side.
    pub shape: Shape,
    /// Who does it, as written.
    pub actor: Option<String>,
    /// To whom or what, as written.
    pub target: Option<String>,
    /// The threshold, as written.
    pub threshold: Option<String>,
    pub(crate) reading: Reading,
    pub(crate) words: Words,
}

/// What a reason tells of a statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    pub(crate) denied: bool,
    pub(crate) intention: bool,
    pub(crate) conditional: bool,
    pub(crate) term: Option<String>,
}

/// The claims of a statement: one for its event where a pack knows the class, one for each ratio
/// between two sides. A demand says what should be and claims nothing.
pub fn claims(statement: &Statement, classes: &Classes) -> Vec<Claim> {
    if statement.kind == Kind::Demand {
        return Vec::new();
    }
    let mut claims: Vec<Claim> = event(statement, classes).into_iter().collect();
    for quantity in &statement.quantities {
        let Some(claim) = ratio(statement, quantity) else { continue };
        if !claims.iter().any(|other| other.shape == claim.shape) {
            claims.push(claim);
        }
    }
    claims
}

fn event(statement: &Statement, classes: &Classes) -> Option<Claim> {
    let event = statement.event.as_ref()?;
    let (_, class) = classes.get(&event.class)?;
    let named = |entity: &Option<sayso_model::Entity>| {
        entity.as_ref().and_then(|entity| Named::new(&entity.name))
    };
    let actor = named(&event.actor).filter(|_| class.names_actor());
    let target = named(&event.target).filter(|_| class.names_target());
    // "Will Ruritania capture?" is no question.
    if class.names_target() && target.is_none() {
        return None;
    }
    let threshold = event.threshold.as_deref().and_then(quantity::threshold);
    let reading = stance::read(statement);
    Some(Claim {
        shape: Shape {
            class: event.class.clone(),
            actor: actor.as_ref().map(|actor| actor.key.clone()),
            target: target.as_ref().map(|target| target.key.clone()),
            threshold: threshold.as_ref().map(|threshold| threshold.key.clone()),
            denied: reading.stance == Stance::No,
        },
        actor: actor.map(|actor| actor.name),
        target: target.map(|target| target.name),
        threshold: threshold.map(|threshold| threshold.name),
        reading,
        words: words(statement),
    })
}

/// A ratio is a claim of its own: "five for every one of theirs" can be true or not whatever the
/// sentence around it speaks of.
fn ratio(statement: &Statement, number: &Quantity) -> Option<Claim> {
    if !matches!(number.kind, QuantityKind::Ratio | QuantityKind::Multiple | QuantityKind::Fraction)
    {
        return None;
    }
    let asked = quantity::asked(statement, number)?;
    let reading = stance::read(statement);
    Some(Claim {
        shape: Shape {
            class: quantity::CLASS.to_owned(),
            actor: None,
            target: Some(asked.target.key),
            threshold: Some(asked.threshold.key),
            denied: reading.stance == Stance::No,
        },
        actor: None,
        target: Some(asked.target.name),
        threshold: Some(asked.threshold.name),
        reading,
        words: words(statement),
    })
}

fn words(statement: &Statement) -> Words {
    Words {
        denied: statement.polarity == Polarity::No,
        intention: statement.kind == Kind::Intention,
        conditional: statement.condition.is_some(),
        term: statement.certainty.as_ref().map(|certainty| certainty.term.clone()),
    }
}
