//! Who says what: sources, cues and contents.
//!
//! Rules propose, a trained judge decides (`judge`). The rules work on tokens, quotation marks,
//! names and a table of cue words. They go through an article once in four steps: spot the
//! cues (`spot`), give each its source (`drafts`), read the content by the shape in which the
//! three stand (`frames`), and bring home what has no cue of its own: quotations that go on
//! (`quoted`), what a name in front or behind signs (`interview`, `signed`, `headline`), sentences
//! that carry on a report (`carried`).
//!
//! Contents keep the word "that" and the quotation marks, as annotators of attribution do; a
//! statement is printed without them.

mod carried;
mod closed;
mod dateline;
mod drafts;
#[expect(clippy::single_range_in_vec_init, reason = "content is a list of ranges, often of one")]
mod frames;
mod headline;
mod interview;
mod judge;
mod label;
mod labelled;
mod light;
mod outlook;
mod pointed;
mod quoted;
mod saying;
mod signed;
mod source;
mod speech;
mod spot;
#[cfg(test)]
mod tests;
mod view;
mod whole;

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_language::Language;

use crate::{
    Attribution,
    cues::{self, CUES},
};
use closed::Sort;
use frames::Frame;
pub use judge::marks;
pub(crate) use saying::{Kin, Saying};
use view::View;

/// Longest "the police in Norby" between a cue and "that", in tokens.
const LONGEST_ADDRESSEE: usize = 7;

/// An attribution in tokens, before it gets its spans.
#[derive(Debug, Clone)]
struct Found {
    source: Option<Range<usize>>,
    cue: Option<Range<usize>>,
    content: Vec<Range<usize>>,
    frame: Frame,
    class: Option<cues::Class>,
    /// Index of the found one that this carries on.
    continues: Option<usize>,
    /// Index of the found one that passes this on.
    relayed: Option<usize>,
    /// Is it right? 0 to 1.
    confidence: f32,
}

impl Found {
    /// What a name in front of some words or behind them signs; the mark between is the cue.
    fn signed(source: Range<usize>, mark: usize, content: Vec<Range<usize>>, frame: Frame) -> Self {
        Self {
            source: Some(source),
            cue: Some(mark..mark + 1),
            content,
            frame,
            class: None,
            continues: None,
            relayed: None,
            confidence: frame.confidence(),
        }
    }

    fn start(&self) -> usize {
        let content = self.content.first().map_or(usize::MAX, |range| range.start);
        self.cue.as_ref().map_or(content, |cue| cue.start.min(content))
    }

    fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|range| range.contains(&token))
    }
}

/// Reads the attributions of an article, in the order of the text.
///
/// Time is linear in the text but for sentences with many cues, whose number is bounded by the
/// sentence.
pub fn read(language: &Language) -> Vec<Attribution> {
    let view = View::new(language);
    let rules = ordered(&view, &ruled(&view));
    let (judged, left_out) = judge::judge(language, &rules, |cue| is_silent(&view, cue));
    let mut found = together(&view, rules, judged, &left_out);
    outlook::add(&view, &mut found);
    dateline::cut(&view, &mut found);
    print(&view, &ordered(&view, &found))
}

/// "declined to comment", "did not comment", "could not be reached": no statement, although the
/// annotators whom the judge learnt from took some for one.
fn is_silent(view: &View, cue: &Range<usize>) -> bool {
    let end = (cue.end + 3).min(view.len());
    (cue.start..end).any(|t| {
        let denied = (t.saturating_sub(2)..t)
            .any(|before| view.is(before, Sort::NEGATION) || view.word(before) == "to");
        let phrase = |words: &[String]| {
            t + words.len() <= view.len()
                && words.iter().enumerate().all(|(i, word)| view.word(t + i) == word)
        };
        denied && CUES.silent().iter().any(|words| phrase(words))
    })
}

/// What the rules alone find: what the judge learns from.
pub fn by_rules(language: &Language) -> Vec<Attribution> {
    let view = View::new(language);
    print(&view, &ordered(&view, &ruled(&view)))
}

fn ruled(view: &View) -> Vec<Found> {
    let drafts = drafts::draft(view, spot::spot(view));
    let mut found: Vec<Found> = Vec::new();
    for index in 0..drafts.len() {
        let Some(filled) = frames::fill(view, &drafts, index) else { continue };
        let draft = &drafts[index];
        // "said in a statement that": the noun is the verb's venue.
        let told = found.last().is_some_and(|last| last.content == filled.content);
        if filled.frame == Frame::NounThat && told {
            continue;
        }
        found.push(Found {
            source: draft.source.clone(),
            cue: Some(draft.cue.tokens.start..filled.cue_end),
            content: filled.content,
            frame: filled.frame,
            class: Some(draft.cue.class),
            continues: None,
            relayed: None,
            confidence: filled.frame.confidence(),
        });
    }
    let (answers, mut turns) = interview::read(view);
    found.extend(answers);
    let (quotes, lines) = labelled::read(view);
    found.extend(quotes);
    turns.extend(lines);
    turns.sort_unstable();
    turns.dedup();
    found.extend(signed::quotations(view));
    headline::add(view, &turns, &mut found);
    quoted::extend(view, &mut found);
    carried::add(view, &mut found);
    pointed::add(view, &mut found);
    found
}

/// The judge's attributions, and of the rules' those that he does not judge (what stands in
/// another's content, what has no cue of its own, what he was not shown), what the layout of the
/// page tells, which he does not see, and what he doubts without a quotation though its words leave
/// none ("said that", "reportedly", "in the opinion of").
fn together(
    view: &View,
    rules: Vec<Found>,
    mut judged: Vec<Found>,
    left_out: &[Range<usize>],
) -> Vec<Found> {
    let tokens = view.len();
    let by_layout =
        |found: &Found| matches!(found.frame, Frame::Answer | Frame::Signed | Frame::Pointed);
    judged.retain(|found| !by_layout(found));
    without_labels(rules.iter().filter(|rule| by_layout(rule)), tokens, &mut judged);
    // A sentence that only tells whose the words before it are says nothing itself.
    let mut pointing: Vec<usize> = rules
        .iter()
        .filter(|rule| rule.frame == Frame::Pointed)
        .flat_map(|rule| rule.cue.iter().map(|cue| view.sentence_of(cue.start)))
        .collect();
    pointing.sort_unstable();
    let only_points = |cue: &Option<Range<usize>>| {
        cue.as_ref().is_some_and(|cue| pointing.binary_search(&view.sentence_of(cue.start)).is_ok())
    };
    judged.retain(|found| !only_points(&found.cue));
    // "was quoted by the Courier as saying": the Courier passes on, and says nothing. "…, it was
    // stated": the judge finds too little.
    let firm = |rule: &Found| {
        let quoted = rule.cue.as_ref().is_some_and(|cue| {
            cue.len() > 4 && view.word(cue.end - 1) == "saying" && view.word(cue.end - 2) == "as"
        });
        quoted || rule.frame == Frame::Impersonal
    };
    let mut settled = vec![false; tokens];
    for cue in rules.iter().filter(|rule| firm(rule)).filter_map(|rule| rule.cue.clone()) {
        settled[cue].fill(true);
    }
    judged.retain(|found| !found.cue.iter().cloned().flatten().any(|t| settled[t]));
    for found in &mut judged {
        without_addressee(view, found);
        // "It was reported that …": the empty "it" says nothing.
        if found.content.len() > 1 {
            found.content.retain(|r| r.len() > 1 || !view.is(r.start, Sort::SUBJECT));
        }
        without_citation(view, found);
        quoted::complete(view, found);
        if let Some(source) = &mut found.source {
            cut_clause(view, source);
        } else {
            found.source = shared_subject(view, found);
        }
    }
    for found in &mut judged {
        without_sister(view, found);
        not_the_venue(view, found);
    }
    whole::complete(view, &mut judged);
    reversed(view, &mut judged);
    let (mut by_cue, mut inside) = (vec![None; tokens], vec![false; tokens]);
    for (i, item) in judged.iter().enumerate() {
        for t in item.cue.iter().cloned().flatten() {
            by_cue[t] = Some(i);
        }
        for t in item.content.iter().cloned().flatten() {
            inside[t] = true;
        }
    }
    let own: Vec<Option<Range<usize>>> = rules.iter().map(|r| r.cue.clone()).collect();
    let judged_of =
        |cue: &Option<Range<usize>>| by_cue[cue.clone()?].iter().flatten().next().copied();
    let mut out = judged;
    // The judge's attributions stand side by side; the rules know which of them passes another on.
    for (i, rule) in rules.iter().enumerate() {
        let inner = judged_of(&rule.cue);
        let outer = outer(&rules, i).and_then(|w| judged_of(&rules[w].cue));
        if let (Some(inner), Some(outer)) = (inner, outer)
            && inner != outer
            && out[outer].relayed != Some(inner)
        {
            out[inner].relayed = Some(outer);
        }
    }
    for mut rule in rules {
        let keep = if let Some(cue) = &rule.cue {
            let free = by_cue[cue.clone()].iter().all(Option::is_none);
            let nested = cue.clone().all(|t| inside[t]);
            let alone = rule.content.iter().cloned().flatten().all(|t| !inside[t]);
            let unjudged = nested || left_out.iter().any(|r| r.contains(&cue.start));
            let doubted = !unjudged && alone && rule.frame.leaves_no_doubt();
            if doubted && !firm(&rule) {
                rule.confidence = rule.confidence.min(judge::LEAST);
            }
            let points = only_points(&rule.cue) && rule.frame != Frame::Pointed;
            free && !points && (unjudged || doubted || by_layout(&rule) || firm(&rule))
        } else {
            // A continuation lives with what it carries on, and only where nobody else speaks.
            rule.continues = rule.continues.and_then(|c| judged_of(own.get(c)?));
            let free = !rule.content.iter().cloned().flatten().any(|t| inside[t]);
            free && rule.continues.is_some()
        };
        if keep {
            out.push(rule);
        }
    }
    out
}

/// "The station was hit again, the minister wrote on Telegram": the words before it are written, and not the
/// place where it was.
fn not_the_venue(view: &View, found: &mut Found) {
    let (Some(cue), Some(source)) = (found.cue.clone(), found.source.clone()) else { return };
    let [content] = found.content.as_mut_slice() else { return };
    let text = view.language.span_of(content.clone()).of(view.language.text);
    if content.start < cue.end || !crate::nouns::NOUNS.is_platform(text) {
        return;
    }
    let sentence = view.sentence_tokens(view.sentence_of(cue.start));
    let comma = source.start.checked_sub(1).filter(|t| view.is(*t, Sort::COMMA));
    if let Some(comma) = comma.filter(|c| *c > sentence.start + 1)
        && (sentence.start..comma).any(|t| view.is_finite(t))
    {
        *content = sentence.start..comma;
    }
}

/// Cuts off a verb that is coordinated with the cue's in the tree and shares its subject. Where the parse hangs
/// that verb on the content's own, it stays.
fn without_sister(view: &View, found: &mut Found) {
    let Some(cue) = found.cue.clone() else { return };
    let tokens = &view.language.tokens;
    let [content] = found.content.as_mut_slice() else { return };
    if content.start < cue.end || view.quotation_at(content.start).is_some() {
        return;
    }
    let sister = content.clone().find(|t| {
        tokens[*t].deprel == "conj"
            && tokens[*t].head.is_some_and(|h| cue.contains(&h))
            && (view.is_finite(*t)
                || (content.start..*t).any(|a| tokens[a].head == Some(*t) && view.is_auxiliary(a)))
            && view.dependent(*t, &["nsubj", "nsubj:pass"]).is_none()
    });
    let Some(sister) = sister else { return };
    let joint = (content.start..sister)
        .find(|t| tokens[*t].head == Some(sister) && tokens[*t].deprel == "cc");
    if let Some(joint) = joint.filter(|j| *j > content.start + 1) {
        content.end = joint;
        while content.end > content.start && view.is(content.end - 1, Sort::COMMA) {
            content.end -= 1;
        }
    }
}

/// Cuts what tells of the attribution itself off the end of a content: ", citing an official", "when
/// asked if …".
fn without_citation(view: &View, found: &mut Found) {
    let Some(cue) = found.cue.clone() else { return };
    let own = |t: usize| view.quotation_at(t).is_some();
    let mut content = found.content.clone();
    for range in &mut content {
        let stop = range.clone().find(|t| {
            let citing =
                CUES.cites(view.word(*t)) && (*t == range.start || view.is(*t - 1, Sort::COMMA));
            let asked = CUES.asks(&view.language.tokens[(*t + 1).min(view.len() - 1)].lemma)
                && view.word(*t) == "when"
                && *t >= cue.end;
            (citing || asked) && !own(*t)
        });
        if let Some(stop) = stop {
            range.end = stop;
            while range.end > range.start && view.is(range.end - 1, Sort::COMMA) {
                range.end -= 1;
            }
        }
    }
    content.retain(|range| !range.is_empty());
    if !content.is_empty() {
        found.content = content;
    }
}

/// "The Herald reported that according to its source, …": what the source says is what follows it,
/// and not the report of it.
fn reversed(view: &View, judged: &mut [Found]) {
    let leads: Vec<(usize, Range<usize>)> = judged
        .iter()
        .enumerate()
        .filter_map(|(i, found)| {
            let cue = found.cue.as_ref()?;
            let source = found.source.as_ref()?;
            let preposition = CUES
                .prepositions
                .iter()
                .any(|words| words.iter().enumerate().all(|(k, w)| view.word(cue.start + k) == w));
            let before = found.content.iter().all(|range| range.end <= cue.start);
            (preposition && before).then(|| (i, cue.start..source.end.max(cue.end)))
        })
        .collect();
    if leads.is_empty() {
        return;
    }
    // Contents behind their cue, by where they begin.
    let behind: BTreeMap<usize, usize> = judged
        .iter()
        .filter_map(|other| {
            let content = other.content.first()?;
            let says = other.cue.as_ref()?.end <= content.start;
            says.then_some((content.start, content.end))
        })
        .collect();
    for (i, lead) in leads {
        let starts = [Some(lead.start), lead.start.checked_sub(1)];
        let around = starts.into_iter().flatten().find_map(|start| behind.get(&start));
        if let Some(end) = around.filter(|end| **end > lead.end + 2) {
            let start = lead.end + usize::from(view.is(lead.end, Sort::COMMA));
            judged[i].content = std::iter::once(start..*end).collect();
        }
    }
}

/// Takes whom somebody tells out of what they tell ("warned ministers the port would close").
fn without_addressee(view: &View, found: &mut Found) {
    let Some(cue) = found.cue.clone() else { return };
    let Some(first) = found.content.first_mut().filter(|c| c.start >= cue.end) else { return };
    let tells = |t: usize| {
        CUES.verb_forms(view.word(t)).iter().any(|(row, _)| {
            CUES.verbs[*row].takes.has(cues::Takes::OBJECT)
                || CUES.verbs[*row].class == cues::Class::Warning
                || view.word(cue.end - 1) == "to"
        })
    };
    let Some(verb) = cue.clone().find(|t| tells(*t)) else { return };
    if view.is(first.start, Sort::OPEN) || view.word(first.start) == "that" {
        return;
    }
    // "said to police that …"
    let that = (first.start + 1..first.end.min(first.start + LONGEST_ADDRESSEE))
        .find(|t| view.word(*t) == "that");
    let plain = |t: usize| !view.is_finite(t) && !view.is(t, Sort::OPEN | Sort::COMMA);
    if let Some(that) = that.filter(|that| (first.start..*that).all(plain)) {
        first.start = that;
        return;
    }
    // "told the Courier's morning programme the port would close"
    let programme = (first.start + 1..first.end.min(first.start + LONGEST_ADDRESSEE)).find(|t| {
        let word = view.word(*t);
        crate::nouns::NOUNS.is_outlet_word(word) && !view.is(*t, Sort::CAPITAL)
    });
    let opens = |t: usize| view.is(t, Sort::DETERMINER | Sort::SUBJECT | Sort::CAPITAL);
    if let Some(last) = programme.filter(|t| opens(*t + 1) && (first.start..*t).all(plain)) {
        first.start = last + 1;
        return;
    }
    // The clause that the verb governs, and what stands before it.
    let tokens = &view.language.tokens;
    let clause = (first.start..first.end)
        .find(|t| tokens[*t].head == Some(verb) && tokens[*t].deprel.starts_with("ccomp"));
    let told = (first.start..first.end)
        .find(|t| tokens[*t].head == Some(verb) && matches!(tokens[*t].deprel, "obj" | "iobj"));
    let (Some(clause), Some(told)) = (clause, told) else { return };
    let (Some(clause), Some(told)) = (view.subtree(clause), view.subtree(told)) else { return };
    if told.start == first.start && told.end <= clause.start && clause.start < first.end {
        first.start = clause.start;
    }
}

/// Cuts a source that runs into a clause of its own back to that clause's subject ("The report said
/// the institute … and added").
fn cut_clause(view: &View, source: &mut Range<usize>) {
    let open = |t: usize| {
        view.is(t, Sort::COMMA | Sort::BRACKET | Sort::DASH | Sort::QUESTION | Sort::OPEN)
            || view.word(t) == "that"
    };
    let stop = source.clone().skip(1).find(|t| open(*t)).unwrap_or(source.end);
    let verb = (source.start + 1..stop).find(|t| {
        view.is_finite(*t)
            && view.name_at(*t).is_none()
            && !CUES.verb_forms(view.word(*t)).is_empty()
    });
    if let Some(verb) = verb {
        source.end = verb;
    }
}

/// The subject of a finite cue that shares it with the verb before ("The north … but has vowed to
/// …"); nothing for a passive, whose subject is what is said.
fn shared_subject(view: &View, found: &Found) -> Option<Range<usize>> {
    let cue = found.cue.clone()?;
    let verb = cue.clone().find(|t| {
        matches!(view.language.tokens[*t].upos, sayso_language::Upos::Verb)
            && !view.is_auxiliary(*t)
    })?;
    let passive = (cue.start..verb).any(|t| view.is(t, Sort::BE)) || view.is(cue.start, Sort::BE);
    let finite = view.is_finite(cue.start);
    if passive || !finite || view.dependent(verb, &["nsubj"]).is_some() {
        return None;
    }
    let mut at = verb;
    for _ in 0..4 {
        let token = &view.language.tokens[at];
        at = token.head.filter(|_| token.deprel == "conj")?;
        if let Some(subject) = view.dependent(at, &["nsubj", "nsubj:pass"]) {
            let np = view.subtree(subject)?;
            let apart = np.end <= cue.start && np.len() <= 25;
            let said = np.clone().any(|t| found.holds(t));
            return (apart && !said).then_some(np);
        }
    }
    None
}

/// Takes the names that a layout puts before or behind somebody's words out of what is said there.
fn without_labels<'a>(
    layouts: impl Iterator<Item = &'a Found>,
    tokens: usize,
    judged: &mut Vec<Found>,
) {
    let mut label = vec![false; tokens];
    for range in layouts.flat_map(|found| found.source.iter().chain(&found.cue)) {
        label[range.clone()].fill(true);
    }
    for found in judged.iter_mut() {
        let kept: Vec<usize> =
            found.content.iter().cloned().flatten().filter(|t| !label[*t]).collect();
        found.content = judge::runs(&kept);
    }
    judged.retain(|found| !found.content.is_empty());
}

/// Puts them in the order of the text and drops what is nested and not worth keeping.
fn ordered(view: &View, found: &[Found]) -> Vec<Found> {
    // Sorting must keep the links of continuations: sort indices, then translate.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].start());
    let sorted: Vec<Found> = order.iter().map(|i| found[*i].clone()).collect();
    let keep: Vec<bool> =
        (0..sorted.len()).map(|i| speech::keeps(view, &sorted, i, outer(&sorted, i))).collect();
    let mut place = vec![None; found.len()];
    let kept = order.iter().zip(&keep).filter(|(_, keep)| **keep);
    for (new, (old, _)) in kept.enumerate() {
        place[*old] = Some(new);
    }
    let mut out: Vec<Found> =
        sorted.into_iter().zip(&keep).filter(|(_, keep)| **keep).map(|(item, _)| item).collect();
    for item in &mut out {
        item.continues = item.continues.and_then(|old| place[old]);
        item.relayed = item.relayed.and_then(|old| place[old]);
    }
    out
}

/// Turns tokens into spans.
fn print(view: &View, found: &[Found]) -> Vec<Attribution> {
    let print = |(i, item): (usize, &Found)| {
        let spans = |ranges: &[Range<usize>]| ranges.iter().map(|r| view.span(r.clone())).collect();
        Attribution {
            source: item.source.iter().map(|r| view.span(r.clone())).collect(),
            cue: item.cue.iter().map(|r| view.span(r.clone())).collect(),
            content: spans(&item.content),
            speech: speech::speech(view, item.frame, &item.content),
            within: outer(found, i),
            relayed: item.relayed.filter(|r| *r != i),
            continues: item.continues,
            confidence: item.confidence,
        }
    };
    found.iter().enumerate().map(print).collect()
}

/// The innermost found attribution in whose content the cue of `i` stands.
fn outer(found: &[Found], i: usize) -> Option<usize> {
    let cue = found[i].cue.as_ref()?;
    let near = i.saturating_sub(40)..(i + 20).min(found.len());
    near.filter(|j| *j != i && found[*j].holds(cue.start) && !same_content(found, i, *j))
        .min_by_key(|j| found[*j].content.iter().map(Range::len).sum::<usize>())
}

fn same_content(found: &[Found], i: usize, j: usize) -> bool {
    // Two cues that stand in each other's content (a chain around one clause): the earlier is outer.
    found[j].cue.as_ref().is_some_and(|cue| found[i].holds(cue.start)) && j > i
}
