//! How well linking finds the truth of a made corpus, beside what simple means find.
#![expect(clippy::format_push_string, reason = "a report of a few lines")]

use std::collections::{BTreeMap, BTreeSet};

use sayso_link::{Classes, NameTables, Report, Voice, origins, questions, speakers};
use sayso_model::{SpeakerKind, Statement};
use sayso_statement::Tables;

use super::world::{Made, Size, Truth, World};

/// Articles that are scored. Likeness of all pairs, one of the baselines, is quadratic.
const ARTICLES: usize = 3000;

/// Scores linking on three made corpora.
///
/// # Errors
/// In words, when a shipped table is broken.
pub(crate) fn run(seed: u64) -> Result<String, String> {
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let names = NameTables::english().map_err(|e| e.to_string())?;
    let classes = Classes::from(&tables.packs);
    let mut said = String::from("seed  what       means             precision  recall     F1\n");
    for seed in seed..seed + 3 {
        let size = Size { people: 700, events: 500, sayings_a_day: 40, statements_an_article: 2 };
        let made: Vec<Made> = World::new(seed, size).take(ARTICLES).collect();
        let corpus = Corpus::new(&made);
        for (what, means, score) in corpus.scores(&classes, &names) {
            said += &format!(
                "{seed:<5} {what:<10} {means:<17} {:>9.3} {:>7.3} {:>6.3}\n",
                score.0,
                score.1,
                f1(score)
            );
        }
        said += &format!(
            "{seed:<5} {} articles, {} statements, {} questions, {} sayings\n",
            made.len(),
            corpus.statements.len(),
            corpus.count(|t| t.question),
            corpus.count(|t| t.saying)
        );
    }
    Ok(said)
}

fn f1((precision, recall): (f64, f64)) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

struct Corpus<'a> {
    statements: Vec<&'a Statement>,
    truth: Vec<&'a Truth>,
}

type Score = (f64, f64);

impl<'a> Corpus<'a> {
    fn new(made: &'a [Made]) -> Self {
        Self {
            statements: made.iter().flat_map(|m| &m.statements).collect(),
            truth: made.iter().flat_map(|m| &m.truth).collect(),
        }
    }

    fn count(&self, of: impl Fn(&Truth) -> usize) -> usize {
        self.truth.iter().map(|truth| of(truth)).collect::<BTreeSet<_>>().len()
    }

    fn scores(
        &self,
        classes: &Classes,
        names: &NameTables,
    ) -> Vec<(&'static str, &'static str, Score)> {
        let people: Vec<usize> =
            (0..self.truth.len()).filter(|i| self.truth[*i].person.is_some()).collect();
        let who = numbers(people.iter().map(|i| self.truth[*i].person.unwrap_or_default()));
        let voices: Vec<Voice> = people.iter().map(|i| voice(self.statements[*i])).collect();
        let linked = numbers(speakers(&voices, names));
        let strings = numbers(voices.iter().map(|voice| &voice.name));
        let alike = likeness(&voices.iter().map(|v| tokens(&v.name)).collect::<Vec<_>>());

        let records: Vec<Statement> = self.statements.iter().map(|s| (*s).clone()).collect();
        let asked = questions(&records, classes);
        let of = numbers(self.truth.iter().map(|truth| truth.question));
        let bears = main_questions(&self.statements, &asked);
        let event = |s: &Statement| {
            let event = s.event.as_ref();
            let name = |e: Option<&sayso_model::Entity>| e.map(|e| e.name.clone());
            event.map(|e| (e.class.clone(), name(e.actor.as_ref()), name(e.target.as_ref())))
        };
        let same_words = numbers(self.statements.iter().map(|s| event(s)));
        let contents: Vec<BTreeSet<String>> =
            self.statements.iter().map(|s| tokens(&text(s))).collect();
        let like = likeness(&contents);

        let all_voices: Vec<Voice> = self.statements.iter().map(|s| voice(s)).collect();
        let ids = speakers(&all_voices, names);
        let reports: Vec<Report> = self
            .statements
            .iter()
            .zip(ids)
            .map(|(s, id)| Report::of(s, Some(id), None, names))
            .collect();
        let mut origin_of: BTreeMap<String, usize> = BTreeMap::new();
        for (i, origin) in origins(&reports).into_iter().enumerate() {
            origin_of.extend(origin.statements.into_iter().map(|s| (s, i)));
        }
        let traced: Vec<usize> = self.statements.iter().map(|s| origin_of[&s.id]).collect();
        // One holder is one origin however often they speak; of whom nobody names, each saying is one.
        let source = |truth: &&Truth| truth.person.ok_or(truth.saying);
        let sayings = numbers(self.truth.iter().map(source));
        let runs: Vec<BTreeSet<String>> = self.statements.iter().map(|s| runs(&text(s))).collect();
        let copies = likeness(&runs);
        let held = numbers(self.statements.iter().map(|s| {
            (s.speaker.as_ref().map(|s| s.name.clone()), s.article.published.clone(), event(s))
        }));
        vec![
            ("speakers", "sayso", b_cubed(&linked, &who)),
            ("speakers", "equal strings", b_cubed(&strings, &who)),
            ("speakers", "Jaccard of words", b_cubed(&alike, &who)),
            ("questions", "sayso", b_cubed(&bears, &of)),
            ("questions", "equal strings", b_cubed(&same_words, &of)),
            ("questions", "Jaccard of words", b_cubed(&like, &of)),
            ("origins", "sayso", pairwise(&traced, &sayings)),
            ("origins", "equal strings", pairwise(&held, &sayings)),
            ("origins", "Jaccard of runs", pairwise(&copies, &sayings)),
        ]
    }
}

fn voice(statement: &Statement) -> Voice {
    let speaker = statement.speaker.as_ref();
    Voice {
        id: speaker.map(|s| s.id.clone()).unwrap_or_default(),
        name: speaker.map(|s| s.name.clone()).unwrap_or_default(),
        kind: speaker.map_or(SpeakerKind::Author, |s| s.kind),
        role: speaker.and_then(|s| s.role.clone()),
        context: sayso_link::context(statement),
    }
}

fn text(statement: &Statement) -> String {
    statement.content.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The question with most statements among those that a statement bears on; one of its own where
/// it bears on none.
fn main_questions(statements: &[&Statement], asked: &[sayso_model::Question]) -> Vec<usize> {
    let mut main: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (number, question) in asked.iter().enumerate() {
        for bearing in &question.bearings {
            let size = question.bearings.len();
            let best = main.entry(&bearing.statement).or_insert((size, number));
            if size > best.0 {
                *best = (size, number);
            }
        }
    }
    let alone = asked.len();
    statements
        .iter()
        .enumerate()
        .map(|(i, s)| main.get(s.id.as_str()).map_or(alone + i, |(_, number)| *number))
        .collect()
}

/// Equal things get equal numbers.
fn numbers<T: Ord>(things: impl IntoIterator<Item = T>) -> Vec<usize> {
    let mut known: BTreeMap<T, usize> = BTreeMap::new();
    let mut numbers = Vec::new();
    for thing in things {
        let next = known.len();
        numbers.push(*known.entry(thing).or_insert(next));
    }
    numbers
}

fn tokens(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn runs(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(4).map(|run| run.join(" ")).collect()
}

/// The first of a cluster.
fn find(root: &[usize], mut of: usize) -> usize {
    while root[of] != of {
        of = root[of];
    }
    of
}

/// Clusters by a Jaccard likeness of at least a half, chained.
fn likeness(sets: &[BTreeSet<String>]) -> Vec<usize> {
    let words: Vec<Vec<usize>> = {
        let mut known: BTreeMap<&String, usize> = BTreeMap::new();
        sets.iter()
            .map(|set| {
                let mut numbers: Vec<usize> = set
                    .iter()
                    .map(|word| {
                        let next = known.len();
                        *known.entry(word).or_insert(next)
                    })
                    .collect();
                numbers.sort_unstable();
                numbers
            })
            .collect()
    };
    let mut root: Vec<usize> = (0..sets.len()).collect();
    for i in 0..sets.len() {
        for j in 0..i {
            let (a, b) = (&words[i], &words[j]);
            if a.is_empty() || b.is_empty() || a.len() * 2 < b.len() || b.len() * 2 < a.len() {
                continue;
            }
            let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
            if shared * 2 >= a.len() + b.len() - shared {
                let (x, y) = (find(&root, i), find(&root, j));
                root[x.max(y)] = x.min(y);
            }
        }
    }
    (0..sets.len()).map(|i| find(&root, i)).collect()
}

/// Precision and recall of the clusters around each element (Bagga and Baldwin 1998).
fn b_cubed(found: &[usize], truth: &[usize]) -> Score {
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    let mut classes: BTreeMap<usize, f64> = BTreeMap::new();
    let mut both: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (f, t) in found.iter().zip(truth) {
        *sizes.entry(*f).or_default() += 1.0;
        *classes.entry(*t).or_default() += 1.0;
        *both.entry((*f, *t)).or_default() += 1.0;
    }
    let n = found.len().max(1) as f64;
    let precision: f64 = both.iter().map(|((f, _), count)| count * count / sizes[f]).sum();
    let recall: f64 = both.iter().map(|((_, t), count)| count * count / classes[t]).sum();
    (precision / n, recall / n)
}

/// Precision and recall over pairs.
fn pairwise(found: &[usize], truth: &[usize]) -> Score {
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let mut sizes: BTreeMap<usize, f64> = BTreeMap::new();
    let mut classes: BTreeMap<usize, f64> = BTreeMap::new();
    let mut both: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (f, t) in found.iter().zip(truth) {
        *sizes.entry(*f).or_default() += 1.0;
        *classes.entry(*t).or_default() += 1.0;
        *both.entry((*f, *t)).or_default() += 1.0;
    }
    let right: f64 = both.values().map(|n| pairs(*n)).sum();
    let said: f64 = sizes.values().map(|n| pairs(*n)).sum();
    let there: f64 = classes.values().map(|n| pairs(*n)).sum();
    (if said == 0.0 { 1.0 } else { right / said }, if there == 0.0 { 1.0 } else { right / there })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_those_of_the_books() {
        // Two of three together, the third apart; truly all are one.
        let (precision, recall) = b_cubed(&[1, 1, 2], &[7, 7, 7]);
        assert!((precision - 1.0).abs() < 1e-9 && (recall - 5.0 / 9.0).abs() < 1e-9);
        let (precision, recall) = pairwise(&[1, 1, 1], &[7, 7, 8]);
        assert!((precision - 1.0 / 3.0).abs() < 1e-9 && (recall - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_same_seed_makes_the_same_corpus() {
        let size = Size { people: 50, events: 20, sayings_a_day: 5, statements_an_article: 2 };
        let texts = |seed| {
            World::new(seed, size).take(40).map(|made| made.article.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(7), texts(7));
        assert_ne!(texts(7), texts(8));
    }

    #[test]
    fn linking_finds_more_than_equal_strings_do() {
        let size = Size { people: 120, events: 60, sayings_a_day: 20, statements_an_article: 2 };
        let made: Vec<Made> = World::new(11, size).take(400).collect();
        let names = NameTables::english().unwrap();
        let classes = Classes::from(&Tables::english().unwrap().packs);
        let scores = Corpus::new(&made).scores(&classes, &names);
        let score = |what: &str, means: &str| {
            let found = scores.iter().find(|(w, m, _)| *w == what && *m == means);
            f1(found.expect("every score is there").2)
        };
        for (what, bar) in [("speakers", 0.93), ("questions", 0.90), ("origins", 0.90)] {
            let ours = score(what, "sayso");
            assert!(ours >= bar, "{what}: {ours}");
            assert!(ours > score(what, "equal strings"), "{what}: {ours}");
        }
    }
}
