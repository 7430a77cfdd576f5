//! What a parser has to know of each element's name.

/// What an element's name says of how it nests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nests {
    /// Runs along in a line; an end tag of its own does not close the blocks around it.
    Inline,
    /// Stands on lines of its own and ends a paragraph that is open.
    Block,
    /// Holds nothing.
    Void,
    /// Its content is no markup.
    Raw,
}

/// The names that matter, in the order of the alphabet: name, nesting, and whether its text is
/// left out of what people read.
const NAMES: &[(&str, Nests, bool)] = &[
    ("a", Nests::Inline, false),
    ("abbr", Nests::Inline, false),
    ("address", Nests::Block, false),
    ("area", Nests::Void, false),
    ("article", Nests::Block, false),
    ("aside", Nests::Block, true),
    ("audio", Nests::Inline, true),
    ("b", Nests::Inline, false),
    ("base", Nests::Void, false),
    ("blockquote", Nests::Block, false),
    ("body", Nests::Block, false),
    ("br", Nests::Void, false),
    ("button", Nests::Inline, true),
    ("canvas", Nests::Inline, true),
    ("caption", Nests::Block, false),
    ("center", Nests::Block, false),
    ("cite", Nests::Inline, false),
    ("code", Nests::Inline, false),
    ("col", Nests::Void, false),
    ("datalist", Nests::Inline, true),
    ("dd", Nests::Block, false),
    ("del", Nests::Inline, false),
    ("details", Nests::Block, false),
    ("dialog", Nests::Block, true),
    ("dir", Nests::Block, false),
    ("div", Nests::Block, false),
    ("dl", Nests::Block, false),
    ("dt", Nests::Block, false),
    ("em", Nests::Inline, false),
    ("embed", Nests::Void, false),
    ("fieldset", Nests::Block, true),
    ("figcaption", Nests::Block, true),
    ("figure", Nests::Block, true),
    ("font", Nests::Inline, false),
    ("footer", Nests::Block, true),
    ("form", Nests::Block, true),
    ("h1", Nests::Block, false),
    ("h2", Nests::Block, false),
    ("h3", Nests::Block, false),
    ("h4", Nests::Block, false),
    ("h5", Nests::Block, false),
    ("h6", Nests::Block, false),
    ("head", Nests::Block, true),
    ("header", Nests::Block, true),
    ("hgroup", Nests::Block, false),
    ("hr", Nests::Void, false),
    ("html", Nests::Block, false),
    ("i", Nests::Inline, false),
    ("iframe", Nests::Raw, true),
    ("img", Nests::Void, false),
    ("input", Nests::Void, false),
    ("label", Nests::Inline, true),
    ("legend", Nests::Block, true),
    ("li", Nests::Block, false),
    ("link", Nests::Void, false),
    ("main", Nests::Block, false),
    ("map", Nests::Inline, true),
    ("mark", Nests::Inline, false),
    ("math", Nests::Inline, true),
    ("menu", Nests::Block, true),
    ("meta", Nests::Void, false),
    ("nav", Nests::Block, true),
    ("noembed", Nests::Raw, true),
    ("noframes", Nests::Raw, true),
    ("noscript", Nests::Raw, true),
    ("object", Nests::Inline, true),
    ("ol", Nests::Block, false),
    ("optgroup", Nests::Inline, true),
    ("option", Nests::Inline, true),
    ("p", Nests::Block, false),
    ("param", Nests::Void, false),
    ("picture", Nests::Inline, true),
    ("pre", Nests::Block, false),
    ("q", Nests::Inline, false),
    ("s", Nests::Inline, false),
    ("script", Nests::Raw, true),
    ("section", Nests::Block, false),
    ("select", Nests::Inline, true),
    ("small", Nests::Inline, false),
    ("source", Nests::Void, false),
    ("span", Nests::Inline, false),
    ("strong", Nests::Inline, false),
    ("style", Nests::Raw, true),
    ("sub", Nests::Inline, false),
    ("summary", Nests::Block, false),
    ("sup", Nests::Inline, false),
    ("svg", Nests::Inline, true),
    ("table", Nests::Block, false),
    ("tbody", Nests::Block, false),
    ("td", Nests::Block, false),
    ("template", Nests::Block, true),
    ("textarea", Nests::Raw, true),
    ("tfoot", Nests::Block, false),
    ("th", Nests::Block, false),
    ("thead", Nests::Block, false),
    ("time", Nests::Inline, false),
    ("title", Nests::Raw, true),
    ("tr", Nests::Block, false),
    ("track", Nests::Void, false),
    ("u", Nests::Inline, false),
    ("ul", Nests::Block, false),
    ("video", Nests::Inline, true),
    ("wbr", Nests::Void, false),
    ("xmp", Nests::Raw, true),
];

/// An element's name with what it says; elements that nobody knows run along in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// In small letters; empty for names that are not in the list.
    pub(super) word: &'static str,
    /// How it nests.
    pub(super) nests: Nests,
    /// True where its text is left out of what people read.
    pub(super) hidden: bool,
}

/// What a name as it is written in a tag stands for.
pub(super) fn name(written: &str) -> Name {
    let unknown = Name { word: "", nests: Nests::Inline, hidden: false };
    let mut small = [0_u8; 10];
    let Some(slot) = small.get_mut(..written.len()) else { return unknown };
    slot.copy_from_slice(written.as_bytes());
    slot.make_ascii_lowercase();
    let found = NAMES.binary_search_by(|(word, ..)| word.as_bytes().cmp(slot)).ok();
    found.and_then(|at| NAMES.get(at)).map_or(unknown, |(word, nests, hidden)| Name {
        word,
        nests: *nests,
        hidden: *hidden,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_found() {
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMES.iter().all(|(word, ..)| name(word).word == *word));
        assert_eq!(name("DIV").word, "div");
        assert_eq!(name("x-headline").word, "");
        assert_eq!(name("é").word, "");
    }
}
