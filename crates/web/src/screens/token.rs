//! The door: who knows the token comes in, and a cookie remembers it.

use axum::{
    extract::{Form, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::Trouble;
use crate::{address, frame, state::Pages};

/// The cookie that remembers the token in a browser.
const COOKIE: &str = "token";

/// `/token`: where it is typed.
pub(crate) async fn page(State(pages): State<Pages>) -> Result<Response, Trouble> {
    if pages.token.is_none() {
        return Err(Trouble::NoPage);
    }
    Ok(asked(false))
}

/// The page that asks for it.
pub(crate) fn asked(was_wrong: bool) -> Response {
    let page = frame::door("Token", &form(was_wrong));
    (StatusCode::UNAUTHORIZED, page).into_response()
}

fn form(was_wrong: bool) -> Markup {
    html! {
        div.trouble {
            h1 { "This ledger needs a token" }
            @if was_wrong { p.note role="alert" { "That was another one." } }
            form.filter action="/token" method="post" {
                label for="token" { "Token" }
                input #token name="token" type="password" required autocomplete="current-password" maxlength="200";
                button type="submit" { "Enter" }
            }
            p.soft { "Whoever serves the ledger has it: `sayso serve` printed it." }
        }
    }
}

/// `POST /token`
pub(crate) async fn enter(
    State(pages): State<Pages>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Trouble> {
    let Some(token) = &pages.token else { return Err(Trouble::NoPage) };
    let given =
        fields.iter().find(|(name, _)| name == "token").map_or("", |(_, value)| value.trim());
    if !is_same(given, token) {
        return Ok(asked(true));
    }
    Ok(remembered(token, "/"))
}

/// A way on to a page of ours, with the cookie that opens it.
pub(crate) fn remembered(token: &str, path: &str) -> Response {
    // Two slashes begin the name of another host.
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    let target = if is_ours { path } else { "/" };
    let mut cookie = format!("{COOKIE}=");
    address::encode(token, &mut cookie);
    cookie.push_str("; Path=/; HttpOnly; SameSite=Strict");
    ([(header::SET_COOKIE, cookie)], Redirect::to(target)).into_response()
}

/// Whether a request brings the token: in its cookie, or as `Authorization: Bearer`, for programs.
pub(crate) fn brings(headers: &HeaderMap, token: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let bearer = text(header::AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default();
    let cookies = text(header::COOKIE).split(';').filter_map(|pair| pair.trim().split_once('='));
    let cookie =
        cookies.filter(|(name, _)| *name == COOKIE).map(|(_, value)| address::decode(value)).next();
    is_same(bearer.trim(), token) || cookie.is_some_and(|cookie| is_same(&cookie, token))
}

/// Compares in a time that says nothing of how far the two agree.
pub(crate) fn is_same(given: &str, token: &str) -> bool {
    let (given, token) = (given.as_bytes(), token.as_bytes());
    let differing = given.iter().zip(token).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == token.len() && differing == 0
}
