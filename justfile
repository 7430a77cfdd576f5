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

# accuracy, with the corpora folder as argument
evaluate corpora="../shared":
    cargo run --release -p xtask -- evaluate --shared {{corpora}}
