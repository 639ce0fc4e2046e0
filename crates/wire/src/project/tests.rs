//! Project files as people write them, and what they are told when one is wrong.

use super::*;
use coalmine_controller::{Millis, NoDataMeans};
use coalmine_sim::{FaultKind, Onset};
use expect_test::expect;
use std::fmt::Write as _;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod library;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod refused;

/// Line and column, the marked text, what is said.
fn said(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for it in diagnostics {
        let (start, end) = (it.span.start as usize, it.span.end as usize);
        let line = text[..start].matches('\n').count() + 1;
        let marked = text[start..end].replace('\n', "\\n");
        writeln!(
            out,
            "{line}: `{marked}` {}: {} ({})",
            it.code,
            it.message,
            it.suggestion.as_deref().unwrap_or("-")
        )
        .unwrap();
    }
    out
}

#[test]
fn a_file_that_says_nothing_but_its_flow_has_the_defaults() {
    let project = Project::parse("schema = 1\nflow = '''\nx'''").unwrap();
    assert_eq!(
        project,
        Project {
            code: "x".to_owned(),
            ..Project::default()
        }
    );
}

#[test]
fn the_default_project_is_written_in_full() {
    let project = Project {
        code: "lane { # Lane\n}\n".to_owned(),
        ..Project::default()
    };
    expect![[r#"
        schema = 1
        name = "checkout-api"
        seed = 7
        flow = '''
        lane { # Lane
        }
        '''

        [policy]
        window = "5m"
        extensions = 1
        inconclusive = "no"
        ready_deadline = "10m"

        [[policy.check]]
        metric = "error-rate"
        below = "1%"
        min_requests = 500
        no_data = "inconclusive"

        [[policy.check]]
        metric = "latency-p99"
        below = "500ms"
        min_requests = 500
        no_data = "inconclusive"

        [[policy.check]]
        metric = "cpu"
        below = "80%"
        min_requests = 500
        no_data = "inconclusive"

        [[policy.check]]
        metric = "memory"
        below = "80%"
        min_requests = 500
        no_data = "inconclusive"

        [[policy.trigger]]
        metric = "error-rate"
        below = "10%"
        window = "30s"
        min_requests = 100

        [scenario]
        rate = "200/s"
        slow = "500ms"
        tail = "10m"
        limit = "1d"

        [scenario.platform]
        replicas = 20
        build = "1m30s"
        push = "30s"
        pod_start = "20s"
        router_delay = "2s"
        drain = "30s"
        scrape = "5s"

        [scenario.stable]
        latency_median = "80ms"
        latency_sigma = 0.5
        error_rate = "0.2%"
        cpu = "50%"
        memory = "50%"
    "#]]
    .assert_eq(&project.to_toml());
}

const EVERY_KEY: &str = r#"
schema = 1
name = "pay"
seed = "18446744073709551615"
flow = ""
[policy]
window = "8 min"
extensions = 0
inconclusive = "yes"
ready_deadline = "2m"
trigger = []
[[policy.check]]
metric = "latency-p99.9"
above_stable_times = 1.25
window = "90s"
no_data = "pass"
[policy.node.n12]
extensions = 3
check = []
[scenario]
rate = 0.5
[scenario.stable]
cpu = "30%"
[scenario.canary]
latency_sigma = 1
[[scenario.fault]]
kind = "memory-leak"
size = "4%/min"
start = "at 25%"
lasts = "5m"
[[scenario.intervention]]
at = "12m"
do = "abort"
"#;

#[test]
fn every_key_is_read() {
    let project = Project::parse(EVERY_KEY).unwrap();
    expect![[r#"
        schema = 1
        name = "pay"
        seed = "18446744073709551615"
        flow = '''
        '''

        [policy]
        window = "8m"
        extensions = 0
        inconclusive = "yes"
        ready_deadline = "2m"
        trigger = []

        [[policy.check]]
        metric = "latency-p99.9"
        above_stable_times = 1.25
        window = "1m30s"
        min_requests = 500
        no_data = "pass"

        [policy.node.n12]
        extensions = 3
        check = []

        [scenario]
        rate = "0.5/s"
        slow = "500ms"
        tail = "10m"
        limit = "1d"

        [scenario.platform]
        replicas = 20
        build = "1m30s"
        push = "30s"
        pod_start = "20s"
        router_delay = "2s"
        drain = "30s"
        scrape = "5s"

        [scenario.stable]
        latency_median = "80ms"
        latency_sigma = 0.5
        error_rate = "0.2%"
        cpu = "30%"
        memory = "50%"

        [scenario.canary]
        latency_sigma = 1

        [[scenario.fault]]
        kind = "memory-leak"
        size = "4%/min"
        target = "canary"
        start = "at 25%"
        ramp = "0s"
        lasts = "5m"

        [[scenario.intervention]]
        at = "12m"
        do = "abort"
    "#]]
    .assert_eq(&project.to_toml());
    assert_eq!(project.policy.checks[0].no_data, NoDataMeans::Pass);
    assert_eq!(project.scenario.faults[0].lasts, Some(Millis::from_mins(5)));
    assert!(matches!(project.scenario.faults[0].onset, Onset::Weight(_)));
    assert!(matches!(
        project.scenario.faults[0].kind,
        FaultKind::MemoryLeak(_)
    ));
}

#[test]
fn the_flow_is_found_in_its_file_to_the_byte() {
    let text = Project::default().to_toml();
    let file = Project::parse_file(&text).unwrap();
    let at = file.verbatim_at.unwrap() as usize;
    let code = &file.project.code;
    assert_eq!(&text[at..at + code.len()], code);
    assert_eq!(
        &text[file.flow.start as usize..file.flow.end as usize],
        encode_flow(code)
    );
    let escaped = Project::from_code("x", "a'''b\r\n").to_toml();
    assert_eq!(Project::parse_file(&escaped).unwrap().verbatim_at, None);
}

#[test]
fn an_act_finds_its_place_in_time() {
    use coalmine_controller::{Operator, Time};
    let mut project = Project::default();
    for (at, act) in [
        (5, Operator::Resume),
        (3, Operator::Pause),
        (5, Operator::Abort),
    ] {
        project.intervene(Intervention { at: Time(at), act });
    }
    let acts: Vec<_> = project
        .scenario
        .interventions
        .iter()
        .map(|it| (it.at.0, it.act))
        .collect();
    assert_eq!(
        acts,
        [
            (3, Operator::Pause),
            (5, Operator::Resume),
            (5, Operator::Abort)
        ]
    );
}

#[test]
fn the_description_of_the_file_is_a_file() {
    let description = include_str!("../../../../docs/project-file.md");
    let blocks = description.split("```toml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    for block in &blocks {
        if block.contains("schema = 1") {
            continue;
        }
        // The others show one part each.
        let text = format!("schema = 1\nflow = ''\n{block}");
        let project = Project::parse(&text)
            .map_err(|it| said(&text, &it))
            .unwrap();
        assert_eq!(Project::parse(&project.to_toml()), Ok(project), "{block}");
    }
    let example = blocks
        .into_iter()
        .find(|block| block.contains("[scenario.platform]"))
        .expect("the description shows every key");
    // The header of a check of one node's own is shown without its keys.
    let example = example.replace(
        "[[policy.node.n12.check]]",
        "[[policy.node.n12.check]]\nmetric = \"cpu\"\nbelow = \"80%\"",
    );
    let project = Project::parse(&example).map_err(|it| said(&example, &it));
    let mut expected = Project {
        code: "...".to_owned(),
        ..Project::default()
    };
    let project = project.unwrap();
    assert_eq!(project.scenario.faults.len(), 1);
    assert_eq!(project.policy.nodes.len(), 1);
    // What is shown is what the text calls the default.
    expected.scenario.faults = project.scenario.faults.clone();
    expected.scenario.interventions = project.scenario.interventions.clone();
    assert_eq!(project.scenario, expected.scenario);
    assert_eq!(project.policy.window, expected.policy.window);
    assert_eq!(project.policy.triggers, expected.policy.triggers);
}
