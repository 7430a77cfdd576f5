//! Lines broken at a fixed width, as in mail and old archives, are joined.

/// Joins lines to a text. Where the line ends within paragraphs are those of a fixed width, each
/// becomes a blank, so that no offset moves; else every line stays a line.
pub(super) fn join(lines: Vec<&str>) -> String {
    let wrapped = is_wrapped(&lines);
    let mut out = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    let mut previous = "";
    for line in lines {
        if !out.is_empty() {
            let inside = wrapped && !previous.trim().is_empty() && !begins_paragraph(line);
            out.push(if inside { ' ' } else { '\n' });
        }
        out.push_str(line);
        previous = line;
    }
    out
}

/// True where line ends within paragraphs come at a width, and not where sentences end.
fn is_wrapped(lines: &[&str]) -> bool {
    /// Fewer such ends prove nothing.
    const ENOUGH: usize = 4;
    let (mut ends, mut full, mut broken) = (0_usize, 0_usize, 0_usize);
    for pair in lines.windows(2) {
        let [line, next] = [pair[0].trim_end(), pair[1]];
        if line.len() > 4 * 100 {
            return false;
        }
        let length = line.chars().count();
        if length > 100 {
            return false;
        }
        if line.is_empty() || begins_paragraph(next) {
            continue;
        }
        ends += 1;
        full += usize::from(length >= 45);
        broken += usize::from(!line.ends_with(['.', '!', '?', '"', '”', ':']));
    }
    ends >= ENOUGH && full * 10 >= ends * 8 && broken * 10 >= ends * 6
}

/// A blank line, an indented one or one of a list begins a new paragraph.
fn begins_paragraph(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t', '-', '*', '•', '>', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_width_is_undone_without_moving_an_offset() {
        let text = "The harbour master said on Monday that the old bridge may be\n\
                    closed in the coming days, and that nobody had been told of\n\
                    it before the meeting of the council that was held on the\n\
                    quay in the rain.\n\n\
                    Traders fear that the closing will last for many months, as\n\
                    it did three years ago when the same bridge was mended.";
        let joined = join(text.lines().collect());
        assert_eq!(joined.len(), text.len());
        assert_eq!(joined.lines().count(), 3);
        assert!(joined.contains("may be closed"));
    }

    #[test]
    fn paragraphs_on_lines_stay() {
        let text = "The bridge is closed.\nIt rains, the mayor said on Monday evening in town.\n\
                    Traders fear the worst, as they said.\nThe mayor will speak on Friday.\n\
                    Nobody knows.\nThe end.";
        assert_eq!(join(text.lines().collect()), text);
    }
}
