//! Films of the shipped examples: what they mark, what they say, and that their times rise.

use super::*;
use crate::{Project, plan_of, quantity::format_weight};
use coalmine_controller::{FlowController, Recording, Weight};
use coalmine_sim::Simulation;
use std::sync::Arc;

fn project(file: &str) -> Project {
    let text = match file {
        "good" => include_str!("../../../../examples/good-release.coalmine.toml"),
        _ => include_str!("../../../../examples/errors-from-the-start.coalmine.toml"),
    };
    Project::parse_file(text)
        .expect("the example is sound")
        .project
}

fn filmed(file: &str) -> String {
    let project = project(file);
    let (diagram, plan) = plan_of(&project).expect("the example compiles");
    let controller = FlowController::new(plan, Recording::Full);
    let scenario = Arc::new(project.scenario.clone());
    let mut run = Simulation::new(scenario, controller, project.seed, 0);
    while run.step().is_some() {}
    let (events, summary) = (run.take_events(), run.summary().expect("the run is over"));
    let take = Take {
        name: &project.name,
        diagram: &diagram,
        scenario: &project.scenario,
        events: &events,
        summary: &summary,
    };
    film(&take, ":root{--ink:black}")
}

#[test]
fn a_film_marks_each_node_that_was_entered_and_says_how_it_went() {
    let film = filmed("good");
    assert_eq!(film.matches("<svg").count(), 1);
    assert!(film.contains("Succeeded after"));
    let quarter = Weight::from_basis_points(2_500).expect("a share");
    assert!(film.contains(&format!("canary {}", format_weight(quarter))));
    assert!(film.contains("film-node film-pass"));
    assert!(!film.contains("film-node film-fail"));
}

#[test]
fn the_film_of_a_rollback_shows_it_as_one() {
    let film = filmed("bad");
    assert!(film.contains("film-node film-fail"));
    assert!(film.contains("film-verdict film-bad"));
}

#[test]
fn shares_of_a_film_rise_within_each_element() {
    for rules in filmed("bad").split("@keyframes").skip(1) {
        let frames = rules.lines().next().unwrap_or_default();
        let shares: Vec<f64> = frames
            .split(['{', '}', ','])
            .filter_map(|part| part.trim().strip_suffix('%')?.parse().ok())
            .collect();
        assert!(shares.is_sorted(), "{frames}");
        assert_eq!(shares.last(), Some(&100.0), "{frames}");
    }
}
