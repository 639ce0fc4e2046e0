//! Labels at the ends of lines, moved apart so that none covers another.

/// Places for labels: each as near as it can be to where it wants to be, at least `gap` from every other, within
/// `lowest` and `highest`. Earlier labels choose first; those in `taken` do not move.
pub fn spread(wanted: &[f64], taken: &[f64], gap: f64, lowest: f64, highest: f64) -> Vec<f64> {
    let mut placed = taken.to_vec();
    for &wish in wanted {
        let wish = wish.clamp(lowest, highest.max(lowest));
        let place = (0..200_u32)
            .map(f64::from)
            .flat_map(|step| [wish + step, wish - step])
            .find(|place| {
                let is_free = placed.iter().all(|other| gap <= (other - place).abs());
                is_free && lowest <= *place && *place <= highest
            });
        // Where there is no room at all, two labels that overlap are better than one that is missing.
        placed.push(place.unwrap_or(wish));
    }
    placed.split_off(taken.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_distance_and_stay_inside() {
        let cases: [(&[f64], &[f64], &[f64]); 4] = [
            (&[50.0, 80.0], &[], &[50.0, 80.0]),
            (&[50.0, 52.0], &[], &[50.0, 62.0]),
            (&[99.0, 98.0], &[], &[99.0, 87.0]),
            (&[40.0], &[42.0], &[30.0]),
        ];
        for (wanted, taken, placed) in cases {
            assert_eq!(
                spread(wanted, taken, 12.0, 0.0, 100.0),
                placed,
                "{wanted:?} {taken:?}"
            );
        }
    }

    #[test]
    fn labels_without_room_are_still_there() {
        assert_eq!(spread(&[3.0, 3.0], &[], 12.0, 0.0, 8.0).len(), 2);
    }
}
