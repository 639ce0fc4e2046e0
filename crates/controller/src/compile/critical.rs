//! What tests ask of each look, worked out with the plan: it takes an integration that no run should have to pay for.

use crate::{
    analysis::{Analysis, Method, Sides},
    plan::{Critical, Judged, Step},
    units::Limit,
};
use alloc::vec::Vec;
use coalmine_stats::{
    bound::{from_millionths, in_parts, times_millionths},
    sequential::{obrien_fleming, pocock},
};

/// What all checks and triggers may ask for.
pub(crate) fn criticals(steps: &[Step], triggers: &[Judged]) -> Vec<Critical> {
    let watches = steps.iter().filter_map(|step| step.act.watch());
    let mut looks: Vec<u32> = watches.map(|watch| watch.looks).chain([1]).collect();
    coalmine_flow::order::sort_by_key(&mut looks, |looks| *looks);
    looks.dedup();
    let gates = steps.iter().filter_map(|step| step.act.gate());
    let checks = gates.flat_map(|gate| &gate.checks);
    let mut found: Vec<Critical> = Vec::new();
    for analysis in checks
        .chain(triggers)
        .filter_map(|judged| judged.bound.analysis())
    {
        if found.iter().any(|critical| critical.analysis == analysis) {
            continue;
        }
        found.extend(looks.iter().filter_map(|&looks| {
            let z = critical(analysis, looks)?;
            Some(Critical { analysis, looks, z })
        }));
    }
    found
}

/// How many standard errors apart is too many at the last look; nothing where the test does not count in them.
fn critical(analysis: Analysis, looks: u32) -> Option<Limit> {
    let alpha = from_millionths(analysis.alpha.0);
    // One side of a test is half of one on both sides: runs that cross both are too rare to count.
    let both_sides = match analysis.sides {
        Sides::Both => alpha,
        Sides::Worse => times_millionths(alpha, 2_000_000),
    };
    let z = match analysis.method {
        Method::TwoProportions | Method::MannWhitney => pocock(1, both_sides),
        Method::Pocock => pocock(looks, both_sides),
        Method::ObrienFleming => obrien_fleming(looks, both_sides).pop()?,
        Method::Fisher
        | Method::Sprt { .. }
        | Method::AlwaysValid { .. }
        | Method::Multinomial { .. } => return None,
    };
    in_parts(z, 6).map(Limit)
}
