//! From a kept record to a printed one, in one walk over the JSON.

use std::fmt::Write as _;

/// Keys of a statement that hold lists, in which an empty one is missing.
const LISTS: [&str; 7] = ["chain", "source", "cue", "content", "places", "quantities", "drift"];
/// Nobody nests a record deeper; what is, was not written here.
const DEEPEST: usize = 32;

/// The printed record; nothing where `kept` is no object as it is kept. Time is linear in both.
pub(super) fn whole(kept: &str, id: &str, article: &str, text: &str) -> Option<String> {
    let out = String::with_capacity(kept.len() * 3);
    let mut walk = Walk { rest: kept, text, out };
    walk.take("{")?;
    // The id is hexadecimal, and the article is JSON already.
    write!(walk.out, "{{\"id\":{},\"article\":{article}", serde_json::to_string(id).ok()?).ok()?;
    let mut seen = [false; LISTS.len()];
    walk.fields(1, true, &mut seen)?;
    for (list, _) in LISTS.iter().zip(seen).filter(|(_, seen)| !seen) {
        write!(walk.out, ",\"{list}\":[]").ok()?;
    }
    walk.out.push('}');
    walk.rest.trim().is_empty().then_some(walk.out)
}

struct Walk<'a> {
    rest: &'a str,
    text: &'a str,
    out: String,
}

impl<'a> Walk<'a> {
    fn take(&mut self, mark: &str) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(mark)?;
        Some(())
    }

    fn next(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start();
        self.rest.bytes().next()
    }

    /// Everything up to the end of an object, its brace taken and not written. Where `some` is
    /// true, fields are written already.
    fn fields(&mut self, depth: usize, mut some: bool, lists: &mut [bool]) -> Option<()> {
        let mut beside = "";
        let mut words: Vec<&'a str> = Vec::new();
        while self.next()? != b'}' {
            let key = self.string()?;
            self.take(":")?;
            let name = key.trim_matches('"');
            if let Some(at) = LISTS.iter().position(|list| *list == name) {
                *lists.get_mut(at).unwrap_or(&mut false) = true;
            }
            if self.next()? == b'n' {
                self.take("null")?;
                words.push(key);
            } else {
                self.comma(&mut some);
                self.out.push_str(key);
                self.out.push(':');
                let span = self.value(depth)?;
                if matches!(name, "span" | "mention") {
                    beside = if beside.is_empty() { span } else { beside };
                }
            }
            if self.next()? == b',' {
                self.take(",")?;
            }
        }
        self.take("}")?;
        for key in words {
            self.comma(&mut some);
            self.out.push_str(key);
            self.out.push(':');
            if beside.is_empty() {
                self.out.push_str("null");
            } else {
                self.out.push_str(&serde_json::to_string(beside).ok()?);
            }
        }
        Some(())
    }

    fn comma(&mut self, some: &mut bool) {
        if std::mem::replace(some, true) {
            self.out.push(',');
        }
    }

    /// One value; its words where it is a span, else none.
    fn value(&mut self, depth: usize) -> Option<&'a str> {
        if depth > DEEPEST {
            return None;
        }
        match self.next()? {
            b'{' => {
                self.take("{")?;
                self.out.push('{');
                self.fields(depth + 1, false, &mut [])?;
                self.out.push('}');
            }
            b'[' => return self.list(depth),
            b'"' => {
                let string = self.string()?;
                self.out.push_str(string);
            }
            _ => {
                let end = self.rest.find([',', '}', ']'])?;
                let (scalar, rest) = self.rest.split_at(end);
                self.out.push_str(scalar);
                self.rest = rest;
            }
        }
        Some("")
    }

    fn list(&mut self, depth: usize) -> Option<&'a str> {
        self.take("[")?;
        if self.next()?.is_ascii_digit() {
            let (numbers, rest) = self.rest.split_once(']')?;
            self.rest = rest;
            return self.span(numbers);
        }
        self.out.push('[');
        let mut some = false;
        while self.next()? != b']' {
            self.comma(&mut some);
            self.value(depth + 1)?;
            if self.next()? == b',' {
                self.take(",")?;
            }
        }
        self.take("]")?;
        self.out.push(']');
        Some("")
    }

    /// Two or four numbers as a span.
    fn span(&mut self, numbers: &str) -> Option<&'a str> {
        let mut four = [0_usize; 4];
        let mut many = 0;
        for number in numbers.split(',') {
            *four.get_mut(many)? = number.trim().parse().ok()?;
            many += 1;
        }
        let [from, to, start, end] = four;
        let (start, end) = match many {
            2 => (from, to),
            4 => (start, end),
            _ => return None,
        };
        let words = self.text.get(from..to)?;
        let printed = serde_json::to_string(words).ok()?;
        write!(
            self.out,
            "{{\"text\":{printed},\"start\":{start},\"end\":{end},\"byte_start\":{from},\"byte_end\":{to}}}"
        )
        .ok()?;
        Some(words)
    }

    /// A string with its marks, as it is written.
    fn string(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_start();
        let bytes = self.rest.as_bytes();
        if bytes.first() != Some(&b'"') {
            return None;
        }
        let mut at = 1;
        loop {
            match bytes.get(at)? {
                b'"' => break,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        let (string, rest) = self.rest.split_at_checked(at + 1)?;
        self.rest = rest;
        Some(string)
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    const TEXT: &str = "Wörter, sagte Ada Quill.";

    #[test]
    fn a_span_gets_its_words_and_null_those_beside_it() {
        let kept = r#"{"speaker":{"mention":[15,24,14,23],"name":null},"cue":[[9,14,8,13]]}"#;
        let out = whole(kept, "s1", "{}", TEXT).unwrap();
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(value["speaker"]["name"], "Ada Quill");
        assert_eq!(value["cue"][0]["text"], "sagte");
        assert_eq!(value["cue"][0]["byte_start"], 9);
        assert_eq!(value["chain"], serde_json::json!([]));
    }

    #[test]
    fn what_is_no_kept_record_is_refused() {
        let deep = "[".repeat(100);
        for kept in ["", "{", "[]", r#"{"cue":[[900,901]]}"#, r#"{"cue":[1,2,3]}"#, &deep] {
            assert_eq!(whole(kept, "s1", "{}", TEXT), None, "{kept}");
        }
    }
}
