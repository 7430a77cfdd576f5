//! From scores of arcs to a tree: the best head for each token where that is a tree with one root,
//! else the maximum spanning tree after Chu and Liu (1965) and Edmonds (1967).

/// Heads of the tokens: `None` for the one root, else the index of the head. `scores` holds a row
/// per token: first the root's score, then each token's as head.
///
/// Linear in the scores unless greedy choice leaves a cycle; then at most cubic in the tokens,
/// which the caller bounds by cutting long sentences.
pub(super) fn tree(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    let greedy: Vec<usize> = scores.iter().map(|s| argmax(s)).collect();
    let roots = greedy.iter().filter(|&&h| h == 0).count();
    let heads = if roots == 1 && cycle(&greedy).is_none() {
        greedy
    } else {
        let gain = |s: &Vec<f32>| s[0] - s[1..].iter().copied().fold(f32::MIN, f32::max);
        let root = argmax(&scores.iter().map(gain).collect::<Vec<_>>());
        spanning(scores, root)
    };
    heads.into_iter().map(|h| h.checked_sub(1)).collect()
}

fn argmax(x: &[f32]) -> usize {
    let better =
        |best: (usize, f32), (i, &v): (usize, &f32)| if v > best.1 { (i, v) } else { best };
    x.iter().enumerate().fold((0, f32::MIN), better).0
}

/// A cycle among heads (0 is the root, else 1 + index), as numbers from 1.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0: not seen, else the walk that saw it first
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && seen[at] == start {
            let first = at;
            let mut out = vec![first];
            at = heads[at - 1];
            while at != first {
                out.push(at);
                at = heads[at - 1];
            }
            return Some(out);
        }
    }
    None
}

/// The best tree whose one root is the given token.
fn spanning(scores: &[Vec<f32>], root: usize) -> Vec<usize> {
    let n = scores.len() + 1;
    let mut s = vec![vec![-1e9; n]; n];
    for (i, row) in scores.iter().enumerate() {
        s[i + 1][1..].copy_from_slice(&row[1..]);
    }
    s[root + 1].fill(-1e9);
    s[root + 1][0] = 0.0;
    edmonds(s)[1..].to_vec()
}

/// Best head per node, node 0 the root; s\[dependent\]\[head\].
fn edmonds(mut s: Vec<Vec<f32>>) -> Vec<usize> {
    let n = s.len();
    for (i, row) in s.iter_mut().enumerate() {
        row[i] = f32::MIN;
    }
    let mut heads: Vec<usize> = s.iter().map(|row| argmax(row)).collect();
    heads[0] = 0;
    let Some(cycle) = cycle(&heads[1..]) else { return heads };
    let mut inside = vec![false; n];
    for &v in &cycle {
        inside[v] = true;
    }
    let rest: Vec<usize> = (0..n).filter(|&i| !inside[i]).collect();
    let m = rest.len();
    // the cycle shrinks to one node, the last
    let mut c = vec![vec![f32::MIN; m + 1]; m + 1];
    let mut enter = vec![0; m];
    let mut leave = vec![0; m];
    for (i, &v) in rest.iter().enumerate() {
        for (j, &u) in rest.iter().enumerate() {
            c[i][j] = s[v][u];
        }
        let best = |score: &dyn Fn(usize) -> f32| {
            cycle[argmax(&cycle.iter().map(|&x| score(x)).collect::<Vec<_>>())]
        };
        leave[i] = best(&|x| s[v][x]);
        c[i][m] = s[v][leave[i]];
        enter[i] = best(&|x| s[x][v] - s[x][heads[x]]);
        c[m][i] = s[enter[i]][v] - s[enter[i]][heads[enter[i]]];
    }
    let sub = edmonds(c);
    let into = sub[m];
    heads[enter[into]] = rest[into];
    for (i, &v) in rest.iter().enumerate() {
        heads[v] = if sub[i] == m { leave[i] } else { rest[sub[i]] };
    }
    heads[0] = 0;
    heads
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &[Vec<f32>], heads: &[Option<usize>]) -> f32 {
        heads.iter().zip(scores).map(|(h, s)| s[h.map_or(0, |h| h + 1)]).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let plain: Vec<usize> = heads.iter().map(|h| h.map_or(0, |h| h + 1)).collect();
        plain.iter().filter(|&&h| h == 0).count() == 1 && cycle(&plain).is_none()
    }

    /// Every assignment of heads that is a tree with the given root, tried one after the other.
    fn best_by_trying(scores: &[Vec<f32>], root: usize) -> f32 {
        let n = scores.len();
        let mut best = f32::MIN;
        for code in 0..(n + 1).pow(n as u32) {
            let heads: Vec<Option<usize>> =
                (0..n).map(|i| (code / (n + 1).pow(i as u32) % (n + 1)).checked_sub(1)).collect();
            if is_tree(&heads)
                && heads[root].is_none()
                && heads.iter().enumerate().all(|(i, h)| *h != Some(i))
            {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn any_scores_give_a_tree_and_small_ones_the_best(
            scores in (1usize..5).prop_flat_map(|n| prop::collection::vec(prop::collection::vec(-3.0f32..3.0, n + 1), n))
        ) {
            let mut scores = scores;
            for (i, row) in scores.iter_mut().enumerate() {
                row[i + 1] = -1e4;
            }
            let heads = tree(&scores);
            prop_assert!(is_tree(&heads));
            let root = heads.iter().position(Option::is_none).unwrap_or_default();
            prop_assert!((total(&scores, &heads) - best_by_trying(&scores, root)).abs() < 1e-3);
        }

        #[test]
        fn long_rows_of_ties_give_a_tree(n in 1usize..60, step in 1usize..7) {
            let scores: Vec<Vec<f32>> = (0..n).map(|i| (0..=n).map(|j| if j == i + 1 { -1e4 } else { ((i * step + j * 3) % 5) as f32 }).collect()).collect();
            prop_assert!(is_tree(&tree(&scores)));
        }
    }
}
