//! How much comes, and how clients behave.

use super::{Knobs, change, profile::Course, rate_picture::RatePicture, recording::RecordingField};
use crate::{
    inspector::{
        Knob,
        knob::PROFILE,
        pick::{Choose, Pick},
    },
    state::draft::Draft,
};
use coalmine_sim::{Profile, Scenario};
use leptos::prelude::*;

/// The course of the traffic: its kind, its picture, its numbers.
#[component]
pub fn TrafficFields(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let course = draft.part(|project| Course::of(&project.scenario.traffic.profile));
    let options = Course::ALL.map(|(course, words)| (course, words.to_owned()));
    let choose = Callback::new(move |course: Course| {
        change(draft, |scenario| {
            scenario.traffic.profile = course.profile(&scenario.traffic.profile);
        });
    });
    view! {
        <Choose
            id="traffic-course"
            label="Traffic"
            options=Signal::stored(options.to_vec())
            chosen=course.into()
            on_choose=choose
        />
        <RatePicture draft />
        <Knobs draft knobs=PROFILE />
        <Weekday draft />
        <Show when=move || course.get() == Course::Recorded>
            <RecordingField draft />
        </Show>
    }
}

/// On a week's wave, the day on which the run begins.
#[component]
fn Weekday(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let day = draft.part(|project| weekday(&project.scenario));
    let days = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let options = Signal::stored(days.map(ToOwned::to_owned).to_vec());
    let choose = Callback::new(move |day: usize| {
        change(draft, |scenario| put_weekday(scenario, day as u64));
    });
    view! {
        <Show when=move || day.with(Option::is_some)>
            <Pick
                id="traffic-weekday"
                label="Run begins on"
                options
                chosen=Signal::derive(move || day.get().unwrap_or_default())
                on_choose=choose
            />
        </Show>
    }
}

fn weekday(scenario: &Scenario) -> Option<usize> {
    match &scenario.traffic.profile {
        Profile::Weekly { begins, .. } => {
            usize::try_from(begins.0 / crate::inspector::knob::DAY % 7).ok()
        }
        Profile::Constant(_)
        | Profile::Diurnal { .. }
        | Profile::Ramp { .. }
        | Profile::Step { .. }
        | Profile::Burst { .. }
        | Profile::Recorded(_) => None,
    }
}

fn put_weekday(scenario: &mut Scenario, day: u64) {
    if let Profile::Weekly { begins, .. } = &mut scenario.traffic.profile {
        begins.0 = begins.0 % crate::inspector::knob::DAY + day * crate::inspector::knob::DAY;
    }
}

/// How clients behave, and how much more than chance the rate varies.
pub const CLIENTS: [Knob; 5] = [
    Knob::Dispersion,
    Knob::Retries,
    Knob::BackOff,
    Knob::Timeout,
    Knob::Session,
];

/// What clients do, in a few words.
pub fn clients_note(scenario: &Scenario) -> String {
    let clients = &scenario.traffic.clients;
    let mut words = Vec::new();
    match clients.retries {
        0 => {}
        1 => words.push("1 retry".to_owned()),
        many => words.push(format!("{many} retries")),
    }
    if clients.timeout_micros.is_some() {
        words.push("give up".to_owned());
    }
    if clients.session.is_some() {
        words.push("sticky".to_owned());
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_the_day_that_was_chosen_at_the_hour_it_had() {
        let mut scenario = Scenario::default();
        assert_eq!(weekday(&scenario), None);
        scenario.traffic.profile = Course::Weekly.profile(&scenario.traffic.profile);
        put_weekday(&mut scenario, 4);
        assert_eq!(weekday(&scenario), Some(4));
        let project = coalmine_wire::Project {
            scenario,
            ..coalmine_wire::Project::default()
        };
        assert_eq!(
            Knob::DayBegins.show(&project.scenario).as_deref(),
            Some("9:00")
        );
    }

    #[test]
    fn a_note_says_what_clients_do() {
        let mut scenario = Scenario::default();
        assert_eq!(clients_note(&scenario), "");
        scenario.traffic.clients.retries = 3;
        scenario.traffic.clients.timeout_micros = Some(1_000_000);
        assert_eq!(clients_note(&scenario), "3 retries, give up");
    }
}
