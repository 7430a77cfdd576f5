//! Paraphrase and quotation of one speaker on one matter in one article.

use std::collections::BTreeMap;

use sayso_model::{Speech, Statement};

/// Most statements that one is paired with: the nearest in the text.
const MOST: usize = 16;

/// Fills [`Statement::drift`]: pairs statements of the same speaker about the same event where one
/// gives the speaker's own words and the other does not. Whether one is surer than the other is
/// told by their certainties, not here. Of many partners the 16 nearest count, so that time stays
/// linear.
pub fn pair(statements: &mut [Statement]) {
    let mut matters: BTreeMap<(String, String, String), [Vec<usize>; 2]> = BTreeMap::new();
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
                statements[*i].drift = near.map(|j| statements[*j].id.clone()).collect();
            }
        }
    }
}

/// Speaker, class and target (or that there is none): what two statements must share.
fn matter(statement: &Statement) -> Option<(String, String, String)> {
    let event = statement.event.as_ref()?;
    let target = event.target.as_ref().map(|t| t.name.to_lowercase());
    // A class of a pack says enough by itself ("a cut", "will cut rates").
    let target = target.or_else(|| event.pack.is_some().then(String::new))?;
    Some((statement.speaker.as_ref()?.id.clone(), event.class.clone(), target))
}
