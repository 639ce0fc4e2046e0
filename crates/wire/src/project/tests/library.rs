//! Every failure and every story of the library can be kept in a file.

use super::said;
use crate::Project;
use coalmine_sim::library::{FAILURES, STORIES};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(project: &Project) {
    let text = project.to_toml();
    let read = Project::parse(&text).map_err(|it| said(&text, &it));
    assert_eq!(read.as_ref(), Ok(project), "{text}");
}

#[test]
fn a_metric_has_a_name_or_a_number_and_the_number_stays_without_a_name() {
    const HEAD: &str = "schema = 1\nflow = ''\n";
    const CHECK: &str = "[[policy.check]]\nmetric = \"custom-1\"\nabove = \"40\"\n";
    const OWN: &str = "[[scenario.metric]]\nname = \"orders\"\nkind = \"gauge\"\nlevel = 50\n";
    let described = format!("{HEAD}{CHECK}{OWN}");
    let named = described
        .replace("custom-1", "orders")
        .replace("\"40\"", "40");
    assert_eq!(Project::parse(&described), Project::parse(&named));
    let described = Project::parse(&described).expect("read");
    assert!(
        described
            .to_toml()
            .contains("metric = \"orders\"\nabove = 40\n")
    );
    // Files from before metrics could be described have it like this; it has no data, then as now.
    let alone = Project::parse(&format!("{HEAD}{CHECK}")).expect("read");
    assert_eq!(alone.policy, described.policy);
    assert!(
        alone
            .to_toml()
            .contains("metric = \"custom-1\"\nabove = 40\n")
    );
    check(&alone);
    let warned = |project: &Project| -> Vec<String> {
        let all = crate::findings(project).into_iter();
        all.filter(|it| it.code == "metric-without-data")
            .map(|it| it.message)
            .collect()
    };
    let expected = "the policy judges custom-1, which never has data: nothing describes it";
    assert_eq!(warned(&alone), [expected]);
    assert_eq!(warned(&described), [""; 0]);
}

#[test]
fn every_failure_and_story_is_read_back_exactly() {
    for failure in &FAILURES {
        let mut project = Project::default();
        failure.inject(&mut project.scenario);
        check(&project);
    }
    for story in &STORIES {
        let mut project = Project::default();
        (story.tell)(&mut project.scenario);
        check(&project);
    }
}
