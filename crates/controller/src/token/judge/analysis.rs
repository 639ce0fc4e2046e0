//! Judging counts by tests.

use super::{Judge, without_data};
use crate::{
    analysis::{Analysis, Method, Sides},
    plan::{Counts, Judged},
    policy::Healthy,
    protocol::{Evidence, Verdict},
    query::Counted,
    units::Limit,
};
use coalmine_stats::{
    bound::from_millionths,
    comparison::{
        Comparison, Finding, by_fisher, by_mixture, by_multinomial, by_ranks, by_sprt, by_z,
        obrien_fleming_at,
    },
    proportion::Count,
    rank::Alternative,
    sequential::BernoulliSprt,
};

impl Judge<'_> {
    /// What a test finds in the counts of both versions.
    pub(super) fn analyzed(
        self,
        judged: &Judged,
        analysis: Analysis,
        counts: Counts,
    ) -> (Verdict, Option<Evidence>) {
        let canary = self.readings.tally(counts.canary);
        // A test that does not look at stable is not kept from deciding by it.
        let stable = counts
            .stable
            .map_or(canary, |slot| self.readings.tally(slot));
        let (Some(requests), Some(others)) = (requests(canary), requests(stable)) else {
            return (without_data(judged), None);
        };
        if requests.min(others) < judged.min_requests {
            return (Verdict::Inconclusive, None);
        }
        let Some(found) = self.compare(judged, analysis, canary, stable) else {
            return (without_data(judged), None);
        };
        let verdict = match found.finding {
            Finding::Worse => Verdict::Fail,
            Finding::Alike => Verdict::Pass,
            Finding::Open => Verdict::Inconclusive,
        };
        let evidence = Evidence {
            statistic: found.statistic,
            bound: found.bound,
            p_value: found.p_value,
            interval: found.interval.map(Evidence::ends),
            look: self.look,
        };
        (verdict, Some(evidence))
    }

    /// Nothing where the test is made for other counts than there are.
    fn compare(
        self,
        judged: &Judged,
        analysis: Analysis,
        canary: &Counted,
        stable: &Counted,
    ) -> Option<Comparison> {
        let worse = match (analysis.sides, judged.bound.healthy) {
            (Sides::Both, Healthy::Below | Healthy::Above) => Alternative::TwoSided,
            (Sides::Worse, Healthy::Below) => Alternative::Greater,
            (Sides::Worse, Healthy::Above) => Alternative::Less,
        };
        let alpha = from_millionths(analysis.alpha.0);
        let critical = || from_millionths(self.plan.critical(analysis, self.look.of).0);
        if let (Method::MannWhitney, Counted::Buckets(ours), Counted::Buckets(theirs)) =
            (analysis.method, canary, stable)
        {
            return Some(by_ranks(ours, theirs, critical(), worse));
        }
        let (ours, theirs) = (share(canary)?, share(stable)?);
        Some(match analysis.method {
            Method::MannWhitney => return None,
            Method::TwoProportions | Method::Pocock => by_z(ours, theirs, critical(), worse),
            Method::ObrienFleming => {
                let bound = obrien_fleming_at(critical(), self.look.number, self.look.of);
                by_z(ours, theirs, bound, worse)
            }
            Method::Fisher => by_fisher(ours, theirs, alpha, worse),
            Method::Sprt {
                good: Limit(good),
                bad: Limit(bad),
                beta: Limit(beta),
            } => {
                let (alpha, beta) = (alpha, from_millionths(beta));
                let (p0, p1) = (from_millionths(good), from_millionths(bad));
                by_sprt(
                    ours,
                    BernoulliSprt {
                        alpha,
                        beta,
                        p0,
                        p1,
                    },
                )
            }
            Method::AlwaysValid {
                effect: Limit(effect),
            } => by_mixture(ours, theirs, from_millionths(effect), alpha, worse),
            Method::Multinomial { concentration } => {
                by_multinomial(ours, theirs, f64::from(concentration), alpha, worse)
            }
        })
    }
}

/// How many requests were counted; nothing without data.
fn requests(tally: &Counted) -> Option<u64> {
    let requests = match tally {
        Counted::NoData => 0,
        Counted::Share { requests, .. } => *requests,
        Counted::Buckets(counts) => counts.iter().sum(),
    };
    (0 < requests).then_some(requests)
}

fn share(tally: &Counted) -> Option<Count> {
    match tally {
        Counted::Share { events, requests } => Some(Count {
            successes: *events,
            trials: *requests,
        }),
        Counted::NoData | Counted::Buckets(_) => None,
    }
}
