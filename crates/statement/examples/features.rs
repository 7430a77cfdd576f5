use sayso_model::{Article, Published};
use sayso_statement::{
    Attribution, Context, Ground, Tables, judgement, kind, passage::Passage, reading::Reading,
};
fn main() {
    let input = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let tables = Tables::english().unwrap();
    for line in input.lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = v["id"].as_str().unwrap().to_owned();
        let article = Article {
            outlet: v["outlet"].as_str().map(str::to_owned),
            title: v["title"].as_str().map(str::to_owned),
            published: v["published"]
                .as_str()
                .and_then(|d| d.get(..10)?.parse().ok())
                .map(Published::day),
            ..Article::of_text(&id, v["text"].as_str().unwrap())
        };
        let language = sayso_language::read(&article.text);
        let ground = Ground::read(&language, &tables);
        let context =
            Context { article: &article, language: &language, tables: &tables, ground: &ground };
        for s in sayso_statement::read(&article, &language, &tables) {
            let spans =
                |p: &[sayso_model::PrintedSpan]| p.iter().map(|s| s.span()).collect::<Vec<_>>();
            let a = Attribution {
                source: spans(&s.source),
                cue: spans(&s.cue),
                content: spans(&s.content),
                speech: s.speech,
                within: None,
                relayed: None,
                continues: None,
                confidence: 1.0,
            };
            let r = Reading::new(&context, &a, s.speaker.as_ref());
            let p = Passage::content(&context, &a);
            let _ = kind::of(&context, &a, &r, &p, kind::Given::default());
            println!(
                "{}",
                serde_json::json!({"id": s.id, "features": judgement::features(&context, &a, &r)})
            );
        }
    }
}
