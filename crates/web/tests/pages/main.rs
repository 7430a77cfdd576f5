//! The pages through their router.

mod door;
mod fixture;
mod outcomes;
mod twins;

use std::sync::atomic::Ordering::Relaxed;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use http_body_util::BodyExt;
use proptest::prelude::*;
use sayso_web::{Pages, ServeError, router};
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
    } else {
        sayso_ledger::Ledger::open(&path).expect("an empty ledger");
    }
    let pages = Pages::new(path, PORT)
        .on("2031-03-20".parse().expect("a date"))
        .reviewing(fixture::classes(), fixture::vocabulary());
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
    let json = site.page("/statements.json?speaker=Reyl", &[]);
    let page: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(page["total"], 3, "{json}");
    assert_eq!(page["items"][0]["statement"]["schema"], 2);
    site.page("/questions.json", &["capture Varn?"]);
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
        "/speakers",
        "/speakers?q=%3Cscript%3E",
        "/outlet/%3Cb%3EOutlet%3C%2Fb%3E",
        "/outlet/%3Cscript%3E",
        "/map",
        "/map?after=%3Cscript%3E",
        "/data",
        "/review",
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
    // Each form carries the record that it shows, in the page that it came with.
    let decide = |page: &str, form: &str| {
        let form = format!("{form}&before={}&reviewer=Ines+Holt", shown(page));
        let answer = site.post(&own, &form, "same-origin");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("a cookie");
        assert!(cookie.starts_with("reviewer=Ines%20Holt;"), "{cookie}");
        let back = answer.headers[header::LOCATION].to_str().expect("an address").to_owned();
        site.page(&back, &[])
    };
    let back = decide(&page, "verdict=correct&polarity=no&kind=denial&reason=Denied.");
    assert!(back.contains("Corrected.") && back.contains("Undo"), "{back}");
    let mended = site.page(&own, &["Denied.", "Ines Holt"]);
    assert!(mended.contains("<option value=\"denial\" selected>"), "{mended}");
    decide(&mended, "verdict=undo");
    let again = site.page(&own, &["undo"]);
    assert!(!again.contains("<option value=\"denial\" selected>"), "{again}");
    let rejected = decide(&again, "verdict=reject");
    assert_eq!(site.get(&own).status, StatusCode::NOT_FOUND);
    decide(&rejected, "verdict=undo");
    decide(&site.page(&own, &[]), "verdict=accept");
    assert!(!site.page("/review", &["Accept as read"]).contains(&format!("action=\"{own}\"")));
}

/// The edition that the first form of a page shows.
fn shown(page: &str) -> &str {
    let (_, rest) = page.split_once("name=\"before\" value=\"").expect("a form with its record");
    rest.split_once('"').expect("the value ends").0
}

#[test]
fn a_form_of_yesterday_is_refused_and_says_who_decided_since() {
    let site = site(true);
    let page = site.page("/review", &[]);
    let (_, rest) = page.split_once("action=\"/review/").expect("a form");
    let own = format!("/review/{}", rest.split_once('"').expect("the action ends").0);
    let before = shown(&page);
    let send = |words: &str| {
        let form = format!("{words}&before={before}");
        let answer = site.post(&own, &form, "same-origin");
        (answer.status, answer.body)
    };
    assert_eq!(send("verdict=accept&reviewer=Ines+Holt").0, StatusCode::SEE_OTHER);
    // Another from the same old page, and the same form sent twice.
    for second in
        ["verdict=correct&reviewer=Jo+Park&kind=denial", "verdict=accept&reviewer=Ines+Holt"]
    {
        let (status, body) = send(second);
        assert_eq!(status, StatusCode::CONFLICT, "{body}");
        assert!(body.contains("accept by Ines Holt"), "{body}");
    }
    let now = site.page(&own, &["Ines Holt"]);
    assert!(!now.contains("Jo Park") && !now.contains("<option value=\"denial\" selected>"));
    let one = now.matches("<b>accept</b>").count();
    assert_eq!(one, 1, "{now}");
}

#[test]
fn a_link_signs_nothing_and_forms_have_limits_here_too() {
    let site = site(true);
    let page = site.page("/review", &[]);
    let (_, rest) = page.split_once("action=\"/review/").expect("a form");
    let id = rest.split_once('"').expect("the action ends").0;
    // Nobody accepted it: an address that says so is not believed, and fills in no name.
    let linked = site.page(&format!("/review?done={id}&said=accept&by=Mallory"), &[]);
    assert!(!linked.contains("Accepted.") && !linked.contains("Mallory"), "{linked}");
    let long = "R".repeat(200);
    for words in [
        format!("reviewer={long}"),
        "reviewer=Ines%00Holt".to_owned(),
        "reviewer=Ines%0dHolt".to_owned(),
        "reviewer=%E2%80%AEtloH".to_owned(),
        format!("reviewer=I&reason={}", "w".repeat(4000)),
        format!("reviewer=I&speaker={}", "w".repeat(4000)),
    ] {
        let form = format!("verdict=accept&before={}&{words}", shown(&page));
        let answer = site.post(&format!("/review/{id}"), &form, "same-origin");
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}: {}", answer.body);
    }
    assert_eq!(site.page("/review", &[]), page);
    let cookie = format!("reviewer={}", "%52".repeat(500));
    for (cookie, name) in
        [("a=b; reviewer=Ines%20Holt", "Ines Holt"), (&cookie, ""), ("reviewer", "")]
    {
        let request = Request::get("/review")
            .header(header::HOST, format!("127.0.0.1:{PORT}"))
            .header(header::COOKIE, cookie);
        let answer = site.ask(request.body(Body::empty()).expect("a request"));
        let field = format!("name=\"reviewer\" value=\"{name}\"");
        assert!(answer.body.contains(&field), "{cookie}: {}", answer.body);
    }
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
        let form = format!("{form}&before={}", shown(&page));
        let status = site.post(&own, &form, "same-origin").status;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    let none = site.post("/review/s0", "verdict=accept&reviewer=I&before=1", "same-origin").status;
    assert_eq!(none, StatusCode::NOT_FOUND);
    assert_eq!(site.page("/review", &[]), page);
}

#[test]
fn a_target_that_names_another_host_is_refused() {
    let site = site(true);
    for (target, status) in [
        ("http://evil.example/", StatusCode::MISDIRECTED_REQUEST),
        (&format!("http://127.0.0.1:{PORT}/"), StatusCode::OK),
    ] {
        let request = Request::get(target).header(header::HOST, format!("127.0.0.1:{PORT}"));
        let answer = site.ask(request.body(Body::empty()).expect("a request"));
        assert_eq!(answer.status, status, "{target}");
    }
}

#[test]
fn every_answer_carries_the_headers_of_the_house() {
    let site = site(true);
    for target in ["/", "/style.css", "/nowhere", "/question/none", "/questions.json", "/review"] {
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
fn other_machines_need_a_token_and_every_ledger_is_there() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder for the test");
    let ledger = folder.path().join("sayso.db");
    let told = std::sync::atomic::AtomicU16::new(0);
    let serve = |address: &str, token: Option<&str>| {
        let serving = sayso_web::Serving {
            ledger: ledger.clone(),
            address: address.parse().expect("an address"),
            audience: sayso_web::Audience::Owner,
            token: token.map(str::to_owned),
            classes: fixture::classes(),
            vocabulary: fixture::vocabulary(),
        };
        runtime.block_on(sayso_web::serve(serving, |at| told.store(at.port(), Relaxed), async {}))
    };
    assert!(matches!(serve("0.0.0.0:0", None), Err(ServeError::NoToken(_))));
    assert!(matches!(serve("0.0.0.0:0", Some("short")), Err(ServeError::ShortToken)));
    assert!(matches!(serve("127.0.0.1:0", None), Err(ServeError::Ledger(_))), "no ledger is there");
    assert_eq!(told.load(Relaxed), 0, "nothing was opened");
    assert!(!ledger.exists(), "and none was made");
    fixture::write(&ledger);
    assert!(serve("127.0.0.1:0", None).is_ok());
    assert_ne!(told.load(Relaxed), 0, "the port in use is told");
    std::fs::write(&ledger, "no ledger at all, and longer than the header of one").expect("a file");
    assert!(matches!(serve("127.0.0.1:0", None), Err(ServeError::Ledger(_))));
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

/// The pages for others, over a ledger in which one statement was reviewed.
fn public() -> Site {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("sayso.db");
    fixture::write(&path);
    let mut ledger = sayso_ledger::Ledger::open(&path).expect("the ledger");
    let id = ledger.review_queue(1).expect("a queue").remove(0).statement.id;
    let at = "2031-03-19T08:00:00Z";
    ledger
        .review(&id, sayso_ledger::Verdict::Accept, None, "Right.", "Ines Holt", at)
        .expect("a verdict");
    let to = folder.path().join("public.db");
    assert_eq!(ledger.publish(&to, &fixture::classes(), at).expect("a public ledger"), 1);
    let pages = Pages::new(to, PORT).on("2031-03-20".parse().expect("a date")).public();
    Site { folder, router: router(pages) }
}

#[test]
fn the_pages_for_others_show_what_was_reviewed_in_short_and_no_text() {
    let site = public();
    let found: serde_json::Value =
        serde_json::from_str(&site.page("/statements.json", &[])).expect("JSON");
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let article = found["items"][0]["statement"]["article"]["id"].as_str().expect("an id");
    let ledger = sayso_ledger::Ledger::open_existing(&site.folder.path().join("sayso.db"));
    let text = ledger.expect("the ledger").article(article).expect("the article").text;
    let page = site.page(&format!("/article/{article}"), &["each reviewed by a person"]);
    // No run of words of the article beyond what was quoted.
    let words: Vec<&str> = text.split_whitespace().collect();
    let quoted = found["items"][0]["statement"]["content"].to_string();
    for window in words.windows(8) {
        let run = window.join(" ");
        assert!(quoted.contains(&run) || !page.contains(&run), "{run}");
    }
    assert_eq!(site.get("/review").status, StatusCode::NOT_FOUND);
    let id = found["items"][0]["statement"]["id"].as_str().expect("an id");
    let form = "verdict=accept&reviewer=I&before=1";
    let answer = site.post(&format!("/review/{id}"), form, "same-origin");
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}
