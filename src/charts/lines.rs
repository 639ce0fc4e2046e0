//! From scrapes to lines: gaps where there was no data, and no more points than there are pixels.

use super::scale::TimeAxis;
use coalmine_controller::Time;

/// A point: milliseconds of the run, and a value.
pub type Point = (f64, f64);

/// One line without a gap.
pub type Stroke = Vec<Point>;

/// Strokes of readings in order of time, a new one after each gap.
///
/// Where more readings fall on a column of pixels than can be told apart, the column keeps its first, least, greatest
/// and last, so that no spike is lost.
pub fn strokes(
    readings: impl Iterator<Item = (Time, Option<f64>)>,
    axis: TimeAxis,
    columns: f64,
) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    let mut stroke = Stroke::new();
    let mut column = Column::default();
    for (at, value) in readings {
        let Some(value) = value else {
            column.finish(&mut stroke);
            close(&mut stroke, &mut strokes);
            continue;
        };
        let place = (axis.fraction(at) * columns).floor();
        if column.place != Some(place) {
            column.finish(&mut stroke);
            column.place = Some(place);
        }
        column.add((at.0 as f64, value));
    }
    column.finish(&mut stroke);
    close(&mut stroke, &mut strokes);
    strokes
}

/// A staircase through changes of a share: each value holds until the next change, the last until `until`.
pub fn staircase(changes: impl Iterator<Item = (Time, f64)>, until: Time) -> Stroke {
    let mut stroke: Stroke = vec![(0.0, 0.0)];
    let mut level = 0.0;
    for (at, value) in changes.take_while(|(at, _)| *at <= until) {
        stroke.push((at.0 as f64, level));
        stroke.push((at.0 as f64, value));
        level = value;
    }
    stroke.push((until.0 as f64, level));
    stroke
}

fn close(stroke: &mut Stroke, strokes: &mut Vec<Stroke>) {
    if !stroke.is_empty() {
        strokes.push(std::mem::take(stroke));
    }
}

/// What falls on one column of pixels.
#[derive(Default)]
struct Column {
    place: Option<f64>,
    count: usize,
    first: Point,
    least: Point,
    greatest: Point,
    last: Point,
}

impl Column {
    fn add(&mut self, point: Point) {
        if self.count == 0 {
            (self.first, self.least, self.greatest) = (point, point, point);
        }
        if point.1 < self.least.1 {
            self.least = point;
        }
        if self.greatest.1 < point.1 {
            self.greatest = point;
        }
        self.last = point;
        self.count += 1;
    }

    fn finish(&mut self, stroke: &mut Stroke) {
        if 0 < self.count {
            let (early, late) = if self.least.0 < self.greatest.0 {
                (self.least, self.greatest)
            } else {
                (self.greatest, self.least)
            };
            let start = stroke.len();
            for point in [self.first, early, late, self.last] {
                if stroke.len() == start || stroke.last() != Some(&point) {
                    stroke.push(point);
                }
            }
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: u64) -> Time {
        Time(secs * 1_000)
    }

    #[test]
    fn no_data_is_a_gap_and_never_a_zero() {
        let readings = [Some(1.0), Some(2.0), None, None, Some(3.0)];
        let readings = (0..).map(|index| at(index * 5)).zip(readings);
        let strokes = strokes(readings, TimeAxis::up_to(at(60)), 600.0);
        assert_eq!(
            strokes,
            [vec![(0.0, 1.0), (5_000.0, 2.0)], vec![(20_000.0, 3.0)],]
        );
    }

    #[test]
    fn a_long_run_keeps_every_spike_and_few_points() {
        let spike = 7_777;
        let readings = (0..17_280_u64).map(|index| {
            let value = if index == spike { 9.0 } else { 1.0 };
            (at(index * 5), Some(value))
        });
        let strokes = strokes(readings, TimeAxis::up_to(at(86_400)), 300.0);
        let [stroke] = strokes.as_slice() else {
            panic!("one line, not {}", strokes.len())
        };
        assert!(stroke.len() <= 4 * 301, "{}", stroke.len());
        assert!(stroke.contains(&(38_885_000.0, 9.0)));
        assert_eq!(stroke.first(), Some(&(0.0, 1.0)));
        assert_eq!(stroke.last(), Some(&(86_395_000.0, 1.0)));
        assert!(stroke.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn a_share_changes_in_steps_and_holds() {
        let changes = [(at(10), 0.05), (at(20), 0.25), (at(90), 1.0)];
        assert_eq!(
            staircase(changes.into_iter(), at(30)),
            [
                (0.0, 0.0),
                (10_000.0, 0.0),
                (10_000.0, 0.05),
                (20_000.0, 0.05),
                (20_000.0, 0.25),
                (30_000.0, 0.25),
            ]
        );
    }
}
