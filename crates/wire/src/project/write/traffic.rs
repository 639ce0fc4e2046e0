//! Writes the requests that come.

use super::{
    super::read::words::{self, COURSES, Course},
    Lines, Pairs, basic, latency_of, length, moment, multi_line, number, percent, rate,
};
use crate::encode_recording;
use coalmine_controller::{Limit, Millis};
use coalmine_sim::{Clients, Profile, Rate, Traffic};

pub(super) fn write(lines: &mut Lines, traffic: &Traffic) {
    let mut pairs = profile(&traffic.profile);
    if traffic.dispersion.0 != 0 {
        pairs.push(("dispersion", number(traffic.dispersion)));
    }
    if !pairs.is_empty() {
        lines.header("[scenario.traffic]");
        lines.pairs(pairs);
    }
    for it in &traffic.endpoints {
        lines.header("[[scenario.endpoint]]");
        lines.text("name", &it.name);
        lines.pairs(vec![
            ("share", percent(it.share)),
            ("latency", number(it.latency)),
            ("errors", percent(it.errors)),
            ("cpu", number(it.cpu)),
        ]);
    }
    for it in &traffic.cohorts {
        lines.header("[[scenario.cohort]]");
        lines.text("name", &it.name);
        lines.pairs(vec![
            ("share", percent(it.share)),
            ("errors", percent(it.errors)),
        ]);
    }
    if traffic.clients != Clients::default() {
        let clients = traffic.clients;
        lines.header("[scenario.clients]");
        if let Some(timeout) = clients.timeout_micros {
            lines.raw("timeout", &latency_of(timeout));
        }
        lines.count("retries", clients.retries.into());
        lines.raw("back_off", &length(clients.back_off));
        if let Some(session) = clients.session {
            lines.raw("session", &length(session));
        }
    }
}

/// The name of an endpoint. A place without one is nothing that a project may hold.
pub(super) fn endpoint(traffic: &Traffic, place: u8) -> &str {
    let it = traffic.endpoints.get(usize::from(place));
    it.map_or("", |it| &it.name)
}

/// Nothing for a constant rate, which has its own key.
fn profile(profile: &Profile) -> Pairs {
    let (course, mut pairs) = match profile {
        Profile::Constant(_) => return Pairs::new(),
        Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        } => (Course::Diurnal, wave(*mean, *swing, *peak, *begins)),
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            begins,
        } => {
            let mut pairs = wave(*mean, *swing, *peak, *begins);
            pairs.push(("weekend", percent(*weekend)));
            (Course::Weekly, pairs)
        }
        Profile::Ramp {
            from,
            to,
            at,
            takes,
        } => {
            let pairs = [
                ("from", rate(*from)),
                ("to", rate(*to)),
                ("at", moment(*at)),
                ("takes", length(*takes)),
            ];
            (Course::Ramp, pairs.into())
        }
        Profile::Step { from, to, at } => {
            let pairs = [
                ("from", rate(*from)),
                ("to", rate(*to)),
                ("at", moment(*at)),
            ];
            (Course::Step, pairs.into())
        }
        Profile::Burst {
            base,
            peak,
            at,
            lasts,
            every,
        } => {
            let mut pairs = vec![
                ("base", rate(*base)),
                ("peak", rate(*peak)),
                ("at", moment(*at)),
                ("lasts", length(*lasts)),
            ];
            pairs.extend(every.map(|every| ("every", length(every))));
            (Course::Burst, pairs)
        }
        Profile::Recorded(points) => {
            let csv = multi_line(&encode_recording(points));
            (Course::Recorded, vec![("csv", csv)])
        }
    };
    pairs.insert(0, ("profile", basic(words::of(&COURSES, course))));
    pairs
}

fn wave(mean: Rate, swing: Limit, peak: Millis, begins: Millis) -> Pairs {
    vec![
        ("mean", rate(mean)),
        ("swing", percent(swing)),
        ("peak", length(peak)),
        ("begins", length(begins)),
    ]
}
