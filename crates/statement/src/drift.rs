//! Paraphrase and quotation of one speaker on one matter in one article.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sayso_model::{Quantity, Speech, Statement, WindowPrecision};

/// Most statements that one is paired with: the nearest in the text.
const MOST: usize = 16;

/// Fills [`Statement::drift`]: pairs statements of the same speaker about the same event where one
/// gives the speaker's own words and the other does not. Whether one is surer than the other is
/// told by their certainties, not here. Of many partners the 16 nearest count, so that time stays
/// linear.
pub fn pair(statements: &mut [Statement]) {
    let mut matters: BTreeMap<Matter, [Vec<usize>; 2]> = BTreeMap::new();
    for (i, statement) in statements.iter().enumerate() {
        if let Some(matter) = matter(statement) {
            let sides = matters.entry(matter).or_default();
            sides[usize::from(statement.speech == Speech::Direct)].push(i);
        }
    }
    for sides in matters.values() {
        for (own, others) in [(&sides[0], &sides[1]), (&sides[1], &sides[0])] {
            for i in own {
                let at = others.partition_point(|other| other < i);
                let from = at.saturating_sub(MOST / 2);
                let near = others.iter().skip(from).take(MOST);
                // Where neither has a hedge, neither is surer.
                let own = statements[*i].certainty.is_some();
                let hedged = near.filter(|j| own || statements[**j].certainty.is_some());
                statements[*i].drift = hedged.map(|j| statements[*j].id.clone()).collect();
            }
        }
    }
}

/// What two statements must share: speaker, class, a participant (or that there is none), the last
/// day of a window that is no vague one, the figures.
type Matter = (String, String, String, Option<Date>, String);

fn matter(statement: &Statement) -> Option<Matter> {
    let event = statement.event.as_ref()?;
    let participant = event.target.as_ref().or(event.actor.as_ref());
    let participant = participant.map(|one| one.name.to_lowercase());
    // A class of a pack says enough by itself ("a cut", "will cut rates").
    let participant = participant.or_else(|| event.pack.is_some().then(String::new))?;
    // "Soon" and "in the coming days" can be one in other words, two dates cannot.
    let dated = statement.window.as_ref().filter(|w| w.precision != WindowPrecision::Vague);
    let latest = dated.and_then(|window| window.latest);
    let figure = |number: &Quantity| format!("{:?} {:?}", number.low, number.high);
    let mut figures: Vec<String> = statement.quantities.iter().map(figure).collect();
    figures.sort();
    let speaker = statement.speaker.as_ref()?.id.clone();
    Some((speaker, event.class.clone(), participant, latest, figures.join(" ")))
}
