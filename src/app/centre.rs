//! The centre: the diagram above; charts or code below.

use crate::{
    code_pane::CodePane,
    notices::StaleBanner,
    state::{appearance::Appearance, session::Session, tab::Tab},
};
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// What the two tabs of the lower half are, on a wide page.
const BENCH: [(Tab, &str); 2] = [(Tab::Run, "Charts"), (Tab::Code, "Code")];

/// The diagram, and what stands under it.
#[component]
pub fn Centre(
    /// The session.
    session: Session,
    /// Theme and motion.
    appearance: Appearance,
    /// What is open.
    tab: RwSignal<Tab>,
) -> impl IntoView {
    let draft = session.draft;
    let is_code = move || tab.get() == Tab::Code;
    let leave_code = Callback::new(move |()| focus("bench-code"));
    let bench_tab = move |(choice, words): (Tab, &'static str)| {
        view! {
            <button
                id=format!("bench-{}", choice.word())
                aria-pressed=move || ((choice == Tab::Code) == is_code()).to_string()
                on:click=move |_| tab.set(choice)
            >
                {words}
            </button>
        }
    };
    // Until the charts take their colours from it.
    let _ = appearance;
    view! {
        <main class="shell-centre">
            <section id="diagram" class="stage" aria-label="Diagram" tabindex="-1">
                <StaleBanner draft on_show=Callback::new(move |()| tab.set(Tab::Code)) />
            </section>
            <section class="bench" aria-label="Charts and code">
                <div class="bench-tabs" role="group" aria-label="Show">
                    {BENCH.map(bench_tab).collect_view()}
                </div>
                <Show when=is_code fallback=move || view! { <div class="bench-charts"></div> }>
                    <CodePane draft on_leave=leave_code />
                </Show>
            </section>
        </main>
    }
}

fn focus(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused is not on screen.
        let _ = element.focus();
    }
}
