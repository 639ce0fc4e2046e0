//! The page's frame: header, left panel, centre, right panel, player, and the services that they share.

use leptos::prelude::*;

/// Mounts the page and takes the painted skeleton away.
pub fn mount() {
    mount_to_body(App);
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <div class="shell">
            <header class="shell-header"></header>
            <aside class="shell-left" aria-label="Inspector"></aside>
            <main class="shell-centre">
                <section class="stage" aria-label="Diagram"></section>
                <section class="bench" aria-label="Charts"></section>
            </main>
            <aside class="shell-right" aria-label="Run"></aside>
            <footer class="shell-player"></footer>
        </div>
    }
}
