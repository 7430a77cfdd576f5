//! Corrections in words.

use sayso_ledger::{
    Ledger, Verdict,
    mend::{self, CertaintyTerm, EventClass, FIELDS, MendError, Vocabulary},
};
use sayso_model::{Article, Bound, CertaintyClass, Statement};

use crate::fixture::{NOW, town};

fn vocabulary() -> Vocabulary {
    let class = |class: &str| EventClass { class: class.into(), pack: Some("conflict".into()) };
    let likely = CertaintyTerm {
        term: "likely".into(),
        class: CertaintyClass::Probability,
        low: Some(0.6),
        mid: Some(0.7),
        high: Some(0.9),
        bound: Bound::TwoSided,
    };
    Vocabulary { events: vec![class("capture"), class("hold")], terms: vec![likely] }
}

/// The first article of the town, and its second statement ("called it unlikely that …").
fn second() -> (Article, Statement) {
    let (article, mut statements) = town().remove(0);
    (article, statements.remove(1))
}

fn mended(pairs: &[(&str, &str)]) -> Result<Statement, MendError> {
    let (article, old) = second();
    let pairs: Vec<_> = pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    mend::mend(&old, &article, &vocabulary(), &pairs)
}

#[test]
fn every_field_can_be_set_in_words() {
    let new = mended(&[
        ("speaker", "Ada Quill"),
        ("role", "mayor"),
        ("chain", "Vela (agency)"),
        ("kind", "Report"),
        ("speech", "mixed"),
        ("polarity", "no"),
        ("certainty", "likely"),
        ("condition", "whom the Vela agency quoted"),
        ("window", "by 20 April"),
        ("window.latest", "2031-04-20"),
        ("window.earliest", "2031-04-03"),
        ("event", "hold"),
        ("target", "Zürnhafen"),
        ("actor", "The defenders@Morvania"),
        ("places", "Zürnhafen; Morvania"),
    ])
    .unwrap();
    assert_eq!(new.speaker.as_ref().unwrap().name, "Ada Quill");
    assert_eq!(new.certainty.as_ref().unwrap().high, Some(0.9));
    assert_eq!(new.window.as_ref().unwrap().latest_soft, Some("2031-04-20".parse().unwrap()));
    let event = new.event.as_ref().unwrap();
    assert_eq!((event.class.as_str(), event.pack.as_deref()), ("hold", Some("conflict")));
    assert_eq!(event.actor.as_ref().unwrap().name, "The defenders");
    assert_eq!(event.actor.as_ref().unwrap().span.text, "Morvania");
    assert_eq!(new.places.len(), 2);
    // The ledger takes it: every span fits the article.
    let (article, old) = second();
    let mut ledger = Ledger::in_memory().unwrap();
    ledger.add(&article, std::slice::from_ref(&old), NOW).unwrap();
    ledger.review(&old.id, Verdict::Correct, Some(&new), "Read again.", "Ines", NOW).unwrap();
    assert_eq!(ledger.statement(&old.id).unwrap(), new);
    assert_eq!(ledger.verdict_in_force(&old.id).unwrap().unwrap().verdict, Verdict::Correct);
    ledger.review(&old.id, Verdict::Reject, None, "None.", "Ines", NOW).unwrap();
    assert!(ledger.statement(&old.id[..8]).is_err());
    assert_eq!(ledger.statement_id(&old.id[..8]).unwrap(), old.id, "a rejected one is found too");
}

#[test]
fn a_window_can_be_given_where_none_was_read() {
    let new = mended(&[("window.latest", "2031-12-24")]).unwrap();
    let window = new.window.unwrap();
    assert_eq!(window.latest, Some("2031-12-24".parse().unwrap()));
    assert_eq!(window.earliest, Some("2031-04-03".parse().unwrap()), "from publication on");
    assert_eq!(window.rule, "reviewer");
}

#[test]
fn what_is_shown_changes_nothing_when_it_is_given_back() {
    for (article, statements) in town() {
        for old in statements {
            let all: Vec<(String, String)> = FIELDS
                .iter()
                .map(|field| ((*field).to_owned(), mend::shown(&old, field)))
                .collect();
            assert!(mend::changed(&old, &all).is_empty());
            // Set all the same, each says what was there.
            for pair in all.iter().filter(|(_, value)| !value.is_empty()) {
                match mend::mend(&old, &article, &vocabulary(), std::slice::from_ref(pair)) {
                    // The vocabulary of the test has one term.
                    Err(MendError::Nothing | MendError::Value { field: "certainty", .. }) => {}
                    other => {
                        let new = other.unwrap();
                        assert_eq!(mend::shown(&new, &pair.0), pair.1);
                    }
                }
            }
        }
    }
}

#[test]
fn none_takes_a_field_away() {
    let new =
        mended(&[("certainty", "none"), ("chain", ""), ("event", "none"), ("places", "none")]);
    let new = new.unwrap();
    assert!(new.certainty.is_none() && new.chain.is_empty());
    assert!(new.event.is_none() && new.places.is_empty());
}

#[test]
fn what_cannot_be_is_refused_with_what_can() {
    for (pairs, words) in [
        (&[("colour", "red")][..], "The fields are speaker, "),
        (&[("kind", "gossip")], "forecast, assessment"),
        (&[("kind", "")], "forecast, assessment"),
        (&[("target", "Atlantis")], "behind an @"),
        (&[("event", "capure")], "near it are capture"),
        (&[("certainty", "liekly")], "near it are likely"),
        (&[("certainty", "likely@perhaps")], "does not print"),
        (&[("window.latest", "Christmas")], "a date such as"),
        (&[("window.latest", "2030-01-01")], "comes before the first"),
        (&[("event", "none"), ("target", "Zürnhafen")], "Set event too"),
        (&[("quantities", "five")], "Leave out"),
        (&[("kind", "forecast")], "Nothing is different"),
        (&[], "Nothing is different"),
        // A word is no part of a longer one.
        (&[("places", "Zürn")], "does not print"),
    ] {
        let error = mended(pairs).unwrap_err().to_string();
        assert!(error.contains(words), "{pairs:?}: {error}");
    }
}
