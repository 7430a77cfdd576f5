use std::fmt::{Display, Formatter, Result};

use super::{Query, WindowState};

/// As a person would type it, and as [`Query::parse`] reads it back. Page and limit are no part
/// of it.
impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mut parts: Vec<String> = self.words.iter().map(|word| quoted(word)).collect();
        let texts = [
            ("speaker", &self.speaker),
            ("via", &self.via),
            ("place", &self.place),
            ("event", &self.event),
            ("outlet", &self.outlet),
            ("term", &self.term),
            ("article", &self.article),
        ];
        for (field, text) in texts {
            parts.extend(text.iter().map(|text| format!("{field}:{}", quoted(text))));
        }
        parts.extend(self.kind.map(|kind| format!("kind:{}", kind.word())));
        parts.extend(self.before.map(|day| format!("before:{day}")));
        parts.extend(self.after.map(|day| format!("after:{day}")));
        parts.extend(self.window.map(|state| match state {
            WindowState::Open(_) => "window:open".to_owned(),
            WindowState::Passed(_) => "window:passed".to_owned(),
        }));
        f.write_str(&parts.join(" "))
    }
}

/// In marks where the words would not stay together without them, or would be read as a field.
fn quoted(text: &str) -> String {
    let plain = !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | ':'));
    match (plain, text.contains('"')) {
        (true, _) => text.to_owned(),
        (false, false) => format!("\"{text}\""),
        (false, true) => format!("“{text}”"),
    }
}
