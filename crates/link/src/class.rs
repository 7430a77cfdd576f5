use std::collections::BTreeMap;

/// What linking needs to know of one class of events; it comes from an event pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Class {
    /// The yes/no sentence with holes, "Will {actor} capture {target}?".
    pub template: String,
    /// What would decide it, with the same holes.
    pub criteria: Option<String>,
    /// Classes that say the opposite of this one about the same target: who holds a town has not
    /// lost it.
    pub opposites: Vec<String>,
}

/// The classes by name (`capture`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classes(pub BTreeMap<String, Class>);

impl Classes {
    /// The classes of the packs that ship.
    pub fn shipped() -> Self {
        Self::default()
    }

    /// What is known of a class.
    pub fn get(&self, class: &str) -> Option<&Class> {
        self.0.get(class)
    }
}
