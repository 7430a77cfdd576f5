//! How a record is worded on a page: one place, so that every page says the same thing the same way.

use jiff::civil::Date;
use sayso_model::{
    Bound, Certainty, CertaintyClass, Kind, PrintedSpan, Said, Speech, Stance, Statement, Window,
    WindowPrecision, printed_range,
};

/// A range of probability (0 to 1) as it is drawn and printed: both ends known or completed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    /// Lowest reading.
    pub(crate) low: f64,
    /// Highest reading.
    pub(crate) high: f64,
    /// Whether the low end is meant.
    pub(crate) low_meant: bool,
    /// Whether the high end is meant.
    pub(crate) high_meant: bool,
}

/// The range of a certainty; `None` where its words are no likelihood.
pub(crate) fn range(certainty: &Certainty) -> Option<Range> {
    let (low, high) = (certainty.low.and_then(unit), certainty.high.and_then(unit));
    if low.is_none() && high.is_none() {
        return None;
    }
    let range = Range {
        low: low.unwrap_or(0.0),
        high: high.unwrap_or(1.0),
        low_meant: low.is_some() && certainty.bound != Bound::Upper,
        high_meant: high.is_some() && certainty.bound != Bound::Lower,
    };
    (range.low <= range.high).then_some(range)
}

impl Range {
    /// "55–80 %", "at least 1 %", "70 %".
    pub(crate) fn printed(self) -> String {
        let bound = match (self.low_meant, self.high_meant) {
            (true, false) => Bound::Lower,
            (false, true) => Bound::Upper,
            _ => Bound::TwoSided,
        };
        // Both ends are known, so that there is always something to print.
        printed_range(Some(self.low), Some(self.high), bound).unwrap_or_default()
    }
}

fn unit(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(0.0, 1.0))
}

/// How sure a speaker is, in their words and as a range: never one without the other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sure {
    /// The speaker's term, or what stands for it where no words say how sure.
    pub(crate) term: String,
    /// What follows in brackets.
    pub(crate) reading: Option<String>,
    /// The range, where the words are a likelihood.
    pub(crate) range: Option<Range>,
}

/// Words and range of a statement.
pub(crate) fn sure(statement: &Statement) -> Sure {
    let Some(certainty) = &statement.certainty else {
        let term = match statement.kind {
            Kind::Intention => "an intention",
            Kind::Demand => "a demand",
            _ => "no hedge",
        };
        return Sure { term: term.to_owned(), reading: None, range: None };
    };
    let range = range(certainty);
    let reading = match (range, certainty.class) {
        (Some(range), _) => range.printed(),
        (None, CertaintyClass::Confidence) => "confidence, not a likelihood".to_owned(),
        (None, CertaintyClass::Plan) => "a plan, no likelihood".to_owned(),
        (None, CertaintyClass::Desire) => "a wish, no likelihood".to_owned(),
        (None, CertaintyClass::Conditional) => "conditional, no likelihood".to_owned(),
        (None, _) => "no range known".to_owned(),
    };
    Sure { term: certainty.term.clone(), reading: Some(reading), range }
}

/// The glyph of a stance: the same on every page, so that colour never stands alone.
pub(crate) fn glyph(stance: Stance) -> &'static str {
    match stance {
        Stance::Yes => "▲",
        Stance::No => "▼",
    }
}

/// What a reader is told of the way the words are given.
pub(crate) fn speech(speech: Speech) -> &'static str {
    match speech {
        Speech::Direct => "quoted",
        Speech::Indirect => "paraphrase",
        Speech::Mixed => "part quoted",
    }
}

/// The words of a statement: its content spans in order, with an ellipsis where the article has
/// other words between them. Marks around a whole quotation go, since the page sets its own.
pub(crate) fn words(statement: &Statement) -> String {
    let mut out = String::new();
    let mut end = None;
    for span in &statement.content {
        let words = one_line(&span.text);
        if end.is_some() {
            // Spans that touch, or are parted by white space alone, read on.
            let gap = end.is_some_and(|e: u32| span.byte_start > e.saturating_add(1));
            out.push_str(if gap { " … " } else { " " });
        }
        out.push_str(if statement.speech == Speech::Direct { unquoted(&words) } else { &words });
        end = Some(span.byte_end);
    }
    out
}

/// Characters of a quotation that a list shows at most, and that a page for others prints.
pub(crate) const QUOTATION: usize = 300;

/// Words cut to a quotation's length, at the end of a word where there is one near.
pub(crate) fn cut(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(QUOTATION) else { return words.to_owned() };
    // Room for the mark, within the limit.
    let end = words[..end].char_indices().next_back().map_or(0, |(last, _)| last);
    let head = &words[..end];
    let at = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..at].trim_end())
}

/// The first span's words, for a heading or a label.
pub(crate) fn joined(spans: &[PrintedSpan]) -> String {
    spans.iter().map(|span| one_line(&span.text)).collect::<Vec<_>>().join(" … ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unquoted(words: &str) -> &str {
    const MARKS: [char; 9] = ['"', '“', '”', '„', '«', '»', '‘', '‹', '›'];
    let Some(inner) = words.strip_prefix(MARKS) else {
        return words.strip_suffix(MARKS).unwrap_or(words);
    };
    inner.trim_end_matches(MARKS).trim_end_matches(',')
}

/// A date for reading: `2023-03-09` becomes "9 Mar 2023", `2023-03` "Mar 2023". What is no date
/// stays as it is.
pub(crate) fn date(printed: &str) -> String {
    if let Some(day) = day(printed) {
        return long(day);
    }
    match format!("{printed}-01").parse::<Date>() {
        Ok(first) => first.strftime("%b\u{a0}%Y").to_string(),
        Err(_) => printed.to_owned(),
    }
}

/// "9 Mar 2023", never parted at the end of a line.
pub(crate) fn long(day: Date) -> String {
    day.strftime("%-d\u{a0}%b\u{a0}%Y").to_string()
}

/// The day of a printed date of any precision; the first of the month where only that is known.
pub(crate) fn day(printed: &str) -> Option<Date> {
    printed.get(..10).and_then(|day| day.parse().ok())
}

/// The day on which a date is drawn.
pub(crate) fn drawn_day(printed: &str) -> Option<Date> {
    day(printed)
        .or_else(|| format!("{printed}-01").parse().ok())
        .or_else(|| format!("{printed}-01-01").parse().ok())
}

/// A window in one line: its words and its days, the generous last day in brackets.
pub(crate) fn window(window: &Window) -> String {
    let words = one_line(&window.text);
    let days = match (window.earliest, window.latest) {
        (Some(first), Some(last)) => between(first, last),
        (None, Some(last)) => format!("until {}", long(last)),
        (Some(first), None) => format!("from {}, open-ended", long(first)),
        (None, None) if window.precision == WindowPrecision::Event => {
            "hangs on another event".to_owned()
        }
        (None, None) if window.precision == WindowPrecision::Open => "open-ended".to_owned(),
        (None, None) => "no dates known".to_owned(),
    };
    let soft = window.latest_soft.filter(|soft| window.latest.is_some_and(|last| last < *soft));
    match soft {
        Some(soft) => format!("“{words}”: {days} (at most {})", long(soft)),
        None => format!("“{words}”: {days}"),
    }
}

/// When it was said: the words with their days.
pub(crate) fn said(said: &Said) -> String {
    let words = one_line(&said.text);
    match (said.earliest, said.latest) {
        (Some(first), Some(last)) => format!("“{words}”: {}", between(first, last)),
        _ => format!("“{words}”"),
    }
}

/// A share of 1 in hundredths: "55 %".
pub(crate) fn share(share: f64) -> String {
    format!("{:.0} %", share.clamp(0.0, 1.0) * 100.0)
}

/// "9 Mar 2031", "9–16 Mar 2031", "9 Mar – 2 Apr 2031", "9 Mar 2031 – 2 Apr 2032".
fn between(first: Date, last: Date) -> String {
    if first == last {
        return long(last);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{}\u{2060}–\u{2060}{}", first.day(), long(last));
    }
    let first = if first.year() == last.year() {
        first.strftime("%-d %b").to_string()
    } else {
        long(first)
    };
    format!("{first} – {}", long(last))
}

/// Where a forecast's window stands on a day, by the generous reading; `None` for what is no
/// forecast, or has a window that never closes.
pub(crate) fn state(statement: &Statement, today: Date) -> Option<&'static str> {
    if statement.kind != Kind::Forecast {
        return None;
    }
    let Some(window) = &statement.window else { return Some("no window named") };
    match (window.latest_soft.or(window.latest), window.earliest) {
        (Some(last), _) if last < today => Some("window closed"),
        (Some(_), _) => Some("window open"),
        (None, Some(_)) => None,
        (None, None) => Some("not scorable"),
    }
}

/// "1 statement", "2 statements".
pub(crate) fn count(n: u64, one: &str, many: &str) -> String {
    format!("{n}\u{a0}{}", if n == 1 { one } else { many })
}

/// The language of a statement's words, where the reading tells: extractors name theirs.
pub(crate) fn language(statement: &Statement) -> Option<&'static str> {
    statement.extractor.contains("english").then_some("en")
}

/// A class of the packs as people read it: `raise_rate` is "raise rate".
pub(crate) fn class(class: &str) -> String {
    class.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_cut_at_its_length_and_after_a_word() {
        assert_eq!(super::cut("The dam will hold."), "The dam will hold.");
        let long = "dämme halten ".repeat(40);
        let cut = super::cut(&long);
        assert!(cut.chars().count() <= super::QUOTATION && cut.ends_with("n…"), "{cut}");
        let one = "w".repeat(400);
        assert_eq!(super::cut(&one).chars().count(), super::QUOTATION);
        assert_eq!(super::cut(&"w".repeat(300)), "w".repeat(300));
    }

    #[test]
    fn ranges_print_both_ends_or_say_which_end_is_meant() {
        let range = |low, high, low_meant, high_meant| Range { low, high, low_meant, high_meant };
        assert_eq!(range(0.55, 0.8, true, true).printed(), "55–80\u{202f}%");
        assert_eq!(range(0.7, 0.7, true, true).printed(), "70\u{202f}%");
        assert_eq!(range(0.01, 1.0, true, false).printed(), "at least 1\u{202f}%");
        assert_eq!(range(0.0, 0.15, false, true).printed(), "at most 15\u{202f}%");
        assert_eq!(range(0.004, 0.4, true, true).printed(), "0.4–40\u{202f}%");
    }

    #[test]
    fn dates_keep_their_precision() {
        let plain = |text: String| text.replace('\u{a0}', " ").replace('\u{2060}', "");
        assert_eq!(plain(date("2031-03-09")), "9 Mar 2031");
        assert_eq!(plain(date("2031-03")), "Mar 2031");
        assert_eq!(plain(date("2031-03-09T14:05Z")), "9 Mar 2031");
        assert_eq!(plain(date("2031")), "2031");
        assert_eq!(drawn_day("2031"), "2031-01-01".parse().ok());
        assert_eq!(plain(date("no date at all")), "no date at all");
        let days = |first: &str, last: &str| {
            plain(between(first.parse().expect("a date"), last.parse().expect("a date")))
        };
        assert_eq!(days("2031-03-09", "2031-03-09"), "9 Mar 2031");
        assert_eq!(days("2031-03-09", "2031-03-16"), "9–16 Mar 2031");
        assert_eq!(days("2031-03-09", "2031-04-02"), "9 Mar – 2 Apr 2031");
        assert_eq!(days("2031-03-09", "2032-04-02"), "9 Mar 2031 – 2 Apr 2032");
    }

    #[test]
    fn marks_around_a_whole_quotation_go() {
        assert_eq!(unquoted("“We shall wait,”"), "We shall wait");
        assert_eq!(unquoted("We shall “wait” here"), "We shall “wait” here");
    }
}
