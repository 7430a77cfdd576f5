//! Screen 7: what waits for a reviewer, one statement at a time. The words in their article stand
//! on the left, what was read of them as a form on the right. It works without script: each verdict
//! is a button of one form, which comes back here.

mod form;
mod passage;

use axum::{
    extract::{Form, Path, Query as Pairs, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use sayso_ledger::{
    Doubtful, Edit, FIELD, Ledger, LedgerError, NAME, Review, Verdict, check_words,
};
use sayso_model::{Article, Statement};

use super::{Trouble, outcome, record, trouble::code};
use crate::{
    address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Statements that the page names as next.
const NEXT: usize = 12;
/// Statements of the queue in its twins.
const QUEUE: usize = 500;

type Fields = Vec<(String, String)>;

/// The value of a field; empty where it is not given.
fn value<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().rev().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

/// What the page shows.
struct Shown {
    /// The statement in hand with its article and its edition; none where nothing waits.
    now: Option<(Statement, Article, Vec<Review>, u64)>,
    queue: Vec<Doubtful>,
    /// The verdict that was given just now, with the edition that it made.
    done: Option<(Review, u64)>,
}

/// `/review`: the statement at the head of the queue; its twins are the queue.
pub(crate) async fn first(
    State(pages): State<Pages>,
    wanted: Wanted,
    Pairs(fields): Pairs<Fields>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    if wanted.form == twin::Form::Page {
        return show(pages, None, fields, &headers).await;
    }
    if pages.public {
        return Err(Trouble::NoPage);
    }
    let queue = pages.ask(|ledger| ledger.review_queue(QUEUE)).await?;
    let rows = || queue.iter().map(|waits| twin::statement(&waits.statement)).collect();
    let table = || Table { head: twin::STATEMENT, rows: rows() };
    twin::answer(&pages, wanted.form, &queue, table, || html! {})
}

/// `/review/{id}`: this statement.
pub(crate) async fn one(
    State(pages): State<Pages>,
    Path(id): Path<String>,
    Pairs(fields): Pairs<Fields>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    show(pages, Some(id), fields, &headers).await
}

async fn show(
    pages: Pages,
    id: Option<String>,
    fields: Fields,
    headers: &HeaderMap,
) -> Result<Response, Trouble> {
    if pages.public {
        return Err(Trouble::NoPage);
    }
    let by = remembered(headers);
    let allowed = pages.may_review();
    let (shown, outcomes) = pages
        .ask(move |ledger| Ok((look(ledger, id.as_deref(), &fields)?, outcome::waiting(ledger)?)))
        .await?;
    let main = html! {
        h1 { "Review" }
        (told(shown.done.as_ref()))
        @match &shown.now {
            None => p.lede { "Nothing waits for a review." },
            Some((statement, article, reviews, edition)) => {
                p.lede { "What was read, those statements first where a mistake would do most harm and is most likely." }
                div.review {
                    section.passage aria-label="The words in their article" {
                        (passage::passage(statement, article))
                        (log(reviews))
                    }
                    section aria-label="What was read" {
                        @if allowed {
                            (form::form(statement, *edition, &by, &pages.vocabulary))
                        } @else {
                            p.note { (code("These pages were opened for reading. `sayso review` decides.")) }
                        }
                    }
                }
            }
        }
        (outcome::queue(&outcomes, allowed))
        (queue(&shown))
        (twin::links("/review", "", "sayso review"))
    };
    Ok(frame::page("Review", Part::Review, "", &main).into_response())
}

fn look(ledger: &Ledger, id: Option<&str>, fields: &Fields) -> Result<Shown, LedgerError> {
    let queue = ledger.review_queue(NEXT)?;
    let wanted = match id {
        Some(id) => Some(ledger.statement(id)?),
        None => queue.first().map(|first| first.statement.clone()),
    };
    let now = match wanted {
        None => None,
        Some(statement) => {
            let article = ledger.article(&statement.article.id)?;
            let reviews = ledger.reviews_of(&statement.id)?;
            let edition = ledger.edition(&statement.id)?;
            Some((statement, article, reviews, edition))
        }
    };
    // An address says what it likes: what is told, and can be taken back, is the verdict that is there.
    let (id, said) = (value(fields, "done"), value(fields, "said"));
    let last = match id {
        "" => None,
        id => ledger.reviews_of(id).ok().and_then(|mut all| all.pop()),
    };
    let done = match last.filter(|review| review.verdict.word() == said) {
        Some(review) => Some((review, ledger.edition(id)?)),
        None => None,
    };
    Ok(Shown { now, queue, done })
}

/// What the last verdict was, and the way back.
fn told(done: Option<&(Review, u64)>) -> Markup {
    let words = |verdict: Verdict| match verdict {
        Verdict::Accept => "Accepted.",
        Verdict::Correct => "Corrected.",
        Verdict::Reject => "Rejected: it is no statement.",
        Verdict::Undo => "Taken back.",
    };
    html! {
        @if let Some((review, edition)) = done {
            form.told action=(address::link("review", &review.statement)) method="post" role="status" {
                span { (words(review.verdict)) " " }
                @if review.verdict == Verdict::Undo {
                    a href=(address::link("review", &review.statement)) { "Look at it again" }
                } @else {
                    input type="hidden" name="before" value=(edition);
                    input type="hidden" name="reviewer" value=(review.reviewer);
                    input type="hidden" name="reason" value="Taken back at once.";
                    button type="submit" name="verdict" value="undo" { "Undo" }
                }
            }
        }
    }
}

/// The cookie that keeps a reviewer's name: it is set by a verdict alone, and no link fills it in.
const COOKIE: &str = "reviewer";

/// The name of who decided last in this browser; empty where nobody did.
fn remembered(headers: &HeaderMap) -> String {
    let cookies = headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
    let mut pairs =
        cookies.unwrap_or_default().split(';').filter_map(|pair| pair.trim().split_once('='));
    let name = pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| address::decode(value));
    name.filter(|name| check_words(COOKIE, name, NAME).is_ok()).unwrap_or_default()
}

fn log(reviews: &[Review]) -> Markup {
    html! {
        @if !reviews.is_empty() {
            h2 { "Verdicts so far" }
            ul.verdicts {
                @for review in reviews {
                    li { b { (review.verdict.word()) } " by " (review.reviewer) ", "
                        time datetime=(review.added_at) { (wording::date(&review.added_at)) } ": "
                        (review.reason) }
                }
            }
        }
    }
}

fn queue(shown: &Shown) -> Markup {
    let own = shown.now.as_ref().map(|(statement, ..)| statement.id.as_str());
    let rest: Vec<&Doubtful> =
        shown.queue.iter().filter(|waits| Some(waits.statement.id.as_str()) != own).collect();
    html! {
        @if !rest.is_empty() {
            h2 { "Next" }
            ol.waiting {
                @for waits in rest {
                    @let statement = &waits.statement;
                    li {
                        a href=(address::link("review", &statement.id)) {
                            b.speaker { (record::name(statement)) } }
                        " " (record::words(statement)) " "
                        span.soft { (form::sure(statement)) }
                    }
                }
            }
        }
    }
}

/// An address with fields behind it.
fn with(path: &str, fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            let mut pair = format!("{name}=");
            address::encode(value, &mut pair);
            pair
        })
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// `POST /review/{id}`: a verdict. The guard lets only our own pages send it.
pub(crate) async fn decide(
    State(pages): State<Pages>,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let Some(classes) = pages.classes.clone() else { return Err(Trouble::OnlyReading) };
    let vocabulary = std::sync::Arc::clone(&pages.vocabulary);
    let verdict = match value(&fields, "verdict") {
        "accept" => Verdict::Accept,
        "correct" => Verdict::Correct,
        "reject" => Verdict::Reject,
        "undo" => Verdict::Undo,
        _ => return Err(Trouble::Form("One of the buttons decides.".to_owned())),
    };
    for (name, words) in &fields {
        // Browsers keep to the form's own limits; others are kept to them here.
        let most = if name == "reviewer" { NAME } else { FIELD };
        check_words(if name.len() <= 40 { name } else { "field" }, words, most)?;
    }
    let Ok(seen) = value(&fields, "before").parse() else {
        return Err(Trouble::Form("The form does not say which record it shows.".to_owned()));
    };
    let reviewer = value(&fields, "reviewer").to_owned();
    if reviewer.is_empty() {
        return Err(Trouble::Form("A verdict needs its reviewer’s name.".to_owned()));
    }
    let reason = match value(&fields, "reason") {
        "" => "No reason given.".to_owned(),
        reason => reason.to_owned(),
    };
    let back = with("/review", &[("done", &id), ("said", verdict.word())]);
    let mut cookie = format!("{COOKIE}=");
    address::encode(&reviewer, &mut cookie);
    cookie.push_str("; Path=/review; HttpOnly; SameSite=Strict");
    let now = pages.now();
    pages
        .change(move |ledger| {
            let by = match verdict {
                Verdict::Correct => {
                    let old = ledger.statement(&id).map_err(Trouble::from)?;
                    let article = ledger.article(&old.article.id).map_err(Trouble::from)?;
                    let new = form::corrected(&old, &article, &vocabulary, &fields);
                    Some(new.map_err(Trouble::Form)?)
                }
                _ => None,
            };
            let edit = Edit { reason: &reason, reviewer: &reviewer, at: &now };
            ledger.review_seen(&id, seen, verdict, by.as_ref(), edit)?;
            ledger.relink(&classes, &now)?;
            Ok(())
        })
        .await?;
    // 303: the browser asks for the next page, and loading it again sends nothing twice.
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response())
}
