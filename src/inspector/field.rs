//! One labelled text field: it keeps what was typed until it is understood, and says in words what is wrong.

use leptos::{ev, prelude::*};

/// What stands in the field and is not part of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    error: Option<String>,
}

/// A labelled text field. `commit` gets what was typed on Enter and on leaving, and answers in words if it means nothing.
#[component]
pub fn Field(
    /// The id of the input; unique on the page.
    #[prop(into)]
    id: String,
    /// What stands before it.
    #[prop(into)]
    label: String,
    /// What it shows while nobody types.
    #[prop(into)]
    value: Signal<String>,
    /// What an empty field means.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What to do with a typed text.
    commit: Callback<String, Result<(), String>>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<Typed>);
    let error = move || typed.with(|typed| typed.as_ref().and_then(|typed| typed.error.clone()));
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    let settle = move |text: String| {
        typed.set(match commit.run(text.clone()) {
            Ok(()) => None,
            Err(words) => Some(Typed {
                text,
                error: Some(words),
            }),
        });
    };
    let forget = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && typed.with_untracked(Option::is_some) {
            event.stop_propagation();
            typed.set(None);
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=placeholder
                prop:value=move || {
                    typed.with(|typed| typed.as_ref().map(|typed| typed.text.clone()))
                        .unwrap_or_else(|| value.get())
                }
                aria-invalid=move || error().map(|_| "true")
                aria-describedby=move || error().map(|_| described_by.clone())
                on:input=move |event| {
                    typed.set(Some(Typed { text: event_target_value(&event), error: None }));
                }
                on:change=move |event| settle(event_target_value(&event))
                on:keydown=forget
            />
            <p class="field-error" id=error_id hidden=move || error().is_none()>{error}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_names_its_input_and_shows_no_error_before_there_is_one() {
        let html = Owner::new().with(|| {
            view! { <Field id="rate" label="Requests" value=Signal::stored("200/s".to_owned()) commit=Callback::new(|_| Ok(())) /> }
                .to_html()
        });
        assert!(html.contains(r#"<label for="rate">Requests"#), "{html}");
        assert!(html.contains(r#"id="rate-error" hidden"#), "{html}");
        assert!(!html.contains("aria-invalid"), "{html}");
    }
}
