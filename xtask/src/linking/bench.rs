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
    let hundred: Vec<Made> = world.by_ref().take(100).collect();
    let more = both(|| {
        add(&mut ledger, &hundred)?;
        ledger.relink(&classes, NOW).map(drop).map_err(told)
    })?;
    said += &format!("100 more articles: {:.2} s, {:.2} s of the processor\n", more.0, more.1);
    statements += hundred.iter().map(|m| m.statements.len()).sum::<usize>();
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

const SIZE: Size =
    Size { people: 20_000, events: 12_000, sayings_a_day: 1500, statements_an_article: 10 };

/// Asks a ledger that [`run`] filled with `articles` articles.
///
/// # Errors
/// In words, when the ledger fails.
pub(crate) fn ask(path: &Path, articles: usize) -> Result<String, String> {
    let told = |error: sayso_ledger::LedgerError| format!("{error} {}", error.hint());
    let mut said = String::new();
    let size = SIZE;
    let ledger = Ledger::open_existing(path).map_err(told)?;
    let mut random = Random::new(7);
    let mut asked: Vec<(String, String, String)> = Vec::new();
    for made in World::new(1, size).step_by((articles / ASKED).max(1)).take(ASKED) {
        let one = &made.statements[random.below(made.statements.len())];
        let speaker = one.speaker.as_ref().map(|s| s.name.clone()).unwrap_or_default();
        let class = one.event.as_ref().map(|e| e.class.clone()).unwrap_or_default();
        asked.push((speaker, class, one.id.clone()));
    }
    let mut times: [Vec<(f64, f64)>; 4] = [const { Vec::new() }; 4];
    for (speaker, class, id) in &asked {
        let query = Query {
            speaker: Some(speaker.clone()),
            event: Some(class.clone()),
            ..Query::default()
        };
        times[0].push(both(|| ledger.find(&query).map(drop).map_err(told))?);
        times[1].push(both(|| ledger.facets(&query).map(drop).map_err(told))?);
        let Some(question) = ledger.questions_of(id).map_err(told)?.into_iter().next() else {
            continue;
        };
        times[2].push(both(|| ledger.question(&question).map(drop).map_err(told))?);
        times[3].push(both(|| ledger.compare(&question).map(drop).map_err(told))?);
    }
    let names = ["find, two fields", "facets of it", "question", "compare"];
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
