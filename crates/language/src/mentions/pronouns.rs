//! He and she.

use crate::{Entity, Gender, Language, Mention, MentionKind, NameKind};

/// Sentences that a pronoun looks back over.
const REACH: usize = 6;

fn gender(form: &str) -> Option<Gender> {
    match form.to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        _ => None,
    }
}

/// Links each he or she to a person named before it, where one stands out. Teaches entities of
/// unknown gender the one of their pronouns.
pub(super) fn pronouns(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut seen = vec![0_u32; entities.len()];
    let mut next = 0;
    // Mentions within reach, latest last.
    let mut recent: Vec<(usize, u32, usize)> = Vec::new();
    for (s, sentence) in language.sentences.iter().enumerate() {
        recent.retain(|r| r.0 + REACH >= s);
        for t in sentence.tokens.clone() {
            let span = language.tokens[t].span;
            while next < mentions.len() && mentions[next].span.end <= span.start {
                let m = &mentions[next];
                if entities[m.entity].kind == NameKind::Person {
                    seen[m.entity] += 1;
                    let at = language.sentence_at(m.span.start).unwrap_or(s);
                    recent.push((at, m.span.start, m.entity));
                }
                next += 1;
            }
            if span.len() > 7 {
                continue;
            }
            let Some(wanted) = gender(language.form(t)) else { continue };
            let mut scores: Vec<(f32, usize)> = Vec::new();
            for (at, start, entity) in &recent {
                let g = entities[*entity].gender;
                if g.is_some_and(|g| g != wanted) {
                    continue;
                }
                let distance = (s - at) as f32;
                let sentence_start = language.sentences[*at].span.start;
                let early = if start - sentence_start < 40 { 0.5 } else { 0.0 };
                let score = 3.0 - distance
                    + early
                    + if g.is_some() { 1.0 } else { 0.0 }
                    + (seen[*entity] as f32).min(5.0) * 0.1;
                match scores.iter_mut().find(|c| c.1 == *entity) {
                    Some(c) => c.0 = c.0.max(score),
                    None => scores.push((score, *entity)),
                }
            }
            scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let Some((best, entity)) = scores.first().copied() else { continue };
            let margin = scores.get(1).map_or(2.0, |second| best - second.0);
            if margin < 0.3 {
                continue;
            }
            entities[entity].gender.get_or_insert(wanted);
            let confidence = (0.6 + 0.15 * margin).clamp(0.0, 0.95);
            out.push(Mention { span, entity, kind: MentionKind::Pronoun, confidence });
            recent.push((s, span.start, entity));
        }
    }
    out
}
