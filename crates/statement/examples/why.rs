use sayso_model::{Article, Span, Speech};
use sayso_statement::{Attribution, Context, Ground, Tables, meaning, reading::Reading};
use std::io::BufRead;
fn main() {
    let tables = Tables::english().unwrap();
    let day: jiff::civil::Date = "2031-03-10".parse().unwrap();
    for text in std::io::stdin().lock().lines().map_while(Result::ok) {
        let mut article = Article::of_text("x", &text);
        article.published = Some(sayso_model::Published::day(day));
        let language = sayso_language::read(&article.text);
        let ground = Ground::read(&language, &tables);
        let context =
            Context { article: &article, language: &language, tables: &tables, ground: &ground };
        let a = Attribution {
            source: vec![],
            cue: vec![],
            content: vec![Span::new(0, article.text.trim_end().len())],
            speech: Speech::Indirect,
            within: None,
            relayed: None,
            continues: None,
            confidence: 1.0,
        };
        println!("{text}");
        for (i, t) in language.tokens.iter().enumerate() {
            println!(
                "  {i:2} {:14} {:10} {:5} {:5} {:10} {}",
                language.form(i),
                t.lemma,
                t.upos.word(),
                t.xpos,
                t.deprel,
                t.head.map_or("-".into(), |h| h.to_string())
            );
        }
        let r = Reading::new(&context, &a, None);
        let f = |t: &usize| language.form(*t).to_owned();
        println!(
            "  form {:?} path {:?} subject {:?} ops {:?} negated {}",
            r.form,
            r.path.iter().map(f).collect::<Vec<_>>(),
            r.subject.map(|t| f(&t)),
            r.operators.iter().map(|o| (o.effect, f(&o.token), o.own)).collect::<Vec<_>>(),
            r.negated
        );
        let m = meaning::read(&context, &a, None, None);
        println!(
            "  kind {} polarity {:?} certainty {:?} window {:?} condition {:?}",
            m.kind.word(),
            m.polarity,
            m.certainty.map(|c| (c.term, c.class)),
            m.window.map(|w| (w.earliest, w.latest, w.text)),
            m.condition.map(|c| c.text)
        );
        println!(
            "  event {:?}",
            m.event.map(|e| (
                e.class,
                e.pack,
                e.trigger.text,
                e.actor.map(|x| x.name),
                e.target.map(|x| x.name)
            ))
        );
    }
}
