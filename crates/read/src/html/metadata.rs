//! Title, byline, outlet, address and dates of a page.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html};

use sayso_model::{Precision, Published};

use super::linked_data;
use crate::{
    date,
    draft::{Draft, Field, one_line},
};

/// Names of `meta` elements (property, name or itemprop), the most telling first.
const META: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title"],
    ),
    (
        Field::Outlet,
        &[
            "og:site_name",
            "application-name",
            "publisher",
            "dc.publisher",
            "article:publisher_name",
        ],
    ),
    (Field::Url, &["og:url", "twitter:url", "parsely-link"]),
    (
        Field::Author,
        &[
            "author",
            "parsely-author",
            "sailthru.author",
            "article:author_name",
            "dc.creator",
            "byl",
            "article:author",
            "twitter:creator:name",
        ],
    ),
    (
        Field::Published,
        &[
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "article.published",
            "parsely-pub-date",
            "sailthru.date",
            "publish-date",
            "publish_date",
            "pubdate",
            "publication_date",
            "published_time",
            "article_date_original",
            "originalpublicationdate",
            "dc.date.issued",
            "dcterms.issued",
            "dc.date",
            "dcterms.created",
            "dcterms.date",
            "date",
            "cxenseparse:recs:publishtime",
            "displaydate",
            "published-date",
        ],
    ),
    (
        Field::Modified,
        &[
            "article:modified_time",
            "og:article:modified_time",
            "og:updated_time",
            "datemodified",
            "dcterms.modified",
            "last-modified",
            "lastmod",
            "revised",
        ],
    ),
];

/// What the page's elements say, in the order of the page.
#[derive(Default)]
struct Seen {
    meta: BTreeMap<String, String>,
    scripts: Vec<String>,
    canonical: Option<String>,
    title: Option<String>,
    headings: Vec<String>,
    language: Option<String>,
    published: Vec<String>,
    modified: Vec<String>,
    times: Vec<String>,
    labelled: Vec<String>,
    bylines: Vec<String>,
}

/// Reads what a page says of itself. The text stays empty.
pub(super) fn read(page: &str) -> Draft {
    let tree = Html::parse_document(page);
    let mut seen = Seen::default();
    for node in tree.tree.nodes() {
        if let Some(element) = ElementRef::wrap(node) {
            look(element, &mut seen);
        } else if let Some(words) = node.value().as_text() {
            let words = words.trim();
            // "Published 9 March 2023": nothing longer is only a date.
            let begins = |label: &str| {
                words.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
            };
            if words.len() <= 80 && (begins("published") || begins("posted")) {
                seen.labelled.push(words.to_owned());
            }
        }
    }
    settle(seen)
}

fn look(element: ElementRef<'_>, seen: &mut Seen) {
    let value = element.value();
    match value.name() {
        "html" => seen.language = value.attr("lang").map(str::to_owned),
        "meta" => {
            let content =
                value.attr("content").map(str::trim).filter(|content| !content.is_empty());
            for key in ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .filter_map(|key| value.attr(key))
            {
                if let Some(content) = content {
                    seen.meta.entry(key.to_ascii_lowercase()).or_insert_with(|| content.to_owned());
                }
            }
        }
        "link" if value.attr("rel") == Some("canonical") => {
            seen.canonical =
                seen.canonical.take().or_else(|| value.attr("href").map(str::to_owned));
        }
        "title" if seen.title.is_none() => seen.title = text(element),
        "h1" => seen.headings.extend(text(element)),
        "script"
            if value
                .attr("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
        {
            seen.scripts.push(element.text().collect());
        }
        "time" => {
            let time = value.attr("datetime").map(str::to_owned).or_else(|| text(element));
            match value.attr("itemprop") {
                Some("datePublished") => seen.published.extend(time),
                Some("dateModified") => seen.modified.extend(time),
                _ if value.attr("pubdate").is_some() => seen.published.extend(time),
                _ => seen.times.extend(time),
            }
        }
        _ => match value.attr("itemprop") {
            Some("datePublished") => seen
                .published
                .extend(value.attr("content").map(str::to_owned).or_else(|| text(element))),
            Some("dateModified") => seen
                .modified
                .extend(value.attr("content").map(str::to_owned).or_else(|| text(element))),
            _ if is_byline(&element) => seen.bylines.extend(text(element)),
            _ => {}
        },
    }
}

/// Elements that hold a byline by their markup.
fn is_byline(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let named = |name: &str| value.attr(name);
    named("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "author"))
        || named("itemprop")
            .is_some_and(|prop| prop.split_whitespace().any(|word| word == "author"))
        || named("class").is_some_and(|class| {
            class.split_whitespace().any(|word| {
                let word = word.to_ascii_lowercase();
                [
                    "byline",
                    "author",
                    "author-name",
                    "byline__name",
                    "byline-name",
                    "article-author",
                    "post-author",
                ]
                .contains(&word.as_str())
            })
        })
}

/// Words of an element, nothing where there are none or far too many.
fn text(element: ElementRef<'_>) -> Option<String> {
    let mut words = String::new();
    for part in element.text() {
        words.push_str(part);
        if words.len() > 2000 {
            return None;
        }
    }
    let words = one_line(&words);
    (!words.is_empty()).then_some(words)
}

fn settle(seen: Seen) -> Draft {
    let mut draft = Draft::default();
    // What readers see comes before what is written for search engines and social networks.
    if let Some(heading) = headline(&seen.headings) {
        draft.set(Field::Title, heading);
    }
    linked_data::read(&seen.scripts, &mut draft);
    for (field, names) in META {
        for content in names.iter().filter_map(|name| seen.meta.get(*name)) {
            // Some authors are the address of their page.
            if *field != Field::Author || !content.starts_with("http") {
                draft.set(*field, content);
            }
        }
    }
    if let Some(canonical) = seen.canonical.filter(|address| address.starts_with("http")) {
        draft.set(Field::Url, &canonical);
    }
    for heading in seen.headings.iter().take(1).chain(&seen.title) {
        draft.set(Field::Title, heading);
    }
    for published in &seen.published {
        draft.set(Field::Published, published);
    }
    for modified in &seen.modified {
        draft.set(Field::Modified, modified);
    }
    // The first time element of a page is its date more often than not; one that stands alone is.
    if let Some(time) = seen.times.first() {
        draft.set(Field::Published, time);
    }
    let address = draft.url.as_deref().and_then(date_in_address);
    let label = seen.labelled.iter().find_map(|words| date::parse(words));
    // A moment given in UTC may lie on another day than the outlet's, which the page's address
    // has, or the time that readers see.
    let local = address.clone().into_iter().chain(
        seen.published.iter().chain(seen.times.first()).filter_map(|time| date::parse(time)),
    );
    draft.published = match draft.published.take() {
        Some(published) => {
            let mut local = local.filter(|day| is_next_to(&published, day));
            Some(local.next().unwrap_or(published))
        }
        None => address.or(label),
    };
    for byline in seen.bylines.iter().filter(|byline| byline.split_whitespace().count() <= 8) {
        draft.set(Field::Author, byline);
    }
    if let Some(language) = seen.language {
        draft.set(Field::Language, &language);
    }
    draft.title = draft.title.take().map(|title| without_outlet(&title, draft.outlet.as_deref()));
    draft
}

/// The one heading of the first level that is long enough for a headline.
fn headline(headings: &[String]) -> Option<&str> {
    let mut long = headings.iter().filter(|heading| heading.split_whitespace().count() >= 4);
    let first = long.next()?;
    long.all(|other| other == first).then_some(first)
}

/// The day before or after, so that only the zone can be what parts the two.
fn is_next_to(published: &Published, day: &Published) -> bool {
    (published.precision, day.precision) == (Precision::Minute, Precision::Day)
        && published.date.until(day.date).is_ok_and(|span| span.get_days().abs() == 1)
}

/// The day in ".../2023/03/09/bridge", ".../2023/mar/09/bridge" or ".../2023-03-09-bridge".
fn date_in_address(url: &str) -> Option<Published> {
    let path = url.splitn(4, '/').nth(3)?;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.']).take(64).collect();
    parts.windows(3).find_map(|part| {
        let [year, month, day] = [part[0], part[1], part[2]];
        let digits = |text: &str, length: usize| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let named = month.len() == 3 && date::is_calendar_word(month);
        if !digits(year, 4) || !digits(day, 2) || !(digits(month, 2) || named) {
            return None;
        }
        let written = if named { format!("{day} {month} {year}") } else { part.join("-") };
        date::parse(&written).filter(|found| found.precision == Precision::Day)
    })
}

/// The title without the outlet's name after a bar or dash.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let letters = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let Some(outlet) = outlet.map(letters).filter(|outlet| !outlet.is_empty()) else {
        return title.to_owned();
    };
    for mark in [" | ", " - ", " – ", " — ", " · ", " :: "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && letters(tail) == outlet
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_where_a_date_may_stand() {
        for (page, expected) in [
            (
                "<meta property=article:published_time content=2023-03-09T10:00:00Z>",
                Some("2023-03-09T10:00Z"),
            ),
            ("<time datetime=2023-03-09>9 March</time>", Some("2023-03-09")),
            ("<span itemprop=datePublished content=2023-03-09></span>", Some("2023-03-09")),
            (
                "<meta property=og:url content=https://example.org/2023/03/09/bridge>",
                Some("2023-03-09"),
            ),
            (
                "<link rel=canonical href=https://example.org/a/2023-03-09-bridge>",
                Some("2023-03-09"),
            ),
            (
                "<link rel=canonical href=https://example.org/2023/mar/09/bridge>",
                Some("2023-03-09"),
            ),
            ("<link rel=canonical href=https://example.org/1000/20/30/bridge>", None),
            ("<p>Published on March 9, 2023</p>", Some("2023-03-09")),
            // The outlet's own day, where UTC has the next one already.
            (
                "<link rel=canonical href=https://example.org/2023/03/09/bridge>\
                 <meta property=article:published_time content=2023-03-10T01:30:00Z>",
                Some("2023-03-09"),
            ),
            (
                "<meta property=article:published_time content=2023-03-09T18:30:00Z>\
                 <time datetime=2023-03-10T05:30:00+11:00>",
                Some("2023-03-10"),
            ),
            ("<p>9 March 2023</p>", None),
        ] {
            let printed = read(page).published.map(|published| published.printed());
            assert_eq!(printed.as_deref(), expected, "{page}");
        }
    }

    #[test]
    fn a_title_loses_its_outlet() {
        let draft = read(
            "<meta property=og:site_name content='The Harbour Post'><title>Bridge - closed | The Harbour Post</title>",
        );
        assert_eq!(draft.title.as_deref(), Some("Bridge - closed"));
    }
}
