use sayso_statement::tables::Packs;

/// What linking needs to know of one class of events; it comes from an event pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Class {
    /// Its name (`capture`).
    pub name: String,
    /// The yes/no sentence with holes, "Will {actor} capture {target}?". Only what has a hole
    /// tells two questions of the class apart.
    pub template: String,
    /// What would decide it, with the same holes.
    pub criteria: Option<String>,
    /// Classes whose statements say no to this one's question.
    pub opposites: Vec<Opposite>,
}

/// A class that speaks against another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opposite {
    /// Its name.
    pub class: String,
    /// Who does it.
    pub by: By,
}

/// Whose doing an opposite is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The same actor cannot do both: a bank that cuts a rate does not raise it. That it does not
    /// cut says nothing about raising.
    SameActor,
    /// Somebody else does it, and one of the two happens: a town that its defender holds is not
    /// captured, and one that is no longer held is.
    OtherActor,
}

/// The classes, in the order of their packs: where two classes are each other's opposites, the
/// question is asked of the one that stands first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classes(pub Vec<Class>);

impl Classes {
    /// The rank and the facts of a class.
    pub fn get(&self, name: &str) -> Option<(usize, &Class)> {
        self.0.iter().enumerate().find(|(_, class)| class.name == name)
    }
}

impl From<&Packs> for Classes {
    fn from(packs: &Packs) -> Self {
        let opposite = |by: By| move |class: &String| Opposite { class: class.clone(), by };
        let class = |class: &sayso_statement::tables::Class| Class {
            name: class.name.clone(),
            template: class.question.clone(),
            criteria: Some(class.criteria.clone()),
            opposites: class
                .denied_by
                .iter()
                .map(opposite(By::OtherActor))
                .chain(class.opposites.iter().map(opposite(By::SameActor)))
                .collect(),
        };
        Self(packs.classes.iter().map(class).collect())
    }
}

impl Class {
    /// Whether questions of the class differ by actor.
    pub fn names_actor(&self) -> bool {
        self.template.contains("{actor}")
    }

    /// Whether questions of the class differ by target.
    pub fn names_target(&self) -> bool {
        self.template.contains("{target}")
    }

    /// How another class speaks against this one, if it does.
    pub fn opposite(&self, class: &str) -> Option<By> {
        self.opposites.iter().find(|o| o.class == class).map(|o| o.by)
    }
}
