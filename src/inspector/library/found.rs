//! What a search leaves of the library, as cards.

use super::{
    card::LibraryCard,
    catalogue::{Group, beginning, failures, faults_of, in_words, stories},
};
use coalmine_sim::{
    Fault, FaultKind, Onset, Scenario,
    library::{Failure, Story},
};
use leptos::prelude::*;

/// What cards are made of, and what they do.
#[derive(Clone, Copy)]
pub struct Found {
    /// What is to be broken.
    pub scenario: StoredValue<Scenario>,
    /// Words to look for.
    pub search: Signal<String>,
    /// When failures begin; without, each as it usually does.
    pub onset: Signal<Option<Onset>>,
    /// A scenario to take its place, and what to say of it.
    pub on_change: Callback<(String, Scenario)>,
}

impl Found {
    fn change(self, words: String, change: impl FnOnce(&mut Scenario)) {
        let mut scenario = self.scenario.get_value();
        change(&mut scenario);
        self.on_change.run((words, scenario));
    }
}

/// The failures, in groups.
#[component]
pub fn FoundFailures(
    /// What was found.
    found: Found,
) -> impl IntoView {
    let card = move |failure: &'static Failure| {
        let failure = match (failure.fault.kind, found.onset.get()) {
            // What breaks before any pod is touched has no beginning to choose.
            (FaultKind::Pipeline(_), _) | (_, None) => *failure,
            (_, Some(onset)) => beginning(failure, onset),
        };
        let choose = Callback::new(move |()| {
            let words = format!("Injected: {}", failure.name);
            found.change(words, |scenario| failure.inject(scenario));
        });
        let faults = [Some(failure.fault), failure.also];
        let faults: Vec<Fault> = faults.into_iter().flatten().collect();
        view! {
            <LibraryCard
                id=failure.id
                name=failure.name
                says=failure.says
                faults
                note=in_words(&failure)
                on_choose=choose
            />
        }
    };
    let group = move |group: Group| {
        let rows = move || found.search.with(|text| failures(group, text));
        view! {
            <div hidden=move || rows().is_empty()>
                <h3>{group.title()}</h3>
                <ul class="library-cards">{move || rows().into_iter().map(card).collect_view()}</ul>
            </div>
        }
    };
    Group::ALL.map(group).collect_view()
}

/// The stories.
#[component]
pub fn FoundStories(
    /// What was found.
    found: Found,
) -> impl IntoView {
    let card = move |story: &'static Story| {
        let choose = Callback::new(move |()| {
            let words = format!("The scenario tells “{}” now", story.name);
            found.change(words, story.tell);
        });
        view! {
            <LibraryCard
                id=story.id
                name=story.name
                says=story.says
                faults=faults_of(story)
                note="Takes the place of the faults there are".to_owned()
                on_choose=choose
            />
        }
    };
    let rows = move || found.search.with(|text| stories(text));
    view! { <ul class="library-cards">{move || rows().into_iter().map(card).collect_view()}</ul> }
}
