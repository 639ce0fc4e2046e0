//! Numbers that can be turned, in words: what `--turn` takes.

use crate::exit::Failure;
use coalmine_controller::Policy;
use coalmine_flow::NodeId;
use coalmine_lab::{Axis, Parameter, Scale};
use coalmine_wire::{quantity::parse_metric, turning::parse_value};

/// `error-rate=0.5%..3%/20` as an axis.
pub(crate) fn parse(text: &str, policy: &Policy) -> Result<Axis, Failure> {
    let refuse = |why: String| Failure::Argument("--turn", format!("`{text}`: {why}"));
    let Some((word, values)) = text.split_once('=') else {
        return Err(refuse(
            "write a number and its values, as in error-rate=0.5%..3%/20".to_owned(),
        ));
    };
    let parameter = parameter(word).ok_or_else(|| {
        refuse(format!(
            "`{word}` is no number that can be turned: name a metric (error-rate, latency-p99, cpu, memory), window, step@n6, traffic, errors … (see `coalmine sweep --help`)"
        ))
    })?;
    let one = |text: &str| {
        parse_value(parameter, text.trim(), policy)
            .map_err(|why| refuse(format!("`{}`: {why}", text.trim())))
    };
    let Some((from, rest)) = values.split_once("..") else {
        let values = values
            .split(',')
            .map(one)
            .collect::<Result<Vec<i64>, Failure>>()?;
        return Ok(Axis { parameter, values });
    };
    let no_steps = || refuse("say how many values, as in 0.5%..3%/20".to_owned());
    let (to, steps) = rest.rsplit_once('/').ok_or_else(no_steps)?;
    let (steps, scale) = match steps.strip_suffix("log") {
        Some(steps) => (steps, Scale::Geometric),
        None => (steps, Scale::Linear),
    };
    let steps: u32 = steps.trim().parse().map_err(|_| no_steps())?;
    Axis::over(parameter, (one(from)?, one(to)?), steps, scale)
        .map_err(|error| refuse(error.to_string()))
}

/// A number that can be turned, by its word.
pub(crate) fn parameter(word: &str) -> Option<Parameter> {
    let (name, node) = match word.split_once('@') {
        Some((name, node)) => {
            let number = node.strip_prefix('n')?.parse().ok()?;
            (name, Some(NodeId(number)))
        }
        None => (word, None),
    };
    Some(match (name, node) {
        ("window", node) => Parameter::Window(node),
        ("step", Some(node)) => Parameter::Step(node),
        ("extensions", None) => Parameter::Extensions,
        ("traffic", None) => Parameter::Traffic,
        ("errors", None) => Parameter::Errors,
        ("regression", None) => Parameter::Regression,
        (name, None) if name.starts_with("trigger-") => {
            let number: u32 = name.strip_prefix("trigger-")?.parse().ok()?;
            Parameter::Trigger(number.checked_sub(1)?)
        }
        (name, None) if name.starts_with("look-back:") => {
            Parameter::LookBack(parse_metric(name.strip_prefix("look-back:")?)?)
        }
        (name, None) if name.starts_with("min-requests:") => {
            Parameter::MinRequests(parse_metric(name.strip_prefix("min-requests:")?)?)
        }
        (name, node) => Parameter::Bound(parse_metric(name)?, node),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;
    use coalmine_controller::Policy;
    use coalmine_wire::turning::show_value;

    #[test]
    fn numbers_and_their_values_are_read_as_people_write_them() {
        for (text, name, values) in [
            (
                "error-rate=0.5%..1.5%/3",
                "bound of error rate",
                "0.5 %, 1 %, 1.5 %",
            ),
            (
                "latency-p99@n9=300ms,0.5s",
                "bound of latency p99 at n9",
                "300 ms, 500 ms",
            ),
            ("window=1m..5m/2", "window", "1 min, 5 min"),
            ("step@n6=5%,12.5%", "step at n6", "5 %, 12.5 %"),
            ("traffic=20/s..200/s/2", "traffic", "20/s, 200/s"),
            (
                "errors=0.1%..10%/3log",
                "errors of the bad release",
                "0.1 %, 1 %, 10 %",
            ),
            (
                "min-requests:error-rate=100",
                "requests needed for error rate",
                "100",
            ),
            ("trigger-1=10%", "bound of trigger 1", "10 %"),
            ("regression=0.5,1", "size of what is wrong", "0.5, 1"),
        ] {
            let policy = Policy::default();
            let axis = parse(text, &policy).expect("it is well written");
            assert_eq!(axis.parameter.to_string(), name);
            let told = axis
                .values
                .iter()
                .map(|&value| show_value(axis.parameter, value, &policy));
            let told = told.collect::<Vec<_>>().join(", ");
            assert_eq!(told.replace('\u{202f}', " "), values, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_turned_is_refused_with_a_way_out() {
        for (text, says) in [
            ("error-rate", "write a number and its values"),
            ("eror-rate=1%", "is no number that can be turned"),
            ("error-rate=1%..2%", "say how many values"),
            ("error-rate=2%..1%/5", "is empty"),
            ("error-rate=1%..2%/0", "is empty"),
            ("error-rate=NaN%", "not a plain number"),
            ("window=5", "unit is missing"),
        ] {
            let error = parse(text, &Policy::default()).expect_err("it is not well written");
            assert!(error.to_string().contains(says), "{text}: {error}");
        }
    }
}
