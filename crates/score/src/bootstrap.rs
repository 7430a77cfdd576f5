//! How much a mean would vary had other questions been asked.

/// Times that the questions are drawn anew.
const DRAWS: usize = 1000;
/// The seed of the generator: the same scores give the same interval, on every machine.
const SEED: u64 = 0x5a15_0000_0000_2031;

/// The 95 % interval of a mean by drawing whole questions with replacement, since forecasts on one
/// question come out alike. Each question is the sum of its values and how many; `None` below two
/// questions. The questions' order decides which are drawn: give them in one that their content sets.
pub fn interval(questions: &[(f64, usize)]) -> Option<(f64, f64)> {
    if questions.len() < 2 {
        return None;
    }
    let mut state = SEED;
    let mut means: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let (mut sum, mut count) = (0.0, 0_usize);
        for _ in 0..questions.len() {
            let (value, of) = questions[below(&mut state, questions.len())];
            sum += value;
            count += of;
        }
        if count > 0 {
            means.push(sum / count as f64);
        }
    }
    means.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let index = (share * means.len() as f64) as usize;
        means.get(index.min(means.len().saturating_sub(1))).copied()
    };
    Some((at(0.025)?, at(0.975)?))
}

/// The next number below `n`, by Steele, Lea and Flood's `SplitMix64`. The upper half of a product picks
/// without a division; what that favours is less than one draw in 2³².
fn below(state: &mut u64, n: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let random = (z ^ (z >> 31)) >> 32;
    ((random * n as u64) >> 32) as usize
}
