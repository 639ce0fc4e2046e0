//! What stands under the diagram of a film: what happens, the split of the traffic, and the verdict.

use super::{Take, clock::Clock, marks::Marks};
use crate::{
    quantity::format_weight,
    words::{event_line, verdict_sentence},
};
use coalmine_controller::{Outcome, Record, Time, Weight};
use coalmine_flow::{Layout, escape_xml};
use coalmine_sim::{Event, EventKind};

/// How high the foot is, and how far its words stand from the edges, in pixels.
const HEIGHT: f64 = 88.0;
const ASIDE: f64 = 24.0;
/// Where its rows stand under the diagram, in pixels: what is said, the names, the bar.
const SAID: f64 = 32.0;
const NAMES: f64 = 56.0;
const BAR: f64 = 64.0;
const BAR_HEIGHT: f64 = 8.0;
/// How wide a letter of what is said is on average, in pixels.
const LETTER: f64 = 7.0;

/// Draws the foot, and makes room for it.
pub(super) fn draw(marks: &mut Marks, layout: &mut Layout, take: &Take<'_>, clock: &Clock) {
    let top = layout.height;
    layout.height += HEIGHT;
    let width = layout.width;
    marks.put(format_args!(
        "<rect class=\"film-foot\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{HEIGHT}\"/>\
         <rect class=\"film-rule\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"1\"/>\n"
    ));
    let place = Foot {
        top,
        inner: (width - 2.0 * ASIDE).max(0.0),
    };
    place.traffic(marks, take.events, clock);
    place.said(marks, take, clock);
}

/// Where the foot lies.
struct Foot {
    top: f64,
    inner: f64,
}

impl Foot {
    /// The bar of the traffic: stable, and the canary's share over it from the right.
    fn traffic(&self, marks: &mut Marks, events: &[Event], clock: &Clock) {
        let (y, right) = (self.top + BAR, ASIDE + self.inner);
        let names = self.top + NAMES;
        marks.put(format_args!(
            "<rect class=\"film-stable\" x=\"{ASIDE}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{BAR_HEIGHT}\" rx=\"2\"/>\
             <text class=\"film-name\" x=\"{ASIDE}\" y=\"{names:.1}\">stable</text>\n",
            self.inner
        ));
        let routed: Vec<(Time, Weight)> = core::iter::once((Time::default(), Weight::ZERO))
            .chain(events.iter().filter_map(|event| match event.kind {
                EventKind::Routed(weight) => Some((event.at, weight)),
                _ => None,
            }))
            .collect();
        let scaled = |weight: Weight| {
            let share = f64::from(weight.basis_points()) / 10_000.0;
            format!("transform:translateX({right:.1}px) scaleX({share:.4})")
        };
        let mut frames: Vec<(f64, String)> = Vec::new();
        for (at, weight) in &routed {
            let second = clock.second(*at);
            if let Some((_, before)) = frames.last() {
                frames.push((second, before.clone()));
            }
            frames.push((second + 0.3, scaled(*weight)));
        }
        let bar = format!(
            "rect x=\"-{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{BAR_HEIGHT}\"",
            self.inner, self.inner
        );
        marks.moved(&bar, "film-canary", &frames);
        for (number, (at, weight)) in routed.iter().enumerate() {
            let until = routed.get(number + 1).map(|(at, _)| clock.second(*at));
            let element = format!("text x=\"{right:.1}\" y=\"{names:.1}\"");
            let words = format!("canary {}", format_weight(*weight));
            let from = clock.second(*at);
            marks.shown((&element, &words), "film-name-end", from, until);
        }
    }

    /// What happens, a line at a time, and at last how it went.
    fn said(&self, marks: &mut Marks, take: &Take<'_>, clock: &Clock) {
        let element = format!("text x=\"{ASIDE}\" y=\"{:.1}\"", self.top + SAID);
        let mut lines: Vec<(f64, String)> = vec![(0.0, take.name.to_owned())];
        for event in take
            .events
            .iter()
            .filter(|event| event.at <= take.summary.ended)
        {
            if is_told(event)
                && let Some(line) = event_line(event, take.diagram, take.scenario)
            {
                lines.push((clock.second(event.at), line));
            }
        }
        let ends = clock.second(take.summary.ended);
        let told = lines.iter().map(|(from, _)| *from).skip(1).chain([ends]);
        for ((from, line), until) in lines.iter().zip(told) {
            // Of several at one moment the last one says most.
            if *from < until {
                let body = escape_xml(&self.cut(line));
                marks.shown((&element, &body), "film-said", *from, Some(until));
            }
        }
        let class = match take.summary.outcome {
            Outcome::Succeeded => "film-verdict film-good",
            Outcome::Aborted | Outcome::RolledBack | Outcome::Failed => "film-verdict film-bad",
        };
        let body = escape_xml(&self.cut(&verdict_sentence(take.summary)));
        marks.shown((&element, &body), class, ends, None);
    }

    /// As much of a line as there is room for.
    fn cut(&self, line: &str) -> String {
        let most = self.inner / LETTER;
        let mut cut = String::new();
        for (number, letter) in line.chars().enumerate() {
            if most <= (number + 1) as f64 {
                cut.push('…');
                break;
            }
            cut.push(letter);
        }
        cut
    }
}

/// Whether a film tells of it.
fn is_told(event: &Event) -> bool {
    match &event.kind {
        EventKind::Controller(record) => match record {
            Record::Jumped { .. }
            | Record::Decided(_)
            | Record::Observing { .. }
            | Record::Operator { heeded: true, .. } => true,
            Record::Entered(_)
            | Record::Travelled(_)
            | Record::Probed { .. }
            | Record::Operator { .. }
            | Record::Ended { .. }
            | Record::Looked { .. } => false,
        },
        EventKind::CouldNot(..) | EventKind::FaultBegan(_) => true,
        EventKind::Asked(..)
        | EventKind::Done(_)
        | EventKind::Routed(_)
        | EventKind::Pod { .. }
        | EventKind::FaultEnded(_)
        | EventKind::Closed => false,
    }
}
