//! Event packs: classes of events with the words that name them.

use serde::Deserialize;

use super::{Form, Phrases, TableError, Verbs};

const SHIPPED: [(&str, &str); 5] = [
    ("data/en/packs/conflict.toml", include_str!("../../../../data/en/packs/conflict.toml")),
    ("data/en/packs/politics.toml", include_str!("../../../../data/en/packs/politics.toml")),
    ("data/en/packs/economy.toml", include_str!("../../../../data/en/packs/economy.toml")),
    ("data/en/packs/law.toml", include_str!("../../../../data/en/packs/law.toml")),
    ("data/en/packs/disaster.toml", include_str!("../../../../data/en/packs/disaster.toml")),
];

/// A pack as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    version: u32,
    #[serde(default)]
    figures: Vec<String>,
    class: Vec<WrittenClass>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClass {
    name: String,
    question: String,
    criteria: String,
    #[serde(default)]
    opposites: Vec<String>,
    #[serde(default)]
    denied_by: Vec<String>,
    target: TargetKind,
    #[serde(default)]
    default_actor: DefaultActor,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    trigger: Vec<WrittenTrigger>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTrigger {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    target: Vec<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    needs_target: bool,
    #[serde(default)]
    bare: bool,
    class: Option<String>,
}

/// What a target has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// A place, or a role noun for one ("the city").
    Place,
    /// An economic figure ("inflation").
    Figure,
    /// Anything.
    Any,
}

/// Who acts where the words do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultActor {
    /// Nobody is assumed.
    #[default]
    None,
    /// The country in which the target lies.
    Holder,
    /// The only other country whose forces the article speaks of.
    OtherSide,
}

/// A class of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// "capture"
    pub name: String,
    /// "conflict"
    pub pack: String,
    /// A yes/no sentence with `{actor}` and `{target}`.
    pub question: String,
    /// What decides it.
    pub criteria: String,
    /// Classes that exclude it when they have the same actor.
    pub opposites: Vec<String>,
    /// Classes by which somebody else keeps it from happening, and without which it happens: a
    /// town that its defender holds is not captured.
    pub denied_by: Vec<String>,
    /// What its target has to be.
    pub target: TargetKind,
    /// Who acts where the words do not say.
    pub default_actor: DefaultActor,
    /// Two do it with each other: "Estmark and Varland will meet" is Estmark with Varland.
    pub mutual: bool,
}

/// Where a role stands around the trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Before the verb.
    Subject,
    /// After the verb.
    Object,
    /// "Oskaria's", "Oskarian" before the noun.
    Possessive,
    /// After a preposition.
    After(String),
}

/// A group of words that name events of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Index into [`Packs::classes`].
    pub class: usize,
    /// Where the actor stands, the likeliest first.
    pub actor: Vec<Role>,
    /// Where the target stands, the likeliest first.
    pub target: Vec<Role>,
    /// What its object must speak of, in lower case, where the trigger alone says too little ("lift"
    /// with "sanctions"). The target then stands behind those words or behind the trigger.
    pub object: Vec<String>,
    /// Without a target the words name no event.
    pub needs_target: bool,
    /// Without a target the place named last is meant.
    pub bare: bool,
}

/// All classes, and the words that name them.
#[derive(Debug, Clone)]
pub struct Packs {
    /// In the order of the packs.
    pub classes: Vec<Class>,
    /// Groups of trigger words.
    pub triggers: Vec<Trigger>,
    /// Nouns for economic figures.
    pub figures: Vec<String>,
    /// The words; a row is an index into `entries`.
    pub phrases: Phrases,
    /// Which group and which form a phrase is.
    pub entries: Vec<(usize, Form)>,
}

impl Packs {
    pub(super) fn shipped(verbs: &Verbs) -> Result<Self, TableError> {
        let mut packs = Self {
            classes: Vec::new(),
            triggers: Vec::new(),
            figures: Vec::new(),
            phrases: Phrases::default(),
            entries: Vec::new(),
        };
        for (file, text) in SHIPPED {
            packs.add(file, text, verbs)?;
        }
        for class in &packs.classes {
            let named = &mut class.opposites.iter().chain(&class.denied_by);
            if let Some(other) = named.find(|o| !packs.classes.iter().any(|c| c.name == **o)) {
                return Err(TableError::new(
                    &class.pack,
                    &class.name,
                    format!("no such opposite: {other}"),
                ));
            }
        }
        Ok(packs)
    }

    /// Adds a pack; `file` is named in errors.
    ///
    /// # Errors
    /// Names the class or the phrase that is broken.
    pub fn add(&mut self, file: &str, text: &str, verbs: &Verbs) -> Result<(), TableError> {
        let written: Written =
            toml::from_str(text).map_err(|e| TableError::of_toml(file, text, &e))?;
        if written.version != 1 {
            return Err(TableError::new(file, "version", "only version 1 is known"));
        }
        self.figures.extend(written.figures);
        let first = self.classes.len();
        for class in &written.class {
            if class.criteria.is_empty() || !class.question.ends_with('?') {
                return Err(TableError::new(
                    file,
                    &class.name,
                    "a class needs criteria and a question that ends with a question mark",
                ));
            }
            self.classes.push(Class {
                name: class.name.clone(),
                pack: written.name.clone(),
                question: class.question.clone(),
                criteria: class.criteria.clone(),
                opposites: class.opposites.clone(),
                denied_by: class.denied_by.clone(),
                target: class.target,
                default_actor: class.default_actor,
                mutual: class.mutual,
            });
        }
        for (at, class) in written.class.into_iter().enumerate() {
            for trigger in class.trigger {
                let named = match &trigger.class {
                    None => Some(first + at),
                    Some(other) => self.classes.iter().position(|c| c.name == *other),
                };
                let Some(named) = named else {
                    return Err(TableError::new(file, &class.name, "a trigger names no class"));
                };
                let group = self.triggers.len();
                for verb in &trigger.verbs {
                    for (form, words) in verbs.forms(verb) {
                        self.name(&words, group, form)
                            .map_err(|e| TableError::new(file, &class.name, e))?;
                    }
                }
                for noun in &trigger.nouns {
                    self.name(noun, group, Form::Noun)
                        .map_err(|e| TableError::new(file, &class.name, e))?;
                }
                self.triggers.push(Trigger {
                    class: named,
                    actor: trigger.actor.iter().map(|r| role(r)).collect(),
                    target: trigger.target.iter().map(|r| role(r)).collect(),
                    object: trigger.object,
                    needs_target: trigger.needs_target,
                    bare: trigger.bare,
                });
            }
        }
        Ok(())
    }

    fn name(&mut self, words: &str, group: usize, form: Form) -> Result<(), String> {
        self.phrases.add(words, self.entries.len())?;
        self.entries.push((group, form));
        Ok(())
    }

    /// The class of a name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|c| c.name == name)
    }
}

fn role(written: &str) -> Role {
    match written {
        "subject" => Role::Subject,
        "object" => Role::Object,
        "possessive" => Role::Possessive,
        preposition => Role::After(preposition.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_users_pack_is_added_and_a_broken_one_named() {
        let verbs = Verbs::shipped().expect("verbs");
        let mut packs = Packs::shipped(&verbs).expect("packs");
        let own = r#"
            name = "sport"
            version = 1
            [[class]]
            name = "relegate"
            question = "Will {target} be relegated?"
            criteria = "The table of the last day."
            target = "any"
            [[class.trigger]]
            verbs = ["relegate"]
            target = ["object"]
        "#;
        packs.add("own.toml", own, &verbs).expect("a good pack");
        assert_eq!(packs.class("relegate").expect("the class").pack, "sport");
        let broken = own.replace("relegated?", "relegated");
        let error = packs.add("own.toml", &broken, &verbs).expect_err("a broken pack");
        assert!(error.to_string().starts_with("own.toml: relegate: a class needs"), "{error}");
        let error = packs.add("own.toml", "name = 3", &verbs).expect_err("a broken pack");
        assert!(error.to_string().starts_with("own.toml: 1: "), "{error}");
    }
}
