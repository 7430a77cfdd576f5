//! All speakers of a set of articles at once. A ledger does the same block by block.

use std::collections::{BTreeMap, BTreeSet};

use sayso_model::{SpeakerKind, Statement, content_id};
use sayso_statement::tables::place_key;

use crate::{
    person::{Place, Profile, block, meant, people},
    tables::Names,
};

/// One speaker as one article shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The id that the statements give ([`sayso_model::Speaker::id`]).
    pub id: String,
    /// Name.
    pub name: String,
    /// What sort of speaker.
    pub kind: SpeakerKind,
    /// Role.
    pub role: Option<String>,
    /// What the article speaks of around this speaker ([`context`]).
    pub context: BTreeSet<String>,
}

/// What a statement speaks of: the names of its event's actor and target and of its places,
/// folded.
pub fn context(statement: &Statement) -> BTreeSet<String> {
    let event =
        statement.event.iter().flat_map(|event| [&event.actor, &event.target, &event.place]);
    let names = event.flatten().map(|entity| entity.name.as_str());
    let places = statement.places.iter().map(|place| place.name.as_str());
    names.chain(places).map(place_key).filter(|key| key.len() > 1).collect()
}

/// The id across articles of each voice, in the order given. A speaker's id is the id that most
/// articles give, with the role where two bear one name.
pub fn speakers(voices: &[Voice], names: &Names) -> Vec<String> {
    let mut blocks: BTreeMap<(String, SpeakerKind), Vec<usize>> = BTreeMap::new();
    let mut ids: Vec<String> = voices.iter().map(|voice| voice.id.clone()).collect();
    for (index, voice) in voices.iter().enumerate() {
        if let Some(block) = block(voice.kind, &voice.name) {
            blocks.entry((block, voice.kind)).or_default().push(index);
        }
    }
    for ((_, kind), members) in &blocks {
        let mut found: Bearers<'_> = BTreeMap::new();
        for index in members {
            let voice = &voices[*index];
            let (profile, bearers) = found.entry((&voice.name, &voice.role)).or_default();
            profile.name.clone_from(&voice.name);
            profile.role.clone_from(&voice.role);
            profile.articles += 1;
            for key in &voice.context {
                *profile.context.entry(key.clone()).or_default() += 1;
            }
            bearers.push(*index);
        }
        let (profiles, bearers): (Vec<Profile>, Vec<Vec<usize>>) = found.into_values().unzip();
        let places = people(&profiles, *kind, names);
        let known = gathered(&profiles, &places);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut speaker_ids: BTreeMap<usize, String> = BTreeMap::new();
        for (speaker, face) in &known {
            let first = members.iter().map(|i| &voices[*i]).find(|voice| voice.name == face.name);
            let id = first.map(|voice| voice.id.clone()).unwrap_or_default();
            let times = taken.entry(id.clone()).or_insert(0);
            *times += 1;
            let role = face.role.as_deref().unwrap_or_default();
            let id =
                if *times == 1 { id } else { content_id("p", &format!("{id} {role} {times}")) };
            speaker_ids.insert(*speaker, id);
        }
        for (place, bearers) in places.iter().zip(&bearers) {
            for index in bearers {
                let speaker = choose(place, &voices[*index].context, &known);
                if let Some(id) = speaker_ids.get(&speaker) {
                    ids[*index].clone_from(id);
                }
            }
        }
    }
    ids
}

/// Profiles by name and role, each with the voices that bear it.
type Bearers<'a> = BTreeMap<(&'a str, &'a Option<String>), (Profile, Vec<usize>)>;

/// What is known of each speaker of a block: the face with most articles, and all matters of the
/// profiles that belong to one speaker alone.
fn gathered(profiles: &[Profile], places: &[Place]) -> BTreeMap<usize, Profile> {
    let mut known: BTreeMap<usize, (Profile, u64)> = BTreeMap::new();
    for (profile, place) in profiles.iter().zip(places) {
        let (face, most) = known.entry(place.speaker).or_default();
        if profile.articles > *most {
            *most = profile.articles;
            face.name.clone_from(&profile.name);
            face.role.clone_from(&profile.role);
        }
        if place.others.is_empty() {
            face.articles += profile.articles;
            for (key, articles) in &profile.context {
                *face.context.entry(key.clone()).or_default() += articles;
            }
        }
    }
    known.into_iter().map(|(speaker, (face, _))| (speaker, face)).collect()
}

/// The speaker whom a name means in one article.
fn choose(place: &Place, context: &BTreeSet<String>, known: &BTreeMap<usize, Profile>) -> usize {
    if place.others.is_empty() {
        return place.speaker;
    }
    let candidates: Vec<usize> =
        std::iter::once(place.speaker).chain(place.others.clone()).collect();
    let faces: Vec<&Profile> = candidates.iter().filter_map(|c| known.get(c)).collect();
    let speaks = |face: &&Profile| context.iter().any(|key| face.context.contains_key(key));
    if !faces.iter().any(speaks) {
        return place.speaker;
    }
    meant(context, &faces).and_then(|i| candidates.get(i).copied()).unwrap_or(place.speaker)
}
