//! Files and kept work: what a text is as a project, and under which name it is saved.

use super::notice::{Notice, reasons};
use coalmine_wire::Project;

/// The end of a project file's name.
const PROJECT: &str = ".coalmine.toml";

/// What a file holds: a project, or a bare diagram under the default policy and scenario.
///
/// # Errors
/// A notice that says what to change in the file.
pub fn open(file: &str, text: &str) -> Result<Project, Notice> {
    if is_toml(file) {
        return Project::parse(text).map_err(|findings| Notice::Refused {
            file: file.to_owned(),
            reasons: reasons(text, &findings),
        });
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem.is_empty() { "rollout" } else { stem };
    Ok(Project::from_code(stem, text))
}

fn is_toml(file: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("toml"))
}

/// The name of a project's file: what file systems mind is left out.
pub fn file_name(name: &str) -> String {
    let stem: String = name
        .trim()
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_control() => '-',
            c => c,
        })
        .collect();
    let stem = stem.trim_matches('.');
    format!(
        "{}{PROJECT}",
        if stem.is_empty() { "rollout" } else { stem }
    )
}

/// The work of last time, as it was kept: the project's text, and the code as typed.
///
/// The code counts more: it is what people wrote by hand.
pub fn restore(project: Option<&str>, code: Option<&str>) -> Project {
    let mut restored = project
        .and_then(|text| Project::parse(text).ok())
        .unwrap_or_default();
    if let Some(code) = code {
        code.clone_into(&mut restored.code);
    }
    restored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_project_opens_as_it_was() {
        let project = Project {
            name: "payments".to_owned(),
            code: "broken {{\r\n".to_owned(),
            ..Project::default()
        };
        let file = file_name(&project.name);
        assert_eq!(file, "payments.coalmine.toml");
        assert_eq!(open(&file, &project.to_toml()), Ok(project));
    }

    #[test]
    fn a_bare_diagram_becomes_a_project_of_its_name() {
        let project = open("my canary.fz", "A { # a\n}\n").unwrap();
        assert_eq!(
            (project.name.as_str(), project.code.as_str()),
            ("my canary", "A { # a\n}\n")
        );
        assert_eq!(open(".fz", "").unwrap().name, "rollout");
    }

    #[test]
    fn a_wrong_project_file_is_refused_with_line_reason_and_suggestion() {
        let text = Project::default()
            .to_toml()
            .replacen("seed = 7", "sed = 7", 1);
        let Err(Notice::Refused { file, reasons }) = open("a.coalmine.toml", &text) else {
            panic!("it was opened");
        };
        assert_eq!(file, "a.coalmine.toml");
        let line = text
            .lines()
            .position(|line| line.contains("sed = 7"))
            .unwrap()
            + 1;
        assert_eq!(reasons[0].line as usize, line);
        assert!(reasons[0].words.contains("seed"), "{reasons:?}");
    }

    #[test]
    fn names_that_file_systems_mind_are_mended() {
        for (name, file) in [
            ("a/b: c?", "a-b- c-.coalmine.toml"),
            ("  ", "rollout.coalmine.toml"),
            ("..", "rollout.coalmine.toml"),
        ] {
            assert_eq!(file_name(name), file);
        }
    }

    #[test]
    fn kept_code_comes_back_even_when_the_rest_cannot_be_read() {
        assert_eq!(restore(None, None), Project::default());
        let kept = restore(Some("schema = 99"), Some("half a li"));
        assert_eq!(kept.code, "half a li");
        assert_eq!(kept.policy, Project::default().policy);
    }
}
