//! Screen 3: one question, what was said on it, and the table that says the same.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use jiff::civil::Date;
use maud::{Markup, html};
use sayso_ledger::{BearingStatement, CompareView, Happening, OutcomeView, QuestionView};
use sayso_model::{OutcomeState, Speech, Stance, Statement};
use sayso_score::{Span, fate, words};

use super::{
    Trouble, compare, ledger, outcome, record,
    timeline::{self, Bar, Row},
};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording::{self, Range},
};

/// Bars of one holder in the picture: the newest. The table has all.
const MAX_BARS: usize = 8;
/// Paraphrases beside quotations that the page shows.
const MAX_DRIFTS: usize = 12;
/// Pairs, changes and origins beside the chart.
const MAX_BESIDE: usize = 3;

/// `/question/{id}`
pub(crate) async fn page(State(pages): State<Pages>, wanted: Wanted) -> Result<Response, Trouble> {
    let id = wanted.id;
    let (view, about) = pages
        .ask(move |ledger| {
            let view = ledger.question(&id)?;
            let id = &view.question.id;
            let about = About {
                outcomes: ledger.outcomes_of(id)?,
                happenings: ledger.happenings(id)?,
                compared: ledger.compare(id)?,
                may_decide: false,
            };
            Ok((view, about))
        })
        .await?;
    let about = About { may_decide: pages.may_review(), ..about };
    twin::answer(
        &pages,
        wanted.form,
        &view,
        || data(&view),
        || {
            let main = shown(&view, &about, pages.today());
            frame::page(&view.question.text, Part::Questions, "", &main)
        },
    )
}

/// The statements with how each bears.
fn data(view: &QuestionView) -> Table {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows = view.statements.iter().map(|said| {
        let mut row = vec![
            said.bearing.stance.word().to_owned(),
            number(said.bearing.low),
            number(said.bearing.high),
            said.origin.clone(),
        ];
        row.extend(twin::statement(&said.statement));
        row
    });
    Table { head: BEARING, rows: rows.collect() }
}

/// The columns of a bearing: its own, then those of its statement.
const BEARING: &[&str] = &{
    let own = ["stance", "chance_low", "chance_high", "origin"];
    let mut columns = [""; 4 + twin::STATEMENT.len()];
    let mut at = 0;
    while at < columns.len() {
        columns[at] = if at < own.len() { own[at] } else { twin::STATEMENT[at - own.len()] };
        at += 1;
    }
    columns
};

/// What the page shows beside the statements.
struct About {
    outcomes: Vec<OutcomeView>,
    happenings: Vec<Happening>,
    compared: CompareView,
    may_decide: bool,
}

fn shown(view: &QuestionView, about: &About, today: Date) -> Markup {
    let question = &view.question;
    let rows = rows(view);
    html! {
        h1 { (question.text) }
        @match &question.criteria {
            Some(criteria) => p.lede { (criteria) },
            None => p.lede { "No criteria are written down for this question yet." },
        }
        p.leading { (leading(view, about, today)) }
        (facts(view, about.compared.comparison.drift.len()))
        (outcome::section(&about.outcomes, about.may_decide))
        @if let Some(picture) = timeline::drawn(&rows, &known(&about.outcomes), today, &question.text) {
            figure.timeline {
                (picture)
                figcaption {
                    (key())
                    p { "Each bar runs from the lowest to the highest chance of yes that the words are read as, from 0 to 100 %. "
                        a href="#said" { "The same as a table" } }
                }
            }
        }
        (beside(&about.compared))
        (family(view, &about.outcomes))
        (drift(&about.compared))
        (table(view, today, about.may_decide))
        (outcome::happenings(&about.happenings))
        (twin::links(&address::link("question", &question.id), "",
            &format!("sayso show {}", twin::argument(&question.text))))
    }
}

/// "Open · next deadline 4 Dec 2031 · 5 independent sources · 3 speakers say yes, 2 say no".
fn leading(view: &QuestionView, about: &About, today: Date) -> String {
    let summary = &view.summary;
    let held = about.outcomes.iter().filter(|one| one.holds).max_by_key(|one| one.outcome.known);
    let deadlines = about.compared.deadlines.iter().filter_map(|deadline| deadline.latest);
    let next = deadlines.clone().filter(|day| *day >= today).min();
    let state = match (held, next, deadlines.max()) {
        (Some(one), ..) => {
            let outcome = &one.outcome;
            format!("Resolved: {}, by {}", outcome.state.word(), outcome.resolver)
        }
        (None, Some(next), _) => format!("Open · next deadline {}", wording::long(next)),
        (None, None, Some(last)) => format!("The last deadline was {}", wording::long(last)),
        (None, None, None) => "No deadline is named".to_owned(),
    };
    let origins = summary.origins as u64;
    let sources = wording::count(origins, "independent source", "independent sources");
    let yes = wording::count(summary.yes.speakers as u64, "speaker says yes", "speakers say yes");
    format!("{state} · {sources} · {yes}, {} no", summary.no.speakers)
}

/// Contradictions, changed minds and origins in short, with the way to all of them.
fn beside(view: &CompareView) -> Markup {
    let said = compare::by_id(view);
    let comparison = &view.comparison;
    let all = address::link("compare", &view.summary.id);
    html! {
        div.beside {
            @if !comparison.contradictions.is_empty() {
                section {
                    h2 { "Contradictions" }
                    @for pair in comparison.contradictions.iter().take(MAX_BESIDE) {
                        div.pair { p { (compare::one(&said, &pair.yes)) } p { (compare::one(&said, &pair.no)) } }
                    }
                    p { a href=(format!("{all}#contradictions")) { "All of them, as a table" } }
                }
            }
            @if !comparison.changes.is_empty() {
                section {
                    h2 { "Changed minds" }
                    @for change in comparison.changes.iter().rev().take(MAX_BESIDE) {
                        div.pair { p { (compare::one(&said, &change.before)) } p { "then " (compare::one(&said, &change.after)) } }
                    }
                }
            }
            section {
                h2 { "Origins" }
                ul.counts { @for origin in view.origins.iter().take(2 * MAX_BESIDE) {
                    li { (origin.holder) " " span.soft { (wording::count(origin.statements.len() as u64, "report", "reports")) } }
                } }
                p { a href=(format!("{all}#origins")) {
                    (compare::independence(view.summary.statements, view.summary.origins)) } }
            }
        }
    }
}

/// The days on which outcomes in force were known, with whether it had happened.
fn known(outcomes: &[OutcomeView]) -> Vec<timeline::Diamond> {
    outcomes
        .iter()
        .filter(|one| one.holds)
        .map(|one| timeline::Diamond {
            day: one.outcome.known,
            happened: one.outcome.state == OutcomeState::True,
            label: format!("{}: {}", one.outcome.resolver, one.outcome.state.word()),
        })
        .collect()
}

/// The deadlines under one event, each with what became of it.
fn family(view: &QuestionView, outcomes: &[OutcomeView]) -> Markup {
    let statements: Vec<&Statement> = view.statements.iter().map(|one| &one.statement).collect();
    let deadlines = sayso_link::deadlines(&view.question.text, &statements);
    let dated: Vec<_> = deadlines.iter().filter(|one| one.latest.is_some()).collect();
    let held = outcomes.iter().filter(|one| one.holds).map(|one| &one.outcome);
    let outcome = held.max_by_key(|outcome| outcome.through);
    let became = |deadline: &sayso_link::Deadline| -> Option<String> {
        let span = Span {
            earliest: None,
            latest: deadline.latest,
            latest_soft: deadline.latest,
            is_vague: false,
        };
        Some(words::fate(fate(outcome?, deadline.earliest.or(deadline.latest)?, span)))
    };
    html! {
        @if dated.len() > 1 || (!dated.is_empty() && outcome.is_some()) {
            section.wide-table aria-labelledby="family" {
                h2 #family { "Deadlines" }
                table {
                    caption.hidden { "The same event by each last day that was named" }
                    thead { tr { th scope="col" { "Asked" } th scope="col" { "Statements" } th scope="col" { "What became of it" } } }
                    tbody {
                        @for deadline in dated {
                            tr {
                                td { (deadline.text) }
                                td.n { (deadline.statements.len()) }
                                td { @match became(deadline) { Some(words) => (words), None => span.soft { "no outcome" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the shapes of the picture mean.
fn key() -> Markup {
    html! {
        ul.key {
            li { svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" { rect.said.quoted.yes x="2" y="1" width="8" height="14" rx="2" {} } " quoted" }
            li { svg viewBox="0 0 12 16" width="12" height="16" aria-hidden="true" { rect.said.paraphrase.yes x="2" y="2" width="8" height="12" rx="2" {} } " paraphrased" }
            li { span.stance.yes aria-hidden="true" { "▲" } " says yes" }
            li { span.stance.no aria-hidden="true" { "▼" } " says no" }
            li { svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true" { rect.window x="0" y="2" width="22" height="12" {} } " when it could come true" }
            li { svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { path.diamond.happened d="M8 1l6 7-6 7-6-7z" {} } " outcome, at the day on which it was known" }
        }
    }
}

fn facts(view: &QuestionView, drifts: usize) -> Markup {
    let summary = &view.summary;
    html! {
        dl.facts {
            (fact(summary.statements, "statement", "statements"))
            (fact(summary.speakers, "speaker", "speakers"))
            (fact(summary.articles, "article", "articles"))
            div { dt { a href=(crate::address::link("compare", &summary.id)) {
                @if summary.origins == 1 { "independent origin" } @else { "independent origins" } } }
                dd { (summary.origins) } }
            @for (stance, side) in [(Stance::Yes, summary.yes), (Stance::No, summary.no)] {
                div {
                    dt { (record::stance(stance)) ", by "
                        @if side.speakers == 0 { "nobody" }
                        @else { (wording::count(side.speakers as u64, "speaker", "speakers")) } }
                    dd { (side.statements) }
                }
            }
            @if drifts > 0 { (fact(drifts, "paraphrase surer or less sure than the quotation", "paraphrases surer or less sure than the quotation")) }
        }
    }
}

fn fact(n: usize, one: &str, many: &str) -> Markup {
    html! { div { dt { (if n == 1 { one } else { many }) } dd { (n) } } }
}

/// What outlets wrote that is surer, or less sure, than what they quote.
fn drift(view: &CompareView) -> Markup {
    let said = compare::by_id(view);
    html! {
        @if !view.comparison.drift.is_empty() {
            section aria-labelledby="drift" {
                h2 #drift { "Drift" }
                @for drift in view.comparison.drift.iter().take(MAX_DRIFTS) {
                    @if let (Some(paraphrase), Some(quotation)) =
                        (said.get(drift.paraphrase.as_str()), said.get(drift.quotation.as_str())) {
                        @let (paraphrase, quotation) = (&paraphrase.statement, &quotation.statement);
                        p.drift {
                            (paraphrase.article.outlet.as_deref().unwrap_or("The outlet"))
                            " has " (record::name(paraphrase)) (if drift.surer { " surer, " } else { " less sure, " })
                            (record::inline(&wording::sure(paraphrase))) ": " (record::words(paraphrase))
                            br;
                            "than in the words it quotes, " (record::inline(&wording::sure(quotation))) ": "
                            (record::words(quotation))
                        }
                    }
                }
            }
        }
    }
}

/// A statement's range as chance of "yes", and whether linking had to turn it round: "will likely
/// hold" on "Will it fall?" reads 20 to 45 % yes.
fn chance(said: &BearingStatement) -> (Option<Range>, bool) {
    let (low, high) = (said.bearing.low, said.bearing.high);
    if low.is_none() && high.is_none() {
        return (None, false);
    }
    let range = Range {
        low: low.unwrap_or(0.0),
        high: high.unwrap_or(1.0),
        low_meant: low.is_some(),
        high_meant: high.is_some(),
    };
    let own = said.statement.certainty.as_ref().and_then(wording::range);
    let far = |one: f64, other: f64| (one - other).abs() > 0.005;
    let turned = own.is_some_and(|own| far(own.low, range.low) || far(own.high, range.high));
    (Some(range), turned)
}

fn rows(view: &QuestionView) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for said in &view.statements {
        let statement = &said.statement;
        let (range, of_no) = chance(said);
        let bar = Bar {
            day: statement.article.published.as_deref().and_then(wording::drawn_day),
            stance: said.bearing.stance,
            quoted: statement.speech == Speech::Direct,
            range,
            label: timeline::label(&wording::sure(statement), of_no),
            window: statement.window.as_ref().and_then(|window| {
                window.earliest.map(|open| (open, window.latest_soft.or(window.latest)))
            }),
        };
        // A speaker without a name is somebody else in every article.
        let key = statement.speaker.as_ref().map_or(&statement.id, |speaker| &speaker.id);
        let row = *known.entry(key.clone()).or_insert_with(|| {
            let role = statement.speaker.as_ref().and_then(|speaker| speaker.role.clone());
            let role = role.or_else(|| record::sort(statement).map(str::to_owned));
            rows.push(Row {
                name: record::name(statement),
                role: role.unwrap_or_default(),
                bars: Vec::new(),
            });
            rows.len() - 1
        });
        rows[row].bars.push(bar);
    }
    for row in &mut rows {
        row.bars.sort_by_key(|bar| bar.day);
        let older = row.bars.len().saturating_sub(MAX_BARS);
        row.bars.drain(..older);
    }
    rows
}

/// The statements of one holder, the newest first.
type Holder<'a> = Vec<&'a BearingStatement>;

/// By holder, whoever spoke last first. Somebody without a name is somebody else in every article.
fn holders(view: &QuestionView) -> Vec<Holder<'_>> {
    let mut holders: Vec<(&str, Holder<'_>)> = Vec::new();
    for said in view.statements.iter().rev() {
        let own = said.statement.speaker.as_ref().map_or(&said.statement.id, |speaker| &speaker.id);
        let key = said.person.as_deref().unwrap_or(own);
        match holders.iter_mut().find(|(holder, _)| *holder == key) {
            Some((_, all)) => all.push(said),
            None => holders.push((key, vec![said])),
        }
    }
    holders.into_iter().map(|(_, all)| all).collect()
}

fn table(view: &QuestionView, today: Date, may_review: bool) -> Markup {
    let holders = holders(view);
    html! {
        section.wide-table aria-labelledby="said" {
            h2 #said { "What was said" }
            p.soft { (wording::count(holders.len() as u64, "holder", "holders")) ", each with the newest view; earlier ones are folded." }
            table {
                caption.hidden { "The newest statement of each holder on this question, by date" }
                thead { tr {
                    th.c-day scope="col" { "Published" }
                    th.c-who scope="col" { "Who, via whom" }
                    th.c-words scope="col" { "Words" }
                    th.c-speech scope="col" { "Speech" }
                    th.c-how scope="col" { "How sure" }
                    th.c-when scope="col" { "When" }
                    th.c-bears scope="col" { "Bears" }
                } }
                tbody { @for said in &holders { (line(said, today, may_review)) } }
            }
        }
    }
}

fn line(all: &[&BearingStatement], today: Date, may_review: bool) -> Markup {
    let Some((said, earlier)) = all.split_first() else { return html! {} };
    let statement = &said.statement;
    let (_, of_no) = chance(said);
    html! {
        tr {
            td.n { (day(statement)) }
            td.who { (ledger::who(statement)) }
            td.words {
                a href=(ledger::reader_link(statement)) { (record::words(statement)) }
                @if !earlier.is_empty() { (folded(earlier)) }
            }
            td.speech { (record::tag(wording::speech(statement.speech))) }
            td.how {
                (record::sure(&wording::sure(statement)))
                @if of_no { span.soft { "of the answer no" } }
            }
            td.window {
                @match &statement.window {
                    Some(window) => {
                        (wording::window(window))
                        @if let Some(state) = wording::state(statement, today) { span.soft { ", " (state) } }
                    }
                    None => span.soft.none { "no window" },
                }
                @if let Some(condition) = &statement.condition { span.condition { "condition: “" (condition.text) "”" } }
            }
            td.bears {
                (record::stance(said.bearing.stance))
                details.reason { summary { "why" } (said.bearing.reason) }
                @if may_review { a.soft href=(address::link("review", &statement.id)) { "review" } }
            }
        }
    }
}

/// What a holder said before, each in a line.
fn folded(earlier: &[&BearingStatement]) -> Markup {
    html! {
        details.earlier {
            summary { (wording::count(earlier.len() as u64, "more statement", "more statements")) }
            ul { @for said in earlier {
                li {
                    (day(&said.statement)) " " (record::stance(said.bearing.stance)) ", "
                    (record::inline(&wording::sure(&said.statement))) ": "
                    a href=(ledger::reader_link(&said.statement)) { (record::words(&said.statement)) }
                }
            } }
        }
    }
}

fn day(statement: &Statement) -> Markup {
    html! {
        @match statement.article.published.as_deref() {
            Some(day) => time datetime=(day) { (wording::date(day)) },
            None => "no date",
        }
    }
}
