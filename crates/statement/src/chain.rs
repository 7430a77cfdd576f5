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

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_language::Language;
use sayso_model::{Article, Link, LinkKind, Span, Speaker, SpeakerKind};

use crate::{
    Attribution,
    speaker::{NOUNS, Place},
};

/// Most links of a chain: time stays linear however deep statements stand in each other.
const LONGEST: usize = 8;

/// The chains of all attributions of an article, in their order.
pub fn read(
    article: &Article,
    language: &Language,
    attributions: &[Attribution],
    speakers: &[Option<Speaker>],
) -> Vec<Vec<Link>> {
    let own = folded(article.outlet.as_deref().unwrap_or_default());
    let reader = Reader { language, attributions, speakers, own };
    let mut out: Vec<Vec<Link>> = Vec::with_capacity(attributions.len());
    let mut introductions = Introductions::default();
    for (i, attribution) in attributions.iter().enumerate() {
        let mut chain = match attribution.continues.filter(|c| *c < i) {
            Some(before) => out[before].clone(),
            None => reader.outer(i, &out),
        };
        if attribution.continues.is_none() {
            for link in reader.told(attribution) {
                push(&mut chain, link);
            }
            if chain.is_empty() {
                chain = reader.introduced(i, &introductions);
            }
        }
        if let Some(speaker) = &speakers[i] {
            chain.retain(|link| link.name != speaker.name);
            if !chain.is_empty() {
                introductions.speakers.entry(speaker.id.clone()).or_insert_with(|| chain.clone());
            }
        }
        for (at, link) in chain.iter().enumerate() {
            let before = || chain[..at].to_vec();
            introductions.links.entry(link.name.clone()).or_insert_with(before);
        }
        out.push(chain);
    }
    reader.interviews(&mut out);
    out
}

fn push(chain: &mut Vec<Link>, link: Link) {
    if chain.len() < LONGEST && !chain.iter().any(|other| other.name == link.name) {
        chain.push(link);
    }
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
                self.told(&self.attributions[w])
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
                        name: speaker.name.clone(),
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

    /// "…, the agency reported, citing an unnamed official"
    fn cited(&self, attribution: &Attribution) -> Option<Link> {
        let cue = attribution.cue.last()?;
        let language = self.language;
        let tokens = language.tokens_in(*cue);
        let sentence = language.tokens.get(tokens.start)?.sentence;
        let end = language.sentences[sentence].tokens.end;
        let citing = (tokens.end..end.min(tokens.end + 8))
            .find(|t| NOUNS.is(Place::Citing, language.form(*t)))?;
        let stop = (citing + 1..end.min(citing + 40))
            .find(|t| NOUNS.is(Place::Cited, language.form(*t)))
            .unwrap_or(end);
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
    fn told(&self, attribution: &Attribution) -> Vec<Link> {
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
        self.outlets(source_end.max(tokens.end)..limit, cue_words.as_deref())
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
                let own = folded(text) == self.own;
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
        let reader = Reader { language, attributions, speakers, own: String::new() };
        let (Some(link), Some(holder)) = (reader.cited(attribution), speakers[i].clone()) else {
            continue;
        };
        if NOUNS.outlet(&holder.name).is_none() {
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
            let outer = Link { name: holder.name.clone(), kind: self::kind(&holder), cue, span };
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

/// A name as outlets are compared: lower case, without "the".
fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

fn kind(speaker: &Speaker) -> LinkKind {
    NOUNS.outlet(&speaker.name).unwrap_or(match speaker.kind {
        SpeakerKind::Person | SpeakerKind::Author => LinkKind::Person,
        SpeakerKind::Organization | SpeakerKind::Group => LinkKind::Organization,
        SpeakerKind::Anonymous => LinkKind::Anonymous,
    })
}
