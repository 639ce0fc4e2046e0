//! Checks with their numbers, one below the other.

use super::checks::CheckLine;
use leptos::prelude::*;

/// Checks, one below the other.
#[component]
pub fn CheckList(
    /// What they say.
    #[prop(into)]
    lines: Signal<Vec<CheckLine>>,
    /// Whether they are hard limits, which say their windows.
    #[prop(optional)]
    is_limit: bool,
) -> impl IntoView {
    view! {
        <ul class="checks" class:is-limits=is_limit>
            {move || {
                lines
                    .get()
                    .into_iter()
                    .map(|line| {
                        view! {
                            <li
                                class=format!("check is-{}", line.verdict.class())
                                title=line.basis.clone()
                            >
                                <span class="check-mark" aria-hidden="true">{line.verdict.mark()}</span>
                                <span class="check-name">{line.name}</span>
                                <span class="check-value">{line.value}</span>
                                <span class="check-bound">{line.bound}</span>
                                <span class="check-word">{line.verdict.word()}</span>
                                <span class="check-basis">{line.basis.clone()}</span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::now::checks::CheckVerdict;

    #[test]
    fn a_check_is_told_by_mark_and_word_beside_its_numbers() {
        let html = Owner::new().with(|| {
            let line = CheckLine {
                name: "Error rate".to_owned(),
                value: "2.1 %".to_owned(),
                bound: "< 1 %".to_owned(),
                basis: "12,431 requests, 5 min".to_owned(),
                verdict: CheckVerdict::Unhealthy,
            };
            view! { <CheckList lines=Signal::stored(vec![line]) /> }.to_html()
        });
        for part in ["✕", "unhealthy", "2.1 %", "&lt; 1 %", "12,431 requests"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
