//! Scales for shares: round ends, so that small shares do not vanish in a scale of 100 %.

/// Ends that a scale of shares may have.
const ENDS: [f64; 7] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/// The first round end that holds a share.
pub fn end_of(highest: f64) -> f64 {
    ENDS.into_iter().find(|end| highest <= *end).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_its_share_and_ends_round() {
        for (highest, end) in [(0.0, 0.005), (0.03, 0.05), (0.5, 0.5), (0.51, 1.0)] {
            assert!((end_of(highest) - end).abs() < 1e-12, "{highest}");
        }
    }
}
