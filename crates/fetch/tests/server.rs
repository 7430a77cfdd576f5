//! A small server on loopback that does all that servers do.

mod server {
    pub(crate) mod clock;
    pub(crate) mod fake;
}

use std::{io::Write as _, thread, time::Duration};

use sayso_fetch::{Answer, Fetcher, Known, Page, Refusal, Settings};
use server::{
    clock::FakeClock,
    fake::{Asked, Server, gzipped, ok, plain},
};

/// Short times, and loopback allowed.
fn settings() -> Settings {
    Settings {
        timeout: Duration::from_millis(300),
        allow_private: vec!["*".to_owned()],
        limit: 100_000,
        ..Settings::default()
    }
}

fn fetcher() -> Fetcher<FakeClock> {
    Fetcher::new(settings(), FakeClock::default())
}

fn page(answer: Result<Answer, Refusal>) -> Page {
    match answer {
        Ok(Answer::Page(page)) => page,
        other => panic!("{other:?}"),
    }
}

/// A server that has no rules, and for all else does this.
fn free(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Server {
    Server::new(move |asked| {
        let rules = asked.path == "/robots.txt" || asked.path.starts_with("/.well-known");
        if rules { plain(404, "", "") } else { answer(asked) }
    })
}

fn get(server: &Server, path: &str) -> Result<Answer, Refusal> {
    fetcher().get(&server.url(path), &Known::default())
}

/// The refusal, with its words.
#[track_caller]
fn refused(answer: Result<Answer, Refusal>, words: &str) -> Refusal {
    let refusal = answer.expect_err("a refusal");
    let told = refusal.to_string();
    assert!(told.contains(words), "{told}");
    assert!(told.starts_with("http") && told.ends_with('.'), "{told}");
    assert!(refusal.hint().ends_with('.'));
    refusal
}

#[test]
fn a_page_comes_with_what_is_known_of_it() {
    let server = free(|_| {
        plain(
            200,
            "Content-Type: text/html; charset=utf-8\r\nETag: \"7\"\r\nLast-Modified: x\r\n",
            "<p>a",
        )
    });
    let page = page(get(&server, "/a?b#c"));
    assert_eq!(page.bytes, b"<p>a");
    assert_eq!(page.url, server.url("/a?b"));
    assert_eq!(page.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(page.known, Known { etag: Some("\"7\"".into()), modified: Some("x".into()) });
    let asked = server.asked();
    let paths: Vec<&str> = asked.iter().map(|asked| asked.path.as_str()).collect();
    assert_eq!(paths, ["/robots.txt", "/.well-known/tdmrep.json", "/a?b"]);
    assert!(asked.iter().all(|asked| asked.header("user-agent").unwrap().starts_with("sayso/")));
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = free(|asked| {
        if asked.header("if-none-match") == Some("\"7\"") { plain(304, "", "") } else { ok("new") }
    });
    let known = Known { etag: Some("\"7\"".into()), modified: Some("Thu, 03 Apr 2031".into()) };
    assert_eq!(fetcher().get(&server.url("/a"), &known), Ok(Answer::Unchanged));
    assert_eq!(server.asked().pop().unwrap().header("if-modified-since"), Some("Thu, 03 Apr 2031"));
    let other = Known { etag: Some("\"6\"".into()), modified: None };
    assert_eq!(page(fetcher().get(&server.url("/a"), &other)).bytes, b"new");
}

#[test]
fn no_local_address_is_asked_unless_allowed() {
    let server = free(|_| ok("secret"));
    let shy =
        Fetcher::new(Settings { allow_private: Vec::new(), ..settings() }, FakeClock::default());
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"] {
        let url = format!("http://{host}:{}/a", server.port());
        let refusal = refused(shy.get(&url, &Known::default()), "was not asked");
        assert!(matches!(refusal, Refusal::Private { .. }));
        assert!(refusal.hint().contains("--allow-private"));
    }
    for url in [
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://100.64.0.1/",
    ] {
        assert!(matches!(shy.get(url, &Known::default()), Err(Refusal::Private { .. })), "{url}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn redirects_are_followed_and_each_is_checked() {
    let server = free(|asked| match asked.path.as_str() {
        "/a" => plain(301, "Location: b/c\r\n", ""),
        "/b/c" => plain(302, "Location: ../d?x\r\n", ""),
        "/d?x" => ok("there"),
        "/loop" => plain(302, "Location: /pool\r\n", ""),
        "/pool" => plain(302, "Location: /loop\r\n", ""),
        "/nowhere" => plain(302, "", ""),
        "/mail" => plain(302, "Location: mailto:a@b.example\r\n", ""),
        "/file" => plain(302, "Location: file:///etc/passwd\r\n", ""),
        path => {
            let number: u32 = path.trim_start_matches("/n").parse().unwrap_or(0);
            plain(302, &format!("Location: /n{}\r\n", number + 1), "")
        }
    });
    let found = page(get(&server, "/a"));
    assert_eq!((found.url, found.bytes), (server.url("/d?x"), b"there".to_vec()));
    for path in ["/loop", "/n0"] {
        refused(get(&server, path), "redirects in a circle or more than 10 times");
    }
    refused(get(&server, "/nowhere"), "does not say where to");
    refused(get(&server, "/mail"), "to what is no page");
    refused(get(&server, "/file"), "to what is no page");
}

#[test]
fn a_redirect_into_the_local_network_is_not_followed() {
    let inside = free(|_| ok("secret"));
    for host in ["127.0.0.1", "localhost", "[::ffff:7f00:1]"] {
        let to = format!("http://{host}:{}/secret", inside.port());
        let server = free(move |_| plain(302, &format!("Location: {to}\r\n"), ""));
        // The first host stands for a public one, and this one alone may be asked.
        let first = server.url("").trim_start_matches("http://").to_owned();
        let allowed = Settings { allow_private: vec![first], ..settings() };
        let one = Fetcher::new(allowed, FakeClock::default());
        let refusal = refused(one.get(&server.url("/a"), &Known::default()), "was not asked");
        assert!(matches!(refusal, Refusal::Private { .. }), "{host}");
        assert_eq!(server.asked().pop().unwrap().path, "/a");
    }
    assert!(inside.asked().is_empty());
}

#[test]
fn a_redirect_to_another_host_asks_for_its_rules() {
    let closed = Server::new(|asked| {
        if asked.path == "/robots.txt" { ok("User-agent: *\nDisallow: /\n") } else { ok("secret") }
    });
    let to = closed.url("/secret");
    let leading = free(move |_| plain(307, &format!("Location: {to}\r\n"), ""));
    refused(get(&leading, "/a"), "robots.txt asks");
    let paths: Vec<String> = closed.asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(paths, ["/robots.txt", "/.well-known/tdmrep.json"]);
}

#[test]
fn an_answer_that_stalls_ends() {
    let server = Server::streaming(|asked, stream| {
        let _ = match asked.path.as_str() {
            "/robots.txt" | "/.well-known/tdmrep.json" => stream.write_all(&plain(404, "", "")),
            "/silent" => Ok(()),
            "/head" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-"),
            _ => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
        };
        // The rest never comes; the connection stays open.
        asked.path.starts_with("/robots") || asked.path.starts_with("/.well")
    });
    for path in ["/silent", "/head", "/body"] {
        let refusal = refused(get(&server, path), "did not come within 1 seconds");
        assert!(refusal.hint().contains("--timeout"));
    }
}

#[test]
fn an_answer_that_lies_about_its_length_is_told() {
    let server = free(|asked| match asked.path.as_str() {
        "/long" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nshort".to_vec()
        }
        "/short" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nlonger".to_vec()
        }
        "/chunk" => {
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"
                .to_vec()
        }
        "/nonsense" => b"\x16\x03\x01\x02 no server of pages\r\n\r\n".to_vec(),
        "/endless" => [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'a'; 200_000]].concat(),
        _ => b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nno length".to_vec(),
    });
    for path in ["/long", "/chunk", "/nonsense", "/endless"] {
        let refusal = refused(get(&server, path), "broken");
        assert!(matches!(refusal, Refusal::Broken { .. }), "{refusal:?}");
    }
    assert_eq!(page(get(&server, "/short")).bytes, b"lon");
    assert_eq!(page(get(&server, "/none")).bytes, b"no length");
}

#[test]
fn answers_have_a_longest_length_packed_and_unpacked() {
    let bomb = gzipped(&vec![b'a'; 10_000_000]);
    assert!(bomb.len() < 50_000);
    let twice = gzipped(&bomb);
    let server = free(move |asked| {
        let gzip = "Content-Encoding: gzip\r\n";
        match asked.path.as_str() {
            "/bomb" => raw(gzip, &bomb),
            "/twice" => raw(gzip, &twice),
            "/good" => raw(gzip, &gzipped(b"<p>good")),
            "/lie" => raw(gzip, b"<p>plain"),
            "/cut" => raw(gzip, &gzipped(&vec![b'b'; 5000])[..30]),
            "/br" => raw("Content-Encoding: br\r\n", b"\x0b\x02\x80"),
            "/long" => ok(&"c".repeat(100_001)),
            _ => ok(&"d".repeat(100_000)),
        }
    });
    refused(get(&server, "/bomb"), "unpacks to more than 100000 bytes");
    assert!(page(get(&server, "/twice")).bytes.starts_with(&[0x1f, 0x8b]), "unpacked once");
    assert_eq!(page(get(&server, "/good")).bytes, b"<p>good");
    assert_eq!(page(get(&server, "/lie")).bytes, b"<p>plain");
    refused(get(&server, "/cut"), "cannot be unpacked");
    refused(get(&server, "/br"), "packed with br");
    refused(get(&server, "/long"), "longer than 100000 bytes");
    assert_eq!(page(get(&server, "/fits")).bytes.len(), 100_000);
}

/// An answer of any bytes.
fn raw(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{head}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    let server = free(|asked| match asked.path.as_str() {
        "/busy" if asked.number < 2 => plain(429, "Retry-After: 7\r\n", ""),
        "/date" if asked.number < 1 => {
            plain(503, "Retry-After: Thu, 03 Apr 2031 08:01:30 GMT\r\n", "")
        }
        "/never" => plain(503, "", ""),
        "/later" => plain(429, "Retry-After: 86400\r\n", ""),
        _ => ok("served"),
    });
    let one = fetcher();
    assert_eq!(page(one.get(&server.url("/busy"), &Known::default())).bytes, b"served");
    // Rules twice, the page three times: four waits, two of them longer.
    assert_eq!(one.clock().slept(), [2, 2, 7, 7]);

    server.forget();
    let one = fetcher();
    assert_eq!(page(one.get(&server.url("/date"), &Known::default())).bytes, b"served");
    assert!(one.clock().slept()[2] >= 80, "{:?}", one.clock().slept());

    let one = fetcher();
    refused(one.get(&server.url("/never"), &Known::default()), "come back in 20 seconds");
    assert_eq!(one.clock().slept(), [2, 2, 5, 10]);

    let one = fetcher();
    let refusal = refused(one.get(&server.url("/later"), &Known::default()), "in 86400 seconds");
    assert_eq!(refusal.hint(), "Try again later.");
    let asked = server.asked().len();
    // The host is left alone for that long, whatever is asked for.
    refused(one.get(&server.url("/a"), &Known::default()), "seconds");
    assert_eq!(server.asked().len(), asked);
}

#[test]
fn requests_to_a_host_keep_their_distance() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => ok("User-agent: *\nCrawl-delay: 9\n"),
        "/.well-known/tdmrep.json" => plain(404, "", ""),
        _ => ok("a"),
    });
    let one = fetcher();
    for path in ["/a", "/b", "/c"] {
        page(one.get(&server.url(path), &Known::default()));
    }
    // Before its rules are known two seconds, then what it asks for.
    assert_eq!(one.clock().slept(), [2, 2, 9, 9]);
}

#[test]
fn a_host_is_asked_by_one_thread_at_a_time_and_once_for_its_rules() {
    let server = free(|_| ok("a"));
    let one = fetcher();
    let urls: Vec<String> = (0..6).map(|n| server.url(&format!("/{n}"))).collect();
    let all = |urls: &[String]| {
        thread::scope(|scope| {
            for url in urls {
                scope.spawn(|| page(one.get(url, &Known::default())));
            }
        });
    };
    all(&urls);
    let mut paths: Vec<String> = server.asked().into_iter().map(|asked| asked.path).collect();
    paths.sort();
    let rules = ["/.well-known/tdmrep.json"];
    assert_eq!(paths, [&rules[..], &["/0", "/1", "/2", "/3", "/4", "/5", "/robots.txt"]].concat());
    // Between eight requests; nobody waited beside another for the same turn, so that the clock was
    // moved on by each wait once.
    assert_eq!(one.clock().slept(), [2; 7]);
    // Who is led to a host takes its turn there too.
    server.forget();
    let to = server.url("/led");
    let other = free(move |_| plain(302, &format!("Location: {to}\r\n"), ""));
    all(&[other.url("/a"), server.url("/6"), other.url("/b"), server.url("/7")]);
    let mut paths: Vec<String> = server.asked().into_iter().map(|asked| asked.path).collect();
    paths.sort();
    assert_eq!(paths, ["/6", "/7", "/led", "/led"]);
}

#[test]
fn rules_are_obeyed_and_read_again_when_they_are_old() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" if asked.number == 0 => ok("User-agent: sayso\nDisallow: /shut\n"),
        "/robots.txt" => ok("User-agent: *\nDisallow: /open\n"),
        "/.well-known/tdmrep.json" => plain(404, "", ""),
        _ => ok("read"),
    });
    let one = fetcher();
    refused(one.get(&server.url("/shut"), &Known::default()), "robots.txt asks");
    page(one.get(&server.url("/open"), &Known::default()));
    // Changed on the server, and not yet looked at again.
    page(one.get(&server.url("/open"), &Known::default()));
    one.clock().pass(Duration::from_hours(25));
    let refusal = refused(one.get(&server.url("/open"), &Known::default()), "robots.txt asks");
    assert!(refusal.is_final());
    page(one.get(&server.url("/shut"), &Known::default()));
}

#[test]
fn a_host_whose_rules_cannot_be_had_is_left_alone() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" if asked.number == 0 => plain(500, "", ""),
        "/robots.txt" => ok(""),
        _ => ok("read"),
    });
    let one = fetcher();
    let refusal = refused(one.get(&server.url("/a"), &Known::default()), "the server answered 500");
    assert_eq!(refusal.hint(), "Try again later.");
    assert_eq!(server.asked().len(), 1);
    one.clock().pass(Duration::from_secs(700));
    page(one.get(&server.url("/a"), &Known::default()));
}

#[test]
fn reservations_of_mining_are_obeyed_wherever_they_stand() {
    let server = Server::new(|asked| match asked.path.as_str() {
        "/robots.txt" => plain(404, "", ""),
        "/.well-known/tdmrep.json" => ok(r#"[{"location": "/shut/*", "tdm-reservation": 1}]"#),
        "/header" => plain(200, "TDM-Reservation: 1\r\n", "a"),
        "/tag" => plain(200, "X-Robots-Tag: noindex\r\nX-Robots-Tag: noai\r\n", "a"),
        "/meta" => ok("<head><meta name=\"tdm-reservation\" content=\"1\"></head>"),
        _ => plain(200, "TDM-Reservation: 0\r\nX-Robots-Tag: noindex\r\n", "a"),
    });
    for (path, by) in [
        ("/shut/a", "/.well-known/tdmrep.json"),
        ("/header", "header tdm-reservation"),
        ("/tag", "header X-Robots-Tag"),
        ("/meta", "meta tdm-reservation"),
    ] {
        refused(get(&server, path), by);
    }
    page(get(&server, "/free"));
}

#[test]
fn a_page_that_is_not_there_and_a_host_that_is_not_there() {
    let server = free(|_| plain(410, "", "gone"));
    let refusal = refused(get(&server, "/a"), "answered 410");
    assert!(refusal.is_final());
    let url = server.url("/a");
    drop(server);
    let refusal = refused(fetcher().get(&url, &Known::default()), "cannot be reached");
    assert!(!refusal.is_final());
    refused(fetcher().get("http://nowhere.invalid/", &Known::default()), "cannot be reached");
    assert!(fetcher().get("news.html", &Known::default()).is_err());
}

#[test]
fn a_run_that_is_to_end_does_not_wait() {
    let server = free(|_| ok("a"));
    let clock = FakeClock::default();
    clock.end();
    let one = Fetcher::new(settings(), clock);
    refused(one.get(&server.url("/a"), &Known::default()), "the run was ended");
}
