//! What every page shares: head, header with search, footer.

use maud::{DOCTYPE, Markup, html};

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The list of statements, an article.
    Ledger,
    /// The questions.
    Questions,
    /// Who says something, and who prints it.
    Speakers,
    /// Where what is said takes place.
    Map,
    /// What waits for a reviewer.
    Review,
    /// What the ledger holds, and what was changed in it.
    Data,
    /// None: something went wrong.
    Nowhere,
}

/// A page before the door: nothing of the ledger, and no way into it.
pub(crate) fn door(title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body {
                header.top { div.wrap { span.brand { "sayso" } } }
                main #main.wrap tabindex="-1" { (main) }
            }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · sayso" }
            link rel="stylesheet" href="/style.css";
            link rel="icon" href="/icon.svg" type="image/svg+xml";
        }
    }
}

/// A whole page. `search` is what stands in the search field.
pub(crate) fn page(title: &str, part: Part, search: &str, main: &Markup) -> Markup {
    let current = |here: Part| (part == here).then_some("page");
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(title))
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    div.wrap {
                        a.brand href="/" { "sayso" }
                        nav aria-label="Main" {
                            a href="/" aria-current=[current(Part::Ledger)] { "Ledger" }
                            a href="/questions" aria-current=[current(Part::Questions)] { "Questions" }
                            a href="/speakers" aria-current=[current(Part::Speakers)] { "Speakers" }
                            a href="/map" aria-current=[current(Part::Map)] { "Map" }
                            a href="/review" aria-current=[current(Part::Review)] { "Review" }
                            a href="/data" aria-current=[current(Part::Data)] { "Data" }
                        }
                        form.search action="/" method="get" role="search" {
                            label.hidden for="q" { "Search the statements" }
                            input #q type="search" name="q" value=(search) maxlength="400"
                                placeholder="Words, or speaker:name place:town";
                            button type="submit" { "Search" }
                        }
                    }
                }
                main #main.wrap tabindex="-1" { (main) }
                footer {
                    div.wrap {
                        p {
                            "The range beside a word is how surveyed readers take that word. It is \
                             the speaker’s certainty, never ours."
                        }
                        p { "Read by machine: check the words in the article." }
                    }
                }
            }
        }
    }
}
