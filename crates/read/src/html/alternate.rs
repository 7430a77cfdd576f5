//! The feeds that a page names as other forms of itself.

use super::tree::Tree;

/// What feeds are called on the web. Not `application/json`, which is more often an interface for
/// programs.
const FEEDS: [&str; 3] = ["application/rss+xml", "application/atom+xml", "application/feed+json"];
/// Feeds of one page at most.
const MOST: usize = 100;

/// The feeds of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageFeeds {
    /// What the addresses of the page are relative to, as it is written, where it is not the page
    /// itself (`<base href>`).
    pub base: Option<String>,
    /// Their addresses as they are written, in the order of the page: the first is the site's own, as a
    /// rule, and what follows are sections and comments.
    pub feeds: Vec<String>,
}

/// The feeds that a page names in its text.
pub(crate) fn feeds(page: &str) -> PageFeeds {
    let tree = Tree::parse(page);
    let named = |word: &'static str| tree.nodes.iter().filter(move |node| node.word() == word);
    let feeds = named("link").filter(|link| {
        let rel = link.attribute("rel").unwrap_or_default();
        let kind = link.attribute("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"))
            && FEEDS.contains(&kind.as_str())
    });
    PageFeeds {
        // The first that has an address counts (HTML, 4.2.3).
        base: named("base").find_map(|base| Some(base.attribute("href")?.trim().to_owned())),
        feeds: feeds
            .filter_map(|link| Some(link.attribute("href")?.trim().to_owned()))
            .filter(|address| !address.is_empty())
            .take(MOST)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_named_in_the_head_of_a_page() {
        let page = "<!doctype html><title>Lamp</title><link rel=stylesheet href=/a.css>\
            <link rel='alternate' hreflang=fr href='/fr'>\
            <LINK REL=\"home ALTERNATE\" TYPE='application/RSS+xml; charset=utf-8' href='/feed?a=1&amp;b=2'/>\
            <link rel=alternate type=application/json href=/wp-json><link rel=alternate type=application/atom+xml>\
            <link rel=alternate type=application/feed+json href=' news.json '><body><p>News.";
        let found = feeds(page);
        assert_eq!(found.feeds, ["/feed?a=1&b=2", "news.json"]);
        assert_eq!(found.base, None);
        assert_eq!(feeds(""), PageFeeds::default());
        let based = feeds(&page.replace("<title>", "<base target=_top><base href=/en/><title>"));
        assert_eq!((based.base.as_deref(), based.feeds), (Some("/en/"), found.feeds));
    }
}
