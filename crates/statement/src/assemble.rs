//! From attributions to finished statements.

use std::collections::BTreeMap;

use sayso_language::Language;
use sayso_model::{Article, Link, SCHEMA, Said, Span, Speaker, Speech, Statement, statement_id};

use crate::{
    Attribution, Context, Ground, Tables,
    attribution::{self, Saying},
    chain, drift, meaning, speaker, split,
    tables::List,
    window, worth,
};

/// The name under which statements of this program and these rules are kept.
pub const EXTRACTOR: &str = concat!("sayso ", env!("CARGO_PKG_VERSION"), " english-1");

/// Reads all statements of an article, in the order of the text.
pub fn read(article: &Article, language: &Language, tables: &Tables) -> Vec<Statement> {
    statements(article, language, tables, &attribution::read(language))
}

/// Statements from attributions that were found already.
pub fn statements(
    article: &Article,
    language: &Language,
    tables: &Tables,
    attributions: &[Attribution],
) -> Vec<Statement> {
    weighed(article, language, tables, attributions).0
}

/// Statements from attributions, and by their ids the features that their confidence is made of
/// ([`worth::NAMES`]), for fitting its weights.
pub fn weighed(
    article: &Article,
    language: &Language,
    tables: &Tables,
    attributions: &[Attribution],
) -> (Vec<Statement>, BTreeMap<String, worth::Values>) {
    let ground = Ground::read(language, tables);
    let context = Context { article, language, tables, ground: &ground };
    let mut speakers = speaker::read(language, &article.id, attributions);
    let mut chains = chain::read(article, language, attributions, &speakers);
    chain::cited(article, language, attributions, &mut speakers, &mut chains);
    let saying = Saying::new(language);
    let print = printed(language, &saying, attributions, &speakers);
    let mut features = BTreeMap::new();
    let mut said: Vec<Option<Said>> = Vec::with_capacity(attributions.len());
    for (i, attribution) in attributions.iter().enumerate() {
        said.push(match attribution.continues.filter(|before| *before < i) {
            Some(before) => said[before].clone(),
            None => window::said::read(&context, attribution),
        });
    }
    let mut out: Vec<Statement> = Vec::new();
    for (i, attribution) in attributions.iter().enumerate() {
        if !print[i] || own_he(language, attributions, &speakers, i) {
            continue;
        }
        let whole = Attribution {
            content: attribution
                .content
                .iter()
                .flat_map(|span| by_paragraph(language, *span))
                .collect(),
            ..attribution.clone()
        };
        if whole.content.is_empty() {
            continue;
        }
        let standing = worth::Standing {
            kin: saying.kin(attribution),
            chained: !chains[i].is_empty(),
            rivals: has_rival(language, attributions, &print, i),
        };
        let values = worth::features(language, attribution, speakers[i].as_ref(), standing);
        let whole = Attribution { confidence: worth::confidence(&values), ..whole };
        for content in paragraphs(language, &whole).into_iter().flat_map(|content| {
            let part = Attribution { content, ..whole.clone() };
            split::read(&context, &part, speakers[i].as_ref())
        }) {
            let content: Vec<Span> = content.iter().filter_map(|s| bare(language, *s)).collect();
            if content.is_empty() {
                continue;
            }
            let one = Attribution { content, ..whole.clone() };
            let made = Made {
                speaker: speakers[i].clone(),
                chain: chains[i].clone(),
                said: said[i].clone(),
            };
            let statement = statement(&context, &one, made);
            features.insert(statement.id.clone(), values);
            out.push(statement);
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|s| seen.insert(s.id.clone()));
    out.sort_by_key(|s| s.content.first().map_or(0, |c| c.byte_start));
    drift::pair(&mut out);
    (out, features)
}

/// By whom, through whom and when a statement was made.
struct Made {
    speaker: Option<Speaker>,
    chain: Vec<Link>,
    said: Option<Said>,
}

fn statement(context: &Context, attribution: &Attribution, made: Made) -> Statement {
    let Made { speaker, chain, said } = made;
    let language = context.language;
    let print = |spans: &[Span]| spans.iter().map(|s| language.print(*s)).collect::<Vec<_>>();
    let meaning = meaning::read(context, attribution, speaker.as_ref(), said.as_ref());
    Statement {
        schema: SCHEMA,
        id: statement_id(&context.article.id, &attribution.cue, &attribution.content),
        article: context.article.into(),
        speaker,
        chain,
        source: print(&attribution.source),
        cue: print(&attribution.cue),
        content: print(&attribution.content),
        said,
        speech: attribution.speech,
        kind: meaning.kind,
        polarity: meaning.polarity,
        certainty: meaning.certainty,
        condition: meaning.condition,
        window: meaning.window,
        places: meaning.places,
        quantities: meaning.quantities,
        event: meaning.event,
        drift: Vec::new(),
        confidence: (f64::from(attribution.confidence) * 100.0).round() / 100.0,
        extractor: EXTRACTOR.to_owned(),
    }
}

/// Which attributions become statements: what somebody has said, once, under its own holder.
fn printed(
    language: &Language,
    saying: &Saying,
    attributions: &[Attribution],
    speakers: &[Option<Speaker>],
) -> Vec<bool> {
    let mut keep: Vec<bool> = attributions
        .iter()
        .map(|one| {
            let nested = one.within.is_some_and(|w| w < attributions.len());
            !only_cites(language, one)
                && saying.is_statement(one)
                && (!nested || saying.is_nested_statement(one))
        })
        .collect();
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); attributions.len()];
    for (i, attribution) in attributions.iter().enumerate() {
        if let Some(outer) = attribution.outer().filter(|w| *w != i)
            && keep[i]
            && let Some(children) = inner.get_mut(outer)
        {
            children.push(i);
        }
    }
    for (i, speaker) in speakers.iter().enumerate() {
        let outlet = speaker.as_ref().is_some_and(speaker::is_outlet);
        let spoken: Vec<usize> = inner[i]
            .iter()
            .copied()
            .filter(|j| saying.has_spoken(&attributions[*j]) && speakers[*j].is_some())
            .collect();
        if outlet && keep[i] && only_carries(language, attributions, i, &spoken) {
            keep[i] = false;
        }
    }
    without_doubles(language, attributions, &mut keep);
    keep
}

/// Of two attributions of the same words, of which neither passes the other on, keeps the surer.
fn without_doubles(language: &Language, attributions: &[Attribution], keep: &mut [bool]) {
    let mut order: Vec<usize> = (0..attributions.len()).filter(|i| keep[*i]).collect();
    let start = |i: usize| attributions[i].content.first().map_or(0, |span| span.start);
    order.sort_by_key(|i| start(*i));
    for (at, i) in order.iter().enumerate() {
        // What begins far behind the words of one shares none with them.
        let end = attributions[*i].content.last().map_or(0, |span| span.end);
        let near = order[at + 1..].iter().take(NEAR).take_while(|j| start(**j) < end);
        for j in near {
            if !keep[*i] || !keep[*j] {
                continue;
            }
            let (one, other) = (&attributions[*i], &attributions[*j]);
            let named = !one.source.is_empty() && !other.source.is_empty();
            let linked = |a: usize, b: usize| attributions[a].outer() == Some(b);
            if named && (linked(*i, *j) || linked(*j, *i)) {
                continue;
            }
            let least = size(language, one).min(size(language, other));
            let bare = |a: &Attribution| a.source.is_empty();
            let most = if bare(one) || bare(other) { least / 2 } else { least * 4 / 5 };
            if shared(language, one, other) <= most {
                continue;
            }
            let rank = |a: &Attribution| (!bare(a), a.confidence);
            let (ours, theirs) = (rank(one), rank(other));
            let first = ours.0.cmp(&theirs.0).then(ours.1.total_cmp(&theirs.1)).is_ge();
            keep[if first { *j } else { *i }] = false;
        }
    }
}

/// Does another statement that does not pass it on hold half of its words?
fn has_rival(language: &Language, attributions: &[Attribution], print: &[bool], i: usize) -> bool {
    let near = i.saturating_sub(NEAR)..(i + NEAR).min(attributions.len());
    let own = &attributions[i];
    near.filter(|j| *j != i && print[*j]).any(|j| {
        let linked = own.outer() == Some(j) || attributions[j].outer() == Some(i);
        !linked && shared(language, own, &attributions[j]) * 2 > size(language, own)
    })
}

/// So many attributions that begin in the words of one are compared with it.
const NEAR: usize = 12;

/// Letters of a content.
fn size(language: &Language, attribution: &Attribution) -> usize {
    attribution.content.iter().map(|span| letters(span.of(language.text))).sum()
}

/// Letters that two contents share.
fn shared(language: &Language, one: &Attribution, other: &Attribution) -> usize {
    let mut all = 0;
    for a in &one.content {
        for b in &other.content {
            let both = Span { start: a.start.max(b.start), end: a.end.min(b.end) };
            if both.start < both.end {
                all += letters(both.of(language.text));
            }
        }
    }
    all
}

/// True when an outlet's attribution says nothing of its own: its content is another attribution with
/// its source and cue ("The board said the strike is over, the agency reported"). It lives on as a
/// link of the inner one's chain.
fn only_carries(
    language: &Language,
    attributions: &[Attribution],
    i: usize,
    inner: &[usize],
) -> bool {
    let outer = &attributions[i];
    let mut own = size(language, outer);
    let all = own;
    for other in inner.iter().map(|j| &attributions[*j]) {
        for span in other.source.iter().chain(&other.cue).chain(&other.content) {
            if outer.content.iter().any(|c| c.contains(*span)) {
                own = own.saturating_sub(letters(span.of(language.text)));
            }
        }
        // One that it passes on from outside its own words ("According to Berg, …, the agency writes").
        if !outer.content.iter().any(|c| other.content.iter().any(|o| c.contains(*o))) {
            own = own.saturating_sub(shared(language, outer, other));
        }
    }
    !inner.is_empty() && own * 5 <= all * 2
}

/// "He has announced …" in a quotation is never the one who is quoted: taken for them, the pronoun
/// was read wrong, and nobody knows whose announcement it is.
fn own_he(
    language: &Language,
    attributions: &[Attribution],
    speakers: &[Option<Speaker>],
    i: usize,
) -> bool {
    let Some(outer) = attributions[i].within.filter(|w| *w < speakers.len()) else { return false };
    let pronoun = attributions[i].source.iter().any(|source| {
        let word = source.of(language.text).to_lowercase();
        ["he", "she", "they"].contains(&word.as_str())
    });
    let one = speakers[i].as_ref().zip(speakers[outer].as_ref());
    pronoun
        && attributions[outer].speech != sayso_model::Speech::Indirect
        && one.is_some_and(|(own, other)| own.id == other.id)
}

/// "citing an official": whom somebody cites is a link of a chain and no statement.
fn only_cites(language: &Language, attribution: &Attribution) -> bool {
    let citing = |cue: &Span| {
        let words = cue.of(language.text).to_lowercase();
        crate::nouns::NOUNS.is(crate::nouns::Place::Citing, &words)
    };
    attribution.cue.first().is_some_and(citing)
        && attribution.speech == sayso_model::Speech::Indirect
}

fn letters(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphanumeric).count()
}

/// The words of an attribution by what makes a statement of its own: each paragraph of a quotation
/// that runs over several; all words of anything else.
fn paragraphs(language: &Language, attribution: &Attribution) -> Vec<Vec<Span>> {
    // An interview prints the words without marks, and an answer is one.
    let marked = attribution.content.first().is_some_and(|span| {
        let before = language.quotations.partition_point(|q| q.outer.start <= span.start);
        language.quotations[..before].iter().rev().take(NEAR).any(|q| span.start < q.outer.end)
    });
    if attribution.speech != Speech::Direct || !marked {
        return vec![attribution.content.clone()];
    }
    let paragraph = |span: &Span| language.paragraphs.partition_point(|p| p.end <= span.start);
    attribution
        .content
        .chunk_by(|a, b| paragraph(a) == paragraph(b))
        .map(<[Span]>::to_vec)
        .collect()
}

/// The bare words of a span, a piece for each paragraph that it runs through.
fn by_paragraph(language: &Language, span: Span) -> Vec<Span> {
    let first = language.paragraphs.partition_point(|p| p.end <= span.start);
    language.paragraphs[first..]
        .iter()
        .take_while(|p| p.start < span.end)
        .filter_map(|p| {
            let piece = Span { start: p.start.max(span.start), end: p.end.min(span.end) };
            bare(language, piece)
        })
        .collect()
}

/// A span without the word "that", quotation marks and commas at its ends; nothing when no word is
/// left.
fn bare(language: &Language, span: Span) -> Option<Span> {
    let text = language.text;
    let mut span = span.trim(text);
    loop {
        let words = span.of(text);
        let mut next = span;
        // A scrap of quotation at one end of the words keeps both its marks.
        let marks = words.chars().filter(|c| is_mark(*c)).count();
        let ends = words.chars().next().is_some_and(is_mark)
            && words.chars().next_back().is_some_and(is_mark);
        let loose = |c: &char| ",;:".contains(*c) || is_mark(*c) && (marks % 2 == 1 || ends);
        if let Some(first) = words.chars().next().filter(loose) {
            next.start += first.len_utf8() as u32;
        } else if words.len() > 5
            && words.get(..5).is_some_and(|w| w.eq_ignore_ascii_case("that "))
            && !points(&words[5..])
        {
            next.start += 5;
        } else if let Some(last) = words.chars().next_back().filter(loose) {
            next.end -= last.len_utf8() as u32;
        }
        next = next.trim(text);
        if next == span {
            break;
        }
        span = next;
    }
    span.of(text).chars().any(char::is_alphanumeric).then_some(span)
}

/// "that is impossible": "that" is the subject of what follows.
fn points(rest: &str) -> bool {
    let next = rest.split_whitespace().next().unwrap_or_default();
    List::AfterThat.has(next)
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‟')
}

#[cfg(test)]
mod tests {
    use sayso_model::SpeakerKind;

    use super::*;

    fn statements_of(text: &str) -> Vec<Statement> {
        let article =
            Article { outlet: Some("Norby Times".to_owned()), ..Article::of_text("case", text) };
        let tables = Tables::english().unwrap();
        read(&article, &sayso_language::read(text), &tables)
    }

    fn speakers(text: &str) -> Vec<(String, SpeakerKind)> {
        statements_of(text)
            .into_iter()
            .filter_map(|s| s.speaker)
            .map(|s| (s.name, s.kind))
            .collect()
    }

    #[test]
    fn an_event_said_of_several_towns_is_a_statement_for_each() {
        let targets = |text: &str| -> Vec<(String, String)> {
            statements_of(text)
                .into_iter()
                .map(|s| {
                    let target = s.event.and_then(|e| e.target).map_or("-".to_owned(), |t| t.name);
                    let words: Vec<&str> = s.content.iter().map(|c| c.text.as_str()).collect();
                    (target, words.join(" … "))
                })
                .collect()
        };
        let all = targets(
            "The war in Ukraine goes on. Russian troops will probably capture Bakhmut, Kupiansk and \
             Vovchansk in May, the Ukrainian general said.",
        );
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Bakhmut", "Kupyansk", "Vovchansk"], "{all:?}");
        let words: Vec<&str> = all.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(
            words,
            [
                "Russian troops will probably capture Bakhmut … in May",
                "Russian troops will probably capture … Kupiansk … in May",
                "Russian troops will probably capture … Vovchansk in May",
            ]
        );
        // What stands in the second place here is who speaks, and no town.
        let all = targets(
            "The general said that Oskarian troops will capture Bakhmut and Lena Dahl agrees.",
        );
        assert_eq!(all.len(), 1, "{all:?}");
        // A town and what else happens is one claim.
        let all = targets("The general said that troops will capture Bakhmut and leave in May.");
        assert_eq!(all.len(), 1, "{all:?}");
    }

    #[test]
    fn the_lines_under_a_lead_in_are_a_statement_each() {
        let all = statements_of(
            "Ukraine's army said that it would withdraw from the following towns:\n\n- Bakhmut;\n\n\
             - Kupiansk;\n\n- Vovchansk.\n\nThe roads are mined.",
        );
        let towns: Vec<_> = all
            .iter()
            .filter_map(|s| s.event.as_ref())
            .map(|e| (e.class.as_str(), e.target.as_ref().map_or("-", |t| t.name.as_str())))
            .collect();
        let wanted = [("withdraw", "Bakhmut"), ("withdraw", "Kupyansk"), ("withdraw", "Vovchansk")];
        assert_eq!(towns, wanted, "{all:#?}");
    }

    #[test]
    fn several_who_act_or_are_acted_on_are_a_statement_each() {
        let events = |text: &str| -> Vec<String> {
            statements_of(text)
                .into_iter()
                .filter_map(|s| s.event)
                .map(|e| {
                    let name =
                        |e: Option<sayso_model::Entity>| e.map_or("-".to_owned(), |e| e.name);
                    format!("{} {} {}", name(e.actor), e.class, name(e.target))
                })
                .collect()
        };
        assert_eq!(
            events("Karin Holm said that the police will arrest Ivo Stark and Lena Moss."),
            ["police arrest Ivo Stark", "police arrest Lena Moss"]
        );
        assert_eq!(
            events("Karin Holm said that Poland and Latvia will impose sanctions on Belarus."),
            ["Poland impose_sanctions Belarus", "Latvia impose_sanctions Belarus"]
        );
        // Two that do it together are one event, and what else happens is a statement of its own.
        assert_eq!(
            events("Karin Holm said that Estmark and Varland will sign a treaty in May."),
            ["Estmark agree Varland"]
        );
        assert_eq!(
            events(
                "Karin Holm said that the court will convict Ivo Stark and the mayor will resign."
            ),
            ["court convict Ivo Stark", "mayor resign -"]
        );
        // One of two is likely; which of them nobody says.
        assert_eq!(
            events("Karin Holm said that France or Germany will probably join the bloc.").len(),
            1
        );
    }

    #[test]
    fn surnames_roles_and_pronouns_are_one_speaker() {
        let all = speakers(
            "Karin Holm, the mayor of Norby, said that the bridge is safe. She added that it would \
             reopen. “It will hold,” Holm said.",
        );
        assert_eq!(all.len(), 3);
        assert!(
            all.iter().all(|(name, kind)| name == "Karin Holm" && *kind == SpeakerKind::Person)
        );
    }

    #[test]
    fn speakers_without_a_name() {
        let all = speakers(
            "Another senior official said that the talks had failed.\n\nAnalysts say the war will \
             go on.\n\nThe finance ministry said that taxes will rise.",
        );
        assert_eq!(
            all,
            [
                ("senior official".to_owned(), SpeakerKind::Anonymous),
                ("Analysts".to_owned(), SpeakerKind::Group),
                ("finance ministry".to_owned(), SpeakerKind::Organization),
            ]
        );
    }

    #[test]
    fn a_spokesman_is_not_the_person_spoken_for() {
        let all = speakers("A spokesman for Karin Holm said that the bridge is safe.");
        assert_eq!(all[0].1, SpeakerKind::Anonymous);
        assert_ne!(all[0].0, "Karin Holm");
    }

    #[test]
    fn an_outlet_that_was_told_is_a_link_and_a_venue_is_none() {
        let chain = |text: &str| -> Vec<String> {
            statements_of(text)[0].chain.iter().map(|link| link.name.clone()).collect()
        };
        assert_eq!(chain("Karin Holm told Reuters that the bridge is safe."), ["Reuters"]);
        assert_eq!(chain("Karin Holm told national TV that the bridge is safe."), [""; 0]);
        assert_eq!(chain("Karin Holm wrote on Telegram that the bridge is safe."), [""; 0]);
        assert_eq!(chain("Karin Holm told the Norby Times that the bridge is safe."), [""; 0]);
    }

    #[test]
    fn a_report_of_a_statement_is_one_statement_with_a_chain() {
        let all = statements_of("The bridge is safe, Karin Holm said, according to Reuters.");
        assert_eq!(all.len(), 1, "{all:#?}");
        assert_eq!(all[0].speaker.as_ref().unwrap().name, "Karin Holm");
        assert_eq!(all[0].chain[0].name, "Reuters");
    }

    #[test]
    fn contents_are_printed_without_that_and_marks() {
        let all = statements_of(
            "Karin Holm said that the bridge is safe. “We are ready,” she said. The plan was \
             “modest”, she added.",
        );
        let words: Vec<&str> = all.iter().map(|s| s.content[0].text.as_str()).collect();
        assert_eq!(words, ["the bridge is safe", "We are ready", "The plan was “modest”"]);
    }

    #[test]
    fn a_long_quotation_is_split_where_claims_can_be_compared() {
        let text = "“The winter was long. The army may capture Norby in May. If it rains, the \
                    army will probably withdraw from Norby. We are calm,” General Karin Holm said.";
        let all = statements_of(text);
        assert!(all.len() > 1, "{all:#?}");
        assert!(all.iter().all(|s| s.cue[0].text == "said"));
        let mut ids: Vec<&str> = all.iter().map(|s| s.id.as_str()).collect();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
    }

    #[test]
    fn paraphrase_and_quotation_of_one_matter_are_paired() {
        let all = statements_of(
            "General Karin Holm said that the army will capture Norby. “The army may capture Norby \
             in May,” Holm said.",
        );
        assert_eq!(all.len(), 2, "{all:#?}");
        assert_eq!(all[0].drift, [all[1].id.clone()]);
        assert_eq!(all[1].drift, [all[0].id.clone()]);
    }

    #[test]
    fn what_is_refused_is_no_statement() {
        let all = statements_of(
            "Karin Holm declined to comment. The firm could not be reached. The board did not \
             comment on the fire. A man who asked not to be named said that he had seen the fire.",
        );
        let words: Vec<&str> = all.iter().map(|s| s.content[0].text.as_str()).collect();
        assert_eq!(words, ["he had seen the fire"]);
        assert_eq!(all[0].speaker.as_ref().unwrap().name, "man");
    }

    #[test]
    fn role_and_name_after_according_to_are_the_speaker() {
        let all = statements_of("According to the regional governor, Tor Halvik, some 900 remain.");
        let speaker = all[0].speaker.as_ref().unwrap();
        assert_eq!((speaker.name.as_str(), speaker.kind), ("Tor Halvik", SpeakerKind::Person));
        assert_eq!(speaker.role.as_deref(), Some("regional governor"));
        assert_eq!(all[0].content[0].text, "some 900 remain");
    }

    #[test]
    fn a_role_with_its_name_ends_the_content_before_it() {
        let all =
            statements_of("The bank would raise its rate in May, its governor, Lena Moss, said.");
        assert_eq!(all[0].speaker.as_ref().unwrap().name, "Lena Moss");
        assert_eq!(all[0].content[0].text, "The bank would raise its rate in May");
    }

    #[test]
    fn the_official_of_the_headline_is_one_speaker() {
        let all = statements_of(
            "Dike will hold, harbour official says\n\nThe dike would hold, a harbour official told \
             reporters. The official said that the pumps were running. Another official said that \
             the water was rising.",
        );
        let ids: Vec<&str> = all.iter().map(|s| s.speaker.as_ref().unwrap().id.as_str()).collect();
        assert_eq!(ids.len(), 4, "{all:#?}");
        assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3]);
    }

    #[test]
    fn a_number_of_things_is_no_adverbial_of_the_cue() {
        let all = statements_of("Karl Lund said about 50 boats had sunk.");
        assert_eq!(all[0].content[0].text, "about 50 boats had sunk");
    }

    #[test]
    fn a_predicate_that_no_pack_knows_is_an_event_of_its_own() {
        let event = |text: &str| statements_of(text)[0].event.clone();
        let found = event("Karin Holm said that it would not call for that.").unwrap();
        assert_eq!((found.class.as_str(), found.actor, found.pack), ("call", None, None));
        let found = event("Karin Holm said that the tower would lean again.").unwrap();
        assert_eq!((found.class.as_str(), found.pack), ("lean", None));
        assert_eq!((found.actor.unwrap().name.as_str(), found.target), ("tower", None));
    }

    #[test]
    fn a_quotation_that_its_cue_interrupts_is_one_claim() {
        let all = statements_of("“If they attack,” Ivo Stark said, “we will hold the town.”");
        assert_eq!(all.len(), 1, "{all:#?}");
        let words: Vec<&str> = all[0].content.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(words, ["If they attack", "we will hold the town."]);
        assert!(all[0].condition.is_some());
    }

    #[test]
    fn a_pronoun_that_is_kept_and_a_negation_that_is_raised() {
        let all = statements_of(
            "Critics say that is impossible. Mia Dahl does not think that inflation will fall.",
        );
        assert_eq!(all[0].content[0].text, "that is impossible");
        assert_eq!(all[1].polarity, sayso_model::Polarity::No);
    }
}
