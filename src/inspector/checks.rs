//! What gates judge: a bound for each metric, fixed or relative to stable.

use super::{Param, param_field::ParamField, pick::Pick};
use crate::state::{draft::Draft, edit::Edit};
use coalmine_controller::{Against, Analysis, Bound, Check, Healthy, Limit, Method, Metric, Sides};
use coalmine_wire::Project;
use leptos::prelude::*;

/// What a bound is compared with, as the select has it.
pub const KINDS: [&str; 4] = ["fixed", "stable plus", "times stable", "stable by a test"];

/// The place of a bound's kind in [`KINDS`].
pub const fn kind_of(bound: Bound) -> usize {
    match bound.against {
        Against::Fixed(_) => 0,
        Against::StablePlus(_) => 1,
        Against::StableTimes(_) => 2,
        Against::Analysis(_) => 3,
    }
}

/// The same bound compared with something else, at a number to start from: a bound of 1 % is no ratio.
pub fn of_kind(metric: Metric, bound: Bound, kind: usize) -> Bound {
    let (fixed, plus) = match metric {
        Metric::ErrorRate => (Limit(10_000), Limit(5_000)),
        Metric::Latency(_) => (Limit(500_000), Limit(100_000)),
        Metric::Cpu | Metric::Memory => (Limit(800_000), Limit(100_000)),
        Metric::Custom(_) => (Limit(1_000_000), Limit(1_000_000)),
    };
    let method = match metric {
        Metric::ErrorRate => Some(Method::TwoProportions),
        Metric::Latency(_) => Some(Method::MannWhitney),
        // Nothing that a test could count.
        Metric::Cpu | Metric::Memory | Metric::Custom(_) => None,
    };
    let against = match kind {
        1 => Against::StablePlus(plus),
        2 => Against::StableTimes(Limit(1_500_000)),
        3 => method.map_or(bound.against, |method| {
            Against::Analysis(Analysis {
                method,
                alpha: Limit(50_000),
                sides: Sides::Worse,
            })
        }),
        _ => Against::Fixed(fixed),
    };
    Bound { against, ..bound }
}

/// What stands before a check's bound: `Error rate below`, `orders above`.
pub fn label_of(project: &Project, index: usize) -> String {
    let Some(check) = project.policy.checks.get(index) else {
        return String::new();
    };
    let metrics = &project.scenario.measurement.metrics;
    let name = match check.metric {
        Metric::Custom(place) => metrics.get(usize::from(place)).map(|it| it.name.clone()),
        Metric::ErrorRate | Metric::Latency(_) | Metric::Cpu | Metric::Memory => None,
    };
    let name = name.unwrap_or_else(|| crate::format::sentence_case(&check.metric.to_string()));
    let side = match (check.bound.against, check.bound.healthy) {
        // Of a test, the number to be set is how often it may be wrong.
        (Against::Analysis(_), _) => "false alarms",
        (_, Healthy::Below) => "below",
        (_, Healthy::Above) => "above",
    };
    format!("{name} {side}")
}

/// A check of the policy.
#[component]
pub fn CheckRow(
    /// The project.
    draft: Draft,
    /// The check's place in the list.
    index: usize,
) -> impl IntoView {
    let check = draft.part(move |project| project.policy.checks.get(index).copied());
    let label = draft
        .project()
        .with_untracked(|project| label_of(project, index));
    let counts = move || {
        check
            .get()
            .is_some_and(|check| check.metric.counts_requests())
    };
    let kind = Signal::derive(move || check.get().map_or(0, |check| kind_of(check.bound)));
    let choose = Callback::new(move |kind: usize| {
        if let Some(check) = check.get_untracked() {
            let bound = of_kind(check.metric, check.bound, kind);
            draft.edit(Edit::Check(index, Check { bound, ..check }));
        }
    });
    view! {
        <li class="check-row">
            <ParamField draft param=Param::CheckBound(index) label />
            <details>
                <summary>"More"</summary>
                <div class="fields">
                    <Pick
                        id=format!("check-kind-{index}")
                        label="Compared with"
                        options=KINDS.map(ToOwned::to_owned).to_vec()
                        chosen=kind
                        on_choose=choose
                    />
                    <ParamField draft param=Param::CheckWindow(index) />
                    <Show when=counts>
                        <ParamField draft param=Param::CheckRequests(index) />
                    </Show>
                </div>
            </details>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_of_another_kind_starts_at_a_number_that_makes_sense() {
        let bound = Bound {
            healthy: Healthy::Below,
            against: Against::Fixed(Limit(10_000)),
        };
        for kind in 0..KINDS.len() {
            let other = of_kind(Metric::ErrorRate, bound, kind);
            assert_eq!(kind_of(other), kind);
            assert_eq!(other.healthy, bound.healthy);
        }
    }
}
