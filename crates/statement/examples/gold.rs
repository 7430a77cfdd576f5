use sayso_model::{Article, Published};
use sayso_statement::Tables;
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
        for s in sayso_statement::read(&article, &language, &tables) {
            println!("{}", serde_json::to_string(&s).unwrap());
        }
    }
}
