//! The library of failures and stories: what there is, and how it gets into a scenario.

use crate::{
    args::Format,
    exit::{Exit, Failure as Ended},
    output::Terminal,
};
use coalmine_sim::{
    Fault, FaultKind, Reach, Scenario,
    library::{self, FAILURES, Failure, STORIES, Story},
};
use coalmine_wire::{Json, fault_word, nearest, quantity::format_percent, target_word};

/// Turns a scenario into a story, if one is asked for, and then injects failures.
///
/// # Errors
/// The first name that nothing has; the scenario may have changed by then.
pub(crate) fn apply(
    scenario: &mut Scenario,
    story: Option<&str>,
    failures: &[String],
) -> Result<(), Ended> {
    if let Some(name) = story {
        let story = Story::find(name).ok_or_else(|| Ended::Unknown {
            what: "story",
            name: name.to_owned(),
            near: nearest(name, STORIES.iter().map(|it| it.id)),
            list: "stories",
        })?;
        (story.tell)(scenario);
    }
    for name in failures {
        let failure = library::failure(name).ok_or_else(|| Ended::Unknown {
            what: "failure",
            name: name.clone(),
            near: nearest(name, FAILURES.iter().map(|it| it.id)),
            list: "failures",
        })?;
        failure.inject(scenario);
    }
    Ok(())
}

/// `coalmine failures`: name, target, sentence.
pub(crate) fn failures(format: Format, terminal: &mut Terminal) -> Exit {
    let width = width(FAILURES.iter().map(|it| it.id));
    let targets: Vec<String> = FAILURES.iter().map(|it| target(&it.fault)).collect();
    let middle = targets.iter().map(String::len).max().unwrap_or(0);
    for (it, target) in FAILURES.iter().zip(targets) {
        match format {
            Format::Text => {
                let (id, says) = (it.id, it.says);
                terminal.say(&format!("{id:width$}  {target:middle$}  {says}"));
            }
            Format::Json => terminal.say(&failure_json(it)),
        }
    }
    Exit::Fine
}

/// `coalmine stories`: name, sentence.
pub(crate) fn stories(format: Format, terminal: &mut Terminal) -> Exit {
    let width = width(STORIES.iter().map(|it| it.id));
    for Story { id, name, says, .. } in &STORIES {
        terminal.say(&match format {
            Format::Text => format!("{id:width$}  {name}: {says}"),
            Format::Json => Json::new()
                .text("id", id)
                .text("name", name)
                .text("says", says)
                .finish(),
        });
    }
    Exit::Fine
}

fn width<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    names.map(str::len).max().unwrap_or(0)
}

fn failure_json(failure: &Failure) -> String {
    Json::new()
        .text("id", failure.id)
        .text("name", failure.name)
        .text("says", failure.says)
        .text("kind", fault_word(failure.fault.kind))
        .text("target", target_word(failure.fault.target))
        .text("reach", reach(failure.fault.reach))
        .finish()
}

const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::All => "all",
        Reach::Pods(_) => "pods",
        Reach::Endpoint(_) => "endpoint",
        Reach::Cohort(_) => "cohort",
    }
}

/// Whom a fault strikes, in a table for people.
fn target(fault: &Fault) -> String {
    if let FaultKind::Pipeline(_) = fault.kind {
        return "the pipeline".to_owned();
    }
    let whom = target_word(fault.target);
    match fault.reach {
        Reach::All => whom.to_owned(),
        Reach::Pods(share) => {
            let share = format_percent(share).replace('\u{202f}', "");
            format!("{whom}, {share} of the pods")
        }
        Reach::Endpoint(_) => format!("{whom}, one endpoint"),
        Reach::Cohort(_) => format!("{whom}, one cohort"),
    }
}
