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
            "Norland's finance minister rejected claims that the bank would close.",
            "Norland's finance minister: denial no, bank close > -, -",
        ),
        (
            "The chancellor denied a report that she would resign.",
            "chancellor: denial no, - resign > -, -",
        ),
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
            "Governor Pia Vell said claims that the army had withdrawn from Varne were lies.",
            "Pia Vell: denial no, army withdraw > Varne, -",
        ),
        (
            "Police dismissed as untrue reports that the bridge would close.",
            "Police: denial no, bridge close > -, -",
        ),
        (
            "Governor Pia Vell said it was a myth that Oskaria had seized Varne.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
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
            "Governor Pia Vell confirmed reports that Oskaria would seize Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Governor Pia Vell said reports that Oskaria would seize Varne were true.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "The general said he rejected claims that the army would leave Varne.",
            "general: denial no, army withdraw > Varne, -",
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
            "Ivo Stark refused to withdraw from Varne.",
            "Ivo Stark: denial no, - withdraw > Varne, -",
        ),
        (
            "Ivo Stark declined to say whether he would resign.",
            "Ivo Stark: assessment yes, Ivo Stark resign > -, -",
        ),
        (
            "Pia Vell ruled out that the bank would cut rates.",
            "Pia Vell: forecast no, bank cut_rate > -, -",
        ),
        (
            "The palace dismissed speculation that the queen would abdicate.",
            "palace: denial no, queen abdicate > -, -",
        ),
        (
            "The army rejected as baseless reports that it had left Varne.",
            "army: denial no, - withdraw > Varne, -",
        ),
        (
            "Pia Vell insisted the story about the strike was an invention.",
            "Pia Vell: denial no, - strike > -, -",
        ),
        (
            "Pia Vell said it would be wrong to say that Oskaria has seized Varne.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
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
            "Pia Vell: report yes, - attack > Varne, -",
        ),
        (
            "Pia Vell said the alarm was false and Oskaria will attack Varne.",
            "Pia Vell: forecast yes, Oskaria attack > Varne, -",
        ),
        (
            "\"It is a lie that we attacked the hospital in Varne,\" General Rurik Stahl said.",
            "Rurik Stahl: denial no, - attack > hospital, -",
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
            "It was denied that Oskaria had seized Varne, Pia Vell said.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said reports that Oskaria had seized Varne were denied by the army.",
            "Pia Vell: denial no, Oskaria capture > Varne, -",
        ),
    ]);
}

#[test]
fn what_falls_is_the_head_of_the_subject() {
    check(&[
        (
            "Governor Pia Vell said the mayor of Varne will fall.",
            "Pia Vell: forecast yes, mayor fall > -, -",
        ),
        (
            "Governor Pia Vell said exports from Varne could fall.",
            "Pia Vell: forecast yes, - fall > exports, could",
        ),
        (
            "Governor Pia Vell said the price of bread in Varne fell.",
            "Pia Vell: report yes, - fall > price, -",
        ),
        (
            "Governor Pia Vell said most of Varne will fall.",
            "Pia Vell: forecast yes, - capture > Varne, -",
        ),
        (
            "Governor Pia Vell said the besieged port of Mellin is about to fall.",
            "Pia Vell: forecast yes, - capture > Mellin, -",
        ),
        (
            "Governor Pia Vell said the fall of Varne is inevitable.",
            "Pia Vell: forecast yes, - capture > Varne, definite",
        ),
        (
            "Governor Pia Vell said trains from Lisk to Varne were captured.",
            "Pia Vell: report yes, - capture > trains, -",
        ),
    ]);
}

#[test]
fn who_does_not_say_or_will_something_makes_no_statement() {
    check(&[
        (
            "The company does not plan to close the plant, Pia Vell said.",
            "Pia Vell: intention no, company close > plant, no intention of",
        ),
        (
            "Norland does not want to join the bloc, Pia Vell said.",
            "Pia Vell: intention no, norland join > bloc, want",
        ),
        (
            "Norland would not recognise the election, Governor Pia Vell said on Monday.",
            "Pia Vell: forecast no, norland recognise > election, -",
        ),
        (
            "The union never threatened to strike, its leader Ivo Stark said.",
            "Ivo Stark: report no, union strike > -, -",
        ),
        (
            "The bank did not promise to cut rates, Pia Vell said.",
            "Pia Vell: intention no, bank cut_rate > -, plan",
        ),
        (
            "\"I do not plan to resign,\" Ivo Stark said.",
            "Ivo Stark: intention no, Ivo Stark resign > -, no intention of",
        ),
        (
            "The minister said he did not think the bank would cut rates.",
            "minister: forecast no, bank cut_rate > -, -",
        ),
        ("The bank does not expect rates to rise.", "bank: forecast no, - rise > rates, -"),
        (
            "Nobody expects Oskaria to capture Varne.",
            "Nobody: forecast no, Oskaria capture > Varne, -",
        ),
        (
            "The minister said the union had not announced a strike.",
            "minister: report no, - strike > -, -",
        ),
        (
            "Pia Vell did not say the bank would close.",
            "Pia Vell: assessment yes, bank close > -, -",
        ),
        (
            "Pia Vell has not warned that the dam would break.",
            "Pia Vell: assessment yes, dam break > -, -",
        ),
        (
            "Pia Vell no longer expects the bank to cut rates.",
            "Pia Vell: forecast no, bank cut_rate > -, -",
        ),
    ]);
}

#[test]
fn questions_and_not_knowing_foretell_nothing() {
    check(&[
        (
            "Pia Vell asked whether the bank would cut rates.",
            "Pia Vell: assessment yes, bank cut_rate > -, -",
        ),
        (
            "Reporters asked if the minister would resign.",
            "Reporters: assessment yes, minister resign > -, -",
        ),
        (
            "\"Who will win the election?\" Pia Vell asked.",
            "Pia Vell: assessment yes, - win_election > -, -",
        ),
        (
            "\"Can Oskaria hold Varne? Nobody knows,\" Pia Vell wrote.",
            "Pia Vell: assessment yes, Oskaria defend > Varne, -",
        ),
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
            "Pia Vell asked Oskaria to withdraw from Varne.",
            "Pia Vell: demand yes, Oskaria withdraw > Varne, -",
        ),
        (
            "\"Will it hold? Varne will not fall,\" Pia Vell said.",
            "Pia Vell: forecast no, - capture > Varne, -",
        ),
        (
            "Pia Vell said it was uncertain whether the bank would cut rates.",
            "Pia Vell: forecast yes, bank cut_rate > -, uncertain",
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
            "\"Oskaria will capture Varne, won't it?\" the general said.",
            "general: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said nobody could tell whether the truce would hold.",
            "Pia Vell: forecast yes, - ceasefire > -, open",
        ),
        (
            "\"I wonder if Oskaria will seize Varne,\" Pia Vell said.",
            "Pia Vell: assessment yes, Oskaria capture > Varne, -",
        ),
    ]);
}

#[test]
fn two_negations_are_none() {
    check(&[
        (
            "Few economists doubt that rates will rise.",
            "Few economists: forecast yes, - rise > rates, little doubt",
        ),
        (
            "Pia Vell said no one doubted that Oskaria would seize Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, definite",
        ),
        (
            "Pia Vell doubts that Oskaria will seize Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, doubt",
        ),
        (
            "Pia Vell said little could stop the bank from raising rates.",
            "Pia Vell: forecast yes, - raise_rate > -, could",
        ),
        (
            "Pia Vell said few things would prevent Oskaria from seizing Varne.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said nothing could stop the rebels from seizing Varne.",
            "Pia Vell: forecast yes, - capture > Varne, could",
        ),
        (
            "Pia Vell said the treaty would stop Oskaria from seizing Varne.",
            "Pia Vell: forecast no, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said neither Norland nor Velania will join the bloc.",
            "Pia Vell: forecast no, Norland join > bloc, -",
        ),
        (
            "Pia Vell said the rebels will neither withdraw from Varne nor lay down their arms.",
            "Pia Vell: forecast no, rebels ceasefire > -, -",
        ),
        (
            "Neither the pilot nor the crew was arrested, police said.",
            "police: report no, - arrest > pilot, -",
        ),
        (
            "\"I have no doubt that Oskaria will not seize Varne,\" Pia Vell said.",
            "Pia Vell: forecast no, Oskaria capture > Varne, definite",
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
            "Analysts: forecast yes, loss threaten > Lisk, -",
        ),
        (
            "Pia Vell said an attack on Varne could force a retreat.",
            "Pia Vell: forecast yes, - withdraw > Varne, could",
        ),
        (
            "Pia Vell said attacking Varne would be a mistake.",
            "Pia Vell: assessment yes, - - > -, -",
        ),
        ("Pia Vell said abandoning Varne is not an option.", "Pia Vell: report no, - - > -, -"),
        (
            "Pia Vell said Norland will never accept the annexation of Varne.",
            "Pia Vell: forecast no, norland accept > Varne, -",
        ),
        (
            "Pia Vell said the talks will not produce a truce.",
            "Pia Vell: forecast no, - ceasefire > -, -",
        ),
        (
            "Pia Vell said the resignation of Ivo Stark would please voters.",
            "Pia Vell: forecast yes, resignation please > voters, -",
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
        ("Pia Vell said the strike will end on Friday.", "Pia Vell: forecast yes, - strike > -, -"),
        (
            "Pia Vell said a ceasefire will take effect in May.",
            "Pia Vell: forecast yes, - ceasefire > -, -",
        ),
        (
            "Pia Vell said Oskaria would have seized Varne if the bridge had stood.",
            "Pia Vell: assessment yes, Oskaria capture > Varne, would",
        ),
        (
            "Pia Vell said Oskaria would have seized Varne by June.",
            "Pia Vell: forecast yes, Oskaria capture > Varne, -",
        ),
        (
            "Pia Vell said the attack on Varne killed five people.",
            "Pia Vell: report yes, - attack > Varne, -",
        ),
        (
            "Pia Vell said sanctions on Oskaria will not stop the war.",
            "Pia Vell: forecast no, sanctions stop > war, -",
        ),
        (
            "Pia Vell said the talks will lead to a ceasefire in May.",
            "Pia Vell: forecast yes, - ceasefire > -, -",
        ),
        (
            "Pia Vell said the ceasefire will probably collapse.",
            "Pia Vell: forecast yes, - ceasefire > -, probably",
        ),
        (
            "Pia Vell said arresting Ivo Stark would be a crime.",
            "Pia Vell: assessment yes, - - > -, -",
        ),
        (
            "Pia Vell said seizing Varne is impossible.",
            "Pia Vell: forecast yes, - capture > Varne, impossible",
        ),
        (
            "Pia Vell warned that an attack on Varne would be met with force.",
            "Pia Vell: forecast yes, - meet > attack, -",
        ),
        (
            "Pia Vell said peace talks may resume in May.",
            "Pia Vell: forecast yes, - negotiate > -, may",
        ),
        (
            "Pia Vell said the withdrawal of troops from Varne should begin in May.",
            "Pia Vell: demand yes, - withdraw > Varne, -",
        ),
        (
            "Pia Vell said the eruption could destroy the town.",
            "Pia Vell: forecast yes, - erupt > -, could",
        ),
        (
            "Pia Vell said the resignation of Ivo Stark is expected in May.",
            "Pia Vell: report yes, Ivo Stark resign > -, -",
        ),
    ]);
}

#[test]
fn what_somebody_says_they_expect_is_a_forecast() {
    check(&[
        (
            "Pia Vell said she expects the bank to cut rates in June.",
            "Pia Vell: forecast yes, bank cut_rate > -, -",
        ),
        (
            "Pia Vell said the board expects the plant to close next year.",
            "Pia Vell: forecast yes, plant close > -, -",
        ),
        (
            "The agency said it now expects the economy to shrink by 2 percent.",
            "agency: forecast yes, - fall > economy, -",
        ),
        (
            "Pia Vell said she does not expect Oskaria to attack Varne.",
            "Pia Vell: forecast no, Oskaria attack > Varne, -",
        ),
        (
            "Pia Vell said she had expected Oskaria to attack Varne.",
            "Pia Vell: report yes, Oskaria attack > Varne, -",
        ),
    ]);
}

#[test]
fn what_somebody_says_they_hope_is_none() {
    check(&[
        (
            "Pia Vell said she hopes the bank will cut rates.",
            "Pia Vell: intention yes, bank cut_rate > -, -",
        ),
        (
            "Pia Vell said they wish the strike would end.",
            "Pia Vell: intention yes, - strike > -, -",
        ),
        (
            "Pia Vell said he wants the rebels to leave Varne.",
            "Pia Vell: intention yes, rebels withdraw > Varne, -",
        ),
        (
            "Pia Vell said she hoped for a ceasefire.",
            "Pia Vell: intention yes, Pia Vell ceasefire > -, want",
        ),
        (
            "Pia Vell said she prays that Varne will not fall.",
            "Pia Vell: intention no, - capture > Varne, -",
        ),
    ]);
}
