//! What two policies differ in, on the same rollouts.

use super::{
    Laboratory, Question,
    compare::Rivals,
    replay::{Which, replay_with},
    words,
};
use crate::{
    format,
    state::{edit::Edit, notice::Notice, session::Session},
};
use coalmine_lab::{CONFIDENCE, Difference, Ledger, Measure, Pair, Quality};
use coalmine_wire::Project;
use leptos::prelude::*;
use std::sync::Arc;

/// One line of the table.
#[derive(Clone, Debug, Default, PartialEq)]
struct Line {
    title: String,
    now: String,
    other: String,
    /// The difference, its interval, and how much the common seeds gain.
    difference: String,
    note: String,
    /// Whether the interval leaves zero out, and for the better or for the worse.
    verdict: Option<bool>,
}

/// Measures worth to be compared; less is better in all of them.
const MEASURES: [Measure; 3] = [
    Measure::UsersHurt,
    Measure::TimeToDetect,
    Measure::TimeToPromote,
];

/// The differences over all releases of a kind.
fn pooled(ledger: &Ledger, of: Option<Quality>) -> Pair {
    let mut sum = Pair::default();
    let releases = ledger.study().releases().iter();
    for (release, pair) in releases.zip(ledger.pairs().first().into_iter().flatten()) {
        if of.is_none_or(|of| of == release.quality) {
            sum.merge(pair);
        }
    }
    sum
}

/// Nothing where chance explains the difference.
fn verdict(difference: &Difference) -> Option<bool> {
    if difference.interval.upper < 0.0 {
        Some(true)
    } else if 0.0 < difference.interval.lower {
        Some(false)
    } else {
        None
    }
}

fn points(share: f64) -> String {
    let sign = match share {
        share if 0.0 < share => "+",
        share if share < 0.0 => "\u{2212}",
        _ => "",
    };
    format!(
        "{sign}{}{}points",
        format::trimmed(share.abs() * 100.0, 2),
        format::THIN
    )
}

fn wrong_line(ledger: &Ledger, quality: Quality, title: &str) -> Option<Line> {
    let difference = pooled(ledger, Some(quality)).wrong(CONFIDENCE)?;
    let told = |plan| {
        let share = ledger.report(plan).and_then(|report| report.wrong(quality));
        share.map_or_else(String::new, |share| {
            format!("{} ({})", words::share(share.share), words::counted(&share))
        })
    };
    Some(Line {
        title: title.to_owned(),
        now: told(0),
        other: told(1),
        difference: points(difference.mean),
        note: format!(
            "{} to {}",
            points(difference.interval.lower),
            points(difference.interval.upper)
        ),
        verdict: verdict(&difference),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of differences of whole numbers"
)]
fn signed(measure: Measure, value: f64) -> String {
    let size = words::value(measure, value.abs() as u64);
    match value {
        value if 1.0 <= value => format!("+{size}"),
        value if value <= -1.0 => format!("\u{2212}{size}"),
        _ => size,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "means of whole numbers"
)]
fn mean(ledger: &Ledger, plan: usize, measure: Measure) -> String {
    let sums = ledger.sums().get(plan).into_iter().flatten();
    let sketches = sums.map(|tally| tally.sketch(measure));
    let (sum, count) = sketches.fold((0.0, 0), |(sum, count), sketch| {
        let own = sketch.mean().unwrap_or(0.0) * sketch.count() as f64;
        (sum + own, count + sketch.count())
    });
    if count == 0 {
        return "–".to_owned();
    }
    words::value(measure, (sum / count as f64) as u64)
}

fn measure_line(ledger: &Ledger, measure: Measure) -> Option<Line> {
    let difference = pooled(ledger, None).difference(measure, CONFIDENCE)?;
    let gain = difference.gain.filter(|gain| 1.05 < *gain).map(|gain| {
        format!(
            "; common seeds are worth {} times the rollouts",
            format::trimmed(gain, 1)
        )
    });
    Some(Line {
        title: words::measure(measure).to_owned() + ", mean",
        now: mean(ledger, 0, measure),
        other: mean(ledger, 1, measure),
        difference: signed(measure, difference.mean),
        note: format!(
            "{} to {}{}",
            signed(measure, difference.interval.lower),
            signed(measure, difference.interval.upper),
            gain.unwrap_or_default()
        ),
        verdict: verdict(&difference),
    })
}

fn lines(ledger: &Ledger) -> Vec<Line> {
    let wrong = [
        wrong_line(ledger, Quality::Bad, "Misses"),
        wrong_line(ledger, Quality::Good, "False alarms"),
    ];
    let measures = MEASURES.map(|measure| measure_line(ledger, measure));
    wrong.into_iter().chain(measures).flatten().collect()
}

/// A run in which the policies did not do the same.
fn example(ledger: &Ledger) -> Option<Which> {
    let mut pairs = (0..).zip(ledger.pairs().first()?);
    pairs.find_map(|(release, pair)| {
        Some(Which {
            release,
            run: pair.example?,
        })
    })
}

/// What two policies differ in.
#[component]
pub fn CompareTable(
    /// The session.
    session: Session,
    /// What ran them.
    laboratory: Laboratory,
    /// What is compared.
    rivals: Arc<Rivals>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = laboratory.read(Question::Compare, |ledgers| ledgers.first().map(lines));
        lines.unwrap_or_default()
    });
    let row = |line: Line| {
        let (class, word) = match line.verdict {
            Some(true) => ("is-better", "better"),
            Some(false) => ("is-worse", "worse"),
            None => ("", "no difference shown"),
        };
        view! {
            <tr>
                <th scope="row">{line.title}</th>
                <td class="is-number">{line.now}</td>
                <td class="is-number">{line.other}</td>
                <td class="is-number">
                    <strong class=class>{line.difference}</strong>
                </td>
                <td>
                    <span class=class>{word}</span>
                    <span class="lab-second muted">{line.note}</span>
                </td>
            </tr>
        }
    };
    view! {
        <div class="lab-table-box" tabindex="0" role="region" aria-label="Both policies in numbers">
            <table class="lab-table">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="is-number">"As it stands"</th>
                        <th scope="col" class="is-number">{rivals.name()}</th>
                        <th scope="col" class="is-number">"Difference"</th>
                        <th scope="col">"95 % interval, run by run"</th>
                    </tr>
                </thead>
                <tbody>{move || lines.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <Apart session laboratory rivals on_notice />
    }
}

/// The rollouts that differ, and the way to one of them and into the project.
#[component]
fn Apart(
    /// The session.
    session: Session,
    /// What ran them.
    laboratory: Laboratory,
    /// What is compared.
    rivals: Arc<Rivals>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let apart = Memo::new(move |_| {
        laboratory.read(Question::Compare, |ledgers| {
            ledgers.first().map(|ledger| {
                let pair = pooled(ledger, None);
                (pair.apart, pair.runs, example(ledger))
            })
        })
    });
    let rivals = StoredValue::new(rivals);
    let project = move |is_other: bool| {
        rivals.with_value(|rivals| {
            if is_other {
                rivals.other()
            } else {
                Some((*rivals.project).clone())
            }
        })
    };
    let use_it = move |_| {
        if let Some(project) = project(true) {
            let before = Box::new(session.draft.project().get_untracked());
            let name = before.name.clone();
            let project = Box::new(Project { name, ..project });
            session.draft.edit(Edit::Replace(project));
            let words = format!("Now: {}", rivals.with_value(|rivals| rivals.name()));
            on_notice.run(Notice::Replaced { words, before });
        }
    };
    let show = move |is_other: bool| {
        move |_| {
            let which = apart.get_untracked().and_then(|(_, _, which)| which);
            let study = untrack(|| {
                laboratory.read(Question::Compare, |ledgers| {
                    ledgers.first().map(|ledger| Arc::clone(ledger.study()))
                })
            });
            if let (Some(which), Some(study), Some(project)) = (which, study, project(is_other)) {
                replay_with(session, project, &study, which, on_notice);
            }
        }
    };
    let told = move || {
        apart.get().map(|(apart, runs, _)| {
            let (apart, runs) = (format::count(apart), format::count(runs));
            format!("{apart} of {runs} rollouts go another way or end at another time.")
        })
    };
    let has_example = move || apart.get().is_some_and(|(_, _, which)| which.is_some());
    view! {
        <p class="lab-apart">{told}</p>
        <div class="row">
            <button class="button-outlined" on:click=use_it>"Use the other policy"</button>
            <Show when=has_example>
                <button class="button-outlined" on:click=show(false)>"Replay one as it stands"</button>
                <button class="button-outlined" on:click=show(true)>"Replay it with the other"</button>
            </Show>
        </div>
    }
}
