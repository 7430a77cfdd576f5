//! Does a sentence end between two tokens? A linear model over what stands around the gap.
//!
//! Rules for stops and capitals (see [`super::sentences`]) read edited text well and leave the rest
//! of the world's text in one piece: mails, lists, headlines, comments without a single stop.
//! Their verdict is one feature here, beside the words and shapes on both sides, and weights
//! learned from two treebanks decide. The features are hashed into one small table of bytes.

use sayso_model::Span;

/// Weights in the table: a power of two, small enough for a cache, large enough that what collides
/// is rare.
pub(super) const BUCKETS: usize = 1 << 15;
/// A byte of weight is this many units of log odds.
pub(super) const UNIT: f32 = 1.0 / 24.0;

/// The weights that ship.
pub(super) static WEIGHTS: &[u8] = include_bytes!("../../../../models/en/sentences.bin");

/// Log odds that a sentence ends at the gap with these features.
pub(super) fn score(weights: &[u8], features: &[u32]) -> f32 {
    let sum: i32 = features
        .iter()
        .map(|f| weights.get(*f as usize).map_or(0, |w| i32::from(w.cast_signed())))
        .sum();
    sum as f32 * UNIT
}

/// What the paragraph's tokens look like, computed once a token.
pub(super) struct Seen {
    form: u32,
    shape: u32,
    class: u8,
}

/// A token's word and shape.
pub(super) fn seen(form: &str) -> Seen {
    let mut word = Hash::new(1);
    let mut shape = Hash::new(2);
    let mut last = ' ';
    let mut shaped = 0;
    // Long tokens are addresses and lines of marks: their beginning tells enough.
    for c in form.chars().take(24) {
        for l in c.to_lowercase() {
            word.add(l as u32);
        }
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        if (class != last || shaped < 2) && shaped < 8 {
            shape.add(class as u32);
            shaped += 1;
        }
        last = class;
    }
    let first = form.chars().next().unwrap_or(' ');
    let class = match first {
        _ if first.is_uppercase() => b'X',
        _ if first.is_alphabetic() => b'x',
        _ if first.is_numeric() => b'd',
        '.' => b'.',
        '!' | '?' => b'!',
        ',' | ';' | ':' => first as u8,
        ')' | ']' | '”' | '’' => b')',
        '(' | '[' | '“' | '‘' => b'(',
        '"' | '\'' => b'"',
        '-' | '–' | '—' | '*' | '•' | '=' | '_' => b'-',
        _ => b'~',
    };
    Seen { form: word.done(), shape: shape.done(), class }
}

/// What is known at a gap beside the tokens.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Tokens since the sentence began, the one before the gap included.
    pub(super) length: usize,
    /// White space stands in the gap.
    pub(super) spaced: bool,
    /// The rules would end the sentence here.
    pub(super) rule: bool,
    /// Inside brackets or straight quotation marks.
    pub(super) inside: (bool, bool),
    /// Stops in the paragraph: 0, 1, 2, many.
    pub(super) stops: u8,
}

/// The features of the gap after token `i`, as buckets.
pub(super) fn features(tokens: &[Seen], i: usize, place: Place, out: &mut Vec<u32>) {
    const NONE: Seen = Seen { form: 7, shape: 7, class: b'0' };
    let at =
        |offset: isize| i.checked_add_signed(offset).and_then(|i| tokens.get(i)).unwrap_or(&NONE);
    let (a3, a2, a, b, b2, b3) = (at(-2), at(-1), at(0), at(1), at(2), at(3));
    let length = match place.length {
        0..=4 => place.length as u32,
        5..=8 => 5,
        9..=16 => 6,
        17..=32 => 7,
        33..=64 => 8,
        _ => 9,
    };
    let rule = u32::from(place.rule);
    let spaced = u32::from(place.spaced);
    let inside = u32::from(place.inside.0) * 2 + u32::from(place.inside.1);
    let c = |s: &Seen| u32::from(s.class);
    let stops = u32::from(place.stops);
    out.clear();
    let mut add = |kind: u32, parts: &[u32]| {
        let mut hash = Hash::new(kind);
        for part in parts {
            hash.add(*part);
        }
        out.push(hash.done() % BUCKETS as u32);
    };
    add(10, &[]);
    add(11, &[rule, spaced]);
    add(12, &[a.form, spaced]);
    add(13, &[b.form, spaced]);
    add(14, &[a2.form, c(a)]);
    add(15, &[b2.form, c(b)]);
    add(16, &[a.form, b.form]);
    add(17, &[a2.form, a.form]);
    add(18, &[b.form, b2.form]);
    add(19, &[a.shape, b.shape, spaced]);
    add(20, &[a2.shape, a.shape, b.shape]);
    add(21, &[a.shape, b.shape, b2.shape]);
    add(22, &[a.shape, b.shape, b2.shape, b3.shape]);
    add(23, &[a3.shape, a2.shape, a.shape, b.shape]);
    add(24, &[length, c(a), c(b)]);
    add(25, &[length, a.form]);
    add(26, &[length, rule]);
    add(27, &[inside, rule, c(a), c(b)]);
    add(28, &[stops, c(a), c(b)]);
    add(29, &[stops, rule, length]);
    add(30, &[a.form, c(b), c(b2)]);
    add(31, &[c(a2), c(a), b.form]);
    add(32, &[c(a3), c(a2), c(a), c(b), c(b2), c(b3)]);
    add(33, &[a.form, b.shape, rule]);
    add(34, &[b.form, rule, c(a)]);
}

/// FNV-1a over words.
struct Hash(u32);

impl Hash {
    fn new(kind: u32) -> Self {
        let mut hash = Self(0x811c_9dc5);
        hash.add(kind);
        hash
    }

    fn add(&mut self, word: u32) {
        for byte in word.to_le_bytes() {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn done(self) -> u32 {
        // The low bits of FNV mix worst: fold the high ones in.
        self.0 ^ (self.0 >> 15)
    }
}

/// Which gaps of a paragraph hold white space.
pub(super) fn spaced(tokens: &[Span], i: usize) -> bool {
    tokens.get(i + 1).is_some_and(|next| next.start > tokens[i].end)
}
