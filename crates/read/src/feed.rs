//! Feeds and sitemaps: RSS, Atom, JSON Feed, sitemaps with or without news, lists of sitemaps.
//!
//! Only what leads to articles is taken: address, title, dates. The article itself is what its page
//! says.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use sayso_model::Published;
use serde_json::Value;

use crate::{
    date, decode,
    draft::one_line,
    failure::Failure,
    unpack::{Packing, is_gzip, unpacked},
};

/// What a feed lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Articles, in its order.
    pub entries: Vec<Entry>,
    /// Other sitemaps, in the order of a list of them.
    pub sitemaps: Vec<Entry>,
}

/// One article of a feed, or one sitemap of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Where it is, as the feed writes it: it may be relative.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// When it was last changed.
    pub updated: Option<Published>,
}

/// Entries that are read, as many as a sitemap may have.
const MOST: usize = 50_000;
/// Elements within elements.
const DEEPEST: usize = 64;
/// Bytes of one title or address.
const LONGEST: usize = 8_000;

/// Reads a feed or sitemap, gzipped or not. What is broken in it ends it: entries before that are
/// kept.
///
/// # Errors
/// [`Failure::NotFeed`] where it is something else; `file` is its name or address.
pub fn feed(file: &str, bytes: &[u8]) -> Result<Feed, Failure> {
    let not = || Failure::NotFeed { file: file.to_owned() };
    if is_gzip(bytes) {
        let mut out = Vec::new();
        let packed = Box::new(std::io::Cursor::new(bytes.to_vec()));
        std::io::Read::read_to_end(&mut unpacked(Packing::Gzip, packed), &mut out)
            .map_err(|_| not())?;
        return if is_gzip(&out) { Err(not()) } else { feed(file, &out) };
    }
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if head.starts_with(b"{") {
        return json(bytes).ok_or_else(not);
    }
    let text = decode::decode(bytes, encoding(head).as_deref()).text;
    xml(&text).ok_or_else(not)
}

/// The encoding that an XML declaration names.
fn encoding(head: &[u8]) -> Option<String> {
    let line = head.strip_prefix(b"<?xml")?;
    let end = line.iter().take(200).position(|byte| *byte == b'>')?;
    let line = std::str::from_utf8(&line[..end]).ok()?;
    let value = line.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    value[1..].split(mark).next().map(str::to_owned)
}

fn json(bytes: &[u8]) -> Option<Feed> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    let items = value.get("items")?.as_array()?;
    if !version.contains("jsonfeed.org") {
        return None;
    }
    let words = |item: &Value, key: &str| item.get(key)?.as_str().map(one_line);
    let date = |item: &Value, key: &str| date::parse(item.get(key)?.as_str()?);
    let entry = |item: &Value| Entry {
        url: words(item, "url").or_else(|| words(item, "external_url")).unwrap_or_default(),
        title: words(item, "title"),
        published: date(item, "date_published"),
        updated: date(item, "date_modified"),
    };
    let entries = items.iter().take(MOST).map(entry).filter(|entry| !entry.url.is_empty());
    Some(Feed { entries: entries.collect(), sitemaps: Vec::new() })
}

/// The elements that an entry is in, and those that a feed begins with.
const ENTRIES: [&str; 4] = ["item", "entry", "url", "sitemap"];
const ROOTS: [&str; 5] = ["rss", "rdf:RDF", "feed", "urlset", "sitemapindex"];

/// The text with each bare `<` ("under <6 %") written as XML wants it: one that begins no tag, comment,
/// section or declaration would end the feed for its reader.
fn mended(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = text[at..].find('<') {
        let here = at + found;
        let rest = &text[here + 1..];
        let closed_by = [("![CDATA[", "]]>"), ("!--", "-->")];
        if let Some((_, close)) = closed_by.iter().find(|(open, _)| rest.starts_with(open)) {
            let Some(end) = rest.find(close) else { break };
            at = here + 1 + end;
            continue;
        }
        at = here + 1;
        if !rest
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_' | ':'))
        {
            out.push_str(&text[kept..here]);
            out.push_str("&lt;");
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

fn xml(text: &str) -> Option<Feed> {
    let text = mended(text);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    let mut feed = Feed::default();
    let mut open: Vec<String> = Vec::new();
    let mut here: Option<Reading> = None;
    let mut words = String::new();
    let mut rooted = false;
    loop {
        // What cannot be read on ends the feed; what came before it counts.
        let event = match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => event,
        };
        match event {
            Event::Start(tag) => {
                let name = name(&tag);
                rooted = rooted || open.is_empty() && ROOTS.contains(&name.as_str());
                if !rooted || open.len() >= DEEPEST {
                    break;
                }
                words.clear();
                begin(&name, &tag, open.len(), &mut here);
                open.push(name);
            }
            Event::Empty(tag) => begin(&name(&tag), &tag, open.len(), &mut here),
            Event::Text(part) => push(&mut words, &part),
            Event::CData(part) => push(&mut words, &part),
            Event::GeneralRef(part) => {
                let entity = format!("&{};", &*part);
                push(&mut words, &html_escape::decode_html_entities(&entity));
            }
            Event::End(_) => {
                let Some(name) = open.pop() else { continue };
                if let Some(reading) = &mut here {
                    if open.len() == reading.depth {
                        let reading = here.take().unwrap_or_default();
                        let list =
                            if name == "sitemap" { &mut feed.sitemaps } else { &mut feed.entries };
                        if let Some(entry) = reading.finish() {
                            list.push(entry);
                        }
                        if list.len() >= MOST {
                            break;
                        }
                    } else if open.len() <= reading.depth + 2 {
                        reading.take(&name, one_line(&words));
                    }
                }
                words.clear();
            }
            _ => {}
        }
    }
    rooted.then_some(feed)
}

/// A start tag's name as it is written, prefix and all.
fn name(tag: &BytesStart<'_>) -> String {
    tag.name().0.to_owned()
}

fn push(words: &mut String, more: &str) {
    if words.len() < LONGEST {
        words.push_str(more);
    }
}

/// An entry that is being read.
#[derive(Default)]
struct Reading {
    /// Elements that are open around it.
    depth: usize,
    entry: Entry,
    /// The entry's own id, which is its address where nothing else is.
    id: Option<String>,
}

fn begin(name: &str, tag: &BytesStart<'_>, depth: usize, here: &mut Option<Reading>) {
    match here {
        None if ENTRIES.contains(&name) => {
            *here = Some(Reading { depth, ..Reading::default() });
        }
        Some(reading) if name == "link" && reading.entry.url.is_empty() => {
            // Atom: the link without a relation is the article, one to "self" or "enclosure" is not.
            // A check for attributes given twice takes n² steps, and of such the first is as good.
            let value = |wanted: &str| {
                let mut attributes = tag.attributes();
                let mut attributes = attributes.with_checks(false).flatten();
                let attribute = attributes.find(|a| a.key.0 == wanted)?;
                let value = html_escape::decode_html_entities(&*attribute.value);
                Some(value.trim().to_owned())
            };
            if value("rel").is_none_or(|rel| rel == "alternate")
                && let Some(to) = value("href")
            {
                reading.entry.url = to;
            }
        }
        _ => {}
    }
}

impl Reading {
    /// The words of an element within the entry.
    fn take(&mut self, name: &str, words: String) {
        if words.is_empty() {
            return;
        }
        let entry = &mut self.entry;
        match name {
            "link" | "loc" if entry.url.is_empty() => entry.url = words,
            "guid" | "id" => self.id = Some(words),
            "title" | "news:title" if entry.title.is_none() => entry.title = Some(words),
            "pubDate" | "published" | "dc:date" | "news:publication_date"
                if entry.published.is_none() =>
            {
                entry.published = date::parse(&words);
            }
            "updated" | "lastmod" | "atom:updated" if entry.updated.is_none() => {
                entry.updated = date::parse(&words);
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Option<Entry> {
        if self.entry.url.is_empty() {
            self.entry.url = self.id.filter(|id| id.starts_with("http"))?;
        }
        Some(self.entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String, String)> {
        let date =
            |date: &Option<Published>| date.as_ref().map(Published::printed).unwrap_or_default();
        feed("f", text.as_bytes())
            .unwrap()
            .entries
            .iter()
            .map(|e| {
                (
                    e.url.clone(),
                    e.title.clone().unwrap_or_default(),
                    date(&e.published),
                    date(&e.updated),
                )
            })
            .collect()
    }

    fn entry(
        url: &str,
        title: &str,
        published: &str,
        updated: &str,
    ) -> (String, String, String, String) {
        (url.to_owned(), title.to_owned(), published.to_owned(), updated.to_owned())
    }

    #[test]
    fn rss_with_all_its_habits() {
        let found = read(
            "\n<?xml version='1.0'?><rss version='2.0'><channel><title>Lamp</title><link>https://l.example/</link>\
             <atom:link rel='self' href='https://l.example/feed'/><item><title><![CDATA[Dam & ferry]]></title>\
             <link> https://l.example/1?a=1&amp;b=2 </link><pubDate>Thu, 03 Apr 2031 08:00:00 +0200</pubDate>\
             <media:group><media:title>Picture</media:title></media:group></item>\
             <item><guid isPermaLink='true'>https://l.example/2</guid><title>R&eacute;sum&eacute; &#8220;a&#8221;</title></item>\
             <item><guid>tag:7</guid><title>Nowhere</title></item></channel></rss>",
        );
        assert_eq!(
            found,
            [
                entry("https://l.example/1?a=1&b=2", "Dam & ferry", "2031-04-03T06:00Z", ""),
                entry("https://l.example/2", "Résumé “a”", "", ""),
            ]
        );
    }

    #[test]
    fn atom_sitemaps_and_json() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/><entry><title>Dam</title>\
            <link rel='enclosure' href='/a.mp3'/><link rel='alternate' href='/a'/><id>urn:1</id>\
            <published>2031-04-03T08:00:00Z</published><updated>2031-04-04T08:00:00Z</updated></entry></feed>";
        assert_eq!(read(atom), [entry("/a", "Dam", "2031-04-03T08:00Z", "2031-04-04T08:00Z")]);
        let news = "<urlset><url><loc>https://l.example/1</loc><lastmod>2031-04-04</lastmod><news:news>\
            <news:publication_date>2031-04-03</news:publication_date><news:title>Dam</news:title></news:news>\
            <image:image><image:loc>https://l.example/p.jpg</image:loc></image:image></url></urlset>";
        assert_eq!(read(news), [entry("https://l.example/1", "Dam", "2031-04-03", "2031-04-04")]);
        let list =
            "<sitemapindex><sitemap><loc>https://l.example/s.xml.gz</loc></sitemap></sitemapindex>";
        let found = feed("f", list.as_bytes()).unwrap();
        assert!(found.entries.is_empty());
        assert_eq!(found.sitemaps[0].url, "https://l.example/s.xml.gz");
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "title": "Dam",
            "url": "https://l.example/1", "date_published": "2031-04-03T08:00:00Z"}, {"id": 2}]}"#;
        assert_eq!(read(json), [entry("https://l.example/1", "Dam", "2031-04-03T08:00Z", "")]);
    }

    #[test]
    fn a_bare_angle_ends_no_feed() {
        let feed = "<?xml version='1.0'?><!-- a < b --><rss><channel><item><title>Rates <2 % and < 3</title>\
            <link>/1</link></item><item><title><![CDATA[4 <5]]></title><link>/2</link></item></channel></rss>";
        assert_eq!(
            read(feed),
            [entry("/1", "Rates <2 % and < 3", "", ""), entry("/2", "4 <5", "", "")]
        );
        assert_eq!(mended("<a>b</a>"), "<a>b</a>");
        assert_eq!(mended("<"), "&lt;");
        assert_eq!(mended("<![CDATA[ <"), "<![CDATA[ <");
    }

    #[test]
    fn a_tag_of_many_attributes_takes_time_in_their_number() {
        // In n² steps this takes longer than anybody waits for a test.
        let many: Vec<String> = (0..400_000).map(|n| format!("a{n}=''")).collect();
        let many = many.join(" ");
        let feed = format!("<feed><entry><link {many} rel='alternate' href='/a'/></entry></feed>");
        assert_eq!(read(&feed).len(), 1);
    }

    #[test]
    fn a_broken_feed_keeps_what_came_before() {
        let broken =
            "<rss><channel><item><link>https://l.example/1</link></item><item><link>https://l.exa";
        assert_eq!(read(broken).len(), 1);
        let sloppy =
            "<rss><channel><item><link>https://l.example/1?a&b</link></channel></item></rss>";
        assert_eq!(read(sloppy).len(), 1);
        let deep = format!("<rss>{}", "<item>".repeat(100_000));
        assert!(read(&deep).is_empty());
        for other in
            ["", "<html><body>", "{}", "{\"items\": []}", "plain words", "<?xml?>", "\u{1f}\u{8b}"]
        {
            assert!(feed("f", other.as_bytes()).is_err(), "{other}");
        }
    }
}
