//! From attributions to finished statements.

use sayso_language::Language;
use sayso_model::{Article, SCHEMA, Span, Speaker, Statement, statement_id};

use crate::{
    Attribution, Context, Ground, Tables, attribution, chain, drift, meaning, speaker, split,
};

/// The name under which statements of this program and these rules are kept.
pub const EXTRACTOR: &str = concat!("sayso ", env!("CARGO_PKG_VERSION"), " english-1");

/// Reads all statements of an article, in the order of the text.
pub fn read(article: &Article, language: &Language, tables: &Tables) -> Vec<Statement> {
    statements(article, language, tables, &attribution::read(language))
}

/// Statements from attributions that were found already.
pub fn statements(
    article: &Article,
    language: &Language,
    tables: &Tables,
    attributions: &[Attribution],
) -> Vec<Statement> {
    let ground = Ground::read(language, tables);
    let context = Context { article, language, tables, ground: &ground };
    let speakers = speaker::read(language, &article.id, attributions);
    let chains = chain::read(article, language, attributions, &speakers);
    let mut out: Vec<Statement> = Vec::new();
    for (i, attribution) in attributions.iter().enumerate() {
        if only_carries(language, attributions, i) || only_cites(language, attribution) {
            continue;
        }
        let whole = Attribution {
            content: attribution.content.iter().filter_map(|span| bare(language, *span)).collect(),
            ..attribution.clone()
        };
        if whole.content.is_empty() {
            continue;
        }
        for content in split::read(&context, &whole) {
            let content: Vec<Span> = content.iter().filter_map(|s| bare(language, *s)).collect();
            if content.is_empty() {
                continue;
            }
            let one = Attribution { content, ..whole.clone() };
            out.push(statement(&context, &one, speakers[i].clone(), chains[i].clone()));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|s| seen.insert(s.id.clone()));
    out.sort_by_key(|s| s.content.first().map_or(0, |c| c.byte_start));
    drift::pair(&mut out);
    out
}

fn statement(
    context: &Context,
    attribution: &Attribution,
    speaker: Option<Speaker>,
    chain: Vec<sayso_model::Link>,
) -> Statement {
    let language = context.language;
    let print = |spans: &[Span]| spans.iter().map(|s| language.print(*s)).collect::<Vec<_>>();
    let meaning = meaning::read(context, attribution);
    Statement {
        schema: SCHEMA,
        id: statement_id(&context.article.id, &attribution.cue, &attribution.content),
        article: context.article.into(),
        speaker,
        chain,
        source: print(&attribution.source),
        cue: print(&attribution.cue),
        content: print(&attribution.content),
        speech: attribution.speech,
        kind: meaning.kind,
        polarity: meaning.polarity,
        certainty: meaning.certainty,
        condition: meaning.condition,
        window: meaning.window,
        places: meaning.places,
        quantities: meaning.quantities,
        event: meaning.event,
        drift: Vec::new(),
        confidence: (f64::from(attribution.confidence) * 100.0).round() / 100.0,
        extractor: EXTRACTOR.to_owned(),
    }
}

/// True when an attribution says nothing of its own: its content is another attribution with its
/// source and cue ("The board said the strike is over, the agency reported"). It lives on as a link
/// of the inner one's chain.
fn only_carries(language: &Language, attributions: &[Attribution], i: usize) -> bool {
    let outer = &attributions[i];
    let mut own: usize = outer.content.iter().map(|span| letters(span.of(language.text))).sum();
    let all = own;
    let mut inner = false;
    for other in attributions.iter().filter(|a| a.within == Some(i)) {
        inner = true;
        for span in other.source.iter().chain(&other.cue).chain(&other.content) {
            if outer.content.iter().any(|c| c.contains(*span)) {
                own = own.saturating_sub(letters(span.of(language.text)));
            }
        }
    }
    inner && own * 5 <= all
}

/// "citing an official": whom somebody cites is a link of a chain and no statement.
fn only_cites(language: &Language, attribution: &Attribution) -> bool {
    attribution.cue.first().is_some_and(|cue| matches!(cue.of(language.text), "citing" | "quoting"))
        && attribution.speech == sayso_model::Speech::Indirect
}

fn letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphanumeric).count()
}

/// A span without the word "that", quotation marks and commas at its ends; nothing when no word is
/// left.
fn bare(language: &Language, span: Span) -> Option<Span> {
    let text = language.text;
    let mut span = span.trim(text);
    loop {
        let words = span.of(text);
        let mut next = span;
        // A scrap of quotation at one end of the words keeps both its marks.
        let marks = words.chars().filter(|c| is_mark(*c)).count();
        let ends = words.chars().next().is_some_and(is_mark)
            && words.chars().next_back().is_some_and(is_mark);
        let loose = |c: &char| ",;:".contains(*c) || is_mark(*c) && (marks % 2 == 1 || ends);
        if let Some(first) = words.chars().next().filter(loose) {
            next.start += first.len_utf8() as u32;
        } else if words.len() > 5 && words.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("that "))
        {
            next.start += 5;
        } else if let Some(last) = words.chars().next_back().filter(loose) {
            next.end -= last.len_utf8() as u32;
        }
        next = next.trim(text);
        if next == span {
            break;
        }
        span = next;
    }
    span.of(text).chars().any(char::is_alphanumeric).then_some(span)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‟')
}
