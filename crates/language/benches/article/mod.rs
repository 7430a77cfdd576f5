//! The text that the benchmarks read.

/// An invented article of about `words` words.
pub(crate) fn article(words: usize) -> String {
    const PARAGRAPHS: [&str; 3] = [
        "The harbour minister, Ilse Varnagy, said on Tuesday that the bridge at Oldmere would reopen within \
         weeks, although two engineers who had inspected it told Radio Kestrel that repairs were unlikely to \
         be finished before the spring.",
        "\"We will not leave the valley,\" Col. Tomas Brandvold told reporters. \"Nobody has asked us to, and \
         if they did we would refuse.\" His deputy, according to people who were in the room, was less sure.",
        "Shares of Kestrel Airways fell 4.5% to 18.20 crowns after the warning, which the company's board \
         had approved in March; analysts at Norvik Bank expect a further decline.",
    ];
    let mut out = String::new();
    let mut count = 0;
    for p in PARAGRAPHS.iter().cycle() {
        if count >= words {
            return out;
        }
        out.push_str(p);
        out.push_str("\n\n");
        count += p.split(' ').count();
    }
    out
}
