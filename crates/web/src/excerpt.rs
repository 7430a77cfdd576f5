//! Records for others than the ledger's owner: quotations of some length, and no texts.

use serde_json::{Map, Value};

use crate::wording;

/// Characters of a quotation that others are shown at most.
pub const QUOTATION: usize = wording::QUOTATION;

/// Shortens every record inside a value, whatever holds it: the words of a statement together, each
/// other run of words by itself, and the texts of articles altogether. Offsets stay those of the whole.
pub fn shorten(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(shorten),
        Value::Object(fields) => {
            if is_article(fields) {
                fields.insert("text".to_owned(), Value::from(""));
            }
            if let Some(Value::Array(spans)) = fields.get_mut("content") {
                shorten_together(spans);
            }
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(words)
                        if words.chars().count() > QUOTATION && name != "reason" =>
                    {
                        *words = wording::cut(words);
                    }
                    Value::Array(_) | Value::Object(_) => shorten(value),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn is_article(fields: &Map<String, Value>) -> bool {
    fields.contains_key("text") && fields.contains_key("problems") && fields.contains_key("key")
}

fn shorten_together(spans: &mut [Value]) {
    let mut left = QUOTATION;
    for span in spans {
        let Some(Value::String(words)) = span.get_mut("text") else { continue };
        let whole = words.chars().count();
        if whole > left {
            *words = match left {
                0 => String::new(),
                left => words.chars().take(left - 1).chain(['…']).collect(),
            };
        }
        left = left.saturating_sub(whole);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_words_of_a_statement_are_cut_together_and_a_text_is_left_out() {
        let long = "w".repeat(200);
        let mut record = json!({
            "statement": { "content": [{ "text": long, "start": 0 }, { "text": long, "start": 400 }] },
            "article": { "key": "a", "problems": [], "text": "The whole of it." },
            "condition": { "text": "c ".repeat(400) },
        });
        shorten(&mut record);
        let content = &record["statement"]["content"];
        assert_eq!(content[0]["text"].as_str().map(str::len), Some(200));
        assert_eq!(content[1]["text"].as_str().map(|words| words.chars().count()), Some(100));
        assert_eq!(content[1]["start"], 400);
        assert_eq!(record["article"]["text"], "");
        assert!(record["condition"]["text"].as_str().unwrap().chars().count() <= QUOTATION);
    }
}
