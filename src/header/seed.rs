//! The seed: shown, editable, renewable, copyable. The same seed and the same project give the same run.

use super::{HeaderIcon, HeaderIconName};
use crate::{
    inspector::Field,
    state::{draft::Draft, edit::Edit},
};
use coalmine_sim::Seed;
use leptos::prelude::*;

/// The seed of the run.
#[component]
pub fn SeedField(
    /// The project.
    draft: Draft,
    /// The id of the input; unique on the page.
    id: &'static str,
) -> impl IntoView {
    let seed = draft.part(|project| project.seed);
    let value = Signal::derive(move || seed.get().0.to_string());
    let commit = Callback::new(move |text: String| {
        draft.edit(Edit::Seed(read_seed(&text)?));
        Ok(())
    });
    let renew = move |_| draft.edit(Edit::Seed(fresh_seed()));
    let copy = move |_| {
        // The browser may refuse; the number stands there to be copied by hand.
        let _ = window()
            .navigator()
            .clipboard()
            .write_text(&value.get_untracked());
    };
    view! {
        <div class="seed">
            <Field id label="Seed" value commit />
            <button class="button-icon" aria-label="New seed" title="New seed" on:click=renew>
                <HeaderIcon name=HeaderIconName::Shuffle />
            </button>
            <button class="button-icon" aria-label="Copy the seed" title="Copy the seed" on:click=copy>
                <HeaderIcon name=HeaderIconName::Copy />
            </button>
        </div>
    }
}

fn read_seed(text: &str) -> Result<Seed, String> {
    text.trim()
        .parse()
        .map(Seed)
        .map_err(|_| format!("write a whole number from 0 to {}", u64::MAX))
}

/// The one place where the page throws dice: a new seed, small enough to say aloud.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the product lies between 0 and a million"
)]
fn fresh_seed() -> Seed {
    Seed((js_sys::Math::random() * 1e6) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_any_number_of_64_bits() {
        assert_eq!(read_seed(" 7 "), Ok(Seed(7)));
        assert_eq!(read_seed("18446744073709551615"), Ok(Seed(u64::MAX)));
        for text in ["", "-1", "1.5", "18446744073709551616", "seven"] {
            assert!(read_seed(text).is_err(), "{text}");
        }
    }
}
