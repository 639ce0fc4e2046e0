//! Reads the course of the rate.

use super::super::{
    super::{
        findings::Findings,
        form,
        section::{
            Need::{Needed, Optional},
            Section, Slot,
        },
    },
    words::{COURSES, Course},
};
use crate::parse_recording;
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Profile, Rate};

/// Reads the keys of `[scenario.traffic]` that say how the rate goes, and closes the table.
pub(super) fn read(findings: &mut Findings, mut section: Section<'_>, profile: &mut Profile) {
    match section.read(findings, "profile", &form::word(&COURSES)) {
        Some(course) => {
            if let Some(it) = course_of(findings, &mut section, course) {
                *profile = it;
            }
            section.close(findings);
        }
        // Without the word of the course, nobody can tell which keys are known.
        None if section.has("profile") => {}
        None => section.close(findings),
    }
}

fn course_of(
    findings: &mut Findings,
    section: &mut Section<'_>,
    course: Course,
) -> Option<Profile> {
    match course {
        Course::Constant => {
            let rate = section.need(findings, "rate", &form::rate());
            // The one rate has a key of its own, under which its bounds are told.
            let place = findings.place("scenario.traffic.rate");
            findings.stands("scenario.rate".to_owned(), place);
            rate.map(|it| Profile::Constant(Rate(it)))
        }
        Course::Diurnal | Course::Weekly => wave(findings, section, course),
        Course::Ramp | Course::Step => line(findings, section, course),
        Course::Burst => burst(findings, section),
        Course::Recorded => recorded(findings, section).map(Profile::Recorded),
    }
}

fn wave(findings: &mut Findings, section: &mut Section<'_>, course: Course) -> Option<Profile> {
    let (mut mean, mut swing, mut weekend) = (Rate(0), Limit(0), Limit(500_000));
    let (mut peak, mut begins) = (Millis(0), Millis(0));
    let whole = section.fill(
        findings,
        &mut [
            ("mean", "200/s", Needed, Slot::Rate(&mut mean)),
            ("swing", "50%", Needed, Slot::Percent(&mut swing)),
            ("peak", "14h", Needed, Slot::Duration(&mut peak)),
            ("begins", "9h", Optional, Slot::Duration(&mut begins)),
        ],
    );
    if course == Course::Diurnal {
        return whole.map(|()| Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        });
    }
    section.fill(
        findings,
        &mut [("weekend", "50%", Optional, Slot::Percent(&mut weekend))],
    )?;
    whole.map(|()| Profile::Weekly {
        mean,
        swing,
        peak,
        weekend,
        begins,
    })
}

fn line(findings: &mut Findings, section: &mut Section<'_>, course: Course) -> Option<Profile> {
    let (mut from, mut to) = (Rate(0), Rate(0));
    let (mut at, mut takes) = (Time(0), Millis(0));
    let whole = section.fill(
        findings,
        &mut [
            ("from", "200/s", Needed, Slot::Rate(&mut from)),
            ("to", "400/s", Needed, Slot::Rate(&mut to)),
            ("at", "8m", Needed, Slot::Instant(&mut at)),
        ],
    );
    if course == Course::Step {
        return whole.map(|()| Profile::Step { from, to, at });
    }
    section.fill(
        findings,
        &mut [("takes", "20m", Needed, Slot::Duration(&mut takes))],
    )?;
    whole.map(|()| Profile::Ramp {
        from,
        to,
        at,
        takes,
    })
}

fn burst(findings: &mut Findings, section: &mut Section<'_>) -> Option<Profile> {
    let (mut base, mut peak) = (Rate(0), Rate(0));
    let (mut at, mut lasts) = (Time(0), Millis(0));
    let whole = section.fill(
        findings,
        &mut [
            ("base", "200/s", Needed, Slot::Rate(&mut base)),
            ("peak", "600/s", Needed, Slot::Rate(&mut peak)),
            ("at", "10m", Needed, Slot::Instant(&mut at)),
            ("lasts", "2m", Needed, Slot::Duration(&mut lasts)),
        ],
    );
    let every = section.read(findings, "every", &form::duration("15m"));
    whole.map(|()| Profile::Burst {
        base,
        peak,
        at,
        lasts,
        every,
    })
}

fn recorded(findings: &mut Findings, section: &mut Section<'_>) -> Option<Vec<(Time, Rate)>> {
    let form = form::Form {
        example: "'''…'''".to_owned(),
        ..form::text("")
    };
    let text = section.need(findings, "csv", &form)?;
    let wrong = match parse_recording(&text) {
        Ok(points) => return Some(points),
        Err(wrong) => wrong,
    };
    let place = findings.place("scenario.traffic.csv");
    for it in wrong {
        let line = text[..it.span.start as usize].matches('\n').count() + 1;
        let message = format!("line {line} of `csv`: {}", it.message);
        findings.error(&it.code, place, message, it.suggestion);
    }
    None
}
