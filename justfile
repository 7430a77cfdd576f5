# Optional: everything here is one cargo command that you can also type.

# what .ci/run runs
ci:
    bash .ci/run

# the fast loop
check:
    cargo clippy --workspace --all-targets -- -D warnings

# words per second on one core
bench:
    cargo bench -p sayso --bench read

# instructions of the language layers, by valgrind: numbers that repeat
instructions:
    cargo bench -p sayso-language --bench instructions

# accuracy of every layer, with the folders of corpora and of evaluating scripts
evaluate corpora="../shared/corpora" scripts="../shared/eval":
    cargo build --release
    cargo xtask evaluate {{corpora}} {{scripts}} target/release/sayso

# the pages in a real browser; needs Node and Chromium
e2e:
    cargo build
    cd e2e && npm install --no-audit --no-fund && npm test
