//! Finds what somebody meant to write, for suggestions.

/// Longer words are not compared.
const LONGEST: usize = 48;

/// The candidate nearest to a word, the first of several, if it is as near as a slip of the keyboard or two.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = match word.chars().count() {
        0 => return None,
        1..=3 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter_map(|candidate| Some((distance(word, candidate)?, candidate)))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters to insert, delete, replace or swap with their neighbour, ignoring case.
pub(crate) fn distance(a: &str, b: &str) -> Option<usize> {
    let (a, a_len) = letters(a)?;
    let (b, b_len) = letters(b)?;
    let (a, b) = (&a[..a_len], &b[..b_len]);
    let mut before = [0; LONGEST + 1];
    let mut above = [0; LONGEST + 1];
    for (j, cell) in above.iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        let mut row = [0; LONGEST + 1];
        row[0] = i;
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            let swapped = 1 < i && 1 < j && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = above;
        above = row;
    }
    Some(above[b.len()])
}

fn letters(word: &str) -> Option<([char; LONGEST], usize)> {
    let mut letters = ['\0'; LONGEST];
    let mut len = 0;
    for letter in word.chars() {
        *letters.get_mut(len)? = crate::case::small(letter);
        len += 1;
    }
    Some((letters, len))
}
