//! The token, and pages that take no verdicts.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use sayso_web::{Pages, router};

use crate::{Answer, PORT, Site, fixture};

const TOKEN: &str = "a token of some length";

fn guarded() -> Site {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("sayso.db");
    fixture::write(&path);
    let pages = Pages::new(path, PORT)
        .on("2031-03-20".parse().expect("a date"))
        .reviewing(fixture::classes(), fixture::vocabulary())
        .with_token(TOKEN);
    Site { folder, router: router(pages) }
}

fn get(site: &Site, target: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(target).header(header::HOST, "ledger.example:80");
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    site.ask(request.body(Body::empty()).expect("a request"))
}

#[test]
fn who_does_not_know_the_token_sees_nothing() {
    let site = guarded();
    for target in
        ["/", "/statements.json", "/review", "/data.csv", "/nowhere", "/?token=another", "/token"]
    {
        let answer = get(&site, target, &[]);
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{target}");
        assert!(!answer.body.contains("Tomas Reyl") && answer.body.contains("needs a token"));
        assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
    }
    let cookies =
        ["token=another", "token=", "token", "other=1", "token=a%20token%20of%20some%20lengt"];
    for cookie in cookies {
        let answer = get(&site, "/", &[(header::COOKIE, cookie)]);
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{cookie}");
    }
    assert_eq!(get(&site, "/style.css", &[]).status, StatusCode::OK);
    let form = "verdict=accept&reviewer=Mallory&before=1";
    assert_eq!(site.post("/review/s0", form, "same-origin").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_link_or_a_form_opens_the_door_and_a_cookie_keeps_it_open() {
    let site = guarded();
    let answer = get(&site, "/questions?token=a%20token%20of%20some%20length", &[]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], "/questions", "the address goes on without it");
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let answer = get(&site, "/", &[(header::COOKIE, &cookie)]);
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Tomas Reyl"));
    let bearer = format!("Bearer {TOKEN}");
    let answer = get(&site, "/questions.json", &[(header::AUTHORIZATION, &bearer)]);
    assert_eq!(answer.status, StatusCode::OK);
    let entered = site.post("/token", "token=a+token+of+some+length", "same-origin");
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(
        site.post("/token", "token=another", "same-origin").status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(site.post("/token", "token=another", "cross-site").status, StatusCode::FORBIDDEN);
    // No way to another site.
    let away = get(&site, "//evil.example/?token=a%20token%20of%20some%20length", &[]);
    assert_eq!(
        away.headers.get(header::LOCATION).map(axum::http::HeaderValue::as_bytes),
        Some(&b"/"[..])
    );
}

#[test]
fn pages_for_reading_take_no_verdict_and_offer_none() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("sayso.db");
    fixture::write(&path);
    let site = Site { router: router(Pages::new(path, PORT)), folder };
    let page = site.page("/review", &["opened for reading"]);
    assert!(!page.contains("<button class=\"good\""));
    assert!(!site.page("/", &[]).contains("/review/"));
    let form = "verdict=accept&reviewer=Ines&before=1";
    assert_eq!(site.post("/review/s0", form, "same-origin").status, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn every_field_can_be_mended_in_the_browser() {
    let site = crate::site(true);
    let first = fixture::first();
    let own = format!("/review/{}", first.statements[0].id);
    let page = site.page(
        &own,
        &["name=\"window.latest\" type=\"date\" value=\"2031-03-16\"", "name=\"event.target\""],
    );
    let send = |form: &str| {
        let before = crate::shown(&site.page(&own, &[])).to_owned();
        site.post(&own, &format!("{form}&before={before}&reviewer=Ines"), "same-origin")
    };
    // As it came with the page, every field: nothing is different.
    assert_eq!(
        send("verdict=correct&speaker=Tomas+Reyl&polarity=yes").status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let wrong = send("verdict=correct&event.target=Atlantis");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("does not print: Atlantis"), "{}", wrong.body);
    let mended = send(
        "verdict=correct&window.latest=2031-03-18&event.target=The+town%40Varn&certainty=likely%40certain&places=",
    );
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.body);
    let now =
        site.page(&own, &["value=\"2031-03-18\"", "value=\"The town@Varn\"", "value=\"likely\""]);
    assert_ne!(now, page);
    assert_eq!(send("verdict=undo").status, StatusCode::SEE_OTHER);
    site.page(&own, &["value=\"2031-03-16\"", "value=\"almost certain\""]);
}
