//! The pages through their router.

mod fixture;

use std::sync::atomic::Ordering::Relaxed;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use proptest::prelude::*;
use sayso_web::{Pages, router};
use tower::ServiceExt;

const PORT: u16 = 7070;

/// A folder of its own for each test, removed when the test ends.
struct Site {
    folder: tempfile::TempDir,
    router: Router,
}

fn site(filled: bool) -> Site {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("sayso.db");
    if filled {
        fixture::write(&path);
    }
    let pages = Pages::new(path, PORT)
        .on("2031-03-20".parse().expect("a date"))
        .reviewing(fixture::classes());
    Site { folder, router: router(pages) }
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Site {
    fn ask(&self, request: Request<Body>) -> Answer {
        assert!(self.folder.path().is_dir());
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = body.collect().await.expect("a body").to_bytes();
            Answer {
                status: parts.status,
                headers: parts.headers,
                body: String::from_utf8(bytes.to_vec()).expect("pages are UTF-8"),
            }
        })
    }

    fn get(&self, target: &str) -> Answer {
        let request = Request::get(target).header(header::HOST, format!("127.0.0.1:{PORT}"));
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    /// Sends a form as a page of this `site` (`Sec-Fetch-Site`) would.
    fn post(&self, target: &str, form: &str, site: &str) -> Answer {
        let request = Request::post(target)
            .header(header::HOST, format!("127.0.0.1:{PORT}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site);
        self.ask(request.body(Body::from(form.to_owned())).expect("a request"))
    }

    /// The page, which must be there and hold these words.
    fn page(&self, target: &str, words: &[&str]) -> String {
        let answer = self.get(target);
        assert_eq!(answer.status, StatusCode::OK, "{target}: {}", answer.body);
        for word in words {
            assert!(answer.body.contains(word), "{target} lacks {word:?}: {}", answer.body);
        }
        answer.body
    }

    fn question(&self) -> String {
        let list = self.page("/questions", &["capture Varn?"]);
        let (_, rest) = list.split_once("href=\"/question/").expect("a link to a question");
        let (id, _) = rest.split_once('"').expect("the link ends");
        format!("/question/{id}")
    }
}

#[test]
fn the_ledger_shows_word_and_range_together_and_narrows() {
    let site = site(true);
    site.page(
        "/",
        &[
            "Tomas Reyl",
            "almost certain",
            "90–99\u{202f}%",
            "Northern Courier",
            "9\u{a0}Mar\u{a0}2031",
        ],
    );
    let found = site.page("/?q=garrison", &["Dana Whitlock", "55–85\u{202f}%"]);
    assert!(!found.contains("Tomas Reyl</b>"), "{found}");
    site.page("/?speaker=Ruben+Askari&kind=forecast", &["Remove speaker: Ruben Askari"]);
    site.page("/?q=nothingatall", &["Nothing was found"]);
    site.page("/?after=yesterday", &["is no date"]);
}

#[test]
fn the_reader_shows_the_article_and_a_card_for_each_statement() {
    let site = site(true);
    let read = fixture::first();
    let page = site.page(
        &format!("/article/{}", read.article.id),
        &[
            "Surer than the",
            "If the bridge holds",
            "in the coming days",
            "Evening Ledger",
            "mark class=\"nested",
        ],
    );
    for statement in &read.statements {
        assert!(page.contains(&format!("id=\"c-{}\"", statement.id)));
        assert!(page.contains(&format!("id=\"t-{}\"", statement.id)));
    }
    let answer = site.get(&format!("/statement/{}", read.statements[1].id));
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let expected = format!("/article/{}#c-{}", read.article.id, read.statements[1].id);
    assert_eq!(answer.headers[header::LOCATION].to_str().ok(), Some(expected.as_str()));
}

#[test]
fn the_question_has_a_picture_and_its_table() {
    let site = site(true);
    let link = site.question();
    let page = site.page(
        &link,
        &[
            "<svg",
            "<table",
            "Ruben Askari",
            "unlikely",
            "10–30\u{202f}%",
            ">▼</tspan> no: probably",
        ],
    );
    assert!(page.contains("role=\"img\""));
    let json = site.page(&format!("{link}.json"), &[]);
    let record: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(record["statements"].as_array().is_some_and(|list| list.len() >= 5), "{json}");
}

#[test]
fn a_question_is_compared_and_its_origins_are_counted() {
    let site = site(true);
    let link = site.question();
    let page = site.page(&link, &["independent origin", "href=\"/compare/"]);
    assert!(page.contains("origin"));
    let compare = link.replace("/question/", "/compare/");
    site.page(&compare, &["Contradictions", "Origins", "independent origin", "capture Varn?"]);
    site.page(&format!("{compare}.json"), &["\"contradictions\":", "\"origins\":"]);
}

#[test]
fn an_empty_ledger_says_what_to_do_next() {
    let site = site(false);
    site.page("/", &["No statements yet", "<code>sayso add FILE</code>"]);
    site.page("/questions", &["No questions yet", "<code>sayso add FILE</code>"]);
}

#[test]
fn the_api_gives_the_records_of_the_page() {
    let site = site(true);
    let json = site.page("/api/statements?speaker=Reyl", &[]);
    let page: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(page["total"], 3, "{json}");
    assert_eq!(page["items"][0]["statement"]["schema"], 2);
    site.page("/api/questions", &["capture Varn?"]);
}

#[test]
fn nothing_that_an_article_says_becomes_markup() {
    let site = site(true);
    let hostile = fixture::hostile();
    let article = format!("/article/{}", hostile.article.id);
    for target in [
        "/",
        &article,
        "/questions",
        &site.question(),
        &site.question().replace("/question/", "/compare/"),
        "/nowhere/<script>",
        "/?q=%3Cscript%3E",
        "/?speaker=%22%3E%3Cscript%3E&after=%3Cscript%3E&kind=%3Cscript%3E",
        "/article/%3Cscript%3E",
        "/question/%22%3E%3Cscript%3E",
        "/statement/%3Cscript%3E",
    ] {
        let request = Request::get(target.replace('<', "%3C").replace('>', "%3E"))
            .header(header::HOST, format!("localhost:{PORT}"));
        let answer = site.ask(request.body(Body::empty()).expect("a request"));
        for harm in ["<script", "<img", "onmouseover=\"alert", "href=\"javascript:", "<b>Outlet"] {
            assert!(!answer.body.contains(harm), "{target} holds {harm}: {}", answer.body);
        }
        assert!(!answer.body.contains(" style=\""), "{target} has inline style");
    }
}

#[test]
fn what_is_not_there_is_a_page_that_says_so() {
    let site = site(true);
    for target in
        ["/nowhere", "/article/ffff", "/question/nothing", "/statement/none", "/article/%FF"]
    {
        let answer = site.get(target);
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert!(answer.body.contains("<h1>"), "{target}: {}", answer.body);
    }
    assert!(site.get("/nowhere").body.contains("Nothing lives at this address"));
}

#[test]
fn only_this_machine_is_answered() {
    let site = site(true);
    for host in ["example.org", "example.org:7070", "127.0.0.1:80", "127.0.0.1"] {
        let request = Request::get("/").header(header::HOST, host);
        let answer = site.ask(request.body(Body::empty()).expect("a request"));
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert!(!answer.body.contains("Tomas Reyl"));
    }
    let answer = site.ask(Request::get("/").body(Body::empty()).expect("a request"));
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "no host");
}

#[test]
fn only_reading_is_answered() {
    let site = site(true);
    for target in ["/", "/questions", "/style.css"] {
        let answer = site.post(target, "", "same-origin");
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{target}");
    }
}

#[test]
fn a_reviewer_decides_by_a_form_and_takes_it_back() {
    let site = site(true);
    let page = site.page("/review", &["Accept as read", "<mark>", "<h2>Next</h2>"]);
    let (_, rest) = page.split_once("action=\"/review/").expect("a form");
    let (id, _) = rest.split_once('"').expect("the action ends");
    let own = format!("/review/{id}");
    let decide = |form: &str| {
        let answer = site.post(&own, form, "same-origin");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
        answer.headers[header::LOCATION].to_str().expect("an address").to_owned()
    };
    let back = decide("verdict=correct&reviewer=Ines+Holt&polarity=no&kind=denial&reason=Denied.");
    assert!(back.starts_with("/review?by=Ines%20Holt&done="), "{back}");
    site.page(&back, &["Corrected.", "Undo"]);
    let mended = site.page(&own, &["Denied.", "Ines Holt"]);
    assert!(mended.contains("<option value=\"denial\" selected>"), "{mended}");
    decide("verdict=undo&reviewer=Ines+Holt");
    let again = site.page(&own, &["undo"]);
    assert!(!again.contains("<option value=\"denial\" selected>"), "{again}");
    decide("verdict=reject&reviewer=Ines+Holt");
    assert_eq!(site.get(&own).status, StatusCode::NOT_FOUND);
    decide("verdict=undo&reviewer=Ines+Holt");
    decide("verdict=accept&reviewer=Ines+Holt");
    assert!(!site.page("/review", &["Accept as read"]).contains(&format!("action=\"{own}\"")));
}

#[test]
fn a_form_that_is_not_ours_or_makes_no_sense_changes_nothing() {
    let site = site(true);
    let page = site.page("/review", &[]);
    let (_, rest) = page.split_once("action=\"/review/").expect("a form");
    let (id, _) = rest.split_once('"').expect("the action ends");
    let own = format!("/review/{id}");
    let form = "verdict=reject&reviewer=Mallory";
    for other in ["cross-site", "same-site", "none", ""] {
        assert_eq!(site.post(&own, form, other).status, StatusCode::FORBIDDEN, "{other}");
    }
    for form in
        ["", "verdict=accept", "verdict=praise&reviewer=I", "verdict=correct&reviewer=I&kind=guess"]
    {
        let status = site.post(&own, form, "same-origin").status;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    let none = site.post("/review/s0", "verdict=accept&reviewer=I", "same-origin").status;
    assert_eq!(none, StatusCode::NOT_FOUND);
    assert_eq!(site.page("/review", &[]), page);
}

#[test]
fn every_answer_carries_the_headers_of_the_house() {
    let site = site(true);
    for target in ["/", "/style.css", "/nowhere", "/question/none", "/api/questions", "/review"] {
        let headers = site.get(target).headers;
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("a policy");
        assert!(policy.starts_with("default-src 'none'"), "{target}: {policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    }
}

#[test]
fn a_list_longer_than_a_page_goes_on() {
    let site = site(true);
    let answer = site.get("/?cursor=nonsense");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[test]
fn other_machines_cannot_be_served() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder for the test");
    let ledger = folder.path().join("sayso.db");
    let told = std::sync::atomic::AtomicU16::new(0);
    let serve = |address: &str| {
        let address = address.parse().expect("an address");
        runtime.block_on(sayso_web::serve(
            &ledger,
            address,
            fixture::classes(),
            |at| told.store(at.port(), Relaxed),
            async {},
        ))
    };
    assert!(matches!(serve("0.0.0.0:0"), Err(sayso_web::ServeError::NotLocal(_))));
    assert_eq!(told.load(Relaxed), 0, "nothing was opened");
    assert!(serve("127.0.0.1:0").is_ok());
    assert_ne!(told.load(Relaxed), 0, "the port in use is told");
    std::fs::write(&ledger, "no ledger at all, and longer than the header of one").expect("a file");
    assert!(matches!(serve("127.0.0.1:0"), Err(sayso_web::ServeError::Ledger(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_query_breaks_a_page(
        name in prop::sample::select(vec!["q", "speaker", "via", "place", "event", "kind", "after", "window", "cursor", "article"]),
        value in "\\PC{0,24}",
        raw in "[!-~]{0,16}",
    ) {
        thread_local! { static SITE: Site = site(true); }
        let encoded = value.bytes().fold(String::new(), |out, byte| format!("{out}%{byte:02X}"));
        let raw = raw.replace('#', "");
        for target in [format!("/?{name}={encoded}"), format!("/?{raw}"), format!("/question/{encoded}")] {
            let Ok(request) = Request::get(&target).header(header::HOST, "127.0.0.1:7070").body(Body::empty()) else {
                continue;
            };
            let answer = SITE.with(|site| site.ask(request));
            prop_assert!(!answer.status.is_server_error(), "{target}: {}", answer.body);
        }
    }
}
