//! Writes the requests that come.

use super::{Lines, Pairs, latency_of, length, moment, number, percent, rate};
use coalmine_sim::{Clients, Profile, Traffic};

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
            lines.raw("timeout", latency_of(timeout));
        }
        lines.raw("retries", clients.retries);
        lines.raw("back_off", length(clients.back_off));
        if let Some(session) = clients.session {
            lines.raw("session", length(session));
        }
    }
}

/// Nothing for a constant rate, which has its own key.
fn profile(profile: &Profile) -> Pairs {
    let (word, mut pairs) = match profile {
        Profile::Constant(_) => return Pairs::new(),
        Profile::Diurnal {
            mean,
            swing,
            peak,
            begins,
        } => (
            "diurnal",
            vec![
                ("mean", rate(*mean)),
                ("swing", percent(*swing)),
                ("peak", length(*peak)),
                ("begins", length(*begins)),
            ],
        ),
        Profile::Weekly {
            mean,
            swing,
            peak,
            weekend,
            begins,
        } => (
            "weekly",
            vec![
                ("mean", rate(*mean)),
                ("swing", percent(*swing)),
                ("peak", length(*peak)),
                ("weekend", percent(*weekend)),
                ("begins", length(*begins)),
            ],
        ),
        Profile::Ramp {
            from,
            to,
            at,
            takes,
        } => (
            "ramp",
            vec![
                ("from", rate(*from)),
                ("to", rate(*to)),
                ("at", moment(*at)),
                ("takes", length(*takes)),
            ],
        ),
        Profile::Step { from, to, at } => (
            "step",
            vec![
                ("from", rate(*from)),
                ("to", rate(*to)),
                ("at", moment(*at)),
            ],
        ),
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
            ("burst", pairs)
        }
        Profile::Recorded(points) => {
            let points: Vec<String> = points
                .iter()
                .map(|(at, it)| format!("[{}, {}]", moment(*at), rate(*it)))
                .collect();
            (
                "recorded",
                vec![("points", format!("[{}]", points.join(", ")))],
            )
        }
    };
    pairs.insert(0, ("profile", format!("\"{word}\"")));
    pairs
}
