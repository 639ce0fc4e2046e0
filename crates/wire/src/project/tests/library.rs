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
