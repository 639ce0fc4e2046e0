//! When a film shows what: the run's minutes in the seconds of a slide.

use super::way::Move;
use coalmine_controller::Time;

/// Pixels that the token travels in a second.
const SPEED: f64 = 520.0;
/// The shortest and the longest way, in seconds.
const WAY: (f64, f64) = (0.2, 0.9);
/// Before the first move, and after the last one, in seconds: the second is for reading the verdict.
const EDGES: (f64, f64) = (0.8, 4.0);
/// All waiting of a run takes this many seconds, however long it took; each wait its share by the logarithm.
const WAITING: f64 = 9.0;
/// A wait of so many milliseconds is felt to be twice as long as none.
const FELT: f64 = 30_000.0;

/// A run's time in a film.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clock {
    /// Instants of the run, and seconds of the film, both rising.
    knots: Vec<(Time, f64)>,
    /// How long each move is on its way, in seconds.
    ways: Vec<f64>,
    /// The whole film, in seconds.
    pub(super) length: f64,
}

impl Clock {
    /// The clock of a run with these moves, which ends at `end`.
    pub(super) fn new(moves: &[Move], end: Time) -> Self {
        let instants: Vec<Time> = moves.iter().map(|it| it.at).chain([end]).collect();
        let felt = |from: Time, to: Time| libm::log1p(to.since(from).0 as f64 / FELT);
        let waits: Vec<f64> = instants
            .iter()
            .scan(Time::default(), |before, at| {
                let wait = felt(*before, *at);
                *before = *at;
                Some(wait)
            })
            .collect();
        let all: f64 = waits.iter().sum();
        let second = if all > 0.0 { WAITING / all } else { 0.0 };
        let ways: Vec<f64> = moves
            .iter()
            .map(|it| (it.length() / SPEED).clamp(WAY.0, WAY.1))
            .collect();
        let mut at = EDGES.0;
        let mut knots = vec![(Time::default(), at)];
        for (number, (instant, wait)) in instants.iter().zip(&waits).enumerate() {
            at += wait * second;
            knots.push((*instant, at));
            at += ways.get(number).copied().unwrap_or(0.0);
        }
        Self {
            knots,
            ways,
            length: at + EDGES.1,
        }
    }

    /// The second at which the film shows an instant.
    pub(super) fn second(&self, at: Time) -> f64 {
        let behind = self.knots.partition_point(|(instant, _)| *instant < at);
        let last = self.knots.last().map_or(0.0, |knot| knot.1);
        let Some(&(to, to_second)) = self.knots.get(behind) else {
            return last;
        };
        let before = behind.checked_sub(1).and_then(|it| self.knots.get(it));
        let Some(&(from, from_second)) = before.filter(|_| to != at) else {
            return to_second;
        };
        let span = to.since(from).0 as f64;
        from_second + (to_second - from_second) * (at.since(from).0 as f64 / span)
    }

    /// When the move with this place begins and ends, in seconds.
    pub(super) fn of_move(&self, place: usize) -> (f64, f64) {
        let begins = self.knots.get(place + 1).map_or(0.0, |knot| knot.1);
        (
            begins,
            begins + self.ways.get(place).copied().unwrap_or(0.0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::Point;

    fn moves(at: &[u64]) -> Vec<Move> {
        let point = |x| Point { x, y: 0.0 };
        let made = |at: &u64| Move {
            at: Time(*at),
            points: vec![point(0.0), point(260.0)],
            edges: Vec::new(),
            nodes: Vec::new(),
        };
        at.iter().map(made).collect()
    }

    #[test]
    fn a_film_is_short_however_long_the_run_and_never_runs_backwards() {
        for end in [1_000, 60_000, 3_600_000, 86_400_000] {
            let moves = moves(&[0, end / 3, end / 2]);
            let clock = Clock::new(&moves, Time(end));
            assert!((15.0..17.0).contains(&clock.length), "{}", clock.length);
            let seconds: Vec<f64> = (0..=20).map(|k| clock.second(Time(end * k / 20))).collect();
            assert!(seconds.is_sorted(), "{seconds:?}");
        }
    }

    #[test]
    fn moves_take_their_time_and_the_next_one_waits_for_them() {
        let clock = Clock::new(&moves(&[0, 1, 2]), Time(3));
        let (begins, ends) = clock.of_move(0);
        assert!((ends - begins - 0.5).abs() < 1e-9);
        assert!(ends <= clock.of_move(1).0);
    }

    #[test]
    fn a_run_in_which_nothing_moves_still_has_a_film() {
        let clock = Clock::new(&[], Time(0));
        assert!(clock.length > 0.0 && clock.second(Time(5)).is_finite());
    }
}
