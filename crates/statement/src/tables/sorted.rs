//! Large tables that are searched in place: sorted lines in the binary, of which nothing is read at
//! the start.

use std::cmp::Ordering;

/// The lines of a sorted text that compare equal, by binary search for the first.
pub(super) fn equal(
    text: &'static str,
    compare: impl Fn(&str) -> Ordering,
) -> impl Iterator<Item = &'static str> {
    let bytes = text.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end =
            bytes[middle..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| middle + at);
        if text.get(start..end).is_some_and(|line| compare(line) == Ordering::Less) {
            low = end + 1;
        } else {
            high = start;
        }
    }
    let rest = text.get(low..).unwrap_or_default();
    rest.lines().take_while(move |line| compare(line) == Ordering::Equal)
}
