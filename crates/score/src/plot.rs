//! The calibration plot.

use std::fmt::Write as _;

use crate::calibration::Bin;

/// Where the picture's colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// From the picture itself, light or dark as the reader's screen is: for a file of its own.
    Own,
    /// From the style sheet of the page that it is part of.
    Page,
}

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 400.0;
/// The plot's square: its left, its top and the length of its sides.
const LEFT: f64 = 56.0;
const TOP: f64 = 16.0;
const SIDE: f64 = 320.0;
/// Radius of a dot for one forecast and for the bin that has most.
const SMALLEST: f64 = 3.5;
const LARGEST: f64 = 10.0;

/// The pages' own colours, light and dark: paper, ink, soft ink, rules, dots.
const STYLE: &str = "\
.paper{fill:#fbfaf6}.ink{fill:#1c1b19}.soft{fill:#625e57}.rule{stroke:#dfdcd3}.even{stroke:#625e57}\
.whisker{stroke:#0a5a66}.dot{fill:#0a5a66}\
@media (prefers-color-scheme:dark){.paper{fill:#161513}.ink{fill:#ece9e1}.soft{fill:#aca79d}\
.rule{stroke:#3a3731}.even{stroke:#aca79d}.whisker{stroke:#6cc3cf}.dot{fill:#6cc3cf}}\
text{font-family:system-ui,sans-serif;font-size:12px}";

/// Draws bins: across how probable things were called, upwards how often they came true, as dots with
/// their Wilson intervals and counts; on the diagonal both are the same. `title` says of whom, in plain
/// text.
pub fn plot(bins: &[Bin], title: &str, scheme: Scheme) -> String {
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"calibration\" role=\"img\" \
         viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-label=\"{}\"><title>{}</title>",
        escaped(title),
        escaped(title)
    );
    if scheme == Scheme::Own {
        let _ = write!(
            svg,
            "<style>{STYLE}</style><rect class=\"paper\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>"
        );
    }
    axes(&mut svg);
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1) as f64;
    for bin in bins {
        let (x, y) = (across(bin.forecast), up(bin.share));
        let radius = SMALLEST + (LARGEST - SMALLEST) * (bin.count as f64 / most).sqrt();
        let _ = write!(
            svg,
            "<line class=\"whisker\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\" \
             stroke-width=\"1.5\"/><circle class=\"dot\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>\
             <text class=\"soft\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            up(bin.low),
            up(bin.high),
            x + radius + 3.0,
            y + 4.0,
            bin.count
        );
    }
    svg.push_str("</svg>");
    svg
}

fn axes(svg: &mut String) {
    for tenths in [0_u8, 2, 4, 6, 8, 10] {
        let part = f64::from(tenths) / 10.0;
        let (x, y, percent) = (across(part), up(part), u32::from(tenths) * 10);
        let _ = write!(
            svg,
            "<line class=\"rule\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <line class=\"rule\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{:.1}\"/>\
             <text class=\"soft\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{percent}</text>\
             <text class=\"soft\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{percent}</text>",
            LEFT + SIDE,
            TOP + SIDE,
            LEFT - 8.0,
            y + 4.0,
            TOP + SIDE + 18.0
        );
    }
    let _ = write!(
        svg,
        "<line class=\"even\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{TOP}\" \
         stroke-dasharray=\"4 4\"/>\
         <text class=\"ink\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">called so probable (%)</text>\
         <text class=\"ink\" x=\"14\" y=\"{:.1}\" text-anchor=\"middle\" \
         transform=\"rotate(-90 14 {:.1})\">came true (%)</text>",
        LEFT + SIDE,
        TOP + SIDE,
        LEFT + SIDE / 2.0,
        TOP + SIDE + 40.0,
        TOP + SIDE / 2.0,
        TOP + SIDE / 2.0
    );
}

fn across(part: f64) -> f64 {
    LEFT + part.clamp(0.0, 1.0) * SIDE
}

fn up(part: f64) -> f64 {
    TOP + (1.0 - part.clamp(0.0, 1.0)) * SIDE
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
