//! The charts as a table: for those who read rather than look.

use super::model::Plot;
use crate::{format, playback::Recording, state::appearance::ChartLines};
use coalmine_controller::{Time, Version};
use coalmine_sim::Sample;
use leptos::prelude::*;

/// More rows than these nobody reads; the log and the command line hold every scrape.
const ROWS: usize = 60;

/// What a scrape showed, in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TableRow {
    /// When.
    pub time: String,
    /// Share, then stable and canary for each metric.
    pub cells: Vec<String>,
}

/// The heads of the columns behind the time.
pub fn heads(lines: ChartLines) -> Vec<String> {
    let mut heads = vec!["canary’s share".to_owned()];
    for plot in &Plot::ALL[1..] {
        for version in ["stable", "canary"] {
            heads.push(format!("{}, {version}", plot.title()));
        }
        if shows_truth(*plot, lines) {
            for version in ["stable", "canary"] {
                heads.push(format!("True {}, {version}", lower_first(plot.title())));
            }
        }
    }
    heads
}

fn shows_truth(plot: Plot, lines: ChartLines) -> bool {
    lines == ChartLines::WithTruth && plot.has_truth()
}

fn lower_first(title: &str) -> String {
    let mut title = title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    title
}

/// Scrapes up to `at`, evenly thinned, the last one always among them.
pub fn rows(recording: &Recording, at: Time, lines: ChartLines) -> Vec<TableRow> {
    let count = recording.samples_until(at);
    let step = count.div_ceil(ROWS).max(1);
    let first = count.saturating_sub(1) % step;
    (first..count)
        .step_by(step)
        .filter_map(|index| recording.samples().get(index))
        .map(|sample| row(sample, lines))
        .collect()
}

fn row(sample: &Sample, lines: ChartLines) -> TableRow {
    let mut cells = vec![format::weight(sample.weight)];
    let versions = [Version::Stable, Version::Canary];
    for plot in &Plot::ALL[1..] {
        let words = |value: Option<f64>, none: &str| {
            value.map_or_else(|| none.to_owned(), |value| plot.value(value))
        };
        cells.extend(versions.map(|version| words(plot.reading(sample, version), "no data")));
        if shows_truth(*plot, lines) {
            cells.extend(versions.map(|version| words(plot.truth(sample, version), "no traffic")));
        }
    }
    TableRow {
        time: format::clock(sample.at),
        cells,
    }
}

/// The table itself.
#[component]
pub fn ChartTable(
    /// What the scrapes showed.
    #[prop(into)]
    rows: Signal<Vec<TableRow>>,
    /// Whether what really is has columns, too.
    #[prop(into)]
    lines: Signal<ChartLines>,
) -> impl IntoView {
    view! {
        <table class="chart-table">
            <caption>"What the scrapes showed up to the playhead"</caption>
            <thead>
                <tr>
                    <th scope="col">"time"</th>
                    {move || {
                        let heads = heads(lines.get()).into_iter();
                        heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()
                    }}
                </tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=TableRow::clone let:row>
                    <tr>
                        <th scope="row">{row.time}</th>
                        {row.cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
                    </tr>
                </For>
            </tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::Weight;
    use coalmine_sim::VersionSample;
    use coalmine_wire::Batch;

    fn recording(scrapes: u64) -> Recording {
        let samples = (1..=scrapes)
            .map(|index| Sample {
                at: Time(index * 5_000),
                weight: Weight::from_basis_points(500).unwrap(),
                stable: VersionSample {
                    error_rate: Some(0.002),
                    ..VersionSample::default()
                },
                canary: VersionSample::default(),
            })
            .collect();
        let mut recording = Recording::default();
        recording.append(Batch {
            events: Vec::new(),
            samples,
            until: Time(scrapes * 5_000),
        });
        recording
    }

    #[test]
    fn a_table_ends_at_the_playhead_and_stays_readable() {
        let run = recording(500);
        for secs in [0, 5, 7, 300, 2_500] {
            let rows = rows(&run, Time(secs * 1_000), ChartLines::Measured);
            assert!(rows.len() <= ROWS, "{}", rows.len());
            let last = rows.last().map(|row| row.time.clone());
            let expected = (5 <= secs).then(|| format::clock(Time(secs / 5 * 5_000)));
            assert_eq!(last, expected);
        }
    }

    #[test]
    fn no_data_is_said_and_never_a_zero() {
        let html = Owner::new().with(|| {
            let lines = ChartLines::Measured;
            let rows = rows(&recording(1), Time(5_000), lines);
            view! { <ChartTable rows=Signal::stored(rows) lines=Signal::stored(lines) /> }.to_html()
        });
        assert!(html.contains("<td>no data"), "{html}");
        assert!(html.contains("0.20"), "{html}");
    }

    #[test]
    fn every_cell_has_a_head_with_and_without_truth() {
        for lines in [ChartLines::Measured, ChartLines::WithTruth] {
            let rows = rows(&recording(1), Time(5_000), lines);
            assert_eq!(rows[0].cells.len(), heads(lines).len(), "{lines:?}");
        }
        assert!(heads(ChartLines::WithTruth).contains(&"True p99 latency, canary".to_owned()));
    }
}
