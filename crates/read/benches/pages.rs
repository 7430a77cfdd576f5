//! Pages a second on one core, from bytes to article: `cargo bench -p sayso-read`.
//!
//! The page is invented and has the furniture that news pages have: scripts and styles of 100 kB,
//! menus, teasers, sharing boxes, comments, and 30 paragraphs of text.

use std::fmt::Write as _;

use divan::{Bencher, counter::BytesCount};
use sayso_read::{Input, Options, articles};

fn main() {
    divan::main();
}

/// A page of some 200 kB.
fn page() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><head><title>Bridge may close | The Harbour Post</title>\
         <meta property='article:published_time' content='2023-03-09T14:05:00Z'>\
         <script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge may \
         close\",\"author\":{\"name\":\"Ann Lee\"}}</script><style>",
    );
    for n in 0..1500 {
        let _ = write!(page, ".box-{n} > .item {{ margin: {n}px }} ");
    }
    page.push_str("</style></head><body>");
    for n in 0..150 {
        let _ = write!(
            page,
            "<nav class='menu level-{n}'><ul><li><a href='/section/{n}'>Section {n}</a></ul></nav>"
        );
    }
    page.push_str("<main><article><h1>Old bridge may close, mayor says</h1>");
    for n in 0..30 {
        let _ = write!(
            page,
            "<p class='text'>The mayor of Harbourtown said on day {n} that the <b>old bridge</b> may \
             close in the coming days, &ldquo;after engineers found cracks in two of its \
             <a href='/piers'>piers</a>&rdquo;, and that traders should prepare.</p>\
             <div class='ad-slot' id='ad-{n}'><script>load({n})</script></div>"
        );
    }
    page.push_str("</article></main>");
    for n in 0..300 {
        let _ = write!(
            page,
            "<div class='teaser card-{n}' data-track='{{&quot;n&quot;:{n}}}'><a href='/story/{n}'>\
             <img src='/{n}.jpg' alt=''><h3>Another story {n}</h3></a><p>It has a line or two.</p></div>"
        );
    }
    page.push_str("<script>");
    for n in 0..2000 {
        let _ = write!(page, "window.data[{n}] = '<p>{n}</p>';");
    }
    page.push_str("</script></body></html>");
    page
}

#[divan::bench]
fn page_to_article(bencher: Bencher) {
    let page = page();
    bencher
        .counter(BytesCount::of_str(&page))
        .bench(|| articles(Input::new("page.html", page.as_bytes()), &Options::default()).count());
}
