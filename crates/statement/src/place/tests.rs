//! Which place is meant.

use sayso_language::Language;

use super::NamedPlace;
use crate::{Ground, Tables};

fn places(text: &str) -> Vec<NamedPlace> {
    let tables = Tables::english().expect("the shipped tables");
    let language: Language = sayso_language::read(text);
    Ground::read(&language, &tables).places
}

/// The country and state of each place of that name.
fn of(text: &str, name: &str) -> Vec<String> {
    let found = places(text).into_iter().filter(|p| p.span.of(text) == name);
    found
        .map(|p| p.known.map_or("?".to_owned(), |k| format!("{} {}", k.country, k.admin1)))
        .collect()
}

#[test]
fn a_comma_tells_which_and_holds_for_the_whole_article() {
    let text = "The mayor of Paris, Texas, resigned on Monday. Voters in Paris were surprised.";
    assert_eq!(of(text, "Paris"), ["US TX", "US TX"]);
    assert!(of("The minister arrived in Paris on Monday.", "Paris")[0].starts_with("FR"));
    assert_eq!(of("A truck overturned near Lexington, Ky., police said.", "Ky."), ["US KY"]);
}

#[test]
fn surroundings_tell_which() {
    let text = "Police in Waco, Texas, and in Dallas searched the road to Paris. Texas law applies, \
                the Texas governor said in Dallas.";
    assert_eq!(of(text, "Dallas"), ["US TX", "US TX"]);
    let text = "Ukraine holds Pokrovsk, the general staff said in Kyiv.";
    assert!(of(text, "Pokrovsk")[0].starts_with("UA"));
}

#[test]
fn names_that_are_all_common_tell_the_state_that_has_them_all() {
    let text = "Deputies of Lamar County searched a barn between Blossom and Reno on Monday. The road \
                to Paris was closed.";
    assert_eq!(of(text, "Paris"), ["US TX"]);
}

#[test]
fn a_continents_people_are_no_country_s() {
    let text = "Latin American and American ministers met. North Americans were not asked.";
    let tables = Tables::english().expect("the shipped tables");
    let language: Language = sayso_language::read(text);
    let words = Ground::read(&language, &tables).words;
    let named = (0..words.len()).filter_map(|at| crate::nation::nation_at(&words, at, &tables));
    let named: Vec<_> = named.map(|n| n.words.start).collect();
    assert_eq!(named, [3]);
}

#[test]
fn a_country_is_a_country_and_a_county_lies_in_its_state() {
    assert_eq!(of("The army of Lebanon left Jordan and Mexico.", "Lebanon"), ["LB "]);
    let text = "Deputies in Travis County, Texas, closed the road to Austin.";
    let county = places(text).into_iter().find(|p| p.span.of(text).starts_with("Travis"));
    let known = county.and_then(|p| p.known).expect("a place of the gazetteer");
    assert_eq!(known.admin1, "TX");
    assert!((known.lat - 30.3).abs() < 0.5 && (known.lon + 97.7).abs() < 0.5, "{known:?}");
}

#[test]
fn a_village_that_nothing_points_to_stays_unknown() {
    let text = "The governor spoke in Kyiv. The village of Mellin is quiet.";
    assert_eq!(of(text, "Mellin"), ["?"]);
}

#[test]
fn words_with_a_capital_are_no_places() {
    let text = "The City said it. More will follow, An official said. North and South agreed.";
    assert!(places(text).is_empty(), "{:?}", places(text));
}
