//! The trained judge of attributions.
//!
//! **Why rules and a network.** The rules know what punctuation and grammar decide; which of a
//! newspaper's many verbs attribute, where a content ends and who of three people speaks is
//! weighing, and a network learns it from annotated articles. So the rules propose and their
//! findings are features of the judge, who may also find cues of its own: in a first pass over
//! the article it tags cues, in a second one it reads the sentences around each cue for content,
//! source and whether anything is attributed at all. The network alone and the rules alone are both
//! worse (`docs/experiments/attribution.md`).
//!
//! Work is linear in the text: the article goes through in stretches of bounded length, a cue's
//! reach is bounded, and cues do not overlap.

mod decode;
mod features;
mod marks;
mod network;
mod reach;

use std::ops::Range;

use ndarray::ArrayView2;
use sayso_language::{Language, net::Core};

use super::{Found, frames::Frame};
use features::{CONTENT, CUE, Features, SOURCE, features};
pub use marks::marks;
use network::{First, Network, Place, Second};

/// The chance of a cue from which on it is looked at once more.
const CANDIDATE: f32 = 0.15;
/// What is less sure than this is not an attribution. Chosen on training articles that the judge
/// was not trained on, for the best mean of precision and recall.
pub(super) const LEAST: f32 = 0.3;
/// An article longer than so many tokens is judged in stretches that end with a paragraph.
const STRETCH: usize = 4096;
/// A stretch of more tokens, which has a sentence without end, is left to the rules.
const LONGEST: usize = 4 * STRETCH;
/// Windows that go through the network together.
const TOGETHER: usize = 12;

/// What the rules found, as a feature.
struct Ruled<'a>(&'a Found);

impl Ruled<'_> {
    /// Sets the bits of its roles in `marks`, whose first element is the token `start`.
    fn mark(&self, marks: &mut [u8], start: usize) {
        let roles = [(CUE, self.0.cue.as_slice()), (SOURCE, self.0.source.as_slice())];
        let roles = roles.into_iter().chain([(CONTENT, self.0.content.as_slice())]);
        for (bit, ranges) in roles {
            for t in ranges.iter().cloned().flatten() {
                if let Some(mark) = t.checked_sub(start).and_then(|i| marks.get_mut(i)) {
                    *mark |= bit;
                }
            }
        }
    }
}

/// A cue with what the judge makes of it.
struct Judged {
    cue: Range<usize>,
    source: Option<Range<usize>>,
    content: Vec<usize>,
    confidence: f32,
}

/// What the rules found, by the tokens of its cues.
struct Rules<'a> {
    found: &'a [Found],
    by_cue: Vec<Option<u32>>,
}

impl<'a> Rules<'a> {
    fn new(found: &'a [Found], tokens: usize) -> Self {
        let mut by_cue = vec![None; tokens];
        for (i, rule) in found.iter().enumerate().rev() {
            for t in rule.cue.iter().cloned().flatten() {
                by_cue[t] = Some(i as u32);
            }
        }
        Self { found, by_cue }
    }

    /// The first finding that shares a word with a cue.
    fn of(&self, cue: &Range<usize>) -> Option<&'a Found> {
        let index = self.by_cue[cue.clone()].iter().flatten().min()?;
        self.found.get(*index as usize)
    }
}

/// Reads an article's attributions, none in another's content. `rules`: what the rules found.
/// `silent`: cues that say nothing, whatever the judge thinks. With the attributions come the
/// tokens that were not judged.
pub(super) fn judge(
    language: &Language<'_>,
    rules: &[Found],
    silent: impl Fn(&Range<usize>) -> bool,
) -> (Vec<Found>, Vec<Range<usize>>) {
    let network = Network::english();
    let ruled: Vec<Ruled<'_>> = rules.iter().map(Ruled).collect();
    let features = features(language, &ruled, &network.relations);
    let rules = Rules::new(rules, language.tokens.len());
    let (mut judged, mut left_out) = (Vec::new(), Vec::new());
    for sentences in stretches(language) {
        let tokens = language.sentences[sentences.start].tokens.start
            ..language.sentences[sentences.end - 1].tokens.end;
        if tokens.len() > LONGEST {
            left_out.push(tokens);
        } else {
            stretch(language, network, &features, &rules, sentences, tokens, &mut judged);
        }
    }
    judged
        .sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.cue.start.cmp(&b.cue.start)));
    let mut taken = vec![false; language.tokens.len()];
    let mut out = Vec::new();
    for item in judged {
        let free = !item.cue.clone().any(|t| taken[t]);
        let says = free && !item.content.is_empty() && !silent(&item.cue);
        if item.confidence < LEAST || !says {
            continue;
        }
        for &t in &item.content {
            taken[t] = true;
        }
        let rule = rules.of(&item.cue);
        out.push(Found {
            source: item.source,
            cue: Some(item.cue),
            content: runs(&item.content),
            frame: rule.map_or(Frame::Learnt, |r| r.frame),
            class: rule.and_then(|r| r.class),
            continues: None,
            relayed: None,
            confidence: item.confidence,
        });
    }
    (out, left_out)
}

/// Ranges of sentences that are judged together.
fn stretches(language: &Language<'_>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (i, sentence) in language.sentences.iter().enumerate() {
        let opens = i > 0 && language.sentences[i - 1].paragraph != sentence.paragraph;
        // A paragraph that never ends is cut all the same.
        if tokens >= STRETCH && (opens || tokens >= 2 * STRETCH) {
            out.push(start..i);
            (start, tokens) = (i, 0);
        }
        tokens += sentence.tokens.len();
    }
    out.push(start..language.sentences.len());
    out.retain(|r| !r.is_empty());
    out
}

fn stretch(
    language: &Language<'_>,
    network: &Network,
    features: &Features,
    rules: &Rules<'_>,
    sentences: Range<usize>,
    tokens: Range<usize>,
    judged: &mut Vec<Judged>,
) {
    let width = Core::english().width();
    let computed;
    let states = if let Some(kept) = language.states.of(tokens.clone()) {
        ArrayView2::from_shape((tokens.len(), width), kept).ok()
    } else {
        computed = Core::english().encode(language, sentences);
        Some(computed.view())
    };
    let Some(states) = states else { return };
    let first = network.first(features, tokens.clone(), &states);
    let candidates = candidates(&first, rules.found, &tokens);
    for cues in candidates.chunks(TOGETHER) {
        let reaches: Vec<Vec<Place>> =
            cues.iter().map(|c| places(language, network, features, rules, c, &tokens)).collect();
        for ((cue, reach), second) in
            cues.iter().zip(&reaches).zip(network.second(&first, &reaches))
        {
            let begins = first.cue[cue.start - tokens.start][1];
            let start = reach.first().map_or(0, |p| p.token) + tokens.start;
            judged.push(verdict(network, cue, begins, start, &second));
        }
    }
}

/// The cues to judge, in order: the network's own, and the rules' where it has none.
fn candidates(first: &First, rules: &[Found], tokens: &Range<usize>) -> Vec<Range<usize>> {
    let own = decode::cues(&first.cue, CANDIDATE);
    let mut out: Vec<Range<usize>> =
        own.into_iter().map(|r| r.start + tokens.start..r.end + tokens.start).collect();
    let mut taken = vec![false; tokens.len()];
    for t in out.iter().cloned().flatten() {
        taken[t - tokens.start] = true;
    }
    for cue in rules.iter().filter_map(|r| r.cue.as_ref()) {
        let inside = !cue.is_empty() && tokens.start <= cue.start && cue.end <= tokens.end;
        if inside && !cue.clone().any(|t| taken[t - tokens.start]) {
            for t in cue.clone() {
                taken[t - tokens.start] = true;
            }
            out.push(cue.clone());
        }
    }
    out.sort_by_key(|c| c.start);
    out
}

fn places(
    language: &Language<'_>,
    network: &Network,
    features: &Features,
    rules: &Rules<'_>,
    cue: &Range<usize>,
    stretch: &Range<usize>,
) -> Vec<Place> {
    let reach = reach::reach(language, &features.mark, cue);
    let reach = reach.start.max(stretch.start)..reach.end.min(stretch.end);
    let kinds = network.relations.len();
    let relations = reach::relations(language, &features.relation, kinds, cue, &reach);
    let mut by_rule = vec![0u8; reach.len()];
    let rule = rules.of(cue);
    if let Some(rule) = rule {
        Ruled(rule).mark(&mut by_rule, reach.start);
    }
    let sentence = |t: usize| language.tokens[t].sentence;
    let paragraph = |t: usize| language.sentences[language.tokens[t].sentence].paragraph;
    // Steps from the cue's own, cut at so many to each side.
    let steps = |at: usize, own: usize, most: usize| (at + most).saturating_sub(own).min(2 * most);
    let (own_sentence, own_paragraph) = (sentence(cue.start), paragraph(cue.start));
    reach
        .clone()
        .map(|t| {
            let i = t - reach.start;
            let in_cue = cue.contains(&t);
            Place {
                token: t - stretch.start,
                in_cue,
                rows: [
                    usize::from(by_rule[i]),
                    usize::from(rule.is_some()),
                    usize::from(in_cue),
                    reach::offset(t, cue.start),
                    steps(paragraph(t), own_paragraph, 2),
                    relations[i],
                    steps(sentence(t), own_sentence, 4),
                ],
            }
        })
        .collect()
}

fn verdict(
    network: &Network,
    cue: &Range<usize>,
    begins: f32,
    start: usize,
    second: &Second,
) -> Judged {
    let (source, source_chance) = decode::source(&second.scores, second.nobody);
    let source = source.map(|r| r.start + start..r.end + start);
    let mut content = decode::content(&second.scores);
    content.retain(|t| {
        let t = t + start;
        !cue.contains(&t) && !source.as_ref().is_some_and(|s| s.contains(&t))
    });
    let inside = |t: &usize| 1.0 / (1.0 + libm::expf(-second.scores[*t][0]));
    let sure = content.iter().map(inside).sum::<f32>() / content.len().max(1) as f32;
    let content = content.into_iter().map(|t| t + start).collect();
    let confidence = confidence(&network.worth, [begins, second.chance, source_chance, sure]);
    Judged { cue: cue.clone(), source, content, confidence }
}

/// A logistic regression on cue, verdict, source and content, fitted on articles that the judge
/// was not trained on.
fn confidence(weights: &[f32], numbers: [f32; 4]) -> f32 {
    let bounded = numbers.map(|x| x.clamp(1e-4, 1.0 - 1e-4));
    let odds = |x: f32| libm::logf(x / (1.0 - x));
    let [cue, verdict, source, content] = bounded;
    let inputs = [1.0, odds(cue), odds(verdict), odds(source), content];
    let sum: f32 = weights.iter().zip(inputs).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + libm::expf(-sum))
}

/// Ascending tokens as ranges.
pub(super) fn runs(tokens: &[usize]) -> Vec<Range<usize>> {
    tokens.chunk_by(|a, b| a + 1 == *b).map(|run| run[0]..run[run.len() - 1] + 1).collect()
}
