//! Serves the pages over the invented ledger of the tests: `cargo run -p sayso-web --example
//! preview` and open the address it names. For working on the look without reading an article.

#[path = "../tests/pages/fixture.rs"]
mod fixture;

use std::{future::pending, net::Ipv4Addr, process::ExitCode};

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "whoever starts a preview wants its address")]
async fn main() -> ExitCode {
    let path = std::env::temp_dir().join(format!("sayso-preview-{}.db", std::process::id()));
    fixture::write(&path);
    let ready = |address| println!("http://{address}");
    let serving = sayso_web::Serving {
        ledger: path,
        address: (Ipv4Addr::LOCALHOST, 0).into(),
        audience: sayso_web::Audience::Owner,
        token: None,
        classes: fixture::classes(),
        vocabulary: fixture::vocabulary(),
    };
    let served = sayso_web::serve(serving, ready, pending()).await;
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
