//! Runs of capitalised words that make up one name.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::NAMES_TABLE;
use crate::segment::TABLE;
use crate::steps::step;
use crate::{Language, NameKind};

/// A stretch of tokens that is one name, and the title before it.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Tokens of the name itself.
    pub(super) tokens: Range<usize>,
    /// A title or form of address stands right before it.
    pub(super) titled: bool,
    /// Set where the table or the cut already tells.
    pub(super) kind: Option<NameKind>,
}

/// How the words of a text are written when they do not begin a sentence.
struct Usage {
    /// Words seen in small letters.
    small: BTreeSet<String>,
    /// Words seen with a capital inside a sentence.
    capital: BTreeMap<String, u32>,
}

pub(super) fn runs(language: &Language<'_>) -> Vec<Run> {
    let usage = usage(language);
    let mut out = Vec::new();
    for sentence in &language.sentences {
        let headline = is_headline(language, sentence.tokens.clone());
        let first = first_word(language, &sentence.tokens);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            step();
            let end = run_end(language, at, sentence.tokens.end);
            if end > at {
                cut(language, at..end, at == first, headline, &usage, &mut out);
                at = end;
            } else {
                at += 1;
            }
        }
    }
    out
}

fn first_word(language: &Language<'_>, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|t| language.form(*t).starts_with(char::is_alphanumeric))
        .unwrap_or(tokens.start)
}

fn usage(language: &Language<'_>) -> Usage {
    let mut usage = Usage { small: BTreeSet::new(), capital: BTreeMap::new() };
    for sentence in &language.sentences {
        let first = first_word(language, &sentence.tokens);
        let headline = is_headline(language, sentence.tokens.clone());
        for t in sentence.tokens.clone() {
            let form = language.form(t);
            if form.starts_with(char::is_lowercase) {
                usage.small.insert(form.to_owned());
            } else if t != first
                && !headline
                && form.starts_with(char::is_uppercase)
                && !follows_mark(language, t)
            {
                *usage.capital.entry(form.to_lowercase()).or_default() += 1;
            }
        }
    }
    usage
}

/// After an opening mark or a colon a capital tells nothing.
fn follows_mark(language: &Language<'_>, t: usize) -> bool {
    t > 0
        && matches!(
            language.form(t - 1),
            "\"" | "“" | "‘" | "'" | "``" | "«" | "„" | "(" | ":" | "-" | "–" | "—" | "•" | "*"
        )
}

/// Most long words of a headline have capitals, so capitals tell little there.
fn is_headline(language: &Language<'_>, tokens: Range<usize>) -> bool {
    let long = tokens.filter(|t| {
        let form = language.form(*t);
        form.len() > 3 && form.starts_with(char::is_alphabetic)
    });
    let (mut count, mut capital) = (0, 0);
    for t in long {
        count += 1;
        capital += usize::from(language.form(t).starts_with(char::is_uppercase));
    }
    count >= 4 && capital * 4 >= count * 3
}

fn is_capital(form: &str) -> bool {
    form.starts_with(char::is_uppercase)
        || ["al-", "el-", "d'", "d’", "de-"]
            .iter()
            .any(|p| form.strip_prefix(p).is_some_and(|r| r.starts_with(char::is_uppercase)))
}

fn skips(form: &str) -> bool {
    NAMES_TABLE.not_names.contains(&form.to_lowercase())
}

fn run_end(language: &Language<'_>, start: usize, limit: usize) -> usize {
    let form = |t: usize| language.form(t);
    if !is_capital(form(start)) || skips(form(start)) {
        return start;
    }
    let mut end = start + 1;
    while end < limit {
        let this = form(end);
        if is_capital(this) && !skips(this) {
            end += 1;
            continue;
        }
        let next = (end + 1 < limit).then(|| form(end + 1));
        let next_capital = next.is_some_and(|n| is_capital(n) && !skips(n));
        let glued = language.tokens[end - 1].span.end == language.tokens[end].span.start
            && (end + 1 < limit
                && language.tokens[end].span.end == language.tokens[end + 1].span.start);
        let joins = match this {
            "-" | "‐" => glued && next.is_some_and(|n| n.starts_with(char::is_alphanumeric)),
            "&" | "of" => next_capital,
            "'s" | "’s" => next.is_some_and(|n| NAMES_TABLE.after_genitive.contains(n)),
            _ => {
                this.len() <= 5
                    && this != "of"
                    && this != "e"
                    && NAMES_TABLE.particles.contains(this)
                    && next_capital
            }
        };
        if joins {
            end += 2;
            continue;
        }
        if this == "of"
            && next == Some("the")
            && end + 2 < limit
            && is_capital(form(end + 2))
            && !skips(form(end + 2))
        {
            end += 3;
            continue;
        }
        break;
    }
    end
}

fn cut(
    language: &Language<'_>,
    mut run: Range<usize>,
    first: bool,
    headline: bool,
    usage: &Usage,
    out: &mut Vec<Run>,
) {
    let form = |t: usize| language.form(t);
    let lower = |t: usize| form(t).to_lowercase();
    // The first word of a sentence has its capital for free.
    let mut leading = first || run.start > 0 && follows_mark(language, run.start);
    while leading && !run.is_empty() {
        let word = lower(run.start);
        let known = NAMES_TABLE.known.contains_key(form(run.start));
        let ordinary = TABLE.sentence_openers.contains(&word)
            || usage.small.contains(&word) && !usage.capital.contains_key(&word);
        let alone = run.len() == 1
            && !usage.capital.contains_key(&word)
            && NAMES_TABLE.given(form(run.start)).is_none()
            && !is_all_capitals(form(run.start));
        if known || !(ordinary || alone && looks_ordinary(&word)) {
            break;
        }
        run.start += 1;
        leading = false;
        if !run.is_empty() && matches!(form(run.start), "of" | "-" | "&" | "'s" | "’s") {
            run.start += 1;
        }
    }
    if headline && !run.is_empty() {
        headline_parts(language, run, usage, out);
        return;
    }
    parts(language, run, out);
}

/// Endings that proper names seldom have.
fn looks_ordinary(word: &str) -> bool {
    NAMES_TABLE.ordinary_endings.iter().any(|end| word.ends_with(end.as_str()))
}

/// In a headline only what the body writes with a capital, or the tables know, is a name.
fn headline_parts(language: &Language<'_>, run: Range<usize>, usage: &Usage, out: &mut Vec<Run>) {
    let named = |t: usize| {
        let form = language.form(t);
        let word = form.to_lowercase();
        NAMES_TABLE.known.contains_key(form)
            || usage.capital.contains_key(&word) && !usage.small.contains(&word)
            || NAMES_TABLE.given(form).is_some() && !usage.small.contains(&word)
            || is_all_capitals(form) && form.len() <= 6
    };
    let mut at = run.start;
    while at < run.end {
        let mut end = at;
        while end < run.end && named(end) {
            end += 1;
        }
        if end > at {
            parts(language, at..end, out);
        }
        at = end.max(at) + 1;
    }
}

pub(super) fn is_all_capitals(form: &str) -> bool {
    form.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && form.chars().all(|c| !c.is_lowercase())
}

/// Takes group words, titles and known names off the front of a run.
fn parts(language: &Language<'_>, mut run: Range<usize>, out: &mut Vec<Run>) {
    let form = |t: usize| language.form(t);
    let lower = |t: usize| form(t).to_lowercase();
    let is_title = |t: usize| NAMES_TABLE.titles.contains(&lower(t));
    let organization =
        |r: Range<usize>| r.clone().any(|t| NAMES_TABLE.organization_words.contains(&lower(t)));
    if run.is_empty() {
        return;
    }
    let whole = language.span_of(run.clone()).of(language.text);
    if let Some(kind) = NAMES_TABLE.known.get(whole) {
        out.push(Run { tokens: run, titled: false, kind: Some(*kind) });
        return;
    }
    // "Russian Defense Minister …", "U.S. Senator …": what a title follows is cut off before it.
    let last_title =
        run.clone().rev().find(|t| is_title(*t) && !(*t + 1 < run.end && form(*t + 1) == "of"));
    if let Some(title) = last_title.filter(|t| !organization(*t + 1..run.end) || *t + 1 == run.end)
    {
        let front = run.start..title;
        let named = known_prefix(language, &front);
        if named.is_empty() {
            // "NATO Secretary General", "Acme Chairman": an unknown name before the modifiers.
            let mut end = front.end;
            while end > front.start
                && (NAMES_TABLE.title_modifiers.contains(&lower(end - 1))
                    || is_title(end - 1)
                    || matches!(form(end - 1), "-" | "and" | "&"))
            {
                end -= 1;
            }
            if end > front.start {
                out.push(Run { tokens: front.start..end, titled: false, kind: None });
            }
        } else {
            let kind =
                NAMES_TABLE.known.get(language.span_of(named.clone()).of(language.text)).copied();
            out.push(Run { tokens: named.clone(), titled: false, kind });
        }
        run.start = title + 1;
        if !run.is_empty() {
            out.push(Run { tokens: run, titled: true, kind: None });
        }
        return;
    }
    // "Ukrainian Armed Forces" stays, "Russian Ivan Petrov" is cut.
    let named = known_prefix(language, &run);
    if !named.is_empty() && named.end < run.end {
        let kind =
            NAMES_TABLE.known.get(language.span_of(named.clone()).of(language.text)).copied();
        let rest = named.end..run.end;
        if kind == Some(NameKind::Group) && !organization(rest.clone()) {
            out.push(Run { tokens: named, titled: false, kind });
            run = rest;
        }
    }
    let titled = run.start > 0
        && is_title(run.start - 1)
        && language.tokens[run.start - 1].sentence == language.tokens[run.start].sentence;
    out.push(Run { tokens: run, titled, kind: None });
}

/// The longest known name that a run begins with.
fn known_prefix(language: &Language<'_>, run: &Range<usize>) -> Range<usize> {
    let longest = (run.start + 4).min(run.end);
    (run.start + 1..=longest)
        .rev()
        .map(|end| run.start..end)
        .find(|r| NAMES_TABLE.known.contains_key(language.span_of(r.clone()).of(language.text)))
        .unwrap_or(run.start..run.start)
}
