//! Small pictures, drawn in the colour of the words beside them.

use super::FaultChoice;
use leptos::prelude::*;

/// What a fault looks like.
#[component]
pub fn FaultIcon(
    /// The fault.
    choice: FaultChoice,
) -> impl IntoView {
    let path = match choice {
        FaultChoice::ErrorRate => "M8 2.2 14.6 13.6H1.4ZM8 6.4v3.4M8 11.7v.1",
        FaultChoice::Latency => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.3 1.6",
        FaultChoice::MemoryLeak => {
            "M8 1.8c2.6 3.2 4.2 5.3 4.2 7.6a4.2 4.2 0 0 1-8.4 0C3.8 7.1 5.4 5 8 1.8Z"
        }
        FaultChoice::CrashLoop => "M13.2 8A5.2 5.2 0 1 1 11.4 4M11.6 1.4V4.2H8.8",
        FaultChoice::Build => "M2.2 5 8 2l5.8 3v6L8 14 2.2 11ZM2.2 5 8 8l5.8-3M8 8v6",
        FaultChoice::Push => "M8 10.4V2.2M4.8 5.2 8 2l3.2 3.2M2.4 10v3.6h11.2V10",
    };
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path />
        </svg>
    }
}
