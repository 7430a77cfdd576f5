//! Who stands between the article and the speaker, outermost first.
//!
//! **The principle: whose hands did the words go through?** A link is somebody who could have
//! changed the words before they reached the article:
//!
//! - whoever reports somebody else's statement (the outer attribution of a nested one, "Reuters
//!   reported that Berg said …", "…, as per a report from Newsline"), and whom they cite;
//! - another *named* outlet that was told ("told Channel Nine", "reported to …", "in an interview
//!   with …", "on … TV"): it asked, cut and printed.
//!
//! No link is a venue or an audience: an outlet without a name ("told national TV"), reporters, a
//! council that was addressed, a platform on which people publish their own words ("wrote on
//! Telegram"), or the outlet of the article itself.
//!
//! A sentence that names only the interview ("She spoke about this in an interview with Radio
//! North") governs that speaker's statements in the whole article. A later "the representative"
//! stands under the same chain as the words that introduced them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sayso_language::Language;
use sayso_model::{Article, Link, LinkKind, Span, Speaker, SpeakerKind};

use crate::{
    Attribution,
    nouns::{NOUNS, Place},
    speaker,
};

/// Most links of a chain: time stays linear however deep statements stand in each other.
const LONGEST: usize = 8;

/// Most tokens of "It was reported by the Kurier on Friday."
const LONGEST_POINTER: usize = 16;

/// In so many tokens behind a content "in an interview" still tells where it was said.
const LONGEST_VENUE: usize = 6;

/// So many sentences and paragraphs on an interview still goes on, if nobody else has spoken.
const FARTHEST_ON: usize = 3;

/// The chains of all attributions of an article, in their order.
pub fn read(
    article: &Article,
    language: &Language,
    attributions: &[Attribution],
    speakers: &[Option<Speaker>],
) -> Vec<Vec<Link>> {
    let own = folded(article.outlet.as_deref().unwrap_or_default());
    let names = speakers.iter().flatten().map(|s| s.name.as_str()).collect();
    let reader = Reader { language, attributions, speakers, own, names };
    let mut out: Vec<Vec<Link>> = Vec::with_capacity(attributions.len());
    let mut introductions = Introductions::default();
    // Outlets as they come up, for "the newspaper", and the last one that is not in another's words.
    let mut outlets: Vec<(String, LinkKind)> = Vec::new();
    let mut last = None;
    for (i, attribution) in attributions.iter().enumerate() {
        let mut chain = match attribution.continues.filter(|c| *c < i) {
            Some(before) => out[before].clone(),
            None => reader.outer(i, &out),
        };
        if attribution.continues.is_none() {
            let own = reader.told(attribution, &outlets);
            for link in
                own.into_iter().chain(reader.venue(attribution)).chain(reader.named(attribution))
            {
                push(&mut chain, link);
            }
            if chain.is_empty() {
                chain = reader.introduced(i, &introductions);
            }
            if chain.is_empty() {
                chain = reader.carried_on(i, last, &out);
            }
        }
        if let Some(speaker) = &speakers[i] {
            chain.retain(|link| link.name != speaker.name && !reader.is_own(&link.name));
            if !chain.is_empty() {
                introductions.speakers.entry(speaker.id.clone()).or_insert_with(|| chain.clone());
            }
        }
        for (at, link) in chain.iter().enumerate() {
            let before = || chain[..at].to_vec();
            introductions.links.entry(link.name.clone()).or_insert_with(before);
        }
        let named = |name: &str| NOUNS.outlet(name).map(|kind| (name.to_owned(), kind));
        let mut linked = chain.iter().filter(|l| is_outlet(l)).map(|l| (l.name.clone(), l.kind));
        outlets.extend(linked.next_back());
        outlets.extend(speakers[i].as_ref().and_then(|s| named(&s.name)));
        out.push(chain);
        if attribution.within.is_none() {
            last = Some(i);
        }
    }
    reader.reported(&mut out);
    reader.interviews(&mut out);
    out
}

fn push(chain: &mut Vec<Link>, link: Link) {
    let same = |other: &Link| {
        let (a, b) = (folded(&other.name), folded(&link.name));
        a == b || is_outlet(other) && is_outlet(&link) && (a.contains(&b) || b.contains(&a))
    };
    if chain.len() < LONGEST && !chain.iter().any(same) {
        chain.push(link);
    }
}

fn is_outlet(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Outlet | LinkKind::Agency)
}

/// The chains under which speakers were first brought in.
#[derive(Debug, Default)]
struct Introductions {
    /// By the speaker's id.
    speakers: BTreeMap<String, Vec<Link>>,
    /// By the name of a link: the links before it.
    links: BTreeMap<String, Vec<Link>>,
}

struct Reader<'a> {
    language: &'a Language<'a>,
    attributions: &'a [Attribution],
    speakers: &'a [Option<Speaker>],
    /// The article's own outlet, in lower case.
    own: String,
    /// The names of all who speak.
    names: BTreeSet<&'a str>,
}

impl Reader<'_> {
    /// The chain of the outer attribution, its speaker, and whom that one cites.
    fn outer(&self, i: usize, out: &[Vec<Link>]) -> Vec<Link> {
        let Some(w) = self.attributions[i].outer() else { return Vec::new() };
        // The outer one may stand later in the text ("…, the agency reported").
        let mut chain = out.get(w).cloned().unwrap_or_else(|| {
            if self.attributions[w].outer() == Some(i) {
                Vec::new()
            } else {
                self.told(&self.attributions[w], &[])
            }
        });
        if let Some(speaker) = &self.speakers[w] {
            let span = speaker
                .mention
                .clone()
                .or_else(|| self.attributions[w].source.first().map(|s| self.language.print(*s)));
            if let Some(span) = span {
                push(
                    &mut chain,
                    Link {
                        name: bare_name(&speaker.name),
                        kind: kind(speaker),
                        cue: self.words(&self.attributions[w].cue),
                        span,
                    },
                );
            }
        }
        if let Some(link) = self.cited(&self.attributions[w]) {
            push(&mut chain, link);
        }
        chain
    }

    fn words(&self, spans: &[Span]) -> Option<String> {
        let words: Vec<&str> = spans.iter().map(|s| s.of(self.language.text)).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Whom somebody cites: "…, the agency reported, citing an unnamed official", "The agency, citing
    /// an official, said", "Citing an official, the agency said".
    fn cited(&self, attribution: &Attribution) -> Option<Link> {
        let language = self.language;
        let tokens = language.tokens_in(*attribution.cue.last()?);
        let sentence = language.tokens.get(tokens.start)?.sentence;
        let whole = language.sentences[sentence].tokens.clone();
        let cites = |t: &usize| NOUNS.is(Place::Citing, &language.form(*t).to_lowercase());
        let content =
            |t: usize| attribution.content.iter().any(|c| c.contains(language.tokens[t].span));
        let source = attribution.source.first().map(|s| language.tokens_in(*s));
        let behind = (tokens.end..whole.end.min(tokens.end + 8)).find(cites);
        let inside = || {
            let source = source.clone()?;
            let both = source.start.min(tokens.start)..source.end.max(tokens.end);
            both.clone().find(cites)
        };
        let opening = || Some(whole.start).filter(|t| cites(t) && !content(*t));
        // "…”, the agency cited the mayor": the verb itself, where the words are quoted.
        let verb = || {
            let quotes = |t: &usize| {
                NOUNS.is(Place::Quoting, &language.tokens[*t].lemma.to_lowercase())
                    && language.tokens[*t].xpos != "VBN"
            };
            let quoted = attribution.speech == sayso_model::Speech::Direct;
            tokens.clone().find(quotes).filter(|t| quoted && t + 1 == tokens.end)
        };
        let citing = behind.or_else(inside).or_else(opening).or_else(verb)?;
        let stop = (citing + 1..whole.end.min(citing + 40))
            .find(|t| NOUNS.is(Place::Cited, language.form(*t)) || content(*t))
            .unwrap_or(whole.end);
        let holder = self.holder(citing + 1..stop)?;
        Some(Link { cue: Some(language.form(citing).to_owned()), ..holder })
    }

    /// A noun phrase as a link: its name, or its words without "an unnamed".
    fn holder(&self, tokens: Range<usize>) -> Option<Link> {
        let language = self.language;
        let mut start = tokens.start;
        while start + 1 < tokens.end && NOUNS.is_nameless(&language.form(start).to_lowercase()) {
            start += 1;
        }
        if start >= tokens.end {
            return None;
        }
        let span = language.span_of(start..tokens.end);
        let at = language.mentions.partition_point(|m| m.span.start < span.start);
        let entity = language.mentions[at..]
            .iter()
            .take(3)
            .find(|m| m.span == span)
            .and_then(|m| language.entities.get(m.entity));
        let text = span.of(language.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = entity.map_or(text, |e| e.name.clone());
        let kind = NOUNS.outlet(&name).unwrap_or(match entity.map(|e| e.kind) {
            Some(sayso_language::NameKind::Person) => LinkKind::Person,
            Some(_) => LinkKind::Organization,
            None => LinkKind::Anonymous,
        });
        Some(Link { name, kind, cue: None, span: language.print(span) })
    }

    /// Named outlets between a cue and its content, or in the words around a cue in front of a
    /// quotation: "told Channel Nine that", "said in an interview with Radio North".
    fn told(&self, attribution: &Attribution, known: &[(String, LinkKind)]) -> Vec<Link> {
        let Some(cue) = attribution.cue.last() else { return Vec::new() };
        let language = self.language;
        let tokens = language.tokens_in(*cue);
        let Some(sentence) = language.tokens.get(tokens.start).map(|t| t.sentence) else {
            return Vec::new();
        };
        let end = language.sentences[sentence].tokens.end;
        let limit = attribution
            .content
            .iter()
            .map(|c| language.tokens_in(*c).start)
            .filter(|t| *t >= tokens.end)
            .min()
            .unwrap_or(end)
            .min(end)
            .min(tokens.end + 25);
        // What stands in the source does not count ("Berg of Radio North told …").
        let source_end = attribution
            .source
            .iter()
            .map(|s| language.tokens_in(*s).end)
            .max()
            .filter(|e| *e > tokens.end)
            .unwrap_or(tokens.end);
        let cue_words = self.words(&attribution.cue);
        let behind = source_end.max(tokens.end).min(limit)..limit;
        // "was quoted by the Courier as saying": inside the cue.
        let mut out = self.outlets(tokens.clone(), cue_words.as_deref());
        out.extend(self.outlets(behind.clone(), cue_words.as_deref()));
        out.extend(self.behind_content(attribution, end, cue_words.as_deref()));
        let tells = tokens
            .clone()
            .any(|t| NOUNS.is(Place::Telling, &language.tokens[t].lemma.to_lowercase()));
        let to = language
            .tokens
            .get(behind.start)
            .is_some_and(|t| t.span.of(language.text).eq_ignore_ascii_case("to") && !tells);
        if out.is_empty() && (tells || to) {
            out.extend(self.addressee(&behind, cue_words.as_deref(), known));
        }
        out
    }

    /// "confirmed the deaths in an interview with Radio North": what stands behind the content of a sentence.
    fn behind_content(
        &self,
        attribution: &Attribution,
        end: usize,
        cue: Option<&str>,
    ) -> Vec<Link> {
        let language = self.language;
        let Some(last) = attribution.content.last() else { return Vec::new() };
        let start = language.tokens_in(*last).end;
        let venue = |t: &usize| NOUNS.is(Place::Venue, &language.form(*t).to_lowercase());
        match (start..end.min(start + LONGEST_VENUE)).find(venue) {
            Some(t) => self.outlets(t..end, cue),
            None => Vec::new(),
        }
    }

    /// Whom somebody told something, where it is an outlet that the lists do not know ("told news
    /// agency Velinform", "told the newspaper", "told the Norby Standard").
    fn addressee(
        &self,
        tokens: &Range<usize>,
        cue: Option<&str>,
        known: &[(String, LinkKind)],
    ) -> Option<Link> {
        let language = self.language;
        if tokens.is_empty() {
            return None;
        }
        let form = |t: usize| language.form(t);
        let mut start = tokens.start;
        let (mut noun, mut behind) = (false, false);
        while start < tokens.end {
            let word = form(start).to_lowercase();
            let outlet = NOUNS.is(Place::Outlet, &word) || NOUNS.is_outlet_word(&word);
            // "Dutch newspaper Norderdag"
            let describes = language.tokens[start].upos == sayso_language::Upos::Adj;
            let lower = form(start).starts_with(char::is_lowercase) || describes;
            if !lower || !(outlet || start - tokens.start < 4) {
                break;
            }
            noun |= outlet;
            // "told members of the Norby Board": the board is nobody's outlet.
            behind |= NOUNS.is(Place::Behind, &word) && start > tokens.start || word == "on";
            start += 1;
        }
        let byte = language.tokens.get(start).map_or(u32::MAX, |t| t.span.start);
        let at = language.names.partition_point(|n| n.span.start < byte);
        let name = language.names.get(at).filter(|n| n.span.start == byte && start < tokens.end);
        let link = |name: String, kind, span| {
            Some(Link { name, kind, cue: cue.map(str::to_owned), span: language.print(span) })
        };
        let capital = |t: usize| t < tokens.end && form(t).starts_with(char::is_uppercase);
        if name.is_none() && noun && capital(start) {
            // "news agency Velinform", which the names left out.
            let end = (start..tokens.end).find(|t| !capital(*t)).unwrap_or(tokens.end);
            let span = language.span_of(start..end);
            let text = span.of(language.text).to_owned();
            let kind = NOUNS.outlet(&text).unwrap_or(LinkKind::Outlet);
            return link(text, kind, span);
        }
        let Some(name) = name else {
            // "told the newspaper": the one that the article has spoken of.
            let article = form(tokens.start).eq_ignore_ascii_case("the");
            let (outlet, kind) =
                known.last().filter(|_| noun && article && start == tokens.start + 2)?;
            let span = language.span_of(tokens.start..start);
            return link(outlet.clone(), *kind, span);
        };
        let text = name.span.of(language.text);
        let kind = NOUNS.outlet(text);
        let last = text.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let body = NOUNS.sort(&last).is_some()
            || NOUNS.is_platform(text)
            || NOUNS.is_audience(text)
            || behind && !noun;
        let speaks = self.names.contains(text);
        let person = matches!(
            name.kind,
            sayso_language::NameKind::Person
                | sayso_language::NameKind::Place
                | sayso_language::NameKind::Group
        );
        let unknown = !body && !speaks && !person;
        (kind.is_some() || noun || unknown)
            .then(|| link(text.to_owned(), kind.unwrap_or(LinkKind::Outlet), name.span))?
    }

    /// The outlet before the cue: "Speaking to Radio North, she said", "In an interview with …".
    fn venue(&self, attribution: &Attribution) -> Vec<Link> {
        let language = self.language;
        let Some(cue) = attribution.cue.first() else { return Vec::new() };
        let Some(sentence) = language.sentence_at(cue.start) else { return Vec::new() };
        let first = language.sentences[sentence].tokens.start;
        let starts = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
        let end = starts
            .map(|span| language.tokens_in(*span).start)
            .filter(|t| *t >= first)
            .min()
            .unwrap_or(first);
        let speaks = |t: usize| {
            let word = language.form(t).to_lowercase();
            NOUNS.is(Place::Venue, &word)
        };
        let own = attribution
            .cue
            .iter()
            .any(|c| language.form(language.tokens_in(*c).start).eq_ignore_ascii_case("according"));
        // "According to the Courier, an official expects …"
        let according = language.form(first).eq_ignore_ascii_case("according") && !own;
        if let Some(verb) = (first..end).find(|t| speaks(*t) || according && *t == first) {
            return self.outlets(verb + 1..end, Some(language.form(verb)));
        }
        // "On the news site Norbit, Ann Berg wrote …"
        let on = matches!(language.form(first).to_lowercase().as_str(), "on" | "in");
        let named = self.press(first + 1..end).filter(|_| on);
        named.into_iter().collect()
    }

    /// The outlet that a source names as the one which has its words: "a source cited by the
    /// Courier".
    fn named(&self, attribution: &Attribution) -> Vec<Link> {
        let language = self.language;
        let Some(source) = attribution.source.first() else { return Vec::new() };
        let tokens = language.tokens_in(*source);
        let by = tokens.clone().find(|t| {
            NOUNS.is(Place::CitedBy, &language.form(*t).to_lowercase())
                && t + 1 < tokens.end
                && matches!(language.form(t + 1), "by" | "to" | "in")
        });
        if let Some(by) = by {
            return self.outlets(by + 1..tokens.end, Some(language.form(by)));
        }
        // "a commentator in the newspaper Kurier"
        let inside = |t: &usize| {
            matches!(language.form(*t), "in" | "for" | "of" | "at" | "from") && *t > tokens.start
        };
        let press = tokens.clone().find(inside).and_then(|t| self.press(t + 1..tokens.end));
        press.into_iter().collect()
    }

    /// An outlet that the words call one: "the left-wing newspaper Kurier", "news site Norbit".
    fn press(&self, tokens: Range<usize>) -> Option<Link> {
        let language = self.language;
        let noun = tokens
            .clone()
            .take(LONGEST_VENUE)
            .find(|t| NOUNS.is(Place::Outlet, &language.form(*t).to_lowercase()))?;
        let byte = language.tokens.get(noun + 1).filter(|_| noun + 1 < tokens.end)?.span.start;
        let at = language.names.partition_point(|n| n.span.start < byte);
        let name = language.names.get(at).filter(|n| n.span.start == byte)?;
        let text = name.span.of(language.text);
        let kind = NOUNS.outlet(text).unwrap_or(LinkKind::Outlet);
        let print = language.print(name.span);
        (!self.is_own(text) && !NOUNS.is_platform(text)).then(|| Link {
            name: text.to_owned(),
            kind,
            cue: None,
            span: print,
        })
    }

    /// The outlets through which the same speaker has just spoken: an interview goes on.
    fn carried_on(&self, i: usize, last: Option<usize>, out: &[Vec<Link>]) -> Vec<Link> {
        let language = self.language;
        let Some(last) = last.filter(|l| *l < i) else { return Vec::new() };
        let (one, other) = (&self.attributions[last], &self.attributions[i]);
        let (Some(before), Some(now)) = (&self.speakers[last], &self.speakers[i]) else {
            return Vec::new();
        };
        let interview = !out[last].is_empty() && out[last].iter().all(is_outlet);
        if !interview || before.id != now.id || other.outer().is_some() {
            return Vec::new();
        }
        let ended = one.content.iter().chain(&one.cue).map(|s| s.end).max().unwrap_or(0);
        let begins = other.content.iter().chain(&other.cue).map(|s| s.start).min().unwrap_or(0);
        let at = |byte: u32| language.sentence_at(byte);
        let (Some(from), Some(to)) = (at(ended.saturating_sub(1)), at(begins)) else {
            return Vec::new();
        };
        let paragraph = |s: usize| language.sentences[s].paragraph;
        let near = to <= from + FARTHEST_ON && paragraph(to) <= paragraph(from) + FARTHEST_ON;
        if near { out[last].clone() } else { Vec::new() }
    }

    /// Is it the outlet of the article itself ("the BBC" in BBC News)?
    fn is_own(&self, name: &str) -> bool {
        let name = folded(name);
        let words = |text: &str| -> Vec<String> {
            text.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let (one, own) = (words(&name), words(&self.own));
        !one.is_empty()
            && !own.is_empty()
            && (one.iter().all(|w| own.contains(w)) || own.iter().all(|w| one.contains(w)))
    }

    /// Named outlets among some tokens.
    fn outlets(&self, tokens: Range<usize>, cue: Option<&str>) -> Vec<Link> {
        if tokens.is_empty() {
            return Vec::new();
        }
        let language = self.language;
        let span = language.span_of(tokens);
        let from = language.names.partition_point(|n| n.span.start < span.start);
        language.names[from..]
            .iter()
            .take_while(|n| n.span.end <= span.end)
            .filter_map(|n| {
                let text = n.span.of(language.text);
                let kind = NOUNS.outlet(text)?;
                let own = self.is_own(text);
                (!own && !NOUNS.is_platform(text)).then(|| Link {
                    name: text.to_owned(),
                    kind,
                    cue: cue.map(str::to_owned),
                    span: language.print(n.span),
                })
            })
            .collect()
    }

    /// The chain under which the same unnamed speaker was first brought in, or that of the citation
    /// that introduced them.
    fn introduced(&self, i: usize, known: &Introductions) -> Vec<Link> {
        let Some(speaker) = self.speakers[i].as_ref().filter(|s| s.kind == SpeakerKind::Anonymous)
        else {
            return Vec::new();
        };
        let first = known.speakers.get(&speaker.id).or_else(|| known.links.get(&speaker.name));
        first.cloned().unwrap_or_default()
    }

    /// "It was reported by the Kurier on Friday.": the outlet of what the sentence before says, and of all that its
    /// speaker says and that has no chain of its own.
    fn reported(&self, out: &mut [Vec<Link>]) {
        let language = self.language;
        for (s, sentence) in language.sentences.iter().enumerate().skip(1) {
            let tokens = sentence.tokens.clone();
            let before = language.sentences[s - 1].span;
            let points = tokens.len() <= LONGEST_POINTER
                && NOUNS.points(&language.form(tokens.start).to_lowercase());
            let verb = tokens.clone().find(|t| {
                NOUNS.is(Place::CitedBy, &language.form(*t).to_lowercase())
                    && language.tokens.get(t + 1).is_some_and(|_| language.form(t + 1) == "by")
            });
            let Some(verb) = verb.filter(|v| points && v + 2 < tokens.end) else { continue };
            let start = verb + 2 + usize::from(language.form(verb + 2).eq_ignore_ascii_case("the"));
            let byte = language.tokens[start.min(tokens.end - 1)].span.start;
            let at = language.names.partition_point(|n| n.span.end <= byte);
            let Some(name) = language.names.get(at).filter(|n| n.span.start <= byte) else {
                continue;
            };
            // "RBC-Norby" is one name.
            let joined = language.names.get(at + 1).filter(|next| {
                language.text.get(name.span.end as usize..next.span.start as usize) == Some("-")
            });
            let span = joined.map_or(name.span, |next| name.span.cover(next.span));
            let text = span.of(language.text);
            if self.is_own(text) || name.kind == sayso_language::NameKind::Person {
                continue;
            }
            let link = Link {
                name: text.to_owned(),
                kind: NOUNS.outlet(text).unwrap_or(LinkKind::Outlet),
                cue: Some(language.form(verb).to_owned()),
                span: language.print(span),
            };
            let last = (0..self.attributions.len())
                .rev()
                .find(|i| self.attributions[*i].content.iter().any(|c| c.overlaps(before)));
            let Some(speaker) = last.and_then(|i| self.speakers[i].as_ref()) else { continue };
            for (chain, other) in out.iter_mut().zip(self.speakers) {
                let same = other.as_ref().is_some_and(|o| o.id == speaker.id);
                if same && chain.is_empty() {
                    chain.push(link.clone());
                }
            }
        }
    }

    /// Sentences that tell only where somebody spoke: their outlets stand over all that the speaker
    /// says in the article and that has no chain of its own.
    fn interviews(&self, out: &mut [Vec<Link>]) {
        let language = self.language;
        let mut states = vec![false; language.sentences.len()];
        for span in self.attributions.iter().flat_map(|a| a.cue.iter().chain(&a.content)) {
            let first = language.sentences.partition_point(|s| s.span.end <= span.start);
            for (s, _) in language
                .sentences
                .iter()
                .enumerate()
                .skip(first)
                .take_while(|(_, s)| s.span.start < span.end)
            {
                states[s] = true;
            }
        }
        let mut venues: BTreeMap<String, Vec<Link>> = BTreeMap::new();
        for (s, sentence) in language.sentences.iter().enumerate() {
            let tokens = sentence.tokens.clone();
            if tokens.len() > 25 {
                continue;
            }
            let speaks = tokens
                .clone()
                .find(|t| NOUNS.is(Place::Speaking, &language.form(*t).to_lowercase()));
            let Some(verb) = speaks else { continue };
            if states[s] {
                continue;
            }
            let links = self.outlets(verb + 1..tokens.end, Some(language.form(verb)));
            let subject = language.span_of(tokens.start..verb);
            let at = language.mentions.partition_point(|m| m.span.start < subject.end);
            let who = language.mentions[..at]
                .iter()
                .rev()
                .take(5)
                .find(|m| subject.contains(m.span))
                .and_then(|m| language.entities.get(m.entity));
            let (Some(who), false) = (who, links.is_empty()) else { continue };
            venues.entry(who.name.clone()).or_insert(links);
        }
        for (chain, speaker) in out.iter_mut().zip(self.speakers) {
            let links = speaker.as_ref().and_then(|s| venues.get(&s.name));
            if let Some(links) = links.filter(|_| chain.is_empty()) {
                chain.clone_from(links);
            }
        }
    }
}

/// Whom the holder of an attribution cites, where it reports nobody else's statement: "the dam will
/// break, the Courier reported, citing an engineer" is the engineer's. Speaker and chain are then
/// the cited one and the holder.
pub fn cited(
    article: &Article,
    language: &Language,
    attributions: &[Attribution],
    speakers: &mut [Option<Speaker>],
    chains: &mut [Vec<Link>],
) {
    let mut outer = vec![false; attributions.len()];
    for o in attributions.iter().filter_map(Attribution::outer) {
        outer[o] = true;
    }
    for (i, attribution) in attributions.iter().enumerate() {
        if outer[i] {
            continue;
        }
        let names = BTreeSet::new();
        let reader = Reader { language, attributions, speakers, own: String::new(), names };
        let (Some(link), Some(holder)) = (reader.cited(attribution), speakers[i].clone()) else {
            continue;
        };
        let outlet = speaker::is_outlet(&holder)
            || matches!(holder.kind, SpeakerKind::Organization | SpeakerKind::Group);
        if !outlet || link.name == holder.name || NOUNS.is_paper(&link.name) {
            continue;
        }
        let (kind, key) = match link.kind {
            LinkKind::Person => (SpeakerKind::Person, String::new()),
            LinkKind::Anonymous => (SpeakerKind::Anonymous, article.id.clone()),
            _ => (SpeakerKind::Organization, String::new()),
        };
        // "an official of the alliance" is "the official" later on.
        let name = match kind {
            SpeakerKind::Anonymous => {
                let words: Vec<&str> = link.name.split(' ').collect();
                let core = words.iter().skip(1).position(|w| NOUNS.is(Place::Core, w));
                words[..core.map_or(words.len(), |at| at + 1)].join(" ")
            }
            _ => link.name,
        };
        let key = format!("{key} {} {}", kind.word(), name.to_lowercase());
        let id = sayso_model::content_id("p", key.trim_start());
        if let Some(span) = holder.mention.clone() {
            let cue = reader.words(&attribution.cue);
            let outer =
                Link { name: bare_name(&holder.name), kind: self::kind(&holder), cue, span };
            push(&mut chains[i], outer);
        }
        speakers[i] = Some(Speaker {
            id,
            name,
            kind,
            role: None,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: Some(link.span),
        });
    }
}

/// A name without the small words before it ("state-run Velia News Agency").
fn bare_name(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let capital = |w: &&str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    match words.iter().position(capital) {
        Some(first) if words[first..].iter().any(capital) => words[first..].join(" "),
        _ => name.to_owned(),
    }
}

/// A name as outlets are compared: lower case, without "the".
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

fn kind(speaker: &Speaker) -> LinkKind {
    let outlet = || speaker::is_outlet(speaker).then_some(LinkKind::Outlet);
    NOUNS.outlet(&speaker.name).or_else(outlet).unwrap_or(match speaker.kind {
        SpeakerKind::Person | SpeakerKind::Author => LinkKind::Person,
        SpeakerKind::Organization | SpeakerKind::Group => LinkKind::Organization,
        SpeakerKind::Anonymous => LinkKind::Anonymous,
    })
}
