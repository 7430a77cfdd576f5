//! Screen 6: the places that are spoken of, sized by independent origins, with the list that says the
//! same.
//!
//! Degrees are drawn as they are, over a plain grid: outlines of coasts and countries would be
//! somebody's view of where borders run, and a data file to keep. The names of the places tell where
//! one is.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use sayso_ledger::PlaceSummary;
use sayso_model::Extent;

use super::{
    Trouble,
    ledger::{Given, given},
    record::tenth,
    speakers::days,
};
use crate::{
    address::Address,
    frame::{self, Part},
    state::Pages,
    twin::{self, Table, Wanted},
    wording,
};

/// Places on the page and in its twins: those with most origins.
const MAX_PLACES: usize = 300;
/// Names that are written into the picture.
const MAX_LABELS: usize = 24;

const WIDTH: f64 = 1150.0;
const HEIGHT: f64 = 560.0;
/// Room for the degrees at the left and the bottom.
const MARGIN: f64 = 44.0;
/// Degrees that the picture shows at least: one town alone is no dot in a desert.
const LEAST_DEGREES: f64 = 4.0;

/// The page: `after` and `before` are days of publication.
pub(crate) async fn page(
    State(pages): State<Pages>,
    wanted: Wanted,
    pairs: Given,
) -> Result<Response, Trouble> {
    let here = given(pairs);
    let (query, notes) = here.query(pages.today());
    let places =
        pages.ask(move |ledger| ledger.places(query.after, query.before, MAX_PLACES)).await?;
    twin::answer(
        &pages,
        wanted.form,
        &places,
        || table(&places),
        || frame::page("Map", Part::Map, "", &shown(&places, &here, &notes)),
    )
}

fn shown(places: &[PlaceSummary], here: &Address, notes: &[String]) -> Markup {
    let drawn: Vec<Dot<'_>> = places.iter().filter_map(Dot::of).collect();
    html! {
        h1 { "Where" }
        p.lede { "Places that statements name, sized by how many independent origins name them." }
        @for note in notes { p.note { (note) } }
        form.filter action="/map" method="get" {
            label { "published from " input type="date" name="after" value=(here.get("after")); }
            label { " before " input type="date" name="before" value=(here.get("before")); }
            button type="submit" { "Show" }
            @if here.narrowing().next().is_some() { a href="/map" { "all days" } }
        }
        @if places.is_empty() {
            p { "No statement of these days names a place." }
        } @else {
            @if drawn.is_empty() {
                p.note { "None of these places is in the gazetteer, so none can be drawn: the list has them." }
            } @else {
                figure.map {
                    (picture(&drawn))
                    figcaption {
                        ul.key {
                            li { svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { circle.dot.point cx="8" cy="8" r="6" {} } " a town" }
                            li { svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { circle.dot.area cx="8" cy="8" r="6" {} } " somewhere in a region" }
                            li { svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" { circle.dot.country cx="8" cy="8" r="6" {} } " a country as a whole" }
                        }
                        p { "The area of a circle grows with the origins, and says nothing of the size of the place. Countries whose middle lies outside stand in the list alone. "
                            a href="#list" { "The same as a list" } }
                    }
                }
            }
            (list(places, here))
            (twin::links("/map", &here.href(""), "sayso find --facets"))
        }
    }
}

/// A place that can be drawn.
struct Dot<'a> {
    place: &'a PlaceSummary,
    lat: f64,
    lon: f64,
}

impl<'a> Dot<'a> {
    fn of(place: &'a PlaceSummary) -> Option<Self> {
        let (lat, lon) = (place.lat?, place.lon?);
        let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        is_on_earth.then_some(Self { place, lat, lon })
    }
}

/// What part of the earth is shown, and how degrees become places in the picture.
struct Frame {
    west: f64,
    north: f64,
    /// Units a degree of longitude, and of latitude.
    across: f64,
    down: f64,
}

impl Frame {
    /// Around the towns and regions: the middle of a country is far from where anything happens. Around
    /// the countries where there is nothing else.
    fn around(dots: &[Dot<'_>]) -> Self {
        let within = |dot: &&Dot<'_>| dot.place.extent != Extent::Country;
        let has_any = dots.iter().any(|dot| within(&dot));
        let framed: Vec<&Dot<'_>> = dots.iter().filter(|dot| !has_any || within(dot)).collect();
        let bounds = |of: fn(&Dot<'_>) -> f64| {
            let all = || framed.iter().map(|dot| of(dot));
            (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max))
        };
        let ((west, east), (south, north)) = (bounds(|dot| dot.lon), bounds(|dot| dot.lat));
        let (middle, level) = (f64::midpoint(west, east), f64::midpoint(south, north));
        // A degree of longitude is shorter the farther from the equator: a parabola is near enough to
        // the cosine for a picture, and the same on every machine.
        let part = level / 90.0;
        let shrink = (1.0 - part * part).max(0.25);
        let (width, height) = (WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
        let tall = ((north - south) * 1.25).max(LEAST_DEGREES);
        let wide = ((east - west) * 1.25).max(LEAST_DEGREES) * shrink;
        let down = (height / tall).min(width / wide);
        let across = down * shrink;
        Self {
            west: middle - WIDTH / 2.0 / across,
            north: level + HEIGHT / 2.0 / down,
            across,
            down,
        }
    }

    fn holds(&self, dot: &Dot<'_>) -> bool {
        (0.0..=WIDTH).contains(&self.x(dot.lon)) && (0.0..=HEIGHT).contains(&self.y(dot.lat))
    }

    fn x(&self, lon: f64) -> f64 {
        (lon - self.west) * self.across
    }

    fn y(&self, lat: f64) -> f64 {
        (self.north - lat) * self.down
    }

    /// Round degrees between two ends, far enough apart to be told from each other.
    fn steps(from: f64, to: f64, unit: f64) -> Vec<f64> {
        const APART: f64 = 90.0;
        let step = [0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0]
            .into_iter()
            .find(|step| step * unit >= APART)
            .unwrap_or(30.0);
        let first = (from / step).ceil() as i64;
        let last = (to / step).floor() as i64;
        (first..=last).map(|n| n as f64 * step).collect()
    }
}

/// A dot with its place in the picture, and whether its name has room beside it.
struct Placed<'a> {
    dot: &'a Dot<'a>,
    x: f64,
    y: f64,
    radius: f64,
    is_named: bool,
}

/// The dots inside the picture. A name is written where it covers no other one; those with most origins
/// have the first choice.
fn placed<'a>(dots: &'a [Dot<'a>], frame: &Frame) -> Vec<Placed<'a>> {
    /// Width of a letter, and height of a line, in units of the picture.
    const LETTER: f64 = 7.0;
    const LINE: f64 = 14.0;
    let most = dots.iter().map(|dot| dot.place.origins).max().unwrap_or(1).max(1) as f64;
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    let inside = dots.iter().filter(|dot| frame.holds(dot));
    inside
        .map(|dot| {
            let (x, y) = (frame.x(dot.lon), frame.y(dot.lat));
            let radius = 4.0 + 22.0 * (dot.place.origins as f64 / most).sqrt();
            let from = x + radius;
            let to = from + dot.place.name.chars().count() as f64 * LETTER;
            let is_free =
                taken.iter().all(|(a, b, line)| *b < from || to < *a || (line - y).abs() > LINE);
            let is_named = is_free && to < WIDTH && taken.len() < MAX_LABELS;
            if is_named {
                taken.push((from, to, y));
            }
            Placed { dot, x, y, radius, is_named }
        })
        .collect()
}

fn picture(dots: &[Dot<'_>]) -> Markup {
    let frame = Frame::around(dots);
    let (east, south) = (frame.west + WIDTH / frame.across, frame.north - HEIGHT / frame.down);
    html! {
        svg.map role="group" viewBox=(format!("0 0 {WIDTH} {HEIGHT}"))
            aria-label="The places of the list below, each at its degrees, sized by its independent origins." {
            @for lon in Frame::steps(frame.west, east, frame.across) {
                @let x = tenth(frame.x(lon));
                line.grid x1=(x) x2=(x) y1="0" y2=(HEIGHT) {}
                @if frame.x(lon) > MARGIN { text.soft.small x=(x) y=(HEIGHT - 6.0) text-anchor="middle" { (degrees(lon, 'E', 'W')) } }
            }
            @for lat in Frame::steps(south, frame.north, frame.down) {
                @let y = tenth(frame.y(lat));
                line.grid x1="0" x2=(WIDTH) y1=(y) y2=(y) {}
                text.soft.small x="4" y=(tenth(frame.y(lat) - 4.0)) { (degrees(lat, 'N', 'S')) }
            }
            // The largest first, so that none hides a smaller one.
            @for Placed { dot, x, y, radius, is_named } in placed(dots, &frame) {
                a href=(Address::default().with("place", &dot.place.name).href("/"))
                    aria-label=(format!("{}: {}", dot.place.name, origins(dot.place.origins))) {
                    title { (dot.place.name) ": " (origins(dot.place.origins)) }
                    circle class=(format!("dot {}", extent(dot.place.extent))) cx=(tenth(x)) cy=(tenth(y)) r=(tenth(radius)) {}
                    @if is_named { text.label x=(tenth(x + radius + 4.0)) y=(tenth(y + 4.0)) { (dot.place.name) } }
                }
            }
        }
    }
}

fn origins(n: usize) -> String {
    wording::count(n as u64, "origin", "origins")
}

fn degrees(value: f64, positive: char, negative: char) -> String {
    let side = if value < 0.0 { negative } else { positive };
    format!("{}° {side}", tenth(value.abs()))
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Point => "point",
        Extent::Area => "area",
        Extent::Country => "country",
    }
}

fn list(places: &[PlaceSummary], here: &Address) -> Markup {
    html! {
        section aria-labelledby="list" {
            h2 #list { "The places" }
            table.list {
                caption.hidden { "Places by independent origins" }
                thead { tr { th.c-name scope="col" { "Place" } th scope="col" { "Independent origins" }
                    th scope="col" { "Statements" } th.c-days scope="col" { "First and last" } th scope="col" { "Where" } } }
                tbody { @for place in places {
                    tr {
                        td { a href=(here.with("place", &place.name).href("/")) { (place.name) }
                            @if place.extent != Extent::Point { " " span.tag { (extent(place.extent)) } } }
                        td.n { (place.origins) span.unit { " origins" } }
                        td.n { (place.statements) span.unit { " statements" } }
                        td.n { (days(place.first.as_deref(), place.last.as_deref())) }
                        td.n.soft { @match (place.lat, place.lon) {
                            (Some(lat), Some(lon)) => { (degrees(lat, 'N', 'S')) ", " (degrees(lon, 'E', 'W')) },
                            _ => "not in the gazetteer",
                        } }
                    }
                } }
            }
            @if places.len() == MAX_PLACES { p.note { "These are the " (MAX_PLACES) " places with most origins." } }
            p.soft { (wording::count(places.len() as u64, "place", "places")) }
        }
    }
}

fn table(places: &[PlaceSummary]) -> Table {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows = places.iter().map(|one| {
        vec![
            one.name.clone(),
            one.geonameid.map(|id| id.to_string()).unwrap_or_default(),
            number(one.lat),
            number(one.lon),
            extent(one.extent).to_owned(),
            one.origins.to_string(),
            one.statements.to_string(),
            one.first.clone().unwrap_or_default(),
            one.last.clone().unwrap_or_default(),
        ]
    });
    Table {
        head: &[
            "name",
            "geonameid",
            "lat",
            "lon",
            "extent",
            "origins",
            "statements",
            "first",
            "last",
        ],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, lat: f64, lon: f64) -> PlaceSummary {
        PlaceSummary {
            name: name.to_owned(),
            geonameid: None,
            lat: Some(lat),
            lon: Some(lon),
            extent: Extent::Point,
            statements: 1,
            origins: 1,
            first: None,
            last: None,
        }
    }

    #[test]
    fn every_place_stands_inside_the_picture() {
        for places in [
            vec![place("A", 48.6, 38.0)],
            vec![place("A", 48.6, 38.0), place("B", 50.4, 30.5)],
            vec![place("A", 90.0, -180.0), place("B", -90.0, 180.0)],
            vec![place("A", 10.0, 10.0), place("B", 10.0, 10.0)],
        ] {
            let dots: Vec<Dot<'_>> = places.iter().filter_map(Dot::of).collect();
            let frame = Frame::around(&dots);
            assert!(dots.iter().all(|dot| frame.holds(dot)));
            assert_eq!(placed(&dots, &frame).len(), dots.len());
            assert!(!picture(&dots).into_string().contains("NaN"));
        }
        assert!(Dot::of(&place("nowhere", f64::NAN, 0.0)).is_none());
        assert!(Dot::of(&place("nowhere", 91.0, 0.0)).is_none());
    }
}
