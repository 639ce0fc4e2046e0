//! Which rows of a long list are seen.

/// The height of a row in CSS pixels. The style sheet has the same number.
pub const ROW: f64 = 32.0;

/// Rows beyond the edges, so that a quick hand sees no gap.
const MARGIN: usize = 4;

/// Some rows: `first`, and all before `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: usize,
    /// Behind the last.
    pub last: usize,
}

/// The rows seen in a box of some height, scrolled by `top` pixels, of `count` in all.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a list that was scrolled to; the casts saturate"
)]
pub fn window_of(top: f64, height: f64, count: usize) -> Window {
    let rows = (height / ROW).ceil().max(0.0) as usize + 1;
    // A list that became shorter was scrolled further than it goes now.
    let first = ((top / ROW).floor().max(0.0) as usize).min(count.saturating_sub(rows));
    Window {
        first: first.saturating_sub(MARGIN),
        last: first.saturating_add(rows + MARGIN).min(count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_rows_cost_as_much_as_twenty() {
        for top in [0.0, 1_234.5, 3_999_000.0, 9e9, -5.0] {
            let Window { first, last } = window_of(top, 320.0, 100_000);
            assert!(first < last && last <= 100_000, "{top}");
            assert!(last - first <= 20, "{top}: {first} to {last}");
        }
        assert_eq!(window_of(0.0, 320.0, 0), Window { first: 0, last: 0 });
        assert_eq!(window_of(400.0, 320.0, 100), Window { first: 8, last: 27 });
    }
}
