//! There is nobody to run the project: why, and what to do.

use crate::state::run::Link;
use leptos::prelude::*;

/// The banner of a missing engine; nothing while there is one.
#[component]
pub fn LinkBanner(
    /// Whether somebody runs what is asked for.
    #[prop(into)]
    link: Signal<Link>,
    /// Load the page anew.
    on_reload: Callback<()>,
) -> impl IntoView {
    let words = move || {
        link.with(|link| match link {
            Link::Up => None,
            Link::Mismatch => Some(
                "The page and its engine come from different builds. Reload to bring them together; your work is kept."
                    .to_owned(),
            ),
            Link::Lost(reason) => Some(format!(
                "The engine does not run: {reason}. Your work is kept; reload to start the engine again."
            )),
            Link::Refused(reason) => Some(format!("This cannot be run: {reason}.")),
        })
    };
    let needs_reload =
        Memo::new(move |_| link.with(|link| matches!(link, Link::Mismatch | Link::Lost(_))));
    move || {
        words().map(|words| {
            view! {
                <div class="banner" role="alert">
                    <p>{words}</p>
                    <Show when=move || needs_reload.get()>
                        <button class="button-primary" on:click=move |_| on_reload.run(())>"Reload"</button>
                    </Show>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(link: Link) -> String {
        Owner::new().with(|| {
            view! { <LinkBanner link=Signal::stored(link) on_reload=Callback::new(|()| ()) /> }
                .to_html()
        })
    }

    #[test]
    fn a_missing_engine_says_why_and_what_to_do() {
        assert!(!html(Link::Up).contains("alert"));
        assert!(html(Link::Mismatch).contains("Reload"));
        let lost = html(Link::Lost("the file was not found".to_owned()));
        assert!(
            lost.contains("the file was not found") && lost.contains("work is kept"),
            "{lost}"
        );
        let refused = html(Link::Refused("a negative window".to_owned()));
        assert!(
            refused.contains("a negative window") && !refused.contains("button"),
            "{refused}"
        );
    }
}
