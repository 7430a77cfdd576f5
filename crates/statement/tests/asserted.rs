//! Whole sentences, from who says it to what is said: what is denied, asked, wished, only spoken of, or
//! not said at all is no forecast. All people, towns and most countries are invented.

use sayso_model::{Article, Entity, Published};
use sayso_statement::Tables;

/// What is claimed by each statement of a sentence: speaker, kind, polarity, event with its actor and
/// target, and certainty.
fn claims(text: &str, tables: &Tables) -> Vec<String> {
    let published = Some(Published::day("2031-04-03".parse().expect("a day")));
    let article = Article { published, ..Article::of_text("case", text) };
    let language = sayso_language::read(text);
    let name = |e: Option<&Entity>| e.map_or("-".to_owned(), |e| e.name.clone());
    sayso_statement::read(&article, &language, tables)
        .iter()
        .map(|s| {
            let event = s.event.as_ref();
            format!(
                "{}: {} {}, {} {} > {}, {}",
                s.speaker.as_ref().map_or("-", |s| s.name.as_str()),
                s.kind.word(),
                s.polarity.word(),
                name(event.and_then(|e| e.actor.as_ref())),
                event.map_or("-", |e| e.class.as_str()),
                name(event.and_then(|e| e.target.as_ref())),
                s.certainty.as_ref().map_or("-", |c| c.term.as_str()),
            )
        })
        .collect()
}

/// Sentences with the one claim that each makes.
fn check(cases: &[(&str, &str)]) {
    let tables = Tables::english().expect("the shipped tables");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, wanted)| {
            let found = claims(text, &tables);
            (found != [*wanted]).then(|| format!("{text}\n  wanted {wanted}\n  found  {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_refuted_is_denied() {
    check(&[
        (
            "Governor Pia Vell disputed the claim that Oskaria had seized Varne.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell denied that Oskaria captured Varne.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell said rumours of an attack on Varne were completely false.",
            "Pia Vell: denial no, - attack > Varne, -",
        ),
        (
            "Governor Pia Vell said it was a myth that Oskaria had seized Varne.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell confirmed reports that Oskaria would seize Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell said reports that Oskaria would seize Varne were true.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell did not deny that the plant would close.",
            "Pia Vell: report yes, plant close > -, -",
        ),
        (
            "The agency also reports that the plant will close.",
            "agency: forecast yes, plant close > -, -",
        ),
        (
            "Pia Vell ruled out that the bank would cut rates.",
            "Pia Vell: forecast no, bank cut_rate > rates, -",
        ),
        (
            "The palace dismissed speculation that the queen would abdicate.",
            "palace: denial no, queen abdicate > -, -",
        ),
        (
            "The army rejected as baseless reports that it had left Varne.",
            "army: denial no, army withdraw > Varne, -",
        ),
        (
            "Pia Vell insisted the story about the strike was an invention.",
            "Pia Vell: denial no, - strike > -, -",
        ),
        (
            "Pia Vell denied reports of an attack on Varne.",
            "Pia Vell: denial no, - attack > Varne, -",
        ),
        (
            "Pia Vell dismissed fears that the bank would collapse.",
            "Pia Vell: denial no, bank collapse > -, -",
        ),
        (
            "Pia Vell said false reports of an attack on Varne caused a panic.",
            "Pia Vell: assessment yes, false reports of an attack on Varne cause > panic, -",
        ),
        (
            "\"It is a lie that we attacked the hospital in Varne,\" General Rurik Stahl said.",
            "Rurik Stahl: denial no, Rurik Stahl attack > hospital, -",
        ),
        (
            "It was denied that Oskaria had seized Varne, Pia Vell said.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
    ]);
}

#[test]
fn what_falls_is_the_head_of_the_subject() {
    check(&[
        (
            "Governor Pia Vell said the mayor of Varne will fall.",
            "Pia Vell: forecast yes, mayor of Varne fall > -, -",
        ),
        (
            "Governor Pia Vell said exports from Varne could fall.",
            "Pia Vell: forecast yes, exports from Varne fall > exports from Varne, could",
        ),
        (
            "Governor Pia Vell said the price of bread in Varne fell.",
            "Pia Vell: report yes, price of bread in Varne fall > price of bread in Varne, -",
        ),
        (
            "Governor Pia Vell said most of Varne will fall.",
            "Pia Vell: forecast yes, - capture > Varne, -",
        ),
        (
            "Governor Pia Vell said the fall of Varne is inevitable.",
            "Pia Vell: forecast yes, - capture > Varne, inevitable",
        ),
        (
            "Governor Pia Vell said trains from Lisk to Varne were captured.",
            "Pia Vell: report yes, - capture > trains from Lisk to Varne, -",
        ),
    ]);
}

#[test]
fn who_does_not_say_or_will_something_makes_no_statement() {
    check(&[
        (
            "The company does not plan to close the plant, Pia Vell said.",
            "Pia Vell: intention no, company close > plant, does not plan to",
        ),
        (
            "Norland does not want to join the bloc, Pia Vell said.",
            "Pia Vell: report no, Norland join > bloc, want to",
        ),
        (
            "Norland would not recognise the election, Governor Pia Vell said on Monday.",
            "Pia Vell: forecast no, Norland recognise > election, -",
        ),
        (
            "The union never threatened to strike, its leader Ivo Stark said.",
            "Ivo Stark: report no, union strike > -, -",
        ),
        (
            "The bank did not promise to cut rates, Pia Vell said.",
            "Pia Vell: report no, bank cut_rate > rates, -",
        ),
        (
            "\"I do not plan to resign,\" Ivo Stark said.",
            "Ivo Stark: intention no, Ivo Stark resign > -, do not plan to",
        ),
        (
            "The minister said he did not think the bank would cut rates.",
            "minister: forecast no, bank cut_rate > rates, -",
        ),
        (
            "The minister said the union had not announced a strike.",
            "minister: report no, union announce > strike, -",
        ),
        (
            "Pia Vell no longer expects the bank to cut rates.",
            "Pia Vell: forecast no, bank cut_rate > rates, -",
        ),
    ]);
}

#[test]
fn questions_and_not_knowing_foretell_nothing() {
    check(&[
        (
            "\"Can Oskaria hold Varne? Nobody knows,\" Pia Vell wrote.",
            "Pia Vell: assessment yes, Oskaria defend > Varne, -",
        ),
        (
            "Pia Vell asked Oskaria to withdraw from Varne.",
            "Pia Vell: demand yes, Oskaria withdraw > Varne, -",
        ),
        (
            "Pia Vell said it was uncertain whether the bank would cut rates.",
            "Pia Vell: forecast yes, bank cut_rate > rates, uncertain",
        ),
        (
            "\"Oskaria will capture Varne, won't it?\" the general said.",
            "general: forecast yes, Oskaria capture > Varne, -",
        ),
    ]);
}

#[test]
fn two_negations_are_none() {
    check(&[
        (
            "Pia Vell doubts that Oskaria will seize Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, doubts",
        ),
        (
            "Pia Vell said little could stop the bank from raising rates.",
            "Pia Vell: forecast yes, little stop > bank, could",
        ),
        (
            "Pia Vell said few things would prevent Oskaria from seizing Varne.",
            "Pia Vell: forecast yes, few things prevent > Oskaria, -",
        ),
        (
            "Pia Vell said nothing could stop the rebels from seizing Varne.",
            "Pia Vell: forecast no, - stop > rebels, could",
        ),
        (
            "Pia Vell said the treaty would stop Oskaria from seizing Varne.",
            "Pia Vell: forecast yes, treaty stop > Oskaria, -",
        ),
        (
            "Pia Vell said the rebels will neither withdraw from Varne nor lay down their arms.",
            "Pia Vell: forecast no, rebels withdraw > Varne, -",
        ),
        (
            "Neither the pilot nor the crew was arrested, police said.",
            "police: report no, - arrest > pilot, -",
        ),
        (
            "\"I have no doubt that Oskaria will not seize Varne,\" Pia Vell said.",
            "Pia Vell: forecast no, Oskaria capture > Varne, no doubt",
        ),
        (
            "Pia Vell said Varne will not fall when Oskaria attacks.",
            "Pia Vell: forecast no, - capture > Varne, -",
        ),
    ]);
}

#[test]
fn an_event_that_is_only_spoken_of_is_not_asserted() {
    check(&[
        (
            "Analysts say the loss of Varne would threaten Lisk.",
            "Analysts: forecast yes, loss of Varne threaten > Lisk, -",
        ),
        (
            "Pia Vell said an attack on Varne could force a retreat.",
            "Pia Vell: forecast yes, attack on Varne force > retreat, could",
        ),
        (
            "Pia Vell said attacking Varne would be a mistake.",
            "Pia Vell: assessment yes, attacking mistake > -, -",
        ),
        (
            "Pia Vell said abandoning Varne is not an option.",
            "Pia Vell: assessment no, abandoning option > -, -",
        ),
        (
            "Pia Vell said Norland will never accept the annexation of Varne.",
            "Pia Vell: forecast no, Norland accept > annexation of Varne, -",
        ),
        (
            "Pia Vell said the talks will not produce a truce.",
            "Pia Vell: forecast no, talks produce > truce, -",
        ),
        (
            "Pia Vell said the resignation of Ivo Stark would please voters.",
            "Pia Vell: forecast yes, resignation of Ivo Stark please > voters, -",
        ),
        (
            "Pia Vell said Varne being seized by Oskaria would shock Norland.",
            "Pia Vell: forecast yes, Varne shock > Norland, -",
        ),
        (
            "Pia Vell said an attack on Varne would begin in May.",
            "Pia Vell: forecast yes, - attack > Varne, -",
        ),
        (
            "Pia Vell said an attack on Varne would be likely.",
            "Pia Vell: forecast yes, - attack > Varne, likely",
        ),
        (
            "Pia Vell said the strike will end on Friday.",
            "Pia Vell: forecast yes, strike end > -, -",
        ),
        (
            "Pia Vell said a ceasefire will take effect in May.",
            "Pia Vell: forecast yes, ceasefire take > effect, -",
        ),
        (
            "Pia Vell said Oskaria would have seized Varne if the bridge had stood.",
            "Pia Vell: assessment yes, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said Oskaria would have seized Varne by June.",
            "Pia Vell: assessment yes, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said the attack on Varne killed five people.",
            "Pia Vell: report yes, attack on Varne kill > five people, -",
        ),
        (
            "Pia Vell said sanctions on Oskaria will not stop the war.",
            "Pia Vell: forecast no, sanctions on Oskaria stop > war, -",
        ),
        (
            "Pia Vell said the talks will lead to a ceasefire in May.",
            "Pia Vell: forecast yes, talks lead > ceasefire, -",
        ),
        (
            "Pia Vell said the ceasefire will probably collapse.",
            "Pia Vell: forecast yes, ceasefire collapse > -, probably",
        ),
        (
            "Pia Vell said seizing Varne is impossible.",
            "Pia Vell: forecast yes, seizing capture > Varne, impossible",
        ),
        (
            "Pia Vell warned that an attack on Varne would be met with force.",
            "Pia Vell: forecast yes, - meet > attack on Varne, -",
        ),
        (
            "Pia Vell said peace talks may resume in May.",
            "Pia Vell: forecast yes, peace talks resume > -, may",
        ),
        (
            "Pia Vell said the withdrawal of troops from Varne should begin in May.",
            "Pia Vell: forecast yes, troops withdraw > Varne, should",
        ),
        (
            "Pia Vell said the eruption could destroy the town.",
            "Pia Vell: forecast yes, eruption destroy > town, could",
        ),
        (
            "Pia Vell said the resignation of Ivo Stark is expected in May.",
            "Pia Vell: forecast yes, Ivo Stark resign > -, expected",
        ),
    ]);
}

#[test]
fn what_somebody_says_they_expect_is_a_forecast() {
    check(&[
        (
            "Pia Vell said she expects the bank to cut rates in June.",
            "Pia Vell: forecast yes, bank cut_rate > rates, expects",
        ),
        (
            "Pia Vell said the board expects the plant to close next year.",
            "Pia Vell: forecast yes, plant close > -, expects",
        ),
        (
            "The agency said it now expects the economy to shrink by 2 percent.",
            "agency: forecast yes, economy fall > economy, expects",
        ),
        (
            "Pia Vell said she does not expect Oskaria to attack Varne.",
            "Pia Vell: forecast no, Oskaria attack > Varne, expect",
        ),
    ]);
}

#[test]
fn what_somebody_says_they_hope_is_none() {
    check(&[
        (
            "Pia Vell said she hopes the bank will cut rates.",
            "Pia Vell: intention yes, bank cut_rate > rates, hopes",
        ),
        (
            "Pia Vell said he wants the rebels to leave Varne.",
            "Pia Vell: intention yes, rebels withdraw > Varne, wants",
        ),
        (
            "Pia Vell said she prays that Varne will not fall.",
            "Pia Vell: intention no, - capture > Varne, prays",
        ),
    ]);
}

#[test]
fn what_is_refused_or_asked_is_no_statement() {
    let tables = Tables::english().expect("the shipped tables");
    for text in [
        "Pia Vell asked whether the bank would cut rates.",
        "Reporters asked if the minister would resign.",
        "\"Who will win the election?\" Pia Vell asked.",
        "Ivo Stark refused to withdraw from Varne.",
        "Ivo Stark declined to say whether he would resign.",
        "Nobody expects Oskaria to capture Varne.",
        "Pia Vell did not say the bank would close.",
        "Pia Vell has not warned that the dam would break.",
    ] {
        assert_eq!(claims(text, &tables), [""; 0], "{text}");
    }
}

/// What a careful reader takes from them and sayso does not yet: a case that comes right moves to its test above.
const LATER: &[(&str, &str)] = &[
    (
        "Pia Vell does not know if the strike will end.",
        "Pia Vell: forecast yes, - strike > -, open",
    ),
    (
        "Pia Vell said it was too soon to say whether the bank would cut rates.",
        "Pia Vell: forecast yes, bank cut_rate > -, open",
    ),
    (
        "Pia Vell could not say whether rates would rise.",
        "Pia Vell: forecast yes, - rise > rates, open",
    ),
    (
        "Pia Vell said the question was whether Oskaria would attack Varne.",
        "Pia Vell: assessment yes, Oskaria attack > Varne, -",
    ),
    (
        "\"Will it hold? Varne will not fall,\" Pia Vell said.",
        "Pia Vell: forecast no, - capture > Varne, -",
    ),
    (
        "The general said whether Oskaria attacks Varne or not, the army will hold Lisk.",
        "general: forecast yes, army defend > Lisk, -",
    ),
    (
        "Pia Vell said she did not know when Oskaria would attack Varne.",
        "Pia Vell: forecast yes, Oskaria attack > Varne, -",
    ),
    (
        "Pia Vell said nobody could tell whether the truce would hold.",
        "Pia Vell: forecast yes, - ceasefire > -, open",
    ),
    (
        "\"I wonder if Oskaria will seize Varne,\" Pia Vell said.",
        "Pia Vell: assessment yes, Oskaria capture > Varne, -",
    ),
    ("Pia Vell said arresting Ivo Stark would be a crime.", "Pia Vell: assessment yes, - - > -, -"),
    (
        "Governor Pia Vell said the besieged port of Mellin is about to fall.",
        "Pia Vell: forecast yes, - capture > Mellin, -",
    ),
    (
        "Few economists doubt that rates will rise.",
        "Few economists: forecast yes, - rise > rates, little doubt",
    ),
    (
        "Pia Vell said no one doubted that Oskaria would seize Varne.",
        "Pia Vell: forecast yes, Oskaria capture > Varne, definite",
    ),
    (
        "Pia Vell said neither Norland nor Velania will join the bloc.",
        "Pia Vell: forecast no, Norland join > bloc, -",
    ),
    (
        "Pia Vell said she had expected Oskaria to attack Varne.",
        "Pia Vell: report yes, Oskaria attack > Varne, -",
    ),
    ("Pia Vell said they wish the strike would end.", "Pia Vell: intention yes, - strike > -, -"),
    (
        "Pia Vell said she hoped for a ceasefire.",
        "Pia Vell: intention yes, Pia Vell ceasefire > -, want",
    ),
    (
        "Norland's finance minister rejected claims that the bank would close.",
        "Norland's finance minister: denial no, bank close > -, -",
    ),
    (
        "The chancellor denied a report that she would resign.",
        "chancellor: denial no, - resign > -, -",
    ),
    (
        "Governor Pia Vell said claims that the army had withdrawn from Varne were lies.",
        "Pia Vell: denial no, army withdraw > Varne, -",
    ),
    (
        "Police dismissed as untrue reports that the bridge would close.",
        "Police: denial no, bridge close > -, -",
    ),
    (
        "The rumours that the ferry sank are unfounded, harbour master Lena Moss said.",
        "Lena Moss: denial no, - - > -, -",
    ),
    (
        "Governor Pia Vell said it was not false that Oskaria had seized Varne.",
        "Pia Vell: report yes, Oskaria capture > Varne, -",
    ),
    (
        "The general said he rejected claims that the army would leave Varne.",
        "general: denial no, army withdraw > Varne, -",
    ),
    (
        "Pia Vell said it would be wrong to say that Oskaria has seized Varne.",
        "Pia Vell: denial no, Oskaria capture > Varne, -",
    ),
    (
        "Pia Vell said the alarm was false and Oskaria will attack Varne.",
        "Pia Vell: forecast yes, Oskaria attack > Varne, -",
    ),
    (
        "The idea that Oskaria will seize Varne is nonsense, according to Pia Vell.",
        "Pia Vell: denial no, Oskaria capture > Varne, -",
    ),
    (
        "Pia Vell said the army denied that Oskaria had seized Varne.",
        "Pia Vell: report no, Oskaria capture > Varne, -",
    ),
    (
        "Pia Vell said reports that Oskaria had seized Varne were denied by the army.",
        "Pia Vell: denial no, Oskaria capture > Varne, -",
    ),
    ("The bank does not expect rates to rise.", "bank: forecast no, - rise > rates, -"),
];

#[test]
fn what_is_not_read_yet_is_still_wrong() {
    let tables = Tables::english().expect("the shipped tables");
    for (text, wanted) in LATER {
        assert_ne!(claims(text, &tables), [*wanted], "read now, so move it up: {text}");
    }
}
