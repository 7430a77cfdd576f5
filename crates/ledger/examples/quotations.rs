//! How fast the quotations of a draft are checked against a large ledger: makes one of invented
//! articles, and asks for forty quotations (twenty true, ten with a word altered, ten invented).
//! Deterministic.
//!
//! `cargo run --release -p sayso-ledger --example quotations -- 1000000 /tmp/large.db`
//!
//! Words are drawn as a language draws them: the n-th most frequent in proportion to 1/n. A ledger that
//! is there already is asked and not filled.
#![expect(clippy::print_stdout, reason = "a program that measures")]

use std::{path::Path, time::Instant};

use sayso_ledger::{DraftQuotation, Incoming, Ledger};
use sayso_model::{
    Article, ArticleRef, CodePoints, Kind, Polarity, PrintedSpan, Published, SCHEMA, Span, Speaker,
    SpeakerKind, Speech, Statement,
};

const NOW: &str = "2031-05-01T08:00:00Z";
const STATEMENTS_PER_ARTICLE: usize = 20;
const ARTICLES_PER_BATCH: usize = 200;
const WORDS_PER_QUOTATION: usize = 14;
/// There are 2 to the power of this many words.
const VOCABULARY_BITS: usize = 16;

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    /// Every octave of ranks is as likely as any other.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so",
            "tu", "va",
        ];
        let octave = 1_usize << self.below(VOCABULARY_BITS);
        let mut rank = octave + self.below(octave);
        let mut word = String::new();
        while rank > 0 {
            word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
        }
        word
    }

    fn sentence(&mut self) -> String {
        (0..WORDS_PER_QUOTATION).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn article(number: usize, chance: &mut Chance) -> (Article, Vec<Statement>) {
    let said: Vec<String> = (0..STATEMENTS_PER_ARTICLE).map(|_| chance.sentence()).collect();
    let text =
        said.iter().fold(String::new(), |text, words| text + "“" + words + ",” Ada Quill said.\n");
    let mut article = Article::of_text(&format!("a{number}"), &text);
    article.published = Some(Published::day(jiff::civil::date(2031, 4, 3)));
    let points = CodePoints::new(&text);
    let mut at = 0;
    let statements = said.iter().map(|words| {
        let start = at + '“'.len_utf8();
        let content = points.print(&text, Span::new(start, start + words.len()));
        let cue = text[at..].find("said").map_or(at, |cue| at + cue);
        at = cue + "said.\n".len();
        statement(&article, content, points.print(&text, Span::new(cue, cue + 4)))
    });
    let statements = statements.collect();
    (article, statements)
}

fn statement(article: &Article, content: PrintedSpan, cue: PrintedSpan) -> Statement {
    Statement {
        schema: SCHEMA,
        id: sayso_model::statement_id(&article.id, &[cue.span()], &[content.span()]),
        article: ArticleRef::from(article),
        speaker: Some(Speaker {
            id: Speaker::id_of(SpeakerKind::Person, "Ada Quill", &article.id),
            name: "Ada Quill".to_owned(),
            kind: SpeakerKind::Person,
            role: None,
            confidence: Some(1.0),
            candidates: Vec::new(),
            mention: None,
        }),
        chain: Vec::new(),
        source: Vec::new(),
        cue: vec![cue],
        content: vec![content],
        said: None,
        speech: Speech::Direct,
        kind: Kind::Report,
        polarity: Polarity::Yes,
        certainty: None,
        condition: None,
        window: None,
        places: Vec::new(),
        quantities: Vec::new(),
        event: None,
        drift: Vec::new(),
        confidence: 0.9,
        extractor: "made".to_owned(),
    }
}

fn fill(path: &Path, statements: usize) {
    let mut ledger = Ledger::open(path).expect("the ledger can be made");
    let mut chance = Chance(1);
    let articles = statements.div_ceil(STATEMENTS_PER_ARTICLE);
    for first in (0..articles).step_by(ARTICLES_PER_BATCH) {
        let numbers = first..(first + ARTICLES_PER_BATCH).min(articles);
        let batch = numbers.map(|number| {
            let (article, statements) = article(number, &mut chance);
            Incoming { article: Box::new(article), statements, evidence: None, origin: None }
        });
        ledger.take(batch.collect(), None, NOW).expect("articles can be added");
        if first % 5000 == 0 {
            println!("{first} articles");
        }
    }
}

/// Forty quotations and the verdicts that they must get.
fn forty(statements: usize) -> Vec<(String, &'static str)> {
    let (mut chance, mut forty) = (Chance(1), Vec::new());
    let articles = statements.div_ceil(STATEMENTS_PER_ARTICLE);
    let step = (articles / 30).max(1);
    for number in 0..articles {
        let (_, said) = article(number, &mut chance);
        if number % step != 0 || forty.len() >= 30 {
            continue;
        }
        let words = said[number % said.len()].content[0].text.clone();
        let altered = forty.len() >= 20;
        let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        if altered {
            let at = forty.len() % words.len();
            words[at] = chance.word() + "x";
        }
        forty.push((words.join(" "), if altered { "altered" } else { "found" }));
    }
    let mut other = Chance(77);
    forty.extend((0..10).map(|_| (other.sentence(), "not_found")));
    forty
}

/// Seconds of the processor that this program has used, where the system tells.
fn processor() -> Option<f64> {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after) = stat.rsplit_once(')')?;
    let field = |n: usize| after.split_whitespace().nth(n)?.parse::<f64>().ok();
    Some((field(11)? + field(12)?) / TICKS_PER_SECOND)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let statements: usize =
        arguments.next().and_then(|n| n.parse().ok()).expect("first: how many statements");
    let path = arguments.next().expect("second: the ledger's file");
    let path = Path::new(&path);
    if !path.exists() {
        fill(path, statements);
    }
    let forty = forty(statements);
    let asked: Vec<DraftQuotation<'_>> = forty
        .iter()
        .map(|(words, _)| DraftQuotation { words, speaker: Some("Ada Quill") })
        .collect();
    for round in ["first", "again"] {
        #[expect(clippy::disallowed_methods, reason = "a program that measures")]
        let began = Instant::now();
        let used = processor();
        let ledger = Ledger::open_existing(path).expect("the ledger can be opened");
        let checked = ledger.check_quotations(&asked).expect("quotations can be checked");
        let took = began.elapsed().as_secs_f64();
        let right =
            checked.iter().zip(&forty).filter(|(one, (_, due))| one.verdict.word() == *due).count();
        let used = processor().zip(used).map_or(0.0, |(now, before)| now - before);
        println!(
            "{round}: {right} of {} right in {took:.2} s, {used:.2} s of the processor",
            forty.len()
        );
    }
}
