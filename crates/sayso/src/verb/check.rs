//! `sayso check`: the quotations of a draft, looked up in the ledger word for word.

use std::io::{self, Write};

use sayso_ledger::{
    DraftQuotation, Ledger, ParaphraseCheck, ParaphraseDrift, QuotationCheck, QuotationSource,
    QuotationVerdict,
};
use sayso_model::{Article, PrintedSpan};
use serde::Serialize;

use super::sources::{Tally, named, options};
use crate::{
    cli::{Check, Format},
    draft::{self, Draft},
    error::{CommandError, ErrorKind},
    format::{Cell, Column, GAP, Ink, List, chosen, row},
    input::{self, Outcome},
    interrupt,
    screen::{Screen, count, one_line},
    wording,
};

/// Checks the drafts that the flags name.
pub(crate) fn run(flags: &Check, screen: Screen) -> Result<(), CommandError> {
    interrupt::listen();
    let ledger = Ledger::open_existing(&flags.store.ledger)?;
    let format = chosen(flags.output, screen);
    let mut tally = Tally::new(screen);
    let sources = named(&flags.paths, &[], &mut tally);
    let options = options(flags.input_format, None, None);
    let mut out = screen.out();
    let mut list = List::new(format);
    let (mut checked, mut wrong) = (0, 0);
    let ended = input::each(
        &sources,
        &options,
        screen,
        |article, _| draft::read(article),
        |outcome| {
            match outcome {
                Outcome::Failed(words, n) => {
                    out.flush()?;
                    tally.fail_all(&words, n);
                }
                Outcome::Reached(..) => {}
                Outcome::Done(article, draft) => {
                    let report = report(&ledger, &article, &draft)?;
                    checked += report.quotations.len();
                    wrong +=
                        report.quotations.iter().filter(|one| !one.check.verdict.is_fine()).count();
                    if format == Format::Table {
                        table(&mut out, &report, screen)?;
                    } else {
                        list.push(&mut out, &report)?;
                    }
                    tally.note(&article);
                }
            }
            Ok(())
        },
    )?;
    tally.end(ended);
    list.finish(&mut out)?;
    drop(out);
    tally.finish(&format!("{}.", count(checked, "quotation")))?;
    if wrong == 0 {
        return Ok(());
    }
    let error = format!(
        "{wrong} of {} {} not in the ledger as the draft has {}.",
        count(checked, "quotation"),
        if wrong == 1 { "is" } else { "are" },
        if wrong == 1 { "it" } else { "them" },
    );
    Err(CommandError::new(ErrorKind::NothingFound, error))
}

/// What was found out about one draft.
#[derive(Serialize)]
struct Report<'a> {
    draft: &'a str,
    quotations: Vec<Checked>,
    paraphrases: Vec<ParaphraseCheck>,
}

/// A quotation with its place in the draft.
#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    check: QuotationCheck,
    span: PrintedSpan,
}

fn report<'a>(
    ledger: &Ledger,
    article: &'a Article,
    draft: &Draft,
) -> Result<Report<'a>, CommandError> {
    let asked: Vec<DraftQuotation<'_>> =
        draft.quotations.iter().map(draft::Quoted::asked).collect();
    let checks = ledger.check_quotations(&asked)?;
    let spans = draft.quotations.iter().map(|quotation| quotation.span.clone());
    let mut paraphrases = Vec::new();
    for statement in &draft.paraphrases {
        paraphrases.extend(ledger.compare_paraphrase(statement)?);
    }
    Ok(Report {
        draft: article.path.as_deref().unwrap_or(&article.key),
        quotations: checks
            .into_iter()
            .zip(spans)
            .map(|(check, span)| Checked { check, span })
            .collect(),
        paraphrases,
    })
}

/// Columns of the verdict.
const VERDICT: usize = 15;

fn table(out: &mut impl Write, report: &Report<'_>, screen: Screen) -> io::Result<()> {
    let wide = screen.width.saturating_sub(VERDICT + GAP);
    let mut title = Cell::default();
    title.line(Ink::Strong, one_line(report.draft));
    row(out, 0, &[Column(screen.width)], &[title])?;
    let mut line = |verdict: Cell, words: Cell| {
        row(out, 0, &[Column(VERDICT), Column(wide)], &[verdict, words])
    };
    for Checked { check, .. } in &report.quotations {
        let (mut verdict, mut words) = (Cell::default(), Cell::default());
        let ink = if check.verdict.is_fine() { Ink::Plain } else { Ink::Hedge };
        verdict.line(ink, printed(check.verdict));
        words.line(Ink::Plain, format!("“{}”", one_line(&check.quotation)));
        if check.verdict == QuotationVerdict::OtherSpeaker
            && let Some(speaker) = &check.speaker
        {
            words.line(Ink::Hedge, format!("the draft gives it to {}", one_line(speaker)));
        }
        for source in &check.sources {
            if !source.difference.is_empty() {
                words.line(Ink::Hedge, difference(source));
            }
            words.line(Ink::Faint, origin(source));
        }
        line(verdict, words)?;
    }
    for check in &report.paraphrases {
        let (mut verdict, mut words) = (Cell::default(), Cell::default());
        let (ink, told) = match check.drift {
            ParaphraseDrift::Same => continue,
            ParaphraseDrift::Surer => (Ink::Hedge, "△ surer"),
            ParaphraseDrift::LessSure => (Ink::Hedge, "△ less sure"),
            ParaphraseDrift::Opposite => (Ink::Hedge, "△ opposite"),
        };
        verdict.line(ink, told);
        let (own, quoted) = (&check.paraphrase, &check.quotation);
        let sure = |statement: &sayso_model::Statement| {
            statement.certainty.as_ref().map_or_else(|| "no hedge".to_owned(), wording::certainty)
        };
        words.line(Ink::Plain, format!("{} ({})", wording::words(own), sure(own)));
        let who = wording::speaker(quoted.speaker.as_ref());
        words.line(Ink::Plain, format!("{who}: {} ({})", wording::words(quoted), sure(quoted)));
        words.line(Ink::Faint, place(&quoted.id, &quoted.article));
        line(verdict, words)?;
    }
    writeln!(out)
}

/// The verdict for people.
fn printed(verdict: QuotationVerdict) -> &'static str {
    match verdict {
        QuotationVerdict::Found => "✓ found",
        QuotationVerdict::OtherSpeaker => "≠ other speaker",
        QuotationVerdict::Paraphrase => "≈ paraphrase",
        QuotationVerdict::Altered => "≠ altered",
        QuotationVerdict::NotFound => "✗ not found",
        QuotationVerdict::TooShort => "· too short",
    }
}

/// "We will ⟨fight → hold⟩ until spring".
fn difference(source: &QuotationSource) -> String {
    let side = |words: &str| if words.is_empty() { "·".to_owned() } else { one_line(words) };
    let runs: Vec<String> = source
        .difference
        .iter()
        .map(|run| {
            if run.same {
                one_line(&run.draft)
            } else {
                format!("⟨{} → {}⟩", side(&run.draft), side(&run.article))
            }
        })
        .collect();
    runs.join(" ")
}

/// "Danuta Sorel · The Meridian Times · 2024-03-12 · s1f09c2a · https://…".
fn origin(source: &QuotationSource) -> String {
    let who = source.speaker.as_deref().map_or_else(|| "nobody named".to_owned(), one_line);
    format!("{who} · {}", place(&source.statement, &source.article))
}

fn place(statement: &str, article: &sayso_model::ArticleRef) -> String {
    let outlet = article.outlet.as_deref().map_or_else(|| wording::NO_OUTLET.to_owned(), one_line);
    let id = statement.get(..8).unwrap_or(statement);
    let mut parts = vec![outlet, wording::published(article), id.to_owned()];
    parts.extend(article.url.as_deref().map(one_line));
    parts.join(" · ")
}
