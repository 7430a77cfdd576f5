//! What a sentence is written as: edited news, or a letter, a review, a forum.
//!
//! The same words are taken otherwise: "they will come" is a thing to happen in a newspaper, and in
//! a forum, to its readers, one that has not happened. The weights of both readings are blended by
//! this.

use std::ops::Range;

use sayso_language::Language;

use crate::tables::Embedding;

/// The longest stretch of a sentence that is looked at, in tokens.
const REACH: usize = 120;

/// Cues of a sentence's register with their strengths, in a fixed order.
pub fn cues<'t>(
    language: &Language,
    tables: &'t Embedding,
    sentence: Range<usize>,
) -> Vec<(&'t str, f32)> {
    let tokens = sentence.start..sentence.end.min(sentence.start + REACH);
    let forms: Vec<String> = tokens.clone().map(|i| language.form(i).to_lowercase()).collect();
    let mut out = vec![("register bias", 1.0)];
    for (name, words) in &tables.register {
        let found = forms.iter().any(|f| words.iter().any(|w| w == f));
        out.push((name.as_str(), f32::from(u8::from(found))));
    }
    let n = forms.len().max(1) as f32;
    let (mut words, mut letters, mut capitals, mut small) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
    for (at, i) in tokens.enumerate() {
        let form = language.form(i);
        let Some(first) = form.chars().next() else { continue };
        if first.is_alphabetic() {
            words += 1.0;
            letters += form.chars().count() as f32;
        }
        if at > 0 && first.is_uppercase() && form.len() > 1 {
            capitals += 1.0;
        }
        if matches!(form, "of" | "in" | "for" | "by" | "to" | "the" | "a" | "an") {
            small += 1.0;
        }
    }
    let has = |mark: &str| f32::from(u8::from(forms.iter().any(|f| f == mark)));
    let stop = forms.iter().rev().take(2).any(|f| f == "." || f == "\"" || f == "''");
    out.push(("register length", n.ln()));
    out.push(("register letters", letters / words.max(1.0)));
    out.push(("register capitals", capitals / n));
    out.push(("register small", small / n));
    out.push(("register ?", has("?")));
    out.push(("register !", has("!")));
    out.push(("register stop", f32::from(u8::from(stop))));
    out
}
