//! Statements as forecasts, and their scores by the outcomes in force.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use sayso_model::{
    Bearing, Bound, Certainty, CertaintyClass, Kind, Outcome, Polarity, Relation, SpeakerKind,
    Speech, Stance, Statement, Window, WindowPrecision,
};
use sayso_score::{
    Chance, Claim, Deadline, FLAT, Forecast, Judged, Outcomes, Scorecard, Span, Unscorable, agreed,
    deadlines, judge, scorecard,
};
use serde::Serialize;

use crate::{
    Ledger, OutcomeView, Query,
    error::{Fault, Result},
    fetch, outcomes,
    questions::stance,
    record::Records,
    speakers::{person, speakers},
};

/// Whose forecasts are scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Every speaker with a name, each on a card of their own.
    Speakers,
    /// One speaker, by id or name.
    Speaker(String),
    /// Every outlet: what it printed, whoever said it.
    Outlets,
    /// One outlet, by its name, case aside.
    Outlet(String),
    /// What a query finds, on one card.
    Found(Box<Query>),
}

/// By what is scored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scoring {
    /// As it was knowable on this day: what was published and known by then.
    pub as_of: Option<Date>,
    /// With outcomes that nobody has confirmed.
    pub proposed: bool,
    /// By this resolver alone.
    pub resolver: Option<String>,
}

/// A forecast with what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// As scoring sees it.
    pub forecast: Forecast,
    /// The record.
    pub statement: Statement,
    /// The sentence of the question that it bears on.
    pub asked: Option<String>,
}

/// Scorecards, and the resolvers that they go by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scores {
    /// Everybody who resolved something of these, by name.
    pub resolvers: Vec<String>,
    /// The cards, those with most resolved forecasts first: for each group one of what the resolvers
    /// agree on, and with several resolvers one for each.
    pub lines: Vec<ScoreLine>,
}

/// A scorecard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreLine {
    /// The speaker's id, or the outlet's name; empty for a query.
    pub group: String,
    /// The name of whom it is about; empty for a query.
    pub name: String,
    /// What sort of speaker; null for outlets and queries.
    pub kind: Option<SpeakerKind>,
    /// Who resolved; null for what all agree on.
    pub resolver: Option<String>,
    /// The card.
    pub card: Scorecard,
}

/// What a speaker's page shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// The cards, as in [`Scores`].
    pub scores: Scores,
    /// The forecasts one by one, as judged by what the resolvers agree on.
    pub forecasts: Vec<SheetLine>,
    /// The dates that the speaker named, in order.
    pub deadlines: Vec<DeadlineLine>,
}

/// One forecast on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SheetLine {
    /// What is held of it.
    pub judged: Judged,
    /// The sentence of its question.
    pub asked: Option<String>,
    /// The statement that says it last.
    pub statement: Statement,
}

/// One deadline on a sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DeadlineLine {
    /// The deadline.
    pub deadline: Deadline,
    /// The sentence of its question.
    pub asked: Option<String>,
    /// The statement that named it first.
    pub statement: Statement,
}

impl Ledger {
    /// Forecasts and intentions, in the order of their articles' dates.
    ///
    /// # Errors
    /// [`crate::LedgerError::NotFound`] for a speaker who is not there,
    /// [`crate::LedgerError::Ambiguous`].
    pub fn held(&self, whose: &Whose, as_of: Option<Date>) -> Result<Vec<Held>> {
        let found = match whose {
            Whose::Found(query) => Some(self.found(query)?),
            _ => None,
        };
        self.read(|connection| held(connection, whose, found.as_ref(), as_of))
    }

    /// The scorecards of some forecasts.
    ///
    /// # Errors
    /// As [`Ledger::held`].
    pub fn scores(&self, whose: &Whose, scoring: &Scoring) -> Result<Scores> {
        let held = self.held(whose, scoring.as_of)?;
        let forecasts: Vec<Forecast> = held.into_iter().map(|one| one.forecast).collect();
        let outcomes = self.outcomes_by(scoring)?;
        let names = self.names(whose)?;
        Ok(scores(&forecasts, &outcomes, &names))
    }

    /// A speaker's scorecards, forecasts and deadlines.
    ///
    /// # Errors
    /// As [`Ledger::held`].
    pub fn sheet(&self, speaker: &str, scoring: &Scoring) -> Result<Sheet> {
        let whose = Whose::Speaker(speaker.to_owned());
        let held = self.held(&whose, scoring.as_of)?;
        let forecasts: Vec<Forecast> = held.iter().map(|one| one.forecast.clone()).collect();
        let outcomes = self.outcomes_by(scoring)?;
        let scores = scores(&forecasts, &outcomes, &self.names(&whose)?);
        let by_id: BTreeMap<&str, &Held> =
            held.iter().map(|one| (one.statement.id.as_str(), one)).collect();
        let asked = |id: Option<&String>| Some(*by_id.get(id?.as_str())?);
        let mut lines = Vec::new();
        for judged in agreed(&under_each(&forecasts, &outcomes)) {
            let Some(last) = asked(judged.statements.last()) else { continue };
            let (asked, statement) = (last.asked.clone(), last.statement.clone());
            lines.push(SheetLine { judged, asked, statement });
        }
        lines.sort_by(|a, b| {
            let day = |line: &SheetLine| line.statement.article.published.clone();
            (day(a), &a.judged.statements).cmp(&(day(b), &b.judged.statements))
        });
        let together = together(&outcomes);
        let mut dated = Vec::new();
        for deadline in deadlines(&forecasts, &by_subject(&together)) {
            let Some(first) = asked(deadline.statements.first()) else { continue };
            let (asked, statement) = (first.asked.clone(), first.statement.clone());
            dated.push(DeadlineLine { deadline, asked, statement });
        }
        Ok(Sheet { scores, forecasts: lines, deadlines: dated })
    }

    /// The outcomes in force as scoring goes by them, by resolver.
    fn outcomes_by(&self, scoring: &Scoring) -> Result<BTreeMap<String, Vec<Outcome>>> {
        let in_force = self.read(|connection| outcomes::in_force(connection, scoring.proposed))?;
        let mut by: BTreeMap<String, Vec<Outcome>> = BTreeMap::new();
        for OutcomeView { outcome, .. } in in_force {
            if scoring.resolver.as_ref().is_some_and(|wanted| *wanted != outcome.resolver) {
                continue;
            }
            let known = match scoring.as_of {
                Some(day) => outcome.as_of(day),
                None => Some(outcome),
            };
            if let Some(outcome) = known {
                by.entry(outcome.resolver.clone()).or_default().push(outcome);
            }
        }
        Ok(by)
    }

    fn found(&self, query: &Query) -> Result<BTreeSet<String>> {
        const PAGE: usize = 1000;
        let mut ids = BTreeSet::new();
        let mut query = Query { limit: PAGE, ..query.clone() };
        loop {
            let page = self.find(&query)?;
            ids.extend(page.items.into_iter().map(|hit| hit.statement.id));
            query.cursor = page.next;
            if query.cursor.is_none() {
                return Ok(ids);
            }
        }
    }

    fn names(&self, whose: &Whose) -> Result<BTreeMap<String, (String, SpeakerKind)>> {
        self.read(|connection| {
            let only = match whose {
                Whose::Speakers => None,
                Whose::Speaker(asked) => Some(person(connection, asked)?),
                _ => return Ok(BTreeMap::new()),
            };
            let all = speakers(connection, only.as_deref())?;
            Ok(all.into_iter().map(|one| (one.id, (one.name, one.kind))).collect())
        })
    }
}

/// The forecasts as judged by each resolver who resolved any of them; by nobody where none did.
fn under_each(
    forecasts: &[Forecast],
    outcomes: &BTreeMap<String, Vec<Outcome>>,
) -> Vec<Vec<Judged>> {
    let under: Vec<Vec<Judged>> =
        relevant(forecasts, outcomes).values().map(|by| judge(forecasts, by)).collect();
    if under.is_empty() { vec![judge(forecasts, &Outcomes::new())] } else { under }
}

/// The outcomes that speak of these forecasts, by resolver and subject.
fn relevant<'a>(
    forecasts: &[Forecast],
    outcomes: &'a BTreeMap<String, Vec<Outcome>>,
) -> BTreeMap<&'a str, Outcomes<'a>> {
    let subjects: BTreeSet<&str> = forecasts
        .iter()
        .flat_map(|one| [Some(one.id.as_str()), one.question.as_deref()])
        .flatten()
        .collect();
    let mut found = BTreeMap::new();
    for (resolver, of_it) in outcomes {
        let by: Outcomes<'a> = of_it
            .iter()
            .map(|one| (one.subject.id(), one))
            .filter(|(subject, _)| subjects.contains(subject))
            .collect();
        if !by.is_empty() {
            found.insert(resolver.as_str(), by);
        }
    }
    found
}

/// One outcome for each subject: of several resolvers that of the one who has looked farthest.
/// Deadlines go by it; what resolvers disagree on is told beside it.
fn together(outcomes: &BTreeMap<String, Vec<Outcome>>) -> Vec<Outcome> {
    let mut found: BTreeMap<&str, &Outcome> = BTreeMap::new();
    for outcome in outcomes.values().flatten() {
        let known = found.entry(outcome.subject.id()).or_insert(outcome);
        if known.through < outcome.through {
            *known = outcome;
        }
    }
    found.into_values().cloned().collect()
}

fn by_subject(outcomes: &[Outcome]) -> Outcomes<'_> {
    outcomes.iter().map(|one| (one.subject.id(), one)).collect()
}

fn scores(
    forecasts: &[Forecast],
    outcomes: &BTreeMap<String, Vec<Outcome>>,
    names: &BTreeMap<String, (String, SpeakerKind)>,
) -> Scores {
    let relevant = relevant(forecasts, outcomes);
    let resolvers: Vec<String> = relevant.keys().map(|name| (*name).to_owned()).collect();
    let under = under_each(forecasts, outcomes);
    let mut lines = cards(None, &agreed(&under), names);
    if resolvers.len() > 1 {
        let who = who_resolved(forecasts, &relevant);
        for (resolver, judged) in resolvers.iter().zip(&under) {
            // One who said nothing of somebody, or who alone did, needs no card beside the first.
            let own = cards(Some(resolver), judged, names).into_iter().filter(|line| {
                let of_it = who.get(line.group.as_str());
                of_it.is_some_and(|all| all.len() > 1 && all.contains(resolver.as_str()))
            });
            lines.extend(own);
        }
    }
    lines.sort_by(|a, b| {
        b.card
            .resolved
            .cmp(&a.card.resolved)
            .then_with(|| b.card.forecasts.cmp(&a.card.forecasts))
            .then_with(|| (&a.name, &a.group, &a.resolver).cmp(&(&b.name, &b.group, &b.resolver)))
    });
    Scores { resolvers, lines }
}

/// Who resolved something of each group.
fn who_resolved<'a>(
    forecasts: &'a [Forecast],
    relevant: &BTreeMap<&'a str, Outcomes<'_>>,
) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut who: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in forecasts {
        let subjects = [Some(one.id.as_str()), one.question.as_deref()];
        for (resolver, by) in relevant {
            if subjects.iter().flatten().any(|subject| by.contains_key(subject)) {
                who.entry(&one.group).or_default().insert(resolver);
            }
        }
    }
    who
}

fn cards(
    resolver: Option<&String>,
    judged: &[Judged],
    names: &BTreeMap<String, (String, SpeakerKind)>,
) -> Vec<ScoreLine> {
    let mut groups: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for one in judged {
        groups.entry(&one.group).or_default().push(one);
    }
    groups
        .into_iter()
        .map(|(group, of_it)| {
            let known = names.get(group);
            ScoreLine {
                group: group.to_owned(),
                name: known.map_or_else(|| group.to_owned(), |(name, _)| name.clone()),
                kind: known.map(|(_, kind)| *kind),
                resolver: resolver.cloned(),
                card: scorecard(&of_it),
            }
        })
        .collect()
}

fn held(
    connection: &Connection,
    whose: &Whose,
    found: Option<&BTreeSet<String>>,
    as_of: Option<Date>,
) -> Result<Vec<Held>, Fault> {
    let (only_person, only_outlet) = match whose {
        Whose::Speaker(asked) => (Some(person(connection, asked)?), None),
        Whose::Outlet(name) => (None, Some(name)),
        _ => (None, None),
    };
    let mut select = connection.prepare_cached(
        "SELECT s.article, s.id, s.record, l.person, s.outlet
         FROM current_statements s LEFT JOIN said l ON l.statement = s.seq
         WHERE s.kind IN ('forecast', 'intention')
           AND (?1 IS NULL OR l.person = ?1)
           AND (?2 IS NULL OR s.outlet = ?2 COLLATE NOCASE)
           AND (?3 IS NULL OR s.date = '' OR s.date <= ?3)
         ORDER BY s.date, s.article, s.position, s.seq",
    )?;
    let as_of = as_of.map(|day| day.to_string());
    let mut rows = select.query(params![only_person, only_outlet, as_of])?;
    let mut records = Records::new(connection);
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get(1)?;
        if found.is_some_and(|found| !found.contains(&id)) {
            continue;
        }
        let person: Option<String> = row.get(3)?;
        let outlet: Option<String> = row.get(4)?;
        let group = match whose {
            Whose::Speakers | Whose::Speaker(_) => person.clone(),
            Whose::Outlets | Whose::Outlet(_) => outlet,
            Whose::Found(_) => Some(String::new()),
        };
        let Some(group) = group else { continue };
        let statement = records.row(row, 0)?;
        // Whoever has no name is somebody else in every article.
        let holder = person.unwrap_or_else(|| {
            let own = statement.speaker.as_ref().map(|speaker| speaker.id.clone());
            own.unwrap_or_else(|| statement.article.id.clone())
        });
        let asked = question(connection, &statement)?;
        let is_paraphrase = has_own_words(connection, &statement)?;
        let forecast = forecast(&statement, asked.as_ref(), is_paraphrase, group, holder);
        all.push(Held { forecast, statement, asked: asked.map(|asked| asked.text) });
    }
    Ok(all)
}

/// The question that a statement is scored on.
struct Asked {
    id: String,
    text: String,
    bearing: Bearing,
}

/// Of several that of the statement's own class, since the others are its opposites.
fn question(connection: &Connection, statement: &Statement) -> Result<Option<Asked>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT b.question, q.text, q.class, b.stance, b.low, b.high
         FROM current_bearings b JOIN current_questions q ON q.id = b.question
         WHERE b.statement = ?1 ORDER BY b.question",
    )?;
    let mut rows = select.query([&statement.id])?;
    let mut found: Option<(bool, Asked)> = None;
    while let Some(row) = rows.next()? {
        let class: String = row.get(2)?;
        let own = statement.event.as_ref().is_some_and(|event| event.class == class);
        if found.as_ref().is_some_and(|(known, _)| *known || !own) {
            continue;
        }
        let bearing = Bearing {
            statement: statement.id.clone(),
            stance: stance(row, 3)?,
            low: row.get(4)?,
            high: row.get(5)?,
            reason: String::new(),
        };
        found = Some((own, Asked { id: row.get(0)?, text: row.get(1)?, bearing }));
    }
    Ok(found.map(|(_, asked)| asked))
}

/// True for a paraphrase whose article also quotes the speaker on the matter: nobody is held to an
/// outlet's words beside their own.
fn has_own_words(connection: &Connection, statement: &Statement) -> Result<bool, Fault> {
    if statement.speech == Speech::Direct {
        return Ok(false);
    }
    for other in &statement.drift {
        let select = "SELECT article, id, record FROM current_statements WHERE id = ?1";
        let quoted = fetch::statements(connection, select, other)?;
        if quoted.iter().any(|other| other.speech == Speech::Direct) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn forecast(
    statement: &Statement,
    asked: Option<&Asked>,
    is_paraphrase: bool,
    group: String,
    holder: String,
) -> Forecast {
    let is_intention = statement.kind == Kind::Intention;
    let (says_yes, claim) = claim(statement, asked.map(|asked| &asked.bearing));
    let claim = match claim {
        _ if is_intention => Claim::None(Unscorable::Plan),
        _ if is_paraphrase => Claim::None(Unscorable::Paraphrase),
        claim => claim,
    };
    Forecast {
        id: statement.id.clone(),
        group,
        holder,
        question: asked.map(|asked| asked.id.clone()),
        said: said(statement),
        place: (
            statement.article.id.clone(),
            statement.content.first().map_or(0, |span| span.byte_start),
        ),
        span: statement.window.as_ref().map(span),
        says_yes,
        claim,
        is_hedged: statement.certainty.is_some(),
        is_intention,
    }
}

/// The day on which it was said: the first that the text allows ("in May promised"), else that of the
/// article, where that is known to the day.
pub(crate) fn said(statement: &Statement) -> Option<Date> {
    if let Some(said) = statement.said.as_ref().and_then(|said| said.earliest) {
        return Some(said);
    }
    statement.article.published.as_deref()?.get(..10)?.parse().ok()
}

fn span(window: &Window) -> Span {
    let is_after = window.relation == Relation::After;
    Span {
        // "By June" can come true tomorrow, "in June" cannot.
        earliest: window
            .earliest
            .filter(|_| matches!(window.relation, Relation::In | Relation::After)),
        latest: window.latest.filter(|_| !is_after),
        latest_soft: window.latest_soft.filter(|_| !is_after),
        is_vague: window.precision == WindowPrecision::Vague,
    }
}

/// Which side a statement takes on its question and with what chance of "yes"; on itself where it
/// bears on none.
fn claim(statement: &Statement, bearing: Option<&Bearing>) -> (bool, Claim) {
    let certainty = statement.certainty.as_ref();
    let is_denied = statement.polarity == Polarity::No;
    let is_below_even = certainty.and_then(|c| c.high).is_some_and(|high| high < 0.5);
    let says_yes = match bearing {
        Some(bearing) => bearing.stance == Stance::Yes,
        None => !is_denied && !is_below_even,
    };
    let why = match certainty.map(|certainty| certainty.class) {
        Some(CertaintyClass::Possibility) => Some(Unscorable::Possibility),
        Some(CertaintyClass::Confidence) => Some(Unscorable::NoLikelihood),
        Some(CertaintyClass::Plan) => Some(Unscorable::Plan),
        Some(CertaintyClass::Desire) => Some(Unscorable::Wish),
        Some(CertaintyClass::Conditional) => Some(Unscorable::Condition),
        Some(CertaintyClass::Probability | CertaintyClass::Stated) | None => None,
    };
    if let Some(why) = why {
        return (says_yes, Claim::None(why));
    }
    let chance = match certainty {
        None if says_yes => Some(FLAT),
        None => Some(FLAT.complement()),
        Some(certainty) => chance(certainty).and_then(|own| match bearing {
            Some(bearing) => as_bears(own, bearing),
            // A negated hedge ("probably not") speaks of the event already.
            None if is_denied && !is_below_even => Some(own.complement()),
            None => Some(own),
        }),
    };
    let claim = match chance {
        None => Claim::None(Unscorable::OneSided),
        Some(chance) if statement.condition.is_some() => Claim::Conditional(chance),
        Some(chance) => Claim::Chance(chance),
    };
    (says_yes, claim)
}

/// What the words say, where they bound the chance on both sides.
fn chance(certainty: &Certainty) -> Option<Chance> {
    let (Bound::TwoSided, Some(low), Some(high)) = (certainty.bound, certainty.low, certainty.high)
    else {
        return None;
    };
    // "20 to 30 percent" names no middle, and readers take the one between.
    let between = (certainty.class == CertaintyClass::Stated).then(|| f64::midpoint(low, high));
    Chance::new(low, certainty.mid.or(between)?, high)
}

/// The same chance seen from the question: as it is, or turned round where linking turned its ends.
/// An opposite event that only leaves a ceiling has no chance of its own.
fn as_bears(own: Chance, bearing: &Bearing) -> Option<Chance> {
    // Linking rounds to four digits.
    const NEAR: f64 = 1e-3;
    let (low, high) = (bearing.low?, bearing.high?);
    [own, own.complement()]
        .into_iter()
        .find(|chance| (chance.low - low).abs() < NEAR && (chance.high - high).abs() < NEAR)
}
