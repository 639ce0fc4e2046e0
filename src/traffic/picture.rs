//! The picture without a page: how thick each stream is, where everything stands, what the numbers say.

use super::pods::{PITCH, PodGroup, pod_group};
use crate::{
    format,
    playback::{Moment, Recording},
};
use coalmine_controller::{Time, Version, Weight};

/// The width of the picture, in its units.
pub const WIDTH: f64 = 280.0;

/// Where the groups of pods begin.
pub const PODS_X: f64 = 150.0;

/// Above the marks of a group: its name, and its numbers.
pub const HEAD: f64 = 34.0;

/// Rows of pods that there is room for, whatever there are: pods come and go while a run plays, and the picture must
/// not push what stands below it.
const ROWS: f64 = 6.0;

/// Scrapes over which rates are told, so that the digits can be read.
const SMOOTHED: usize = 6;

/// The traffic of one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Which.
    pub version: Version,
    /// Its share as routed, as in `25 %`.
    pub share: String,
    /// How thick its stream is; nothing where nothing flows.
    pub thickness: f64,
    /// Its pods.
    pub pods: PodGroup,
    /// The upper edge of its group.
    pub top: f64,
    /// The height of its stream's end.
    pub stream_y: f64,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Stable above, canary below.
    pub flows: [Flow; 2],
    /// The height of the picture.
    pub height: f64,
    /// The height of users and router.
    pub router_y: f64,
    /// Said instead of the picture.
    pub summary: String,
}

/// The picture at a moment.
pub fn picture(moment: &Moment) -> Picture {
    let canary = moment.traffic.routed;
    let stable = Weight::from_basis_points(10_000 - canary.basis_points())
        .expect("what is left of everything is at most everything");
    let mut top = 0.0;
    let mut flow = |version, weight: Weight| {
        let pods = pod_group(moment, version);
        let height = HEAD + pods.height.max(16.0);
        let flow = Flow {
            version,
            share: format::weight(weight),
            thickness: thickness(weight),
            stream_y: top + height / 2.0,
            top,
            pods,
        };
        top += height + 12.0;
        flow
    };
    let flows = [flow(Version::Stable, stable), flow(Version::Canary, canary)];
    let height = (top - 8.0).max(2.0 * HEAD + ROWS * PITCH + 16.0);
    let told = |flow: &Flow, name: &str| format!("{name} {}, {}", flow.share, flow.pods.words);
    Picture {
        summary: format!(
            "Traffic: {}; {}.",
            told(&flows[0], "stable"),
            told(&flows[1], "canary")
        ),
        router_y: f64::midpoint(flows[0].stream_y, flows[1].stream_y),
        flows,
        height,
    }
}

/// Requests a second of each version over the last scrapes: stable, canary.
pub fn rates(recording: &Recording, at: Time) -> [Option<f64>; 2] {
    let last = recording.samples_until(at);
    let first = last.saturating_sub(SMOOTHED);
    let time = |index: usize| {
        recording
            .samples()
            .get(index)
            .map_or(0, |sample| sample.at.0)
    };
    let since = first.checked_sub(1).map_or(0, time);
    let millis = last.checked_sub(1).map_or(0, time).saturating_sub(since);
    if millis == 0 {
        return [None, None];
    }
    let requests =
        recording
            .samples()
            .range(first, last)
            .fold([0_u64; 2], |[stable, canary], sample| {
                [
                    stable + u64::from(sample.stable.requests),
                    canary + u64::from(sample.canary.requests),
                ]
            });
    requests.map(|count| Some(count as f64 * 1_000.0 / millis as f64))
}

/// Requests a second, as in `190 /s`.
pub fn rate_words(rate: Option<f64>) -> String {
    match rate {
        Some(rate) => format!("{}{}/s", format::short_count(rate), format::THIN),
        None => format!("–{}/s", format::THIN),
    }
}

fn thickness(weight: Weight) -> f64 {
    match weight.basis_points() {
        0 => 0.0,
        points => 2.0 + 12.0 * f64::from(points) / 10_000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::{Pod, PodState};
    use coalmine_sim::PodId;

    fn moment(stable: u32, canary: u32, points: u16) -> Moment {
        let mut moment = Moment::default();
        moment.traffic.routed = Weight::from_basis_points(points).unwrap();
        for pod in 0..stable + canary {
            let version = if pod < stable {
                Version::Stable
            } else {
                Version::Canary
            };
            let state = if pod == stable {
                PodState::Starting
            } else {
                PodState::Ready
            };
            moment.pods.insert(PodId(pod), Pod { version, state });
        }
        moment
    }

    fn plain(text: &str) -> String {
        text.replace(format::THIN, " ")
    }

    #[test]
    fn streams_are_as_thick_as_their_share_and_absent_without_one() {
        let thick = |points| {
            let picture = picture(&moment(20, 5, points));
            picture.flows.map(|flow| flow.thickness)
        };
        let [stable, canary] = thick(2_500);
        assert!(canary < stable && 0.0 < canary);
        assert!(thick(0)[1].abs() < f64::EPSILON);
        assert!(thick(10_000)[0].abs() < f64::EPSILON);
    }

    #[test]
    fn forty_pods_are_drawn_side_by_side_within_the_picture() {
        let picture = picture(&moment(20, 20, 10_000));
        for flow in &picture.flows {
            assert_eq!(flow.pods.marks.len(), 20);
            for mark in &flow.pods.marks {
                assert!(PODS_X + mark.x + 12.0 <= WIDTH, "{mark:?}");
                assert!(
                    flow.top + HEAD + mark.y + 12.0 <= picture.height,
                    "{mark:?}"
                );
            }
        }
        assert_eq!(
            plain(&picture.summary),
            "Traffic: stable 0 %, 20 ready; canary 100 %, 19 ready, 1 starting."
        );
    }

    #[test]
    fn hundreds_of_pods_are_told_in_numbers() {
        let picture = picture(&moment(400, 0, 0));
        assert!(picture.flows[0].pods.marks.is_empty());
        assert_eq!(picture.flows[0].pods.words, "400 ready");
        assert_eq!(picture.flows[1].pods.words, "no pods");
    }
}
