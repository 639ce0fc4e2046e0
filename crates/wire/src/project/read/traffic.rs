//! Reads who asks for how much: the course of the rate, endpoints, cohorts, clients.

use super::{
    super::{
        form,
        section::{
            Findings,
            Need::{Needed, Optional},
            Section, Slot,
        },
    },
    words::{COURSES, Course},
};
use crate::quantity::{parse_duration, parse_rate};
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Clients, Cohort, Endpoint, Profile, Rate, Traffic};

/// All, in millionths.
const ONE: Limit = Limit(1_000_000);

pub(super) fn read(findings: &mut Findings, scenario: &mut Section<'_>, traffic: &mut Traffic) {
    let rate = scenario.field(findings, "rate");
    if rate.is_some()
        && let Some(rate) = scenario.read(findings, "rate", &form::rate())
    {
        traffic.profile = Profile::Constant(Rate(rate));
    }
    if let Some(mut section) = scenario.section(findings, "traffic") {
        section.fill(
            findings,
            &mut [(
                "dispersion",
                "0.05",
                Optional,
                Slot::Number(&mut traffic.dispersion),
            )],
        );
        if let Some(field) = section.field(findings, "profile")
            && rate.is_some()
        {
            findings.error(
                "two-rates",
                field.key,
                "`profile` stands beside `rate`, and there can be only one course of the rate"
                    .to_owned(),
                Some("keep one of the two".to_owned()),
            );
        }
        match section.read(findings, "profile", &form::word(&COURSES)) {
            Some(course) => {
                if let Some(profile) = profile(findings, &mut section, course) {
                    traffic.profile = profile;
                }
                section.close(findings);
            }
            // Without the word of the course, nobody can tell which keys are known.
            None if section.has("profile") => {}
            None => section.close(findings),
        }
    }
    if let Some(list) = scenario.list(findings, "endpoint") {
        traffic.endpoints = list
            .into_iter()
            .filter_map(|it| endpoint(findings, it))
            .collect();
    }
    if let Some(list) = scenario.list(findings, "cohort") {
        traffic.cohorts = list
            .into_iter()
            .filter_map(|it| cohort(findings, it))
            .collect();
    }
    if let Some(section) = scenario.section(findings, "clients") {
        traffic.clients = clients(findings, section);
    }
}

fn profile(findings: &mut Findings, section: &mut Section<'_>, course: Course) -> Option<Profile> {
    let (mut low, mut high) = (Rate(0), Rate(0));
    let (mut swing, mut weekend) = (Limit(0), Limit(500_000));
    let (mut first, mut second) = (Millis(0), Millis(0));
    let mut at = Time(0);
    match course {
        Course::Constant => {
            section.fill(
                findings,
                &mut [("rate", "200/s", Needed, Slot::Rate(&mut low))],
            )?;
            Some(Profile::Constant(low))
        }
        Course::Diurnal | Course::Weekly => {
            let whole = section.fill(
                findings,
                &mut [
                    ("mean", "200/s", Needed, Slot::Rate(&mut low)),
                    ("swing", "50%", Needed, Slot::Percent(&mut swing)),
                    ("peak", "14h", Needed, Slot::Duration(&mut first)),
                    ("begins", "9h", Optional, Slot::Duration(&mut second)),
                ],
            );
            let (mean, peak, begins) = (low, first, second);
            if course == Course::Diurnal {
                whole?;
                return Some(Profile::Diurnal {
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
            whole?;
            Some(Profile::Weekly {
                mean,
                swing,
                peak,
                weekend,
                begins,
            })
        }
        Course::Ramp | Course::Step => {
            let whole = section.fill(
                findings,
                &mut [
                    ("from", "200/s", Needed, Slot::Rate(&mut low)),
                    ("to", "400/s", Needed, Slot::Rate(&mut high)),
                    ("at", "8m", Needed, Slot::Instant(&mut at)),
                ],
            );
            let (from, to) = (low, high);
            if course == Course::Step {
                whole?;
                return Some(Profile::Step { from, to, at });
            }
            section.fill(
                findings,
                &mut [("takes", "20m", Needed, Slot::Duration(&mut first))],
            )?;
            whole?;
            Some(Profile::Ramp {
                from,
                to,
                at,
                takes: first,
            })
        }
        Course::Burst => {
            let whole = section.fill(
                findings,
                &mut [
                    ("base", "200/s", Needed, Slot::Rate(&mut low)),
                    ("peak", "600/s", Needed, Slot::Rate(&mut high)),
                    ("at", "10m", Needed, Slot::Instant(&mut at)),
                    ("lasts", "2m", Needed, Slot::Duration(&mut first)),
                ],
            );
            let every = section.read(findings, "every", &form::duration("15m"));
            whole?;
            Some(Profile::Burst {
                base: low,
                peak: high,
                at,
                lasts: first,
                every,
            })
        }
        Course::Recorded => recorded(findings, section),
    }
}

fn recorded(findings: &mut Findings, section: &mut Section<'_>) -> Option<Profile> {
    let points = form::pairs(
        "a list of times and rates",
        form::instant("0s"),
        form::rate().map(Rate),
    );
    let Some(field) = section.field(findings, "csv") else {
        return section
            .need(findings, "points", &points)
            .map(Profile::Recorded);
    };
    if section.has("points") {
        section.field(findings, "points");
        findings.error(
            "two-recordings",
            field.key,
            "`csv` stands beside `points`, and there can be only one recording".to_owned(),
            Some("keep one of the two".to_owned()),
        );
        return None;
    }
    let text = section.read(findings, "csv", &form::text("…"))?;
    match csv(&text) {
        Ok(points) => Some(Profile::Recorded(points)),
        Err((line, why)) => {
            findings.error(
                "wrong-csv",
                field.place,
                format!("line {line} of `csv`: {why}"),
                Some("write lines such as `5m,200/s`".to_owned()),
            );
            None
        }
    }
}

/// Times and rates, one pair a line; the first line may name the columns. Otherwise the line that is wrong, from one.
fn csv(text: &str) -> Result<Vec<(Time, Rate)>, (usize, String)> {
    let mut points: Vec<(Time, Rate)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let wrong = |why: String| (index + 1, why);
        let line = line.trim();
        if line.is_empty() || (points.is_empty() && line.starts_with("time")) {
            continue;
        }
        let (time, rate) = line
            .split_once(',')
            .ok_or_else(|| wrong("there is no comma".to_owned()))?;
        let time = parse_duration(time).map_err(|it| wrong(format!("the time: {it}")))?;
        let rate = parse_rate(rate.trim()).map_err(|it| wrong(format!("the rate: {it}")))?;
        if points.last().is_some_and(|(last, _)| time.0 <= last.0) {
            return Err(wrong("its time is not after the one before".to_owned()));
        }
        points.push((Time(time.0), Rate(rate)));
    }
    Ok(points)
}

fn endpoint(findings: &mut Findings, mut section: Section<'_>) -> Option<Endpoint> {
    let mut it = Endpoint {
        name: String::new(),
        share: Limit(0),
        latency: ONE,
        errors: Limit(0),
        cpu: ONE,
    };
    let whole = section.fill(
        findings,
        &mut [
            ("name", "checkout", Needed, Slot::Text(&mut it.name)),
            ("share", "20%", Needed, Slot::Percent(&mut it.share)),
            ("latency", "2.0", Optional, Slot::Number(&mut it.latency)),
            ("errors", "0.1%", Optional, Slot::Percent(&mut it.errors)),
            ("cpu", "1.5", Optional, Slot::Number(&mut it.cpu)),
        ],
    );
    section.close(findings);
    whole.map(|()| it)
}

fn cohort(findings: &mut Findings, mut section: Section<'_>) -> Option<Cohort> {
    let mut it = Cohort {
        name: String::new(),
        share: Limit(0),
        errors: Limit(0),
    };
    let whole = section.fill(
        findings,
        &mut [
            ("name", "beta", Needed, Slot::Text(&mut it.name)),
            ("share", "5%", Needed, Slot::Percent(&mut it.share)),
            ("errors", "0.1%", Optional, Slot::Percent(&mut it.errors)),
        ],
    );
    section.close(findings);
    whole.map(|()| it)
}

fn clients(findings: &mut Findings, mut section: Section<'_>) -> Clients {
    let mut it = Clients {
        timeout_micros: section.read(findings, "timeout", &form::micros("2s")),
        session: section.read(findings, "session", &form::duration("10m")),
        ..Clients::default()
    };
    section.fill(
        findings,
        &mut [
            ("retries", "2", Optional, Slot::Small(&mut it.retries)),
            (
                "back_off",
                "100ms",
                Optional,
                Slot::Duration(&mut it.back_off),
            ),
        ],
    );
    section.close(findings);
    it
}
