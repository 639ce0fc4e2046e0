//! What a proposal buys, in words.

use super::{tuner::Found, words};
use crate::format;
use coalmine_controller::Millis;
use coalmine_lab::{Aim, Score};

/// To a whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of means of whole numbers"
)]
pub fn whole(value: f64) -> u64 {
    value.abs().round() as u64
}

/// What a policy buys, beside the one that stands: `Misses 11 % to 0.8 %, 6 min slower`.
pub fn buys(base: &Score, other: &Score) -> String {
    let mut gains = Vec::new();
    for (aim, name) in [(Aim::Misses, "misses"), (Aim::FalseAlarms, "false alarms")] {
        let (old, new) = (base.of(aim), other.of(aim));
        if 1e-9 < (old - new).abs() {
            gains.push(format!(
                "{name} {} to {}",
                words::share(old),
                words::share(new)
            ));
        }
    }
    let time = other.of(Aim::TimeToPromote) - base.of(Aim::TimeToPromote);
    if time.is_finite() && 1_000.0 <= time.abs() {
        let word = if time < 0.0 { "quicker" } else { "slower" };
        gains.push(format!("{} {word}", format::duration(Millis(whole(time)))));
    }
    let users = other.of(Aim::UsersHurt) - base.of(Aim::UsersHurt);
    if 1.0 <= users.abs() {
        let word = if users < 0.0 { "fewer" } else { "more" };
        let users = format::count(whole(users));
        gains.push(format!("{users} {word} users hurt by a bad release"));
    }
    if gains.is_empty() {
        gains.push("no difference".to_owned());
    }
    format::sentence_case(&gains.join(", "))
}

/// How long a good release takes.
pub fn time(score: &Score) -> String {
    let promoted = score.time_to_promote;
    promoted.map_or_else(
        || "never".to_owned(),
        |millis| format::duration(Millis(whole(millis))),
    )
}

/// A share, or that there is none.
pub fn share(share: Option<coalmine_lab::Share>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| words::share(share.share))
}

/// What a search says of itself.
pub fn told(found: &Found) -> String {
    match found.standing {
        Some((policies, rollouts)) => format!(
            "{} policies are still in; each meets {} rollouts of each release next.",
            format::count(policies as u64),
            format::count(u64::from(rollouts))
        ),
        None if found.front.iter().any(|one| one.is_allowed) => {
            "No other policy in these ranges beats one of these in everything:".to_owned()
        }
        None => "No policy in these ranges keeps what was asked; this one comes closest. Let more numbers change, or \
                 ask for less."
            .to_owned(),
    }
}
