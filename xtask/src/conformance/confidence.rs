//! Vectors of confidence sequences, which name a call with its arguments, as in
//! `poly_stitching_bound(v=100,alpha=.05)`.

use super::case::{Case, Lack};
use coalmine_stats::{
    proportion::Count,
    sequential::{
        BetaBinomial, GammaExponential, GammaPoisson, NormalOneSided, NormalTwoSided, Sides,
        Stitching, Supermartingale, bernoulli_interval, double_stitching_bound,
        empirical_process_lil_bound, poly_stitching_bound, quantile_ab_p_value,
    },
};

/// The tolerance that the authors' own tests state.
const STATED: f64 = 1e-5;

/// Computes the call, and compares it with what was published and with what was computed again.
pub(crate) fn check(case: &mut Case<'_>) -> Result<(), Lack> {
    let text = case
        .text("call")
        .ok_or_else(|| Lack("expected a text called `call`".to_owned()))?;
    let call = Call::parse(text)?;
    let found = call.value()?;
    case.expect_within("published", found, STATED);
    case.expect("recomputed", found);
    Ok(())
}

/// A function with named arguments, and which of several results is meant.
struct Call<'a> {
    function: &'a str,
    arguments: Vec<(&'a str, &'a str)>,
    result: usize,
}

impl<'a> Call<'a> {
    fn parse(text: &'a str) -> Result<Self, Lack> {
        let not_a_call = || Lack(format!("expected a call, not `{text}`"));
        let (function, rest) = text.split_once('(').ok_or_else(not_a_call)?;
        let (arguments, result) = rest.rsplit_once(')').ok_or_else(not_a_call)?;
        let result = result.trim().trim_start_matches('[').trim_end_matches(']');
        Ok(Self {
            function: function.trim(),
            arguments: arguments
                .split([',', ';'])
                .filter_map(|argument| argument.split_once('='))
                .map(|(name, value)| (name.trim(), value.trim()))
                .collect(),
            result: result.parse().unwrap_or(0),
        })
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let found = self.arguments.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| *value)
    }

    /// A number, or a product of numbers as in `2*.2*.8`.
    fn number(&self, name: &str) -> Result<f64, Lack> {
        let factor = |text: &str| text.trim().parse::<f64>().ok();
        let found = self.text(name);
        found
            .and_then(|value| value.split('*').map(factor).product())
            .ok_or_else(|| Lack(format!("expected a number called `{name}` in the call")))
    }

    /// An argument that the authors leave out when it is what they usually take.
    fn usually(&self, name: &str, usual: f64) -> Result<f64, Lack> {
        match self.text(name) {
            Some(_) => self.number(name),
            None => Ok(usual),
        }
    }

    fn stitching(&self) -> Result<Stitching, Lack> {
        let usual = Stitching::default();
        Ok(Stitching {
            s: self.usually("s", usual.s)?,
            eta: self.usually("eta", usual.eta)?,
        })
    }

    fn value(&self) -> Result<f64, Lack> {
        match self.function {
            "bernoulli_confidence_interval" => self.bernoulli(),
            "quantile_ab_p_value" => self.quantile_ab(),
            "poly_stitching_bound" => Ok(poly_stitching_bound(
                self.number("v")?,
                self.number("alpha")?,
                self.number("v_min")?,
                self.usually("c", 0.0)?,
                self.stitching()?,
            )),
            "double_stitching_bound" => Ok(double_stitching_bound(
                self.number("p").or_else(|_| self.number("quantile_p"))?,
                self.number("t")?,
                self.number("alpha")?,
                self.number("t_opt")?,
                self.usually("delta", 0.5)?,
                self.stitching()?,
            )),
            "empirical_process_lil_bound" => Ok(empirical_process_lil_bound(
                self.number("t")?,
                self.number("alpha")?,
                self.number("t_min")?,
                self.usually("A", 0.85)?,
            )),
            _ => self.mixture(),
        }
    }

    /// A call of one of the mixtures: its name, then what is asked of it.
    fn mixture(&self) -> Result<f64, Lack> {
        let v_opt = || self.number("v_opt");
        let alpha_opt = self.usually("alpha_opt", self.usually("alpha", 0.05)?)?;
        let c = || self.number("c");
        let starts = |with: &str| self.function.starts_with(with);
        if starts("two_sided_normal") {
            let mixture = NormalTwoSided::tuned(v_opt()?, alpha_opt);
            if self.function.ends_with("best_rho") {
                return Ok(mixture.rho);
            }
            self.ask(&mixture)
        } else if starts("one_sided_normal") {
            let mixture = NormalOneSided::tuned(v_opt()?, alpha_opt);
            if self.function.ends_with("best_rho") {
                return Ok(mixture.rho);
            }
            self.ask(&mixture)
        } else if starts("gamma_exponential") {
            self.ask(&GammaExponential::tuned(v_opt()?, alpha_opt, c()?))
        } else if starts("gamma_poisson") {
            self.ask(&GammaPoisson::tuned(v_opt()?, alpha_opt, c()?))
        } else if starts("two_sided_beta_binomial") || starts("one_sided_beta_binomial") {
            let sides = if starts("two") {
                Sides::Both
            } else {
                Sides::One
            };
            let (g, h) = (self.number("g")?, self.number("h")?);
            self.ask(&BetaBinomial::tuned(v_opt()?, alpha_opt, g, h, sides))
        } else {
            Err(Lack(format!(
                "expected a known function, not `{}`",
                self.function
            )))
        }
    }

    /// A bound, or the logarithm at a sum.
    fn ask(&self, mixture: &impl Supermartingale) -> Result<f64, Lack> {
        let v = self.number("v")?;
        match self.number("s") {
            Ok(s) => Ok(mixture.log(s, v)),
            Err(_) => Ok(mixture.bound(v, self.number("alpha")?)),
        }
    }

    fn bernoulli(&self) -> Result<f64, Lack> {
        let whole = |name: &str| {
            let found = self.text(name).and_then(|value| value.parse().ok());
            found.ok_or_else(|| Lack(format!("expected a count called `{name}` in the call")))
        };
        let count = Count {
            successes: whole("k")?,
            trials: whole("n")?,
        };
        let alpha_opt = self.usually("alpha_opt", 0.05)?;
        let interval = bernoulli_interval(
            count,
            self.number("alpha")?,
            self.number("t_opt")?,
            alpha_opt,
        );
        Ok(if self.result == 0 {
            interval.lower
        } else {
            interval.upper
        })
    }

    fn quantile_ab(&self) -> Result<f64, Lack> {
        Ok(quantile_ab_p_value(
            self.number("quantile").or_else(|_| self.number("p"))?,
            &self.range("a")?,
            &self.range("b")?,
            self.number("t_opt")?,
            self.usually("alpha_opt", 0.05)?,
        ))
    }

    /// Whole numbers in a row, as in `1+85..1000+85`.
    fn range(&self, name: &str) -> Result<Vec<f64>, Lack> {
        let sum = |text: &str| {
            text.split('+')
                .map(|part| part.trim().parse::<i32>().ok())
                .sum::<Option<i32>>()
        };
        let ends = self.text(name).and_then(|value| value.split_once(".."));
        let ends = ends.and_then(|(from, to)| Some((sum(from)?, sum(to)?)));
        let (from, to) =
            ends.ok_or_else(|| Lack(format!("expected a range called `{name}` in the call")))?;
        Ok((from..=to).map(f64::from).collect())
    }
}
