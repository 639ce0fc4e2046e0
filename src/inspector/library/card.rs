//! A failure or a story on the sheet: how it looks over time, what it is called, what it is. One click chooses it.

use super::shape::{HEIGHT, WIDTH, area, line};
use coalmine_sim::Fault;
use leptos::prelude::*;

/// One entry: a button with a picture.
#[component]
pub fn LibraryCard(
    /// Tells it apart.
    id: &'static str,
    /// As people call it.
    name: &'static str,
    /// In a sentence.
    says: &'static str,
    /// What its picture shows.
    faults: Vec<Fault>,
    /// When it begins, or what it does to the scenario.
    note: String,
    /// It was chosen.
    on_choose: Callback<()>,
) -> impl IntoView {
    let (title, words) = (format!("library-{id}"), format!("library-{id}-words"));
    let (labelled_by, described_by) = (title.clone(), words.clone());
    let curve = |fault: Fault| {
        view! {
            <path class="shape-area" d=area(&fault) />
            <path class="shape-line" d=line(&fault) />
        }
    };
    view! {
        <li>
            <button
                class="library-card"
                data-entry=id
                aria-labelledby=labelled_by
                aria-describedby=described_by
                on:click=move |_| on_choose.run(())
            >
                <svg
                    class="library-shape"
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
                    {faults.into_iter().map(curve).collect_view()}
                </svg>
                <span class="library-name" id=title>{name}</span>
                <span class="library-says" id=words>{says}</span>
                <span class="library-note">{note}</span>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::library::failure;

    #[test]
    fn a_card_is_named_by_its_failure_and_described_by_its_sentence() {
        let storm = failure("retry-storm").unwrap();
        let html = Owner::new().with(|| {
            view! {
                <LibraryCard
                    id=storm.id name=storm.name says=storm.says faults=vec![storm.fault]
                    note=String::new() on_choose=Callback::new(|()| ())
                />
            }
            .to_html()
        });
        assert!(
            html.contains(r#"aria-labelledby="library-retry-storm""#),
            "{html}"
        );
        assert!(html.contains("Retry storm"), "{html}");
        assert!(html.contains(r#"d="M0"#), "{html}");
    }
}
