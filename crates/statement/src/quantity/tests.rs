//! What numbers mean, on invented sentences.

use sayso_model::{Article, Quantity, QuantityKind, Span};

use super::{chances, of_article, of_passage, same_claim, unit};
use crate::{Context, Ground, Tables, passage::Passage};

/// The quantities of a sentence with their units.
fn read(text: &str) -> Vec<(Quantity, Option<String>)> {
    let tables = Tables::english().expect("the shipped tables");
    let article = Article::of_text("case", text);
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, &tables);
    let context =
        Context { article: &article, language: &language, tables: &tables, ground: &ground };
    let all = of_article(&context);
    for quantity in &all {
        let span = Span::new(quantity.span.byte_start as usize, quantity.span.byte_end as usize);
        assert_eq!(span.of(text), quantity.text);
    }
    all.into_iter().map(|q| (unit(&context, &q), q)).map(|(u, q)| (q, u)).collect()
}

/// What a statement of these words counts or measures, "low..high of / per" each.
fn measures(text: &str) -> String {
    in_statement(text, |context, passage| {
        let end = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x}"));
        let one = |q: Quantity| {
            let value = if q.low == q.high { end(q.low) } else { end(q.low) + ".." + &end(q.high) };
            let per = q.per.map(|per| format!(" / {per}")).unwrap_or_default();
            format!("{value} {}{per}", q.of.unwrap_or_default())
        };
        of_passage(context, passage).into_iter().map(one).collect::<Vec<_>>().join("; ")
    })
}

/// The chances that some words state, as "low..high".
fn stated(text: &str) -> String {
    in_statement(text, |context, passage| {
        let one = |one: super::Likelihood| format!("{:.2}..{:.2}", one.low, one.high);
        chances(context, passage).into_iter().map(one).collect::<Vec<_>>().join("; ")
    })
}

fn in_statement<T>(text: &str, ask: impl FnOnce(&Context, &Passage) -> T) -> T {
    let tables = Tables::english().expect("the shipped tables");
    let article = Article::of_text("case", text);
    let language = sayso_language::read(text);
    let ground = Ground::read(&language, &tables);
    let context =
        Context { article: &article, language: &language, tables: &tables, ground: &ground };
    ask(&context, &Passage::of(&context, &[Span::new(0, text.len())]))
}

#[test]
fn a_figure_says_what_it_measures() {
    for (text, wanted) in [
        ("Inflation will fall to 21 percent.", "21 Inflation"),
        ("The bank cut its rates by 2 percent.", "2 rates"),
        ("They expect a deficit of 4.9 percent of output.", "4.9 deficit / output"),
        ("Their party won 54 percent of the votes.", "54 votes"),
        ("The mill missed its 5.5 percent growth target.", "5.5 growth target"),
        ("The price of copper reached $9,000.", "9000 price of copper"),
        ("The rules will bring $3 million each in fees.", "3000000 fees"),
        ("The storm will knock $5 million off profit.", "5000000 profit"),
        ("The cure worked in 90 percent of tests.", "90 tests"),
        ("They kept rates on hold at 4 percent.", "4 rates"),
        ("The fund will invest $75 million in schools.", "75000000 schools"),
        ("It needs $75 million in the next days.", "75000000 USD"),
        ("The siege may last two weeks.", "2 week"),
    ] {
        assert_eq!(measures(text), wanted, "{text}");
    }
}

#[test]
fn numbers_of_one_movement_and_of_one_noun_belong_together() {
    for (text, wanted) in [
        ("The bank cut its forecast from 3.5% to 2.5%.", "3.5 forecast; 2.5 forecast"),
        ("The bank raised the odds to 40 percent from 25.", "40 odds; 25 odds"),
        ("Prices range from 10 to 20 euros.", "10..20 Prices"),
        ("Her party won 263 seats and its rival took 108.", "263 seats; 108 seats"),
        ("A permit needs five or six stamps.", "5..6 stamps"),
        ("Hundreds were hurt.", "200.. "),
    ] {
        assert_eq!(measures(text), wanted, "{text}");
    }
}

#[test]
fn a_number_is_a_chance_where_the_tree_ties_it_to_one() {
    for (text, wanted) in [
        ("They put the odds of a deal at 60-40.", "0.60..0.60"),
        ("The chances are 50/50.", "0.50..0.50"),
        ("They put the chances at no better than one in three.", "0.00..0.33"),
        ("There is a 40 percent chance of rain.", "0.40..0.40"),
        ("The drug brought a 44 percent cut in the risk.", ""),
        ("Some 30 percent of the crews are sure.", ""),
    ] {
        assert_eq!(stated(text), wanted, "{text}");
    }
}

/// "op low..high unit" of each quantity, as a line.
fn line(text: &str) -> String {
    let end = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x}"));
    let one = |(q, unit): (Quantity, Option<String>)| {
        let op = format!("{:?}", q.op).to_lowercase();
        let value = if q.low == q.high { end(q.low) } else { end(q.low) + ".." + &end(q.high) };
        format!("{op} {value} {}", unit.unwrap_or_default()).trim_end().to_owned()
    };
    read(text).into_iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn numbers_are_read_with_their_units() {
    for (text, wanted) in [
        ("The yard built 40 patrol boats.", "eq 40 patrol boat"),
        ("It costs $3.5m, or C$4.7 million.", "eq 3500000 dollar; eq 4700000 canadian dollar"),
        ("They paid 1,200 euros a month.", "eq 1200 euro per month"),
        ("Winds reached 80mph in Harlow.", "eq 80 mile per hour"),
        ("A seven-year plan covers 12.5 sq km.", "eq 7 year; eq 12.5 square kilometre"),
        ("Half of the boats sank.", "eq 0.5 boat"),
        ("Two-thirds of voters agree.", "eq 0.6666666666666666 voter"),
        ("Three out of every ten crews left.", "eq 0.3 crew"),
        ("It was minus 40 degrees Celsius.", "eq -40 celsius"),
        ("Turnout rose by 3.5 percentage points.", "up 3.5 percentage point"),
        ("Tens of thousands of people marched.", "approx 10000..100000 people"),
    ] {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn words_before_a_number_bound_and_move_it() {
    for (text, wanted) in [
        ("More than 900 boats sailed.", "gt 900.. boat"),
        ("At least 12 crews left.", "ge 12.. crew"),
        ("Up to 30 boats may sail.", "le ..30 boat"),
        ("Prices fell 2 per cent.", "down 2 percent"),
        ("Shares rose 60 points, or 2.1%.", "up 60 point; up 2.1 percent"),
        ("The yard cut 300 jobs.", "eq 300 job"),
        ("About 19 per cent agreed.", "approx 19 percent"),
        ("Output fell from 240 tonnes to 180 tonnes.", "down 180..240 tonne"),
        ("It takes seven or eight hours.", "eq 7 hour; eq 8 hour"),
        ("It takes 10 to 20 hours.", "eq 10..20 hour"),
        ("They want 24 to 30 billion dollars.", "eq 24000000000..30000000000 dollar"),
    ] {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn words_behind_a_number_bound_it() {
    for (text, wanted) in [
        ("It fell by 10 percentage points at most.", "le ..10 percentage point"),
        ("Rents may rise by 3 percent or more.", "ge 3.. percent"),
        ("They built 40 boats at least.", "ge 40.. boat"),
        ("Ten or more boats left.", "ge 10.. boat"),
        ("Six or fewer crews stayed.", "le ..6 crew"),
        ("It costs $30 or less.", "le ..30 dollar"),
        ("More than 300 but fewer than 400 boats sailed.", "eq 300..400 boat"),
        ("At least 3 percent and at most 5 percent agreed.", "eq 3..5 percent"),
        ("They lost 12 boats, at least four of them new.", "eq 12 boat; ge 4.."),
        ("Fines rose 3 percent or more than expected.", "up 3 percent"),
        ("More than 40 boats sank and fewer than 20 crews left.", "gt 40.. boat; lt ..20 crew"),
        ("A quake of magnitude 7 or higher is rare.", "ge 7.."),
        ("Losses doubled to 40.", "eq 40"),
        ("They passed 12 boats and under the bridge.", "eq 12 boat"),
    ] {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn a_noun_said_once_counts_for_both_numbers() {
    for (text, wanted) in [
        ("They took five villages near Lisk and six near Varne.", "eq 5 village; eq 6 village"),
        ("The yard lost ten boats near the pier and six near Mellin.", "eq 10 boat; eq 6 boat"),
        ("They had two near misses.", "eq 2 near miss"),
        ("It has 40 boats in Lisk and 30 in Mellin.", "eq 40 boat; eq 30 boat"),
        ("She left 40 boats in May and two days later resigned.", "eq 40 boat; eq 2 day"),
    ] {
        assert_eq!(line(text), wanted, "{text}");
    }
}

#[test]
fn ratios_and_shares_in_one_word() {
    let first = |text: &str| read(text).remove(0).0;
    for text in [
        "Oskaria lost five soldiers for every Velanian killed.",
        "They lost seven men for each Ukrainian wounded.",
        "Five men killed for every Velanian lost is too many.",
        "Five boats were built for the harbour.",
        "They built five boats for every crew.",
    ] {
        let kind = first(text).kind;
        let ratio = text.contains("every") || text.contains("each");
        assert_eq!(kind == QuantityKind::Ratio, ratio, "{text}");
    }
    let share = first("One-in-four boats leaks.");
    assert_eq!((share.kind, share.low), (QuantityKind::Fraction, Some(0.25)));
    assert!(read("There is a one-in-three chance of rain.").iter().all(|q| q.0.low < Some(1.0)));
}

#[test]
fn dates_hours_names_and_labels_count_nothing() {
    for text in [
        "It sank on March 7, 2031.",
        "The vote is at 9:45 and ends at 5pm.",
        "The 2031 election was held in May.",
        "No one came, and one day they left.",
        "See section 4 of the report.",
        "It was the 22nd amendment.",
        "In the 1990s it was rare.",
    ] {
        assert_eq!(line(text), "", "{text}");
    }
}

#[test]
fn one_ratio_in_many_words_is_one_claim() {
    let texts = [
        "Oskaria lost five soldiers for every Velanian soldier.",
        "For every Velanian soldier there are five soldiers on the other side.",
        "They have five times as many soldiers as Velania.",
        "Velanian soldiers are outnumbered five to one.",
    ];
    let all: Vec<Quantity> = texts
        .iter()
        .map(|text| {
            let mut found = read(text);
            assert_eq!(found.len(), 1, "{text}");
            found.remove(0).0
        })
        .collect();
    for a in &all {
        for b in &all {
            assert!(same_claim(a, b), "{} / {}", a.text, b.text);
        }
    }
    let other = read("They have three times as many soldiers as Velania.").remove(0).0;
    let turned = read("For every five Velanian soldiers there is one tank.").remove(0).0;
    assert!(all.iter().all(|q| !same_claim(q, &other) && !same_claim(q, &turned)));
    let (three, six) = ("Three of ten crews left.", "Six out of 20 crews left.");
    let of = |text: &str| read(text).remove(0).0;
    assert!(
        same_claim(&of("Three out of ten crews left."), &of(six)) && !of(three).text.is_empty()
    );
}
