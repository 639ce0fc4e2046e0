//! The known word that somebody probably meant: for "did you mean".

/// The word nearest to `written`, if it is near enough to be a slip.
pub fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = written.to_lowercase().replace(['_', ' '], "-");
    known
        .into_iter()
        .map(|word| (distance(&plain, &word.replace('_', "-")), word))
        .filter(|(steps, word)| *steps <= word.chars().count().div_ceil(3))
        .min_by_key(|(steps, _)| *steps)
        .map(|(_, word)| word)
}

/// How many letters must be put in, left out, changed or swapped with a neighbour to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    // Longer words than these are no slips, and the work stays small whatever is pasted.
    const LONGEST: usize = 64;
    let from: Vec<char> = from.chars().take(LONGEST).collect();
    let to: Vec<char> = to.chars().take(LONGEST).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let change = row[j] + usize::from(a != b);
            let mut steps = change.min(row[j + 1] + 1).min(next[j] + 1);
            if i != 0 && j != 0 && *a == to[j - 1] && from[i - 1] == *b {
                steps = steps.min(before[j - 1] + 1);
            }
            next.push(steps);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_slip_finds_its_word_and_a_strange_word_finds_none() {
        let known = ["window", "extensions", "min_requests", "check"];
        for (written, meant) in [
            ("windwo", Some("window")),
            ("Window", Some("window")),
            ("min-requests", Some("min_requests")),
            ("minrequests", Some("min_requests")),
            ("chek", Some("check")),
            ("seed", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
    }
}
