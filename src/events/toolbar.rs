//! What stands above the rows: search, filters, and the log to take along.

use super::{
    matches::{Filter, Level, Scope},
    row::{Kind, Row},
    transcript::{as_csv, as_text},
};
use coalmine_flow::LaneIx;
use leptos::prelude::*;
use std::time::Duration;

/// How long the button says that it has copied.
const THANKS: Duration = Duration::from_millis(1_500);

/// The tools of the log.
#[component]
pub fn LogToolbar(
    /// What is shown; the tools write it.
    filter: RwSignal<Filter>,
    /// What the lanes are called, in their order.
    #[prop(into)]
    lanes: Signal<Vec<String>>,
    /// Every row that is shown.
    rows: Callback<(), Vec<Row>>,
) -> impl IntoView {
    view! {
        <div class="log-head">
            <h2 id="log-title">"Events"</h2>
            {copy_buttons(rows)}
        </div>
        <div class="log-tools">
            <input
                type="search"
                placeholder="Search"
                aria-label="Search events"
                prop:value=move || filter.with(|filter| filter.search.clone())
                on:input:target=move |event| {
                    filter.update(|filter| filter.search = event.target().value());
                }
            />
            <select
                aria-label="Kind or lane"
                prop:value=move || filter.with(|filter| scope_word(filter.scope))
                on:change:target=move |event| {
                    filter.update(|filter| filter.scope = scope_of(&event.target().value()));
                }
            >
                <option value="all">"All kinds"</option>
                {Kind::ALL
                    .map(|kind| {
                        view! { <option value=scope_word(Scope::Kind(kind))>{kind.label()}</option> }
                    })
                    .collect_view()}
                <optgroup label="Lane">
                    {move || {
                        (0..)
                            .map(LaneIx)
                            .zip(lanes.get())
                            .map(|(lane, label)| {
                                view! { <option value=scope_word(Scope::Lane(lane))>{label}</option> }
                            })
                            .collect_view()
                    }}
                </optgroup>
            </select>
            <select
                aria-label="How much it matters"
                on:change:target=move |event| {
                    filter.update(|filter| filter.level = level_of(&event.target().value()));
                }
            >
                {Level::ALL
                    .map(|level| view! { <option value=level.label()>{level.label()}</option> })
                    .collect_view()}
            </select>
        </div>
    }
}

/// Two ways to take the log along.
fn copy_buttons(rows: Callback<(), Vec<Row>>) -> impl IntoView {
    let copied = RwSignal::new("");
    let copy = move |what: &'static str, text: String| {
        // Where the page may not write to the clipboard, the button keeps its word to itself.
        let _ = window().navigator().clipboard().write_text(&text);
        copied.set(what);
        set_timeout(move || copied.try_set("").map_or((), drop), THANKS);
    };
    let words = move |what: &'static str, usual: &'static str| {
        move || {
            if copied.get() == what {
                "Copied"
            } else {
                usual
            }
        }
    };
    view! {
            <button class="log-copy" on:click=move |_| copy("text", as_text(&rows.run(())))>
                {words("text", "Copy text")}
            </button>
            <button class="log-copy" on:click=move |_| copy("csv", as_csv(&rows.run(())))>
                {words("csv", "Copy CSV")}
            </button>
    }
}

fn scope_word(scope: Scope) -> String {
    match scope {
        Scope::All => "all".to_owned(),
        Scope::Kind(kind) => kind.label().to_owned(),
        Scope::Lane(lane) => format!("lane {}", lane.0),
    }
}

fn scope_of(word: &str) -> Scope {
    let kind = Kind::ALL.into_iter().find(|kind| kind.label() == word);
    let lane = word
        .strip_prefix("lane ")
        .and_then(|number| number.parse().ok());
    match (kind, lane) {
        (Some(kind), _) => Scope::Kind(kind),
        (None, Some(lane)) => Scope::Lane(LaneIx(lane)),
        (None, None) => Scope::All,
    }
}

fn level_of(word: &str) -> Level {
    Level::ALL
        .into_iter()
        .find(|level| level.label() == word)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_of_scope_and_level_comes_back_as_it_was() {
        let kinds = Kind::ALL.map(Scope::Kind);
        let lanes = [Scope::All, Scope::Lane(LaneIx(0)), Scope::Lane(LaneIx(7))];
        for scope in kinds.into_iter().chain(lanes) {
            assert_eq!(scope_of(&scope_word(scope)), scope);
        }
        for level in Level::ALL {
            assert_eq!(level_of(level.label()), level);
        }
    }
}
