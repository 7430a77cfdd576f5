//! Work on the project itself: train, evaluate, build data.
fn main() {}
