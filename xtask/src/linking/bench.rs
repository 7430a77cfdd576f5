//! How a large ledger behaves: filled from the made corpus, then asked.
#![expect(clippy::format_push_string, reason = "a report of a few lines")]

use std::{fs, path::Path, time::Instant};

use sayso_ledger::{Ledger, Query};
use sayso_link::Classes;
use sayso_statement::Tables;

use super::{
    random::Random,
    world::{Made, Size, World},
};

/// Articles between two turns of linking, as the command's batches have.
const TURN: usize = 1000;
/// Questions asked of each sort.
const ASKED: usize = 200;
const NOW: &str = "2031-01-01T00:00:00Z";

/// Fills a ledger at `path`, which must not exist, with `articles` articles of ten statements.
///
/// # Errors
/// In words, when the ledger fails.
pub(crate) fn run(articles: usize, path: &Path) -> Result<String, String> {
    if path.exists() {
        return Err(format!("{} exists. Name a file that does not.", path.display()));
    }
    let told = |error: sayso_ledger::LedgerError| format!("{error} {}", error.hint());
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let classes = Classes::from(&tables.packs);
    let mut world = World::new(1, SIZE);
    let mut said = String::new();
    let mut ledger = Ledger::open(path).map_err(told)?;
    let (mut adding, mut linking, mut statements) = (0.0, 0.0, 0);
    let mut done = 0;
    while done < articles {
        let made: Vec<Made> = world.by_ref().take(TURN.min(articles - done)).collect();
        done += made.len();
        statements += made.iter().map(|m| m.statements.len()).sum::<usize>();
        adding += seconds(|| add(&mut ledger, &made))?;
        linking += seconds(|| ledger.relink(&classes, NOW).map(drop).map_err(told))?;
        if done % 10_000 == 0 {
            let used = processor();
            println!(
                "{done} articles: {adding:.0} s adding, {linking:.0} s linking, {used:.0} s of the processor"
            );
        }
    }
    said += &format!(
        "{articles} articles, {statements} statements: added in {adding:.0} s, linked in {linking:.0} s: {:.0} articles a minute\n",
        articles as f64 * 60.0 / (adding + linking)
    );
    let (more, told) = hundred_more(&mut ledger, &classes, &mut world)?;
    statements += more;
    said += &told;
    drop(ledger);
    let bytes = fs::metadata(path).map_err(|e| e.to_string())?.len();
    said += &format!(
        "file: {:.0} MB, {:.0} bytes a statement\n",
        bytes as f64 / 1e6,
        bytes as f64 / statements.max(1) as f64
    );

    said += &ask(path, articles)?;
    Ok(said)
}

/// Adds a hundred articles more to a ledger that [`run`] filled, which is changed by it.
///
/// # Errors
/// In words, when the ledger fails.
pub(crate) fn more(path: &Path) -> Result<String, String> {
    let told = |error: sayso_ledger::LedgerError| format!("{error} {}", error.hint());
    let tables = Tables::english().map_err(|e| e.to_string())?;
    let mut ledger = Ledger::open_existing(path).map_err(told)?;
    let known = ledger.counts().map_err(told)?.articles;
    let mut world = World::new(1, SIZE);
    world.by_ref().take(known).for_each(drop);
    Ok(hundred_more(&mut ledger, &Classes::from(&tables.packs), &mut world)?.1)
}

/// How many statements a hundred articles more had, and how long it took to add and link them.
fn hundred_more(
    ledger: &mut Ledger,
    classes: &Classes,
    world: &mut World,
) -> Result<(usize, String), String> {
    let hundred: Vec<Made> = world.take(100).collect();
    let took = both(|| {
        add(ledger, &hundred)?;
        ledger.relink(classes, NOW).map(drop).map_err(|error| format!("{error} {}", error.hint()))
    })?;
    let statements = hundred.iter().map(|made| made.statements.len()).sum();
    let told = format!("100 more articles: {:.2} s, {:.2} s of the processor\n", took.0, took.1);
    Ok((statements, told))
}

const SIZE: Size =
    Size { people: 20_000, events: 12_000, sayings_a_day: 1500, statements_an_article: 10 };

/// Asks a ledger that [`run`] filled with `articles` articles: for some of its statements, pages and
/// counts by two fields that each has, and its question.
///
/// # Errors
/// In words, when the ledger fails.
pub(crate) fn ask(path: &Path, articles: usize) -> Result<String, String> {
    let told = |error: sayso_ledger::LedgerError| format!("{error} {}", error.hint());
    let mut said = String::new();
    let size = SIZE;
    let ledger = Ledger::open_existing(path).map_err(told)?;
    let mut random = Random::new(7);
    let mut asked: Vec<([(&str, Query); 5], String)> = Vec::new();
    for made in World::new(1, size).step_by((articles / ASKED).max(1)).take(ASKED) {
        let one = &made.statements[random.below(made.statements.len())];
        let query = |speaker: bool, place: bool, event: bool, outlet: bool| Query {
            speaker: one.speaker.as_ref().filter(|_| speaker).map(|s| s.name.clone()),
            place: one.places.first().filter(|_| place).map(|p| p.name.clone()),
            event: one.event.as_ref().filter(|_| event).map(|e| e.class.clone()),
            outlet: made.article.outlet.clone().filter(|_| outlet),
            ..Query::default()
        };
        let words = one.event.as_ref().and_then(|e| e.target.as_ref()).map(|t| t.name.clone());
        let before = made.article.published.as_ref().map(|p| p.date);
        asked.push((
            [
                ("speaker and event", query(true, false, true, false)),
                ("place and event", query(false, true, true, false)),
                ("event and outlet", query(false, false, true, true)),
                (
                    "words and outlet",
                    Query {
                        words: words.into_iter().collect(),
                        ..query(false, false, false, true)
                    },
                ),
                ("event and before", Query { before, ..query(false, false, true, false) }),
            ],
            one.id.clone(),
        ));
    }
    let mut names: Vec<String> = Vec::new();
    let mut times: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut note = |name: String, took: (f64, f64)| {
        let at = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            times.push(Vec::new());
            names.len() - 1
        });
        times[at].push(took);
    };
    for (queries, id) in &asked {
        for (name, query) in queries {
            let took = both(|| ledger.find(query).map(drop).map_err(told))?;
            note(format!("find, {name}"), took);
            let took = both(|| ledger.facets(query).map(drop).map_err(told))?;
            note(format!("facets, {name}"), took);
        }
        let Some(question) = ledger.questions_of(id).map_err(told)?.into_iter().next() else {
            continue;
        };
        let took = both(|| ledger.question(&question).map(drop).map_err(told))?;
        note("question".to_owned(), took);
        let took = both(|| ledger.compare(&question).map(drop).map_err(told))?;
        note("compare".to_owned(), took);
    }
    for (name, times) in names.into_iter().zip(times) {
        let at = |share: f64, of: fn(&(f64, f64)) -> f64| {
            let mut sorted: Vec<f64> = times.iter().map(of).collect();
            sorted.sort_by(f64::total_cmp);
            let at = (sorted.len() as f64 * share) as usize;
            sorted.get(at).copied().unwrap_or(0.0) * 1e3
        };
        said += &format!(
            "{name}: median {:.1} ms, p95 {:.1} ms; of the processor {:.1} and {:.1} ms ({} asked)\n",
            at(0.5, |t| t.0),
            at(0.95, |t| t.0),
            at(0.5, |t| t.1),
            at(0.95, |t| t.1),
            times.len()
        );
    }
    let memory = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(line) = memory.lines().find(|line| line.starts_with("VmHWM")) {
        said +=
            &format!("peak memory, with the generator's: {}\n", line.replace("VmHWM:", "").trim());
    }
    Ok(said)
}

fn add(ledger: &mut Ledger, made: &[Made]) -> Result<(), String> {
    for one in made {
        ledger.add(&one.article, &one.statements, NOW).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Seconds on the wall and on the processor: a busy machine moves the first.
fn both(work: impl FnOnce() -> Result<(), String>) -> Result<(f64, f64), String> {
    let before = processor();
    let wall = seconds(work)?;
    Ok((wall, processor() - before))
}

/// Seconds that this thread has had of the processor, where the system tells.
fn processor() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn seconds(work: impl FnOnce() -> Result<(), String>) -> Result<f64, String> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed().as_secs_f64())
}
