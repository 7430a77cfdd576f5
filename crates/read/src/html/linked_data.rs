//! What a page says of itself in JSON-LD (schema.org).

use sayso_model::{Code, Problem};
use serde_json::{Map, Value};

use super::tree::Tree;
use crate::draft::{Draft, Field, one_line};

/// Takes the article described by one of the page's JSON-LD scripts into `draft`, with problems
/// `R018` and `R019` where it says that it is not free to read or a live blog.
///
/// Returns the organization that stands as the author, where no person does.
pub(super) fn read(scripts: &[String], draft: &mut Draft) -> Option<String> {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let of = |wanted: fn(&str) -> bool| objects.iter().copied().find(|object| is(object, wanted));
    let article =
        of(|kind| kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report")
            .or_else(|| of(|kind| kind == "LiveBlogPosting"));
    let page = of(|kind| kind == "WebPage");
    if article.is_some_and(|article| is(article, |kind| kind == "LiveBlogPosting"))
        || of(|kind| kind == "LiveBlogPosting").is_some()
    {
        draft.problems.push(live_blog());
    }
    let free = article.and_then(|article| article.get("isAccessibleForFree"));
    draft.paid = match free {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.to_ascii_lowercase().contains("false"),
        _ => false,
    };
    let mut house = None;
    for object in [article, page].into_iter().flatten() {
        let known = article.is_some();
        let mut set = |field, words: Option<String>| {
            if let Some(words) = words {
                draft.set(field, &words);
            }
        };
        if std::ptr::eq(object, article.unwrap_or(object)) {
            set(Field::Title, string(object, "headline").or_else(|| string(object, "name")));
        }
        if std::ptr::eq(object, article.unwrap_or(object)) || !known {
            let author = object.get("author");
            set(Field::Author, names(author, &objects, &|object| !is_house(object)));
            house = house.or_else(|| names(author, &objects, &is_house));
        }
        set(Field::Outlet, names(object.get("publisher"), &objects, &|_| true));
        set(Field::Published, string(object, "datePublished"));
        set(Field::Modified, string(object, "dateModified"));
        set(Field::Language, string(object, "inLanguage"));
    }
    house
}

/// True for what says that it is an organization.
fn is_house(object: &Map<String, Value>) -> bool {
    is(object, |kind| kind.ends_with("Organization") || kind == "Corporation")
}

/// The problem `R019`.
pub(super) fn live_blog() -> Problem {
    let message = "A live blog: several reports, of which not each has its own date.";
    Problem::new(Code::R019, message)
}

/// One script's JSON; some pages put it in a comment or a CDATA section, or leave line ends in its
/// strings.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let script = script.replace("<![CDATA[", "").replace("]]>", "");
    let start = script.find(['{', '['])?;
    let end = script.rfind(['}', ']'])? + 1;
    let inner = script.get(start..end)?;
    let plain: String = inner.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&plain).ok()
}

/// The objects that stand for the page: at the top, in lists and graphs, and what a page is about.
/// Not the items of lists, which are other articles.
fn collect<'a>(value: &'a Value, depth: u8, out: &mut Vec<&'a Map<String, Value>>) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, depth + 1, out)),
        Value::Object(object) => {
            out.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

fn is(object: &Map<String, Value>, wanted: fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => wanted(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(wanted),
        _ => false,
    }
}

fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    let words = object.get(key)?.as_str()?;
    (!words.trim().is_empty()).then(|| plain(words))
}

/// The names in an `author` or `publisher`: strings, objects with a name, references to objects. Of
/// objects those that are `wanted`.
fn names(
    value: Option<&Value>,
    objects: &[&Map<String, Value>],
    wanted: &dyn Fn(&Map<String, Value>) -> bool,
) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    named(value?, objects, wanted, 0, &mut names);
    names.retain(|name| !name.is_empty() && !name.starts_with("http"));
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Objects within objects: a name is a name, a list of them, an object that has one, or any of these
/// printed as JSON once more.
const WITHIN: u8 = 6;

fn named(
    value: &Value,
    objects: &[&Map<String, Value>],
    wanted: &dyn Fn(&Map<String, Value>) -> bool,
    depth: u8,
    out: &mut Vec<String>,
) {
    if depth > WITHIN {
        return;
    }
    match value {
        Value::Array(list) => {
            for value in list {
                named(value, objects, wanted, depth + 1, out);
            }
        }
        Value::String(words) => match printed_again(words) {
            Some(inner) => named(&inner, objects, wanted, depth + 1, out),
            // A bare name says nothing of its sort: it is a person's, as most are.
            None if depth > 0 || wanted(&Map::new()) => out.push(plain(words)),
            None => {}
        },
        Value::Object(object) if depth <= 1 && !wanted(object) => {}
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                return named(name, objects, wanted, depth + 2, out);
            }
            let Some(id) = object.get("@id").and_then(Value::as_str) else { return };
            let of = |object: &&&Map<String, Value>| {
                object.get("@id").and_then(Value::as_str) == Some(id) && object.contains_key("name")
            };
            if let Some(found) = objects.iter().find(of).filter(|found| wanted(found)) {
                out.extend(string(found, "name"));
            }
        }
        _ => {}
    }
}

/// What a string holds that is JSON itself.
fn printed_again(words: &str) -> Option<Value> {
    let words = words.trim();
    words.starts_with(['{', '[']).then(|| serde_json::from_str(words).ok()).flatten()
}

/// Text without the character references and tags that some pages leave in their JSON.
fn plain(words: &str) -> String {
    if words.contains(['&', '<']) { one_line(&Tree::parse(words).text(0)) } else { one_line(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(script: &str) -> Draft {
        let mut draft = Draft::default();
        read(&[script.to_owned()], &mut draft);
        draft
    }

    #[test]
    fn a_graph_with_references() {
        let draft = reading(
            r##"{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},
            {"@type":["NewsArticle"],"headline":"Bridge &amp; quay","author":{"@id":"#ann"},
             "datePublished":"2023-03-09"},{"@type":"Person","@id":"#ann","name":"Ann Lee"}]}"##,
        );
        assert_eq!(draft.title.as_deref(), Some("Bridge & quay"));
        assert_eq!(draft.author.as_deref(), Some("Ann Lee"));
        assert_eq!(draft.published.unwrap().printed(), "2023-03-09");
    }

    #[test]
    fn an_author_is_a_name_however_it_is_wrapped() {
        let author = |author: &str| {
            let script = format!(r#"{{"@type":"NewsArticle","author":{author}}}"#);
            let mut draft = Draft::default();
            let house = read(&[script], &mut draft);
            (draft.author.unwrap_or_default(), house.unwrap_or_default())
        };
        for (written, person, house) in [
            (r#""Ann Lee""#, "Ann Lee", ""),
            (r#"{"name":{"@type":"Person","name":"Ann Lee"}}"#, "Ann Lee", ""),
            (r#"{"@type":"Person","name":["Ann Lee","Bo Tan"]}"#, "Ann Lee, Bo Tan", ""),
            (r#"[{"name":"Ann Lee"},{"name":"Bo Tan"}]"#, "Ann Lee, Bo Tan", ""),
            (r#"{"@type":"Person","name":"{\"name\":\"Ann Lee\"}"}"#, "Ann Lee", ""),
            (r#"{"@type":"Organization","name":"Harbour Radio"}"#, "", "Harbour Radio"),
            (
                r#"[{"@type":"Organization","name":"Harbour Radio"},{"@type":"Person","name":"Ann Lee"}]"#,
                "Ann Lee",
                "Harbour Radio",
            ),
            (r#"{"name":{"name":{"name":{"name":{"name":{"name":"Deep"}}}}}}"#, "", ""),
            ("7", "", ""),
        ] {
            assert_eq!(author(written), (person.to_owned(), house.to_owned()), "{written}");
        }
    }

    #[test]
    fn other_articles_in_a_list_are_not_this_one() {
        let draft = reading(
            r#"{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Other"}]}"#,
        );
        assert_eq!(draft.title, None);
    }

    #[test]
    fn broken_json_is_passed_over() {
        for script in ["", "{", "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"A\nB\"}\n//]]>"]
        {
            let draft = reading(script);
            assert_eq!(draft.title.as_deref(), script.contains("Article").then_some("A B"));
        }
    }
}
