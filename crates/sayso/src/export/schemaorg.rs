//! schema.org: a `Claim` a statement, and a `ClaimReview` for each question that a person has resolved.

use sayso_model::{SpeakerKind, Statement, Subject};
use serde_json::{Value, json};

use super::{File, Holdings, address, known, words};
use crate::error::CommandError;

/// A graph of claims and reviews.
pub(crate) fn schemaorg(holdings: &Holdings) -> Result<File, CommandError> {
    let mut graph: Vec<Value> = holdings.statements.iter().map(claim).collect();
    for view in holdings.outcomes.iter().filter(|view| view.is_confirmed() && view.holds) {
        let Subject::Question(id) = &view.outcome.subject else { continue };
        let Some(asked) = holdings.questions.iter().find(|one| one.question.id == *id) else {
            continue;
        };
        let claims: Vec<Value> = asked
            .question
            .bearings
            .iter()
            .filter(|bearing| holdings.statement(&bearing.statement).is_some())
            .map(|bearing| json!({"@id": claim_id(&bearing.statement)}))
            .collect();
        let by = view.ruling.as_ref().map(|ruling| ruling.reviewer.clone());
        // The words of the pages: no person is called wrong.
        let became = sayso_score::words::outcome(&view.outcome);
        graph.push(json!({
            "@type": "ClaimReview",
            "@id": format!("urn:sayso:outcome:{}", view.outcome.id),
            "claimReviewed": asked.question.text,
            "itemReviewed": {"@type": "Claim", "name": asked.question.text, "appearance": claims},
            "author": {"@type": "Person", "name": by},
            "datePublished": view.outcome.known.to_string(),
            "reviewRating": {"@type": "Rating", "alternateName": became},
            "reviewBody": view.outcome.reason,
        }));
    }
    File::json("claims.jsonld", &json!({"@context": "https://schema.org", "@graph": graph}))
}

fn claim_id(statement: &str) -> String {
    format!("urn:sayso:statement:{statement}")
}

fn claim(statement: &Statement) -> Value {
    let article = &statement.article;
    let speaker = statement.speaker.as_ref().map(|speaker| {
        let sort = match speaker.kind {
            SpeakerKind::Organization => "Organization",
            // Unnamed people stay unnamed: the words of the article are their name here, too.
            _ => "Person",
        };
        known([
            ("@type", sort.into()),
            ("name", speaker.name.clone().into()),
            ("jobTitle", speaker.role.clone().filter(|_| sort == "Person").into()),
        ])
    });
    let outlet = article.outlet.as_ref().map(|name| json!({"@type": "Organization", "name": name}));
    let appearance = known([
        ("@type", "NewsArticle".into()),
        ("headline", article.title.clone().into()),
        ("url", address(statement).into()),
        ("datePublished", article.published.clone().into()),
        ("publisher", outlet.into()),
        ("identifier", article.id.clone().into()),
    ]);
    known([
        ("@type", "Claim".into()),
        ("@id", claim_id(&statement.id).into()),
        ("name", words(statement).into()),
        ("author", speaker.into()),
        ("datePublished", article.published.clone().into()),
        ("appearance", appearance),
    ])
}
