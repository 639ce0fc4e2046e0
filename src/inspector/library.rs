//! All failures that have a name, and stories told of them: a sheet to choose from.

use super::{
    library_row::LibraryRow,
    starts::{Start, starts},
};
use crate::state::{draft::Draft, edit::Edit, notice::Notice};
use coalmine_controller::Time;
use coalmine_sim::{
    Onset,
    library::{FAILURES, Failure, STORIES, Story},
};
use leptos::{html, prelude::*};

/// A failure that begins when it was chosen to; what it takes besides comes along.
pub fn beginning(failure: &Failure, onset: Onset) -> Failure {
    let mut moved = *failure;
    moved.fault.onset = onset;
    if let Some(also) = &mut moved.also {
        also.onset = match (also.onset, failure.fault.onset, onset) {
            (Onset::At(also), Onset::At(from), Onset::At(to)) => {
                Onset::At(Time(to.0 + also.0.saturating_sub(from.0)))
            }
            _ => onset,
        };
    }
    moved
}

/// Whether a search finds what has this name and sentence.
pub fn is_found(search: &str, name: &str, says: &str) -> bool {
    let text = format!("{name} {says}").to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// A button that opens the sheet, and the sheet.
#[component]
pub fn Library(
    /// The project.
    draft: Draft,
    /// The instant on screen.
    #[prop(into)]
    at: Signal<Time>,
    /// A story takes the place of the scenario: how to go back.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let sheet = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let search = RwSignal::new(String::new());
    let open = move |_| {
        is_open.set(true);
        if let Some(sheet) = sheet.get_untracked() {
            // A sheet that is open already stays so.
            sheet.show_modal().ok();
        }
    };
    let close = move || {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    let offered = Signal::derive(move || {
        let drawing = draft.drawing().get();
        starts(&drawing, at.get())
    });
    let inject = move |failure: &Failure, onset: Onset| {
        let project = draft.project().get_untracked();
        let mut scenario = Box::new(project.scenario);
        beginning(failure, onset).inject(&mut scenario);
        draft.edit(Edit::Scenario(scenario));
        close();
    };
    let tell = move |story: &Story| {
        let before = Box::new(draft.project().get_untracked());
        let mut scenario = Box::new(before.scenario.clone());
        (story.tell)(&mut scenario);
        draft.edit(Edit::Scenario(scenario));
        on_notice.run(Notice::Replaced {
            words: format!("The scenario tells “{}” now", story.name),
            before,
        });
        close();
    };
    let failures = move || {
        let found = FAILURES.iter();
        found
            .filter(|it| search.with(|text| is_found(text, it.name, it.says)))
            .collect::<Vec<_>>()
    };
    let stories = move || {
        let found = STORIES.iter();
        found
            .filter(|it| search.with(|text| is_found(text, it.name, it.says)))
            .collect::<Vec<_>>()
    };
    let failure_row = move |failure: &'static Failure| {
        view! {
            <LibraryRow
                id=failure.id name=failure.name says=failure.says
                fault=failure.fault starts=offered verb="Break it"
                on_choose=Callback::new(move |onset| inject(failure, onset))
            />
        }
    };
    let story_row = move |story: &'static Story| {
        view! {
            <LibraryRow
                id=story.id name=story.name says=story.says
                starts=Signal::stored(Vec::<Start>::new()) verb="Tell it"
                on_choose=Callback::new(move |_| tell(story))
            />
        }
    };
    view! {
        <button class="button-outlined library-open" on:click=open>"All failures"</button>
        <dialog node_ref=sheet class="library" aria-labelledby="library-title"
            on:close=move |_| is_open.set(false)>
            <div class="chart-dialog-head">
                <h2 id="library-title" class="dialog-title">"Failures and stories"</h2>
                <button class="button-outlined" on:click=move |_| close()>"Close"</button>
            </div>
            <input type="search" aria-label="Search failures and stories" placeholder="Search"
                prop:value=move || search.get()
                on:input=move |event| search.set(event_target_value(&event)) />
            <Show when=move || is_open.get()>
                <div class="library-body" tabindex="0" role="region" aria-label="Found">
                    <h3 class="panel-sub">"Failures"</h3>
                    <ul class="library-rows">
                        <For each=failures key=|it| it.id children=failure_row />
                    </ul>
                    <h3 class="panel-sub">"Stories"</h3>
                    <ul class="library-rows">
                        <For each=stories key=|it| it.id children=story_row />
                    </ul>
                </div>
            </Show>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::library::failure;

    #[test]
    fn what_it_takes_besides_begins_along_with_it() {
        let storm = beginning(failure("retry-storm").unwrap(), Onset::At(Time(90_000)));
        assert_eq!(storm.fault.onset, Onset::At(Time(90_000)));
        assert_eq!(storm.also.unwrap().onset, Onset::At(Time(90_000)));
        let overload = beginning(failure("overload").unwrap(), Onset::At(Time(0)));
        assert_eq!(overload.also.unwrap().onset, Onset::At(Time(540_000)));
        let later = beginning(failure("overload").unwrap(), Onset::Step(2));
        assert_eq!(later.also.unwrap().onset, Onset::Step(2));
    }

    #[test]
    fn a_search_finds_words_in_any_order_and_case() {
        let found = |text| {
            let found = FAILURES.iter();
            found.filter(|it| is_found(text, it.name, it.says)).count()
        };
        assert_eq!(found(""), FAILURES.len());
        assert_eq!(found("STORM retry"), 1);
        assert_eq!(found("unicorn"), 0);
    }
}
