//! Pages and feeds from a small server on loopback, through the command.

#[path = "../../../fetch/tests/server/fake.rs"]
#[expect(dead_code, reason = "the crate that fetches uses all of it")]
mod fake;

use std::sync::{Arc, Condvar, Mutex};

use fake::{Asked, Server, ok, plain};
use tempfile::TempDir;

use crate::{Run, sayso};

fn at(folder: &TempDir, arguments: &[&str]) -> Run {
    let network = ["--delay", "0", "--timeout", "1", "--allow-private=127.0.0.1"];
    sayso(&[arguments, &network].concat())
        .within(folder.path())
        .env("SAYSO_CONTACT", "ann@berg.example")
}

/// A page with a statement; `number` tells it from others.
fn page(number: usize, more: &str) -> Vec<u8> {
    let body = format!(
        "<!doctype html><title>The dam</title><article><p>“The dam in district {number} will hold for \
         another ten years,” said Ann Berg, the head of the water board, on Thursday.</p>\
         <p>Engineers had looked at its gates for the {number}th time in as many weeks.</p>{more}</article>"
    );
    plain(200, "Content-Type: text/html; charset=utf-8\r\nETag: \"1\"\r\n", &body)
}

fn rules(asked: &Asked) -> Option<Vec<u8>> {
    match asked.path.as_str() {
        "/robots.txt" => Some(ok("User-agent: *\nDisallow: /shut\n")),
        path if path.starts_with("/.well-known") => Some(plain(404, "", "")),
        _ => None,
    }
}

#[test]
fn a_page_is_added_with_its_evidence_and_not_sent_twice() {
    let server = Server::new(|asked| {
        rules(asked).unwrap_or_else(|| match asked.header("if-none-match") {
            Some("\"1\"") => plain(304, "", ""),
            _ => page(1, ""),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let url = server.url("/news/dam");
    at(&folder, &["add", &url]).run().code(0).says(&["1 article added with "]);
    let asked = server.asked();
    assert_eq!(
        asked.last().unwrap().header("user-agent").unwrap().split(' ').nth(1),
        Some("(ann@berg.example)")
    );
    let show = sayso(&["show", "-o", "table", "dam"]).within(folder.path()).run().code(0);
    assert!(show.text().contains(&url), "{}", show.text());
    assert!(show.text().contains("255 bytes, text/html"), "{}", show.text());
    sayso(&["doctor"]).within(folder.path()).run().code(0);
    at(&folder, &["add", &url]).run().code(0).says(&["0 articles added", "1 page unchanged"]);
}

#[test]
fn what_cannot_be_had_is_told_with_its_cure_and_costs_no_other() {
    let server = Server::new(|asked| {
        rules(asked).unwrap_or_else(|| match asked.path.as_str() {
            "/gone" => plain(404, "", ""),
            "/later" => plain(429, "Retry-After: 4000\r\n", ""),
            "/mined" => plain(200, "TDM-Reservation: 1\r\n", "a"),
            "/picture" => plain(200, "Content-Type: image/png\r\n", "\u{89}PNG"),
            "/inside" => plain(302, "Location: http://169.254.169.254/keys\r\n", ""),
            "/circle" => plain(302, "Location: /circle\r\n", ""),
            _ => page(2, ""),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let paths = ["/gone", "/shut/a", "/mined", "/picture", "/inside", "/circle", "/good", "/later"];
    let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let mut arguments = vec!["add"];
    arguments.extend(urls.iter().map(String::as_str));
    at(&folder, &arguments).run().code(3).says(&[
        "/gone: the server answered 404. Check the address in a browser.",
        "/shut/a: the host's robots.txt asks that this is not read. Ask the publisher",
        "/mined: its publisher reserves text and data mining (header tdm-reservation).",
        "/picture: the server sent no page but image/png.",
        "169.254.169.254, on this machine or in a local network, and was not asked. Pass `--allow-private`",
        "/circle: it redirects in a circle",
        "/later: the server asks to come back in 4000 seconds. Try again later.",
        "1 article added",
        "7 inputs failed",
    ]);
}

#[test]
fn a_page_without_an_article_is_told_each_time() {
    let server = Server::new(|asked| {
        let unchanged = asked.header("if-none-match").is_some();
        let tag = "Content-Type: text/html\r\nETag: \"e\"\r\n";
        rules(asked).unwrap_or_else(|| match asked.path.as_str() {
            _ if unchanged => plain(304, "", ""),
            "/picture" => plain(200, "Content-Type: image/png\r\nETag: \"p\"\r\n", "\u{89}PNG"),
            _ => plain(200, tag, "<title>Lamp</title>"),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    for path in ["/empty", "/picture"] {
        for _ in 0..2 {
            at(&folder, &["add", &server.url(path)]).run().code(3).says(&["1 input failed"]);
        }
    }
}

#[test]
fn a_run_without_addresses_and_a_host_that_was_not_allowed_open_nothing() {
    let server = Server::new(|_| page(3, ""));
    let folder = tempfile::tempdir().unwrap();
    let ran = sayso(&["add", &server.url("/a")]).within(folder.path()).run().code(3);
    ran.says(&["was not asked. Pass `--allow-private`"]);
    let links =
        format!("<article><p>Ann Berg said that {} will hold.</p></article>", server.url("/a"));
    at(&folder, &["add", "-"]).input(links).run().code(0);
    sayso(&["read", &server.url("/a")]).run().code(3).says(&["no page is fetched here"]);
    assert!(server.asked().is_empty());
}

#[test]
fn a_feed_is_watched_for_what_is_new_and_what_changed() {
    let server = Server::new(|asked| {
        let items = |list: &[(usize, &str)]| {
            let item = |(number, changed): &(usize, &str)| {
                format!(
                    "<entry><link href='/news/{number}'/><published>2031-04-03T08:00:00Z</published>\
                     <updated>{changed}</updated></entry>"
                )
            };
            let items: Vec<String> = list.iter().map(item).collect();
            let feed =
                format!("<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", items.concat());
            plain(200, "Content-Type: application/atom+xml\r\nETag: \"f\"\r\n", &feed)
        };
        let (old, new) = ("2001-01-01T00:00:00Z", "2049-01-01T00:00:00Z");
        rules(asked).unwrap_or_else(|| match (asked.path.as_str(), asked.number) {
            ("/feed", 0) => items(&[(1, old), (2, old)]),
            ("/feed", 1) => items(&[(3, old), (2, new), (1, old)]),
            ("/feed", _) => plain(304, "", ""),
            ("/news/2", 1) => page(2, "<p>The board has met since and said so.</p>"),
            (path, _) => page(path.trim_start_matches("/news/").parse().unwrap(), ""),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let feed = server.url("/feed");
    let watch = || at(&folder, &["watch", "--once", &feed]).run().code(0);
    watch().says(&["2 articles added"]);
    let found = sayso(&["find", "-o", "jsonl"]).within(folder.path()).run().code(0).records();
    // The pages give no date; their feed does.
    assert_eq!(found[0]["article"]["published"], "2031-04-03");
    watch().says(&["2 articles added", "1 a new version of an earlier one"]);
    watch().says(&["0 articles added"]);
    let pages = server.asked().iter().filter(|asked| asked.path.starts_with("/news")).count();
    assert_eq!(pages, 4, "each once, and the one that changed once more");
    at(&folder, &["watch", "--once", &server.url("/news/1")])
        .run()
        .code(3)
        .says(&["neither a feed nor a sitemap"]);
    sayso(&["watch", "feed.xml"]).run().code(2).says(&["no address of a feed"]);
}

#[test]
fn sitemaps_of_sitemaps_are_read_and_a_look_has_a_limit() {
    let server = Server::new(|asked| {
        let host = format!("http://{}", asked.header("host").unwrap());
        rules(asked).unwrap_or_else(|| match asked.path.as_str() {
            "/sitemap.xml" => ok(&format!(
                "<sitemapindex><sitemap><loc>{host}/news.xml</loc></sitemap></sitemapindex>"
            )),
            "/news.xml" => {
                let urls: Vec<String> =
                    (1..=5).map(|n| format!("<url><loc>{host}/news/{n}</loc></url>")).collect();
                ok(&format!("<urlset>{}</urlset>", urls.concat()))
            }
            path => page(path.trim_start_matches("/news/").parse().unwrap(), ""),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let map = server.url("/sitemap.xml");
    let watch = || at(&folder, &["watch", "--once", "--limit", "3", &map]).run().code(0);
    watch().says(&["3 articles added", "2 pages left for the next look"]);
    watch().says(&["2 articles added"]);
}

#[test]
fn a_page_leads_to_the_feed_that_it_names() {
    let server = Server::new(|asked| {
        rules(asked).unwrap_or_else(|| match asked.path.as_str() {
            "/" => ok("<!doctype html><title>Lamp</title><base href=/news/><link rel=alternate type=application/rss+xml \
                href=feed><link rel=alternate type=application/atom+xml href=/comments><p>News."),
            "/news/feed" if asked.header("if-none-match").is_some() => plain(304, "", ""),
            "/news/feed" => plain(
                200,
                "Content-Type: application/rss+xml\r\nETag: \"f\"\r\n",
                "<rss><channel><item><link>1</link></item></channel></rss>",
            ),
            "/loop" => ok("<link rel=alternate type=application/rss+xml href=/loop><p>News."),
            path => page(path.trim_start_matches("/news/").parse().unwrap(), ""),
        })
    });
    let folder = tempfile::tempdir().unwrap();
    let watch = || at(&folder, &["watch", "--once", &server.url("/")]).run().code(0);
    watch().says(&[
        &format!("/ is a page; its feed is watched: {}.", server.url("/news/feed")),
        &format!("It names 1 more feed: {}.", server.url("/comments")),
        "1 article added",
    ]);
    watch().says(&["0 articles added"]);
    let pages = server.asked().iter().filter(|asked| asked.path == "/news/1").count();
    assert_eq!(pages, 1);
    at(&folder, &["watch", "--once", &server.url("/loop")])
        .run()
        .code(3)
        .says(&["neither a feed nor a sitemap"]);
}

/// A server that answers for its page once the other was asked for its own.
fn one_of_two(met: &Arc<(Mutex<usize>, Condvar)>) -> Server {
    let met = Arc::clone(met);
    Server::new(move |asked| {
        rules(asked).unwrap_or_else(|| match asked.path.as_str() {
            "/news/1" => {
                let (count, came) = &*met;
                let mut count = count.lock().unwrap();
                *count += 1;
                came.notify_all();
                drop(came.wait_while(count, |count| *count < 2).unwrap());
                page(1, "")
            }
            _ => plain(404, "", ""),
        })
    })
}

#[test]
fn hosts_are_asked_side_by_side_and_told_by_turns() {
    let met = Arc::new((Mutex::new(0), Condvar::new()));
    // Each waits for the other: one after the other, the first would wait until it is given up.
    let (one, two) = (one_of_two(&met), one_of_two(&met));
    let urls = [
        one.url("/news/1"),
        one.url("/gone"),
        one.url("/far/gone"),
        two.url("/news/1"),
        two.url("/gone"),
    ];
    let mut arguments = vec!["add", "--delay", "0", "--allow-private=127.0.0.1"];
    arguments.extend(urls.iter().map(String::as_str));
    let folder = tempfile::tempdir().unwrap();
    let ran = sayso(&arguments).within(folder.path()).run().code(3);
    let told = &ran.err;
    let places: Vec<_> = [&urls[1], &urls[4], &urls[2]].map(|url| told.find(url.as_str())).to_vec();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{told}");
    ran.says(&["1 article added", "1 text known from elsewhere", "3 inputs failed"]);
}
