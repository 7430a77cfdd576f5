//! Title, byline, outlet, address and dates of a page.

use std::{borrow::Cow, collections::BTreeMap};

use sayso_model::{Code, Precision, Problem, Published};

use super::{
    entity, linked_data,
    markup::MARKUP,
    published::{self, Evidence, Verdict},
    tree::{Kind, Node, Tree},
};
use crate::{
    date,
    draft::{Draft, Field, one_line},
    text,
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
    /// Where the first heading of the first level stands.
    heading_at: Option<usize>,
    /// Dates that readers see, unless they are said to be of change.
    visible: Vec<Visible>,
    labelled: Vec<String>,
    bylines: Vec<String>,
    /// Headings below the first level, as far as they were met.
    below: usize,
}

/// A date that readers see.
struct Visible {
    at: usize,
    date: Published,
    /// It stands in a `time` element.
    marked: bool,
    /// The heading of another level than the first that it stands below, of those of the page.
    below: usize,
}

/// Reads what a page says of itself. The text stays empty.
pub(super) fn read(tree: &Tree<'_>) -> Draft {
    let mut seen = Seen::default();
    // The words before, which may say that a date is one of change.
    let mut before = "";
    let mut frame = Frame::default();
    for (index, node) in tree.nodes.iter().enumerate() {
        frame.enter(tree, index);
        if matches!(node.kind, Kind::Element(..)) {
            look(tree, index, before, frame.holds(index), &mut seen);
        } else if let Kind::Text(words) = node.kind {
            let words = words.trim();
            if words.is_empty() {
                continue;
            }
            if words.len() <= 80
                && words.bytes().any(|byte| byte.is_ascii_digit())
                && let Some((false, date)) = text::date_only(&entity::resolved(words))
                && date.precision != Precision::Month
                && !is_of_change(before)
                && !frame.holds(index)
            {
                let below = seen.below;
                seen.visible.push(Visible { at: index, date, marked: false, below });
            }
            before = words;
            // "Published 9 March 2023": nothing longer is only a date.
            let begins = |label: &str| {
                words.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
            };
            if words.len() <= 80 && (begins("published") || begins("posted")) {
                seen.labelled.push(entity::resolved(words).into_owned());
            }
        }
    }
    settle(seen)
}

/// What frames the article on a page: navigation, asides, the foot, and the masthead, in which papers
/// print the day of today.
#[derive(Default)]
struct Frame {
    /// One past the last node of the frame, and of the article, as far as they were entered.
    until: usize,
    article_until: usize,
    /// The next heading of the first level, as far as it was looked for.
    heading: usize,
}

impl Frame {
    fn enter(&mut self, tree: &Tree<'_>, index: usize) {
        let below = tree.below(index);
        match tree.nodes[index].word() {
            "article" | "main" => self.article_until = self.article_until.max(below.end),
            "nav" | "footer" => self.until = self.until.max(below.end),
            // A reader's comment has a day of its own.
            "div" | "section" | "ol" | "ul" | "li" if is_comments(&tree.nodes[index]) => {
                self.until = self.until.max(below.end);
            }
            // Within the article it may hold byline and date.
            "aside" if index >= self.article_until => self.until = self.until.max(below.end),
            // An article's own header holds its dateline, and the page's the headline now and then.
            "header" if index >= self.article_until => {
                self.heading = self.heading.max(index);
                while tree.nodes.get(self.heading).is_some_and(|node| node.word() != "h1") {
                    self.heading += 1;
                }
                if self.heading >= below.end {
                    self.until = self.until.max(below.end);
                }
            }
            _ => {}
        }
    }

    fn holds(&self, index: usize) -> bool {
        index < self.until
    }
}

fn is_comments(node: &Node<'_>) -> bool {
    ["class", "id"]
        .iter()
        .filter_map(|name| node.attribute(name))
        .any(|name| MARKUP.of(&name).comments)
}

fn look(tree: &Tree<'_>, index: usize, before: &str, framed: bool, seen: &mut Seen) {
    let node = &tree.nodes[index];
    let attribute = |name| node.attribute(name).map(Cow::into_owned);
    let words = || words_of(tree, index);
    match node.word() {
        "html" => seen.language = attribute("lang"),
        "meta" => {
            let content = node.attribute("content");
            let content = content.as_deref().map(str::trim).filter(|content| !content.is_empty());
            for key in ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .filter_map(|key| node.attribute(key))
            {
                if let Some(content) = content {
                    seen.meta.entry(key.to_ascii_lowercase()).or_insert_with(|| content.to_owned());
                }
            }
        }
        "link" if node.attribute("rel").as_deref() == Some("canonical") => {
            seen.canonical = seen.canonical.take().or_else(|| attribute("href"));
        }
        "title" if seen.title.is_none() => {
            seen.title = words().map(|title| entity::resolved(&title).into_owned());
        }
        "h2" | "h3" | "h4" => seen.below += 1,
        "h1" => {
            seen.heading_at.get_or_insert(index);
            seen.headings.extend(words());
        }
        "script"
            if node
                .attribute("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
        {
            seen.scripts.push(tree.text(index));
        }
        "time" => {
            let time = attribute("datetime").filter(|time| date::parse(time).is_some());
            let time = time.or_else(words);
            match node.attribute("itemprop").as_deref() {
                Some("datePublished") => seen.published.extend(time),
                Some("dateModified") => seen.modified.extend(time),
                _ if node.attribute("pubdate").is_some() => seen.published.extend(time),
                _ => {
                    let about = [attribute("class"), attribute("id"), words()];
                    let of_change = is_of_change(before)
                        || about.into_iter().flatten().any(|words| is_of_change(&words));
                    if let Some(date) = time.and_then(|time| date::parse(&time))
                        && !of_change
                        && !framed
                    {
                        let below = seen.below;
                        seen.visible.push(Visible { at: index, date, marked: true, below });
                    }
                }
            }
        }
        _ => match node.attribute("itemprop").as_deref() {
            Some("datePublished") => seen.published.extend(attribute("content").or_else(words)),
            Some("dateModified") => seen.modified.extend(attribute("content").or_else(words)),
            _ if is_byline(node) => byline(tree, index, framed, seen),
            // A time of day for readers, with the whole of it in the element's title.
            _ => {
                let class = node.attribute("class").unwrap_or_default().to_ascii_lowercase();
                let title = node.attribute("title").filter(|title| date::parse(title).is_some());
                if let Some(title) = title.filter(|_| !framed) {
                    if is_of_change(&class) {
                        seen.modified.push(title.into_owned());
                    } else if ["publish", "pubdate", "posted", "dtreviewed", "entry-date"]
                        .iter()
                        .any(|word| class.contains(word))
                    {
                        seen.published.push(title.into_owned());
                    }
                }
            }
        },
    }
}

/// Takes an element's byline: the author, and a date that stands beside them.
fn byline(tree: &Tree<'_>, index: usize, framed: bool, seen: &mut Seen) {
    let below = tree.below(index);
    // The innermost element that is called so holds the name, those around it more than that.
    let inner = |at: usize| is_byline(&tree.nodes[at]) && words_of(tree, at).is_some();
    if below.len() > 500 || below.clone().any(inner) {
        return;
    }
    // Words of two elements are two words, even where no blank parts them.
    let parts: Vec<String> = tree.nodes[below]
        .iter()
        .filter_map(|node| match node.kind {
            Kind::Text(text) => Some(one_line(&entity::resolved(text))),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    let words = parts.join(" ");
    if words.len() > 2000 {
        return;
    }
    let found = date::find(&words);
    // "Monday, 3 April 2031 by Ann Lee", "Ann Lee 3 April 2031".
    let lower = words.to_ascii_lowercase();
    let name = match lower.rfind(" by ") {
        Some(at) => &words[at + 1..],
        None => found.as_ref().map_or(words.as_str(), |found| &words[..found.start]),
    };
    let name = without_day(name);
    if let Some(found) = found.filter(|found| found.published.precision != Precision::Month)
        && !framed
        && !is_of_change(&words[..found.start])
    {
        let below = seen.below;
        seen.visible.push(Visible { at: index, date: found.published, marked: false, below });
    }
    if !name.is_empty() {
        seen.bylines.push(name.to_owned());
    }
}

/// A name without the weekday and the marks that led to a date.
fn without_day(name: &str) -> &str {
    let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')');
    let mut name = name.trim_matches(mark);
    while let Some((head, last)) = name.rsplit_once(' ')
        && (date::is_calendar_word(last.trim_matches(mark)) || last == "on")
    {
        name = head.trim_end_matches(mark);
    }
    name
}

/// Elements that hold a byline by their markup.
fn is_byline(node: &Node<'_>) -> bool {
    let holds = |name: &str, known: &[&str]| {
        node.attribute(name).is_some_and(|words| {
            words.split_whitespace().any(|word| known.contains(&word.to_ascii_lowercase().as_str()))
        })
    };
    holds("rel", &["author"])
        || holds("itemprop", &["author"])
        || holds(
            "class",
            &[
                "byline",
                "author",
                "author-name",
                "byline__name",
                "byline-name",
                "article-author",
                "post-author",
            ],
        )
}

/// Words of an element, nothing where there are none or far too many.
fn words_of(tree: &Tree<'_>, index: usize) -> Option<String> {
    // A headline or a byline is a few nodes; thousands are a page in the wrong element.
    if tree.below(index).len() > 500 {
        return None;
    }
    let words = one_line(&tree.text_up_to(index, 4000)?);
    (!words.is_empty() && words.len() <= 2000).then_some(words)
}

/// True where dates stand below heading after heading, each another day.
fn is_list(visible: &[Visible]) -> bool {
    /// A page may name two or three articles beside its own.
    const CARDS: usize = 4;
    let mut cards: Vec<usize> = visible.iter().map(|date| date.below).filter(|h| *h > 0).collect();
    cards.dedup();
    let mut days: Vec<_> = visible.iter().map(|date| date.date.date).collect();
    days.sort_unstable();
    days.dedup();
    cards.len() >= CARDS && days.len() >= CARDS && visible.iter().all(|date| date.below > 0)
}

fn settle(mut seen: Seen) -> Draft {
    let mut draft = Draft::default();
    // What readers see comes before what is written for search engines and social networks.
    if let Some(heading) = headline(&seen.headings) {
        draft.set(Field::Title, heading);
    }
    let house = linked_data::read(&seen.scripts, &mut draft);
    draft.author = draft.author.take().filter(|author| !MARKUP.is_nobody(author));
    let mut recorded: Vec<Published> = draft.published.take().into_iter().collect();
    for (field, names) in META {
        for content in names.iter().filter_map(|name| seen.meta.get(*name)) {
            if *field == Field::Published {
                recorded.extend(date::parse(content));
            }
            // Some authors are the address of their page, some the house, some nobody.
            let is_author = !content.starts_with("http")
                && !MARKUP.is_nobody(content)
                && house.as_ref().is_none_or(|house| !house.eq_ignore_ascii_case(content));
            if *field != Field::Author || is_author {
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
    for modified in &seen.modified {
        draft.set(Field::Modified, modified);
    }
    recorded.extend(seen.published.iter().filter_map(|words| date::parse(words)));
    // A list of articles has the days of all of them, and none of its own.
    let listed = recorded.is_empty() && is_list(&seen.visible);
    if listed {
        seen.visible.clear();
        let message = "The page lists several articles with days of their own: it is none itself.";
        draft.problems.push(Problem::new(Code::R020, message));
    }
    let evidence = Evidence {
        recorded,
        address: draft.url.as_deref().and_then(published::in_address),
        seen: beside(&seen.visible, seen.heading_at),
        labelled: seen.labelled.iter().find_map(|words| date::parse(words)),
    };
    draft.published = None;
    match published::weigh(&evidence) {
        Verdict::Known(date) => draft.published = Some(date),
        Verdict::Disputed(a, b) => draft.problems.push(Problem::new(
            Code::R014,
            format!("The page gives two publication dates: {} and {}.", a.printed(), b.printed()),
        )),
        Verdict::Silent => {}
    }
    for byline in seen.bylines.iter().filter(|byline| byline.split_whitespace().count() <= 8) {
        if !MARKUP.is_nobody(byline.trim_start_matches("By ")) {
            draft.set(Field::Author, byline);
        }
    }
    if let Some(house) = &house {
        draft.set(Field::Author, house);
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

/// True for words that say that a date is one of change.
fn is_of_change(words: &str) -> bool {
    // The last words alone, since a text of megabytes may stand before each of many dates.
    let from = words.len().saturating_sub(60);
    let from = (from..words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(0);
    let words = words.get(from..).unwrap_or_default().to_ascii_lowercase();
    ["updated", "update", "modified", "edited", "revised"].iter().any(|word| words.contains(word))
}

/// The first date that stands beside the headline, or after it before much else does; on a page
/// without a headline the first that is marked as one.
fn beside(visible: &[Visible], heading: Option<usize>) -> Option<Published> {
    /// In nodes: a dateline above a headline; bylines, sharing buttons and a picture below it.
    const ABOVE: usize = 60;
    const BELOW: usize = 400;
    let found = match heading {
        Some(heading) => {
            let after = visible.iter().find(|v| (heading..heading + BELOW).contains(&v.at));
            let above = heading.saturating_sub(ABOVE)..heading;
            after.or_else(|| visible.iter().rev().find(|v| above.contains(&v.at)))
        }
        None => visible.iter().find(|v| v.marked),
    };
    found.map(|found| found.date.clone())
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
    fn the_day_of_the_masthead_is_not_the_article_s() {
        let page = |before: &str, after: &str| {
            format!(
                "<body>{before}<article><header><h1>Dike at Norby holds the river back</h1></header>\
                 <p>The dike held on Sunday.</p></article>{after}"
            )
        };
        let date = |page: &str| read(&Tree::parse(page)).published.map(|date| date.printed());
        let today = "<header><p>Thursday, April 3, 2031</p></header>";
        let aside = "<aside>Read also <time datetime=2030-01-01>1 January</time></aside>";
        assert_eq!(date(&page(today, aside)), None);
        assert_eq!(date(&page("<nav>3 April 2031</nav>", "<footer>3 April 2031</footer>")), None);
        let address = "<link rel=canonical href=https://example.org/2031/03/09/dike>";
        assert_eq!(date(&page(&format!("{address}{today}"), "")).as_deref(), Some("2031-03-09"));
        // A header with the headline, and an article's own, are no frame.
        let own = "<header><p>3 April 2031</p><h1>Dike at Norby holds the river</h1></header>";
        assert_eq!(date(own).as_deref(), Some("2031-04-03"));
        for part in ["header", "aside"] {
            let own = format!("<h1>Dike at Norby</h1><main><{part}>3 April 2031</{part}></main>");
            assert_eq!(date(&own).as_deref(), Some("2031-04-03"));
        }
    }

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
            let printed = read(&Tree::parse(page)).published.map(|published| published.printed());
            assert_eq!(printed.as_deref(), expected, "{page}");
        }
    }

    #[test]
    fn an_author_is_who_wrote_it_and_nothing_beside_them() {
        let author = |page: &str| read(&Tree::parse(page)).author;
        for page in [
            "<div class=byline>Ann Lee<span>Monday, April 3, 2031</span></div>",
            "<p class=byline>By <a rel=author>Ann Lee</a>, Harbour Correspondent</p>",
            "<div class=byline>Monday April 3, 2031 10:05 am by Ann Lee</div>",
            "<meta name=author content=admin><p class=byline>By Ann Lee</p>",
            "<meta name=author content='Harbour Radio'><script type=application/ld+json>\
             {\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Organization\",\"name\":\"Harbour Radio\"}}\
             </script><div class=byline>By reporter <a rel=author>Ann Lee</a></div>",
        ] {
            assert_eq!(author(page).as_deref(), Some("Ann Lee"), "{page}");
        }
        assert_eq!(author("<meta name=author content=Administrator>"), None);
        let house = "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":\
                     {\"@type\":\"Organization\",\"name\":\"Harbour Radio\"}}</script>";
        assert_eq!(author(house).as_deref(), Some("Harbour Radio"));
    }

    #[test]
    fn a_day_in_a_title_counts_and_a_reader_s_does_not() {
        let dates = |page: &str| {
            let draft = read(&Tree::parse(page));
            let printed = |date: Option<Published>| date.map(|date| date.printed());
            (
                printed(draft.published).unwrap_or_default(),
                printed(draft.modified).unwrap_or_default(),
            )
        };
        let of = |published: &str, modified: &str| (published.to_owned(), modified.to_owned());
        let titled = "<h1>Dike</h1><abbr class=published title=2031-04-03T08:00:00+02:00>8 am</abbr>\
                      <span class=updated title=2031-04-05>Sat</span><i class=note title=2030-01-01>x</i>";
        assert_eq!(dates(titled), of("2031-04-03T06:00Z", "2031-04-05"));
        let commented = "<h1>Dike</h1><p>It held.</p><div class=comments>\
                         <time datetime=2031-04-09>2 days ago</time></div>";
        assert_eq!(dates(commented), of("", ""));
    }

    #[test]
    fn a_list_of_articles_has_no_day_and_says_so() {
        let card = |day: u8| {
            format!("<h2>Dike number {day} of the river</h2><time>{day} April 2031</time>")
        };
        let page = |cards: u8| (1..=cards).map(card).collect::<String>();
        let draft = read(&Tree::parse(&format!("<h1>Rivers</h1>{}", page(5))));
        assert_eq!(draft.published, None);
        assert!(draft.problems.iter().any(|problem| problem.code == Code::R020));
        let own =
            format!("<h1>Dike at Norby holds the river</h1><time>9 April 2031</time>{}", page(5));
        let draft = read(&Tree::parse(&own));
        assert_eq!(draft.published.map(|date| date.printed()).as_deref(), Some("2031-04-09"));
        assert!(draft.problems.iter().all(|problem| problem.code != Code::R020));
    }

    #[test]
    fn a_title_loses_its_outlet() {
        let draft = read(&Tree::parse(
            "<meta property=og:site_name content='The Harbour Post'><title>Bridge - closed | The Harbour Post</title>",
        ));
        assert_eq!(draft.title.as_deref(), Some("Bridge - closed"));
    }
}
