//! Vectors of statistics: each family through the function that the product offers for it.

use super::{
    case::{Case, Check, Lack, number},
    confidence,
};
use coalmine_stats::{
    normal_cdf,
    proportion::{
        Count, Interval, Power, canary_size, clopper_pearson, fisher_exact, overall_error_rate,
        size_per_arm, size_per_arm_pooled, two_proportion_z, wilson,
    },
    queue::{MG1, MMc, erlang_b},
    rank::{Alternative, Continuity, MannWhitney},
    sequential::{
        BernoulliSprt, NormalMsprt, anytime_p_value, log_bayes_factor, obrien_fleming, pocock,
        pocock_nominal, repeated_looks,
    },
    window::{p_trip_any, p_trip_fixed, p_trip_poisson},
};
use serde_json::Value;

/// The families, each with its check.
pub(crate) const CHECKS: [(&str, Check); 19] = [
    ("sre_workbook", sre_workbook),
    ("sample_size_two_proportions", sample_size_two_proportions),
    ("sample_size_unequal", sample_size_unequal),
    ("wald_sprt_bernoulli", wald_sprt_bernoulli),
    ("msprt_normal", msprt_normal),
    ("confidence_sequences_howard", confidence::check),
    ("multinomial_anytime", multinomial_anytime),
    ("repeated_looks", repeated),
    ("group_sequential", group_sequential),
    ("evan_miller_peeking", evan_miller_peeking),
    ("mmc", mmc),
    ("erlang_b", blocking),
    ("mg1", mg1),
    ("mann_whitney", mann_whitney),
    ("proportion_intervals", proportion_intervals),
    ("two_proportion_z", two_proportions),
    ("fisher_exact", fisher),
    ("canary_nonoverlapping_oracle", canary_fixed),
    ("canary_poisson_oracle", canary_poisson),
];

fn sre_workbook(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = overall_error_rate(case.number("population")?, case.number("error_rate")?);
    case.expect("overall_error_rate", found);
    Ok(())
}

fn power(case: &Case<'_>) -> Result<Power, Lack> {
    Ok(Power {
        alpha: case.number("alpha")?,
        power: case.number("power")?,
    })
}

fn sample_size_two_proportions(case: &mut Case<'_>) -> Result<(), Lack> {
    let (p, delta, wanted) = (case.number("p")?, case.number("delta_abs")?, power(case)?);
    let found = size_per_arm(p, delta, wanted);
    case.expect("n_per_arm", found);
    case.expect("n_per_arm_rounded", found.round());
    case.expect("n_pooled_formula", size_per_arm_pooled(p, delta, wanted));
    Ok(())
}

fn sample_size_unequal(case: &mut Case<'_>) -> Result<(), Lack> {
    let (control, canary) = (case.number("p_control")?, case.number("p_canary")?);
    let found = canary_size(control, canary, case.number("ratio")?, power(case)?);
    case.expect("n_canary", found);
    Ok(())
}

fn wald_sprt_bernoulli(case: &mut Case<'_>) -> Result<(), Lack> {
    let test = BernoulliSprt {
        alpha: case.number("alpha")?,
        beta: case.number("beta")?,
        p0: case.number("p0")?,
        p1: case.number("p1")?,
    };
    case.expect("upper_log", test.upper_log());
    case.expect("lower_log", test.lower_log());
    case.expect("llr_on_error", test.on_error());
    case.expect("llr_on_ok", test.on_success());
    case.expect("asn_h0", test.mean_requests_good());
    case.expect("asn_h1", test.mean_requests_bad());
    case.expect("fixed_n_one_sample", test.fixed_requests());
    case.expect("slope", test.slope());
    case.expect("h_upper", test.upper_intercept());
    case.expect("h_lower", test.lower_intercept());
    Ok(())
}

fn msprt_normal(case: &mut Case<'_>) -> Result<(), Lack> {
    let test = NormalMsprt {
        variance: case.number("variance")?,
        tau2: case.number("tau2")?,
    };
    let (mean, n) = (case.number("mean_difference")?, case.number("n")?);
    case.expect("lambda_", test.likelihood_ratio(mean, n));
    case.expect("p_value_at_n", test.p_value(mean, n));
    case.expect("ci_half_width_95", test.half_width(n, 0.05));
    Ok(())
}

fn multinomial_anytime(case: &mut Case<'_>) -> Result<(), Lack> {
    let counts: Option<Vec<u64>> = case
        .value("counts")
        .and_then(Value::as_array)
        .and_then(|counts| counts.iter().map(Value::as_u64).collect());
    let counts = counts.ok_or_else(|| Lack("expected counts called `counts`".to_owned()))?;
    let theta = case.numbers("theta")?;
    let found = log_bayes_factor(&counts, &theta, case.number("concentration")?);
    case.expect("log_bayes_factor", found);
    case.expect("p_value", anytime_p_value(found));
    Ok(())
}

fn repeated(case: &mut Case<'_>) -> Result<(), Lack> {
    let looks = case.small("looks")?;
    for (computed, published, nominal) in [
        ("level_05", "published_05", 0.05),
        ("level_01", "published_01", 0.01),
    ] {
        if case.value(computed).is_some() || case.value(published).is_some() {
            let found = repeated_looks(looks, nominal);
            case.expect(computed, found);
            case.expect_published(published, found);
        }
    }
    Ok(())
}

fn group_sequential(case: &mut Case<'_>) -> Result<(), Lack> {
    let looks = case.small("looks")?;
    let alpha = case.number("alpha").unwrap_or(0.05);
    let constant = pocock(looks, alpha);
    case.expect("pocock_c", constant);
    case.expect("pocock_nominal_p", 2.0 * normal_cdf(-constant));
    let bounds = obrien_fleming(looks, alpha);
    case.expect("obf_c", bounds.last().copied().unwrap_or(f64::NAN));
    case.expect_list("obf_z", &bounds);
    Ok(())
}

fn evan_miller_peeking(case: &mut Case<'_>) -> Result<(), Lack> {
    // Each peek is a look, and so is the planned end.
    let found = pocock_nominal(case.small("peeks")?.saturating_add(1), 0.05);
    case.expect("pocock_nominal_p", found);
    case.expect_published("published", found);
    Ok(())
}

fn mmc(case: &mut Case<'_>) -> Result<(), Lack> {
    let queue = MMc {
        servers: case.small("c")?,
        arrival: case.number("lam")?,
        service: case.number("mu")?,
    };
    case.expect("rho", queue.utilization());
    case.expect("p_wait", queue.p_wait());
    case.expect("mean_wait", queue.mean_wait());
    case.expect("mean_response", queue.mean_response());
    case.expect("mean_in_queue", queue.mean_in_queue());
    for percent in [50, 75, 90, 95, 99] {
        let p = f64::from(percent) / 100.0;
        case.expect(&format!("p{percent}_wait"), queue.wait_quantile(p));
        case.expect(&format!("p{percent}_response"), queue.response_quantile(p));
    }
    Ok(())
}

fn blocking(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = erlang_b(case.small("servers")?, case.number("offered")?);
    case.expect("blocking", found);
    // Tables give the load for a round blocking, not the blocking for a load.
    case.expect_within("published_blocking", found, 1e-4);
    Ok(())
}

fn mg1(case: &mut Case<'_>) -> Result<(), Lack> {
    let queue = MG1 {
        arrival: case.number("lam")?,
        service_mean: case.number("mean_s")?,
        service_cv2: case.number("cv2")?,
    };
    case.expect("rho", queue.utilization());
    case.expect("mean_wait", queue.mean_wait());
    case.expect("mean_response", queue.mean_response());
    Ok(())
}

fn mann_whitney(case: &mut Case<'_>) -> Result<(), Lack> {
    let test = MannWhitney::new(&case.numbers("x")?, &case.numbers("y")?);
    let alternative = match case.text("alternative") {
        None | Some("two-sided" | "two.sided") => Alternative::TwoSided,
        Some("greater") => Alternative::Greater,
        Some("less") => Alternative::Less,
        Some(other) => return Err(Lack(format!("expected an alternative, not `{other}`"))),
    };
    let continuity = match case.value("continuity") {
        Some(Value::Bool(false)) => Continuity::Plain,
        _ => Continuity::Corrected,
    };
    let p_value = match case.text("method") {
        Some("exact") => test.p_exact(alternative),
        _ => test.p_normal(alternative, continuity),
    };
    case.expect("U_x", test.u);
    case.expect("r_W", test.u);
    case.expect("p_value", p_value);
    case.expect("r_p_value", p_value);
    Ok(())
}

fn proportion_intervals(case: &mut Case<'_>) -> Result<(), Lack> {
    let count = Count {
        successes: case.count("successes")?,
        trials: case.count("n")?,
    };
    let confidence = case.number("confidence").unwrap_or(0.95);
    for (name, interval) in [
        ("wilson", wilson(count, confidence)),
        ("clopper_pearson", clopper_pearson(count, confidence)),
    ] {
        let Interval { lower, upper } = interval;
        // Others search for these ends, to twelve decimals or so.
        case.expect_within(&format!("{name}/0"), lower, 2e-11);
        case.expect_within(&format!("{name}/1"), upper, 2e-11);
        case.expect_published(&format!("published/{name}/0"), lower);
        case.expect_published(&format!("published/{name}/1"), upper);
    }
    Ok(())
}

fn two_proportions(case: &mut Case<'_>) -> Result<(), Lack> {
    let arm = |successes: &str, trials: &str| {
        Ok(Count {
            successes: case.count(successes)?,
            trials: case.count(trials)?,
        })
    };
    let test = two_proportion_z(arm("k1", "n1")?, arm("k2", "n2")?);
    case.expect("z_pooled", test.z_pooled);
    case.expect("z_unpooled", test.z_unpooled);
    case.expect("p_two_sided", test.p_two_sided());
    case.expect("p_greater", test.p_greater());
    case.expect("p_less", test.p_less());
    Ok(())
}

fn fisher(case: &mut Case<'_>) -> Result<(), Lack> {
    let row = |row: usize| {
        let (successes, failures) = (
            case.count(&format!("table/{row}/0"))?,
            case.count(&format!("table/{row}/1"))?,
        );
        let trials = successes.saturating_add(failures);
        Ok(Count { successes, trials })
    };
    let found = fisher_exact(row(0)?, row(1)?);
    case.expect("p_two_sided", found.two_sided);
    case.expect("p_greater", found.greater);
    case.expect("p_less", found.less);
    Ok(())
}

fn canary_fixed(case: &mut Case<'_>) -> Result<(), Lack> {
    let steps = case
        .value("steps")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let mut trips = Vec::new();
    for step in 0..steps {
        let requests = case.count(&format!("steps/{step}/n_per_window"))?;
        let p = case.number(&format!("steps/{step}/p"))?;
        let threshold = case.number(&format!("steps/{step}/threshold"))?;
        let windows = case.number(&format!("steps/{step}/windows"))?;
        trips.push((p_trip_fixed(requests, p, threshold), windows));
    }
    let each: Vec<f64> = trips.iter().map(|&(p_trip, _)| p_trip).collect();
    case.expect_list("p_trip_per_window", &each);
    case.expect("p_trip_any", p_trip_any(trips));
    Ok(())
}

fn canary_poisson(case: &mut Case<'_>) -> Result<(), Lack> {
    let (mean, p) = (case.number("mean_n_per_window")?, case.number("p")?);
    let trip = p_trip_poisson(mean, p, case.number("threshold")?);
    let windows = case.value("windows").and_then(number).unwrap_or(1.0);
    case.expect("p_trip_per_window", trip);
    case.expect("p_trip_any", p_trip_any([(trip, windows)]));
    Ok(())
}
