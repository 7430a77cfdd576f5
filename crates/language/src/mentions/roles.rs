//! What an article calls a person: titles before the name, appositions around it, and the role
//! nouns that stand for it later.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_model::Span;

use crate::names::NAMES_TABLE;
use crate::steps::step;
use crate::{Entity, Language, Mention, MentionKind, NameKind};

/// Longest role in tokens.
const LONGEST: usize = 18;

fn is_role_noun(form: &str) -> bool {
    form.len() <= 24 && {
        let lower = form.to_lowercase();
        let bare = lower.strip_prefix("ex-").unwrap_or(&lower);
        NAMES_TABLE.titles.contains(bare) || NAMES_TABLE.role_nouns.contains(bare)
    }
}

/// Fills the roles (and what they tell of gender) of the entities. Returns the spans of the roles.
pub(super) fn fill(
    language: &Language<'_>,
    entities: &mut [Entity],
    mentions: &[Mention],
) -> Vec<Span> {
    let mut spans = Vec::new();
    for mention in mentions {
        if entities[mention.entity].kind != NameKind::Person {
            continue;
        }
        let name = language.tokens_in(mention.span);
        let Some(token) = language.tokens.get(name.start) else { continue };
        let sentence = language.sentences[token.sentence].tokens.clone();
        if let Some(title) = title(language, &sentence, name.start) {
            let entity = &mut entities[mention.entity];
            if entity.gender.is_none() {
                entity.gender = NAMES_TABLE.title_gender(title);
            }
            // "Judge" tells more than "Mrs.".
            let address = |title: &str| NAMES_TABLE.addresses.contains(&title.to_lowercase());
            if entity.title.as_deref().is_none_or(|old| address(old) && !address(title)) {
                entity.title = Some(title.to_owned());
            }
        }
        let found = [before(language, &sentence, name.start), after(language, &sentence, name.end)];
        for role in found.into_iter().flatten().flatten() {
            let span = language.span_of(role.clone());
            let words: Vec<&str> = span.of(language.text).split_whitespace().collect();
            let entity = &mut entities[mention.entity];
            if entity.gender.is_none() {
                entity.gender =
                    role.clone().find_map(|t| NAMES_TABLE.title_gender(language.form(t)));
            }
            spans.push(span);
            let form_of_address = role.len() == 1
                && NAMES_TABLE.addresses.contains(&language.form(role.start).to_lowercase());
            let text = words.join(" ");
            if !form_of_address && !entity.roles.contains(&text) {
                entity.roles.push(text);
            }
        }
    }
    spans.sort_unstable();
    spans
}

/// The title with a capital that stands right before a name.
fn title<'a>(language: &'a Language<'_>, sentence: &Range<usize>, name: usize) -> Option<&'a str> {
    let before = name.checked_sub(1).filter(|t| sentence.contains(t))?;
    let form = language.form(before);
    let title =
        is_capital(form) && form.len() <= 24 && NAMES_TABLE.titles.contains(&form.to_lowercase());
    title.then_some(form)
}

fn is_capital(form: &str) -> bool {
    form.starts_with(char::is_uppercase)
}

/// "NATO Secretary General", "Army general, former head of the agency" before a name.
fn before(
    language: &Language<'_>,
    sentence: &Range<usize>,
    name: usize,
) -> Option<Vec<Range<usize>>> {
    let form = |t: usize| language.form(t);
    let lowest = name.saturating_sub(LONGEST).max(sentence.start);
    let mut start = name;
    let mut noun = None;
    while start > lowest {
        step();
        let this = form(start - 1);
        let lower = this.to_lowercase();
        let role = is_role_noun(this);
        let modifier = NAMES_TABLE.title_modifiers.contains(&lower);
        // "… Una Berg and foreign minister Ivo Lind": the role of the second begins behind "and".
        let other = noun.is_some()
            && matches!(this, "and" | ",")
            && start >= 2
            && is_capital(form(start - 2))
            && !is_role_noun(form(start - 2));
        if other {
            break;
        }
        let link = NAMES_TABLE.role_links.contains(&lower);
        // Links count only when a role noun stands further left, which `trim` sees to.
        if !(role
            || modifier
            || link
            || is_capital(this)
            || noun.is_some() && is_plain_adjective(&lower))
        {
            break;
        }
        if role {
            noun = Some(start - 1);
        }
        start -= 1;
    }
    let noun = noun?;
    // Between the noun and the name stands nothing, or "of the …".
    let bridge = noun + 1..name;
    let bridged = bridge.is_empty()
        || matches!(form(bridge.start), "of" | "for" | "-" | "at" | "to" | "in")
        || bridge.clone().all(|t| {
            is_role_noun(form(t))
                || NAMES_TABLE.title_modifiers.contains(&form(t).to_lowercase())
                || form(t) == "-"
        });
    if !bridged {
        return None;
    }
    while start < noun
        && (begins_no_role(&form(start).to_lowercase())
            || is_sentence_word(language, sentence, start))
    {
        start += 1;
    }
    let mut out: Vec<Range<usize>> = std::iter::once(start..name).collect();
    // One more role before a comma: "Army general, former head of …".
    if start > sentence.start + 1 && form(start - 1) == "," && is_role_noun(form(start - 2)) {
        let mut first = start - 2;
        while first > sentence.start
            && first + 5 > start
            && (is_capital(form(first - 1))
                || NAMES_TABLE.title_modifiers.contains(&form(first - 1).to_lowercase()))
        {
            first -= 1;
        }
        out.insert(0, first..start - 1);
    }
    Some(out)
}

/// Links and articles, at which no role begins; in lower case.
fn begins_no_role(lower: &str) -> bool {
    NAMES_TABLE.role_links.contains(lower) || matches!(lower, "a" | "an")
}

fn is_plain_adjective(lower: &str) -> bool {
    lower.ends_with("ese") || lower.ends_with("ian") || lower == "regional" || lower == "local"
}

/// "According", "But": a capital of the sentence, not of a role.
fn is_sentence_word(language: &Language<'_>, sentence: &Range<usize>, token: usize) -> bool {
    token == sentence.start
        && crate::segment::TABLE.sentence_openers.contains(&language.form(token).to_lowercase())
}

/// ", the leader of the council," and ", Norway's deputy envoy to the council," after a name.
fn after(
    language: &Language<'_>,
    sentence: &Range<usize>,
    end: usize,
) -> Option<Vec<Range<usize>>> {
    let form = |t: usize| language.form(t);
    if end + 1 >= sentence.end || !matches!(form(end), "," | "(" | "–" | "—") {
        return None;
    }
    let limit = (end + 1 + LONGEST).min(sentence.end);
    let close = (end + 1..limit)
        .find(|t| matches!(form(*t), "," | ")" | "–" | "—" | ";" | ":" | "." | "\"" | "”"))?;
    let mut start = end + 1;
    // "aged 45", "who", "said": no apposition.
    if matches!(form(start).to_lowercase().as_str(), "the" | "a" | "an" | "his" | "her" | "their") {
        start += 1;
    }
    let head = (start..close).take(8).find(|t| is_role_noun(form(*t)))?;
    let clean = (start..head).all(|t| {
        let lower = form(t).to_lowercase();
        is_capital(form(t))
            || NAMES_TABLE.title_modifiers.contains(&lower)
            || NAMES_TABLE.inside_roles.contains(&lower)
            || lower.ends_with(['l', 'y', 'n', 't', 'c', 'e', 'r'])
                && !crate::segment::TABLE.reporting_verbs.contains(&lower)
                && !NAMES_TABLE.never_in_roles.contains(&lower)
    });
    // "…, the minister said" is a clause of its own.
    let clause = (head + 1..close)
        .take_while(|t| !form(*t).to_lowercase().starts_with("wh"))
        .any(|t| matches!(language.tokens[t].xpos, "VBD" | "VBZ" | "VBP" | "MD"));
    (clean && !clause && start < close).then(|| std::iter::once(start..close).collect())
}

/// "the general", "the official": definite role nouns that fit one person only.
pub(super) fn mentions(
    language: &Language<'_>,
    entities: &[Entity],
    names: &[Mention],
    roles: &[Span],
) -> Vec<Mention> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, entity) in entities.iter().enumerate() {
        for role in &entity.roles {
            if let Some(noun) = head_noun(role) {
                let list = holders.entry(noun).or_default();
                if !list.contains(&i) {
                    list.push(i);
                }
            }
        }
    }
    let mut first = vec![u32::MAX; entities.len()];
    for name in names.iter().rev() {
        first[name.entity] = name.span.start;
    }
    let mut out = Vec::new();
    for sentence in &language.sentences {
        for t in sentence.tokens.clone() {
            if !matches!(language.form(t), "the" | "The" | "this" | "This") {
                continue;
            }
            let Some(end) = role_end(language, t + 1, sentence.tokens.end) else { continue };
            let span = language.span_of(t..end);
            let inside = roles.partition_point(|r| r.start < span.start);
            let near = inside.saturating_sub(1)..(inside + 2).min(roles.len());
            if roles[near].iter().any(|r| r.overlaps(span)) || before_person(names, entities, span)
            {
                continue;
            }
            // "the leader of the council" is described, not recalled, unless it is the whole role.
            let noun = language.form(end - 1).to_lowercase();
            if let Some([one]) = holders.get(&noun).map(Vec::as_slice)
                && first.get(*one).is_some_and(|f| *f < span.start)
            {
                out.push(Mention { span, entity: *one, kind: MentionKind::Role, confidence: 0.7 });
            }
        }
    }
    out
}

/// Does a person's name follow ("the general Ivo Berg")?
fn before_person(names: &[Mention], entities: &[Entity], span: Span) -> bool {
    let at = names.partition_point(|m| m.span.start < span.end);
    names.get(at).is_some_and(|m| {
        m.span.start == span.end + 1 && entities[m.entity].kind == NameKind::Person
    })
}

/// The last role noun before an "of", a "to" or the end.
fn head_noun(role: &str) -> Option<String> {
    let words: Vec<&str> = role.split_whitespace().collect();
    let end = words
        .iter()
        .position(|w| matches!(*w, "of" | "to" | "for" | "at" | "in"))
        .unwrap_or(words.len());
    let noun = words[..end].iter().rev().find(|w| is_role_noun(w))?;
    let lower = noun.to_lowercase();
    Some(lower.strip_prefix("ex-").unwrap_or(&lower).to_owned())
}

/// End of "general", "prime minister", "former president", "ex-head" at `start`.
fn role_end(language: &Language<'_>, start: usize, limit: usize) -> Option<usize> {
    let mut t = start;
    let mut end = None;
    while t < limit && t < start + 5 {
        let form = language.form(t);
        if is_role_noun(form) {
            end = Some(t + 1);
        } else if !NAMES_TABLE.title_modifiers.contains(&form.to_lowercase()) && form != "-" {
            break;
        }
        t += 1;
    }
    end
}
