//! `coalmine power`: what each gate can see.

use crate::{
    args::{LabFormat, PowerArgs},
    exit::{Exit, Failure},
    lab::{Subject, grouped, percent},
    output::Terminal,
    sweep::design,
    table::{csv, table},
};
use coalmine_controller::{Against, Limit};
use coalmine_lab::{Power, Sight, StudyError, Way};
use coalmine_sim::Kit;
use coalmine_wire::{
    Json, analysis_asked,
    quantity::{self, format_duration, format_limit, format_percent, format_weight, metric_word},
};

pub(crate) fn run(args: &PowerArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let matters = quantity::parse_percent(&args.matters)
        .map_err(|error| Failure::Argument("--matters", format!("`{}`: {error}", args.matters)))?;
    if !(1..=1_000_000).contains(&matters.0) {
        let why = "a regression is more than 0% and at most 100%: try 1%".to_owned();
        return Err(Failure::Argument("--matters", why));
    }
    if args.rollouts == 0 {
        return Err(crate::lab::refused(StudyError::NoRollouts));
    }
    let Some(subject) = Subject::read(&args.lab(), terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let design = design(&subject);
    let power = Power::new(&design, subject.project.seed, args.rollouts)
        .map_err(|error| Failure::Argument("FILE", error.to_string()))?;
    let sights = power.sights(matters, &mut Kit::default());
    match args.format {
        LabFormat::Text => terminal.write(&text(&subject, &sights, matters)),
        LabFormat::Json => {
            let json = Json::new()
                .text("name", &subject.project.name)
                .number("matters_millionths", matters.0.unsigned_abs())
                .objects("sights", sights.iter().map(json));
            terminal.say(&json.finish());
        }
        LabFormat::Csv => {
            let head = "gate,metric,bound,weight,window,samples,way,false_alarm,smallest_80,smallest_95,catches,blind\n";
            terminal.write(head);
            for sight in &sights {
                terminal.write(&line(sight));
            }
        }
    }
    Ok(Exit::Fine)
}

fn text(subject: &Subject, sights: &[Sight], matters: Limit) -> String {
    let name = &subject.project.name;
    let wanted = format_percent(matters);
    let mut out =
        format!("{name}: what each gate can see; a rise of the error rate by {wanted} matters\n\n");
    if sights.is_empty() {
        return out + "No gate decides in a good rollout: draw one, with a check in the policy.\n";
    }
    let head = [
        "gate",
        "metric",
        "bound",
        "at",
        "looks back",
        "samples",
        "false alarms",
        "catches 80 % of",
        "95 % of",
        "found",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for sight in sights {
        let size = |found: Option<Limit>| match found {
            Some(size) => format!("{} {}", format_percent(round(size)), sight.size_says()),
            None => "nothing".to_owned(),
        };
        rows.push(vec![
            sight.gate.to_string(),
            sight.metric.to_string(),
            bound(sight),
            format_weight(sight.weight),
            format_duration(sight.window),
            grouped(samples(sight)),
            percent(sight.false_alarm),
            size(sight.smallest_80),
            size(sight.smallest_95),
            way(sight.way).to_owned(),
        ]);
    }
    out += &table(&rows);
    out.push('\n');
    for sight in sights {
        if let Some(catches) = sight.catches {
            out += &verdict(sight, catches, &wanted);
        }
    }
    out
}

/// One sentence on the regression that matters.
fn verdict(sight: &Sight, catches: f64, wanted: &str) -> String {
    let (gate, share) = (sight.gate, percent(catches));
    if !sight.is_blind() {
        return format!("{gate} catches {wanted} more errors in {share} of rollouts.\n");
    }
    let window = sight.needed_window.map(format_duration);
    let weight = sight.needed_weight.map(format_weight);
    let at = format_weight(sight.weight);
    let needs = match (window, weight) {
        (Some(window), Some(weight)) => {
            format!(
                "it would take a window of {window} at {at}, or {weight} of traffic in this one"
            )
        }
        (Some(window), None) => {
            format!(
                "it would take a window of {window} at {at}; no share of traffic is enough in this one"
            )
        }
        (None, _) => "more requests do not help: lower its bound".to_owned(),
    };
    format!("BLIND: {gate} catches {wanted} more errors in {share} of rollouts only; {needs}.\n")
}

fn bound(sight: &Sight) -> String {
    match sight.bound.against {
        Against::Fixed(limit) => format_limit(sight.metric, limit),
        Against::StablePlus(limit) => format!("stable + {}", format_limit(sight.metric, limit)),
        Against::StableTimes(limit) => format!(
            "stable x {}",
            quantity::format_decimal(limit.0.unsigned_abs(), 6)
        ),
        Against::Analysis(analysis) => analysis_asked(analysis),
    }
}

/// To three digits: more is not known.
fn round(Limit(size): Limit) -> Limit {
    let mut unit = 1;
    while 1_000 * unit <= size {
        unit *= 10;
    }
    Limit((size + unit / 2) / unit * unit)
}

const fn way(way: Way) -> &'static str {
    match way {
        Way::Exact => "exactly",
        Way::Simulated => "by simulation",
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mean of counts, rounded"
)]
fn samples(sight: &Sight) -> u64 {
    sight.samples.round() as u64
}

fn json(sight: &Sight) -> Json {
    let size = |found: Option<Limit>| found.map(|size| size.0.unsigned_abs());
    Json::new()
        .text("gate", &sight.gate.to_string())
        .text("metric", &metric_word(sight.metric))
        .text("bound", &bound(sight))
        .number("weight_basis_points", sight.weight.basis_points())
        .number("window_millis", sight.window.0)
        .float("samples", sight.samples)
        .number("min_requests", sight.min_requests)
        .text("way", way(sight.way))
        .float("false_alarm", sight.false_alarm)
        .text("counted_in", sight.size_says())
        .maybe("smallest_80_millionths", size(sight.smallest_80))
        .maybe("smallest_95_millionths", size(sight.smallest_95))
        .float("catches", sight.catches.unwrap_or(f64::NAN))
        .maybe("needed_window_millis", sight.needed_window.map(|it| it.0))
        .maybe(
            "needed_weight_basis_points",
            sight.needed_weight.map(|it| u64::from(it.basis_points())),
        )
}

fn line(sight: &Sight) -> String {
    let size = |found: Option<Limit>| found.map_or(String::new(), |size| size.0.to_string());
    csv([
        sight.gate.to_string().as_str(),
        &metric_word(sight.metric),
        &bound(sight),
        &sight.weight.basis_points().to_string(),
        &sight.window.0.to_string(),
        &sight.samples.to_string(),
        way(sight.way),
        &sight.false_alarm.to_string(),
        &size(sight.smallest_80),
        &size(sight.smallest_95),
        &sight
            .catches
            .map_or(String::new(), |share| share.to_string()),
        &sight
            .catches
            .map_or(String::new(), |_| sight.is_blind().to_string()),
    ])
}
