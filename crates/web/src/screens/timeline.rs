//! The picture of a question: a row for each speaker, a vertical bar for the range of each
//! statement at its date, filled for quoted words and hollow for a paraphrase, windows shaded.
//!
//! Drawn twice, wide and narrow, since small print in a picture scaled down to a telephone is
//! nobody's friend; the style sheet shows one. All of it stands in the table under it as well.

use jiff::{ToSpan, civil::Date};
use maud::{Markup, html};
use sayso_model::Stance;

use super::record::tenth;
use crate::wording::{self, Range};

/// One statement in the picture.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    /// Publication date.
    pub(crate) day: Option<Date>,
    /// Which side it takes.
    pub(crate) stance: Stance,
    /// True for quoted words.
    pub(crate) quoted: bool,
    /// Chance of "yes"; `None` where no words say how sure.
    pub(crate) range: Option<Range>,
    /// Words and range, as said, without the glyph.
    pub(crate) label: String,
    /// First and last day of its window; no last day for an open-ended one.
    pub(crate) window: Option<(Date, Option<Date>)>,
}

/// One speaker in the picture.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Name.
    pub(crate) name: String,
    /// Role, or nothing.
    pub(crate) role: String,
    /// Statements in the order of their dates.
    pub(crate) bars: Vec<Bar>,
}

/// An outcome in the picture.
#[derive(Debug, Clone)]
pub(crate) struct Diamond {
    /// The day on which it was known.
    pub(crate) day: Date,
    /// Filled where it had happened, hollow where it had not.
    pub(crate) happened: bool,
    /// Who says so, and what.
    pub(crate) label: String,
}

/// Rows beyond this stand in the table alone.
const MOST_ROWS: usize = 24;
/// Height of the rule from 0 to 100 %, and of a lane with the space under it.
const RULE: f64 = 36.0;
const LANE: f64 = 50.0;
/// Height of the dates above the plot, which are those below it.
const HEAD: f64 = 30.0;
/// Width of a letter of the labels, on average, at their size.
const LETTER: f64 = 6.6;

/// Where things stand in one of the two drawings.
#[derive(Debug, Clone, Copy)]
struct Layout {
    class: &'static str,
    width: f64,
    /// Where the plot begins and ends.
    left: f64,
    right: f64,
    /// Height of a speaker's heading above the lanes; 0 when it stands to their left.
    heading: f64,
    /// Most dates under the plot.
    ticks: i64,
}

const WIDE: Layout =
    Layout { class: "wide", width: 1150.0, left: 256.0, right: 1142.0, heading: 0.0, ticks: 8 };
const NARROW: Layout =
    Layout { class: "narrow", width: 350.0, left: 38.0, right: 346.0, heading: 44.0, ticks: 3 };

/// Both drawings. `None` when there is nothing to draw.
pub(crate) fn drawn(
    rows: &[Row],
    outcomes: &[Diamond],
    today: Date,
    title: &str,
) -> Option<Markup> {
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    if shown.iter().all(|row| row.bars.is_empty()) {
        return None;
    }
    let days = Days::of(shown, outcomes);
    Some(html! {
        (picture(shown, outcomes, &days, today, WIDE, title))
        (picture(shown, outcomes, &days, today, NARROW, title))
        @if rows.len() > shown.len() {
            p.note { (rows.len() - shown.len()) " more speakers stand in the table." }
        }
    })
}

/// The days that the picture shows.
#[derive(Debug, Clone, Copy)]
struct Days {
    /// First and last day; `None` when no statement has a date.
    ends: Option<(Date, Date)>,
    /// Whether a column for statements without a date is needed.
    undated: bool,
}

impl Days {
    fn of(rows: &[Row], outcomes: &[Diamond]) -> Self {
        let bars = || rows.iter().flat_map(|row| &row.bars);
        let said = || bars().filter_map(|bar| bar.day);
        let undated = bars().any(|bar| bar.day.is_none());
        let (Some(first), Some(last)) = (said().min(), said().max()) else {
            return Self { ends: None, undated };
        };
        // A window of years would press days of statements into one spot: it runs off the edge.
        let room = (2 * days_between(first, last)).max(30);
        let furthest = after(last, room);
        let closes = bars().filter_map(|bar| bar.window).filter_map(|(_, close)| close).max();
        let known = outcomes.iter().map(|one| one.day).max();
        let end = closes.max(known).map_or(last, |end| end.min(furthest)).max(last);
        let margin = (days_between(first, end) / 20).max(1);
        Self { ends: Some((after(first, -margin), after(end, margin))), undated }
    }
}

fn days_between(first: Date, last: Date) -> i64 {
    // A difference in days alone holds days alone.
    i64::from((last - first).get_days())
}

/// A day so many days later, or the last there is.
fn after(day: Date, days: i64) -> Date {
    // Wider than the calendar is long on either side, and within what a span of days may hold.
    const MOST: i64 = 7_300_000;
    day.saturating_add(days.clamp(-MOST, MOST).days())
}

/// Translates days to places.
#[derive(Debug, Clone, Copy)]
struct Scale {
    ends: Option<(Date, Date)>,
    left: f64,
    right: f64,
    undated_at: f64,
}

impl Scale {
    fn new(days: &Days, layout: Layout) -> Self {
        let column = if days.undated { 34.0 } else { 0.0 };
        Self {
            ends: days.ends,
            left: layout.left + column,
            right: layout.right,
            undated_at: layout.left + 14.0,
        }
    }

    /// The place of a day, or of statements without one.
    fn x(&self, day: Option<Date>) -> f64 {
        match (day, self.ends) {
            (Some(day), Some((first, last))) => {
                let all = days_between(first, last).max(1) as f64;
                let part = (days_between(first, day) as f64 / all).clamp(0.0, 1.0);
                self.left + part * (self.right - self.left)
            }
            _ => self.undated_at,
        }
    }
}

/// A bar with its lane and the side of its label.
struct Placed<'a> {
    bar: &'a Bar,
    x: f64,
    lane: usize,
    label_left: bool,
}

/// Puts each bar into the first lane where it and its label fit.
fn place<'a>(bars: &'a [Bar], scale: &Scale, layout: Layout) -> (Vec<Placed<'a>>, usize) {
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut out = Vec::new();
    for bar in bars {
        let x = scale.x(bar.day);
        let width = bar.label.chars().count() as f64 * LETTER + 32.0;
        let label_left = x + width > layout.right && x - width > layout.left - 20.0;
        let taken = if label_left { (x - width, x + 10.0) } else { (x - 10.0, x + width) };
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|l| l.1 < taken.0 || taken.1 < l.0);
        let lane = lanes.iter().position(free).unwrap_or(lanes.len());
        if lane == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[lane].push(taken);
        out.push(Placed { bar, x, lane, label_left });
    }
    (out, lanes.len())
}

fn picture(
    rows: &[Row],
    outcomes: &[Diamond],
    days: &Days,
    today: Date,
    layout: Layout,
    title: &str,
) -> Markup {
    let scale = Scale::new(days, layout);
    let mut top = HEAD;
    let placed: Vec<_> = rows
        .iter()
        .map(|row| {
            let (bars, lanes) = place(&row.bars, &scale, layout);
            let at = top;
            top += layout.heading + lanes.max(1) as f64 * LANE + 16.0;
            (row, bars, lanes.max(1), at)
        })
        .collect();
    // Outcomes have a lane of their own under the speakers.
    let (lane, bottom) = if outcomes.is_empty() { (top, top) } else { (top + 14.0, top + 34.0) };
    let height = bottom + 40.0;
    html! {
        svg class=(format!("timeline {}", layout.class)) role="img"
            viewBox=(format!("0 0 {} {}", tenth(layout.width), tenth(height)))
            aria-label=(format!("{title} What each speaker said, when, and how sure. The table below says the same.")) {
            @for tick in ticks(days, &scale, layout) { (axis(&tick, bottom)) }
            @if days.ends.is_some_and(|(first, last)| first <= today && today <= last) {
                @let x = tenth(scale.x(Some(today)));
                line.today x1=(x) x2=(x) y1="18" y2=(tenth(bottom + 4.0)) {}
                text.small.today x=(x) y=(tenth(bottom + 32.0)) text-anchor="middle" { "today" }
            }
            @if days.undated {
                text.soft.small x=(tenth(scale.undated_at)) y=(tenth(bottom + 18.0)) text-anchor="middle" { "no date" }
            }
            @for (row, bars, lanes, at) in &placed { (speaker(row, bars, *lanes, *at, &scale, layout)) }
            @for outcome in outcomes { (diamond(outcome, lane, &scale, layout)) }
        }
    }
}

/// A diamond at the day on which an outcome was known; at the edge where that lies beyond it.
fn diamond(outcome: &Diamond, y: f64, scale: &Scale, layout: Layout) -> Markup {
    let x = scale.x(Some(outcome.day)).min(layout.right - 8.0);
    let class = if outcome.happened { "diamond happened" } else { "diamond" };
    let path = format!("M{} {}l7 9-7 9-7-9z", tenth(x), tenth(y - 9.0));
    let is_right = x > f64::midpoint(layout.left, layout.right);
    let (at, anchor) = if is_right { (x - 12.0, "end") } else { (x + 12.0, "start") };
    html! {
        path class=(class) d=(path) {}
        text.label x=(tenth(at)) y=(tenth(y + 4.0)) text-anchor=(anchor) { (cut(&outcome.label, 40)) }
    }
}

/// A date under the plot.
struct Tick {
    x: f64,
    label: String,
}

fn axis(tick: &Tick, bottom: f64) -> Markup {
    let x = tenth(tick.x);
    html! {
        line.grid x1=(x) x2=(x) y1="18" y2=(tenth(bottom + 4.0)) {}
        text.soft.small x=(x) y="12" text-anchor="middle" { (tick.label) }
        text.soft.small x=(x) y=(tenth(bottom + 18.0)) text-anchor="middle" { (tick.label) }
    }
}

fn ticks(days: &Days, scale: &Scale, layout: Layout) -> Vec<Tick> {
    let Some((first, last)) = days.ends else { return Vec::new() };
    let all = days_between(first, last);
    let step = [1, 2, 7, 14, 28, 91, 182, 365, 730, 1825, 3650]
        .into_iter()
        .find(|step| all / step < layout.ticks)
        .unwrap_or((all / layout.ticks).max(1));
    let mut out: Vec<Tick> = Vec::new();
    let mut year = None;
    let mut day = after(first, all % step / 2);
    while day <= last {
        let x = scale.x(Some(day));
        let format = if year == Some(day.year()) { "%-d %b" } else { "%-d %b %Y" };
        year = Some(day.year());
        // A label at the edge would be cut.
        if x > scale.left + 20.0 && x < layout.right - 24.0 {
            out.push(Tick { x, label: day.strftime(format).to_string() });
        } else {
            year = None;
        }
        let next = after(day, step);
        if next == day {
            break;
        }
        day = next;
    }
    out
}

fn speaker(
    row: &Row,
    bars: &[Placed<'_>],
    lanes: usize,
    top: f64,
    scale: &Scale,
    layout: Layout,
) -> Markup {
    let beside = layout.heading == 0.0;
    let first = top + layout.heading;
    let letters = if beside { 27 } else { 46 };
    html! {
        g {
            text.name x="0" y=(tenth(top + 13.0)) { (cut(&row.name, letters - 3)) }
            @if !row.role.is_empty() {
                text.soft.small x="0" y=(tenth(top + 28.0)) { (cut(&row.role, letters + 4)) }
            }
            @for lane in 0..lanes {
                @let y = first + lane as f64 * LANE;
                @for (part, at) in [("100 %", 0.0), ("0", RULE)] {
                    @if lane == 0 {
                        text.soft.tiny x=(tenth(layout.left - 6.0)) y=(tenth(y + at + 3.0)) text-anchor="end" { (part) }
                    }
                    line.rule x1=(tenth(layout.left)) x2=(tenth(layout.right)) y1=(tenth(y + at)) y2=(tenth(y + at)) {}
                }
            }
            @for placed in bars { (window(placed, first, scale)) }
            @for placed in bars { (bar(placed, first)) }
        }
    }
}

fn window(placed: &Placed<'_>, first: f64, scale: &Scale) -> Markup {
    let Some((open, close)) = placed.bar.window else { return html! {} };
    if scale.ends.is_none_or(|(_, end)| open > end) {
        return html! {};
    }
    let left = scale.x(Some(open));
    let right = close.map_or(scale.right, |close| scale.x(Some(close)));
    let y = first + placed.lane as f64 * LANE;
    html! {
        rect.window x=(tenth(left)) y=(tenth(y)) width=(tenth((right - left).max(4.0))) height=(tenth(RULE)) {}
    }
}

fn bar(placed: &Placed<'_>, first: f64) -> Markup {
    let Placed { bar, x, lane, label_left } = placed;
    let y = first + *lane as f64 * LANE;
    let fill = if bar.quoted { "quoted" } else { "paraphrase" };
    let class = format!("said {fill} {}", bar.stance.word());
    let (text_x, anchor) = if *label_left { (x - 11.0, "end") } else { (x + 11.0, "start") };
    let (middle, shape) = if let Some(range) = bar.range {
        let (top, bottom) = (y + (1.0 - range.high) * RULE, y + (1.0 - range.low) * RULE);
        let height = (bottom - top).max(3.0);
        let top = top.min(y + RULE - height);
        // An end that the words leave open makes the whole bar faint.
        let open = !(range.low_meant && range.high_meant);
        let shape = html! {
            rect class=(if open { format!("{class} open") } else { class }) x=(tenth(x - 5.5)) y=(tenth(top)) width="11" height=(tenth(height)) rx="2" {}
        };
        (top + height / 2.0, shape)
    } else {
        // No words say how sure: a glyph on the side that it takes.
        let (tip, base) = match bar.stance {
            Stance::Yes => (y + 1.0, y + 12.0),
            Stance::No => (y + RULE - 1.0, y + RULE - 12.0),
        };
        let path = format!(
            "M{} {}L{} {}L{} {}Z",
            tenth(*x),
            tenth(tip),
            tenth(x + 6.5),
            tenth(base),
            tenth(x - 6.5),
            tenth(base)
        );
        (f64::midpoint(tip, base), html! { path class=(class) d=(path) {} })
    };
    let label_y = (middle + 4.0).clamp(y + 13.0, y + RULE - 5.0);
    html! {
        (shape)
        text.label x=(tenth(text_x)) y=(tenth(label_y)) text-anchor=(anchor) {
            tspan.glyph.(bar.stance.word()) { (wording::glyph(bar.stance)) } " " (bar.label)
        }
    }
}

/// A label: words and range, and "no" before them where they speak of the answer no. Long terms
/// are cut, their range is not.
pub(crate) fn label(sure: &wording::Sure, of_no: bool) -> String {
    let side = if of_no { "no: " } else { "" };
    let reading = match (&sure.reading, sure.range) {
        (Some(_), Some(range)) => format!(" ({})", range.printed()),
        _ => String::new(),
    };
    format!("{side}{}{reading}", cut(&sure.term, 26))
}

fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(day: &str, label: &str) -> Bar {
        Bar {
            day: day.parse().ok(),
            stance: Stance::Yes,
            quoted: true,
            range: Some(Range { low: 0.2, high: 0.7, low_meant: true, high_meant: true }),
            label: label.to_owned(),
            window: None,
        }
    }

    #[test]
    fn bars_of_one_day_take_lanes_of_their_own() {
        let bars = [bar("2031-03-09", "▲ may (20–70 %)"), bar("2031-03-09", "▲ may (20–70 %)")];
        let rows = [Row { name: "Ada".into(), role: String::new(), bars: bars.to_vec() }];
        let scale = Scale::new(&Days::of(&rows, &[]), WIDE);
        let (placed, lanes) = place(&bars, &scale, WIDE);
        assert_eq!(lanes, 2);
        assert_eq!(placed.iter().map(|p| p.lane).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn a_window_without_end_runs_to_the_edge_and_far_years_do_not_hurt() {
        let mut one = bar("2031-03-09", "x");
        one.window = Some(("2031-03-09".parse().expect("a date"), None));
        let mut two = bar("-009999-01-01", "y");
        two.window = Some((Date::MIN, Some(Date::MAX)));
        let rows = [Row {
            name: "Ada".into(),
            role: "clerk".into(),
            bars: vec![one, two, bar("none", "z")],
        }];
        let page = drawn(&rows, &[], Date::MAX, "Will it?").expect("a picture").into_string();
        assert!(page.contains("class=\"window\""));
        assert!(!page.contains("NaN"));
    }
}
