//! The feeds that a page names as other forms of itself.

use super::tree::Tree;

/// What feeds are called on the web. Not `application/json`, which is more often an interface for
/// programs.
const FEEDS: [&str; 3] = ["application/rss+xml", "application/atom+xml", "application/feed+json"];
/// Feeds of one page at most.
const MOST: usize = 100;

/// Their addresses as they are written, in the order of the page: the first is the site's own, as a
/// rule, and what follows are sections and comments.
pub(crate) fn feeds(page: &str) -> Vec<String> {
    let tree = Tree::parse(page);
    let links = tree.nodes.iter().filter(|node| node.word() == "link");
    let feeds = links.filter(|link| {
        let rel = link.attribute("rel").unwrap_or_default();
        let kind = link.attribute("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"))
            && FEEDS.contains(&kind.as_str())
    });
    feeds
        .filter_map(|link| Some(link.attribute("href")?.trim().to_owned()))
        .filter(|address| !address.is_empty())
        .take(MOST)
        .collect()
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
        assert_eq!(feeds(page), ["/feed?a=1&b=2", "news.json"]);
        assert!(feeds("").is_empty());
    }
}
