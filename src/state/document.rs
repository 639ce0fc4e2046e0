//! Files and kept work: what a text is as a project, and under which name it is saved.

use super::{
    notice::{Notice, reasons},
    place::Place,
};
use crate::{
    files,
    storage::{self, Key},
};
use coalmine_controller::Time;
use coalmine_wire::{
    Project, Shared,
    picture::{self, PictureError},
    shared,
};

/// The end of a project file's name.
const PROJECT: &str = ".coalmine.toml";

/// What a file holds: a project, a picture with one inside, a link to one, or a bare diagram under the default policy
/// and scenario.
///
/// # Errors
/// A notice that says what to change in the file.
pub fn open(file: &str, bytes: Vec<u8>) -> Result<Project, Notice> {
    let in_picture = |error: PictureError| Notice::Said(format!("{file} was not opened: {error}"));
    if picture::is_png(&bytes) {
        return picture::from_png(&bytes).map_err(in_picture);
    }
    let text = files::text_of(file, bytes).map_err(Notice::Said)?;
    if ends_with(file, "svg") {
        return picture::from_svg(&text).map_err(in_picture);
    }
    if let Some(shared) = shared(&text).filter(|_| text.trim().lines().count() == 1) {
        return shared
            .map(|shared| shared.project)
            .map_err(|error| Notice::Said(format!("{file} was not opened: {error}")));
    }
    read(file, &text)
}

/// What a text holds, which was a file of this name.
fn read(file: &str, text: &str) -> Result<Project, Notice> {
    if ends_with(file, "toml") {
        return Project::parse(text).map_err(|findings| Notice::Refused {
            file: file.to_owned(),
            reasons: reasons(text, &findings),
        });
    }
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem.is_empty() { "rollout" } else { stem };
    Ok(Project::from_code(stem, text))
}

fn ends_with(file: &str, wanted: &str) -> bool {
    file.rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case(wanted))
}

/// The name of a project's file.
pub fn file_name(name: &str) -> String {
    named(name, PROJECT)
}

/// The name of a file of a project of this name, with this end: what file systems mind is left out.
pub fn named(name: &str, end: &str) -> String {
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
    format!("{}{end}", if stem.is_empty() { "rollout" } else { stem })
}

/// What the page begins with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The project.
    pub project: Project,
    /// What there is to tell of it.
    pub told: Option<Notice>,
    /// The moment to show first.
    pub at: Option<Time>,
}

/// What the page begins with: the work of last time, or the rollout in the link that somebody came by. Then the work is
/// put aside, and can be brought back.
pub fn begin(project: Option<&str>, code: Option<&str>, link: &str) -> Kept {
    let kept = restore(project, code);
    if shared(link).is_none() {
        let told = (kept != Project::default()).then_some(Notice::Restored);
        return Kept {
            project: kept,
            told,
            at: None,
        };
    }
    // Loading the page again must not open the link over what was made of it since.
    Place::Simulate.go();
    match arrive(link) {
        Err(words) => Kept {
            project: kept,
            told: Some(Notice::Said(words)),
            at: None,
        },
        Ok(shared) => {
            if kept != shared.project && kept != Project::default() {
                storage::write(Key::Before, &kept.to_toml());
            }
            let told = Notice::Replaced {
                words: "Opened the rollout in the link".to_owned(),
                before: Box::new(kept),
            };
            Kept {
                project: shared.project,
                told: Some(told),
                at: shared.at,
            }
        }
    }
}

/// What a link holds, or why it holds nothing.
///
/// # Errors
/// In words.
pub fn arrive(link: &str) -> Result<Shared, String> {
    match shared(link) {
        Some(Ok(shared)) => Ok(shared),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("this is no link to a rollout: copy one under Files".to_owned()),
    }
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

    fn opened(file: &str, text: &str) -> Result<Project, Notice> {
        open(file, text.as_bytes().to_vec())
    }

    #[test]
    fn a_saved_project_opens_as_it_was() {
        let project = Project {
            name: "payments".to_owned(),
            code: "broken {{\r\n".to_owned(),
            ..Project::default()
        };
        let file = file_name(&project.name);
        assert_eq!(file, "payments.coalmine.toml");
        assert_eq!(opened(&file, &project.to_toml()), Ok(project));
    }

    #[test]
    fn a_bare_diagram_becomes_a_project_of_its_name() {
        let project = opened("my canary.fz", "A { # a\n}\n").unwrap();
        assert_eq!(
            (project.name.as_str(), project.code.as_str()),
            ("my canary", "A { # a\n}\n")
        );
        assert_eq!(opened(".fz", "").unwrap().name, "rollout");
    }

    #[test]
    fn a_wrong_project_file_is_refused_with_line_reason_and_suggestion() {
        let text = Project::default()
            .to_toml()
            .replacen("seed = 7", "sed = 7", 1);
        let Err(Notice::Refused { file, reasons }) = opened("a.coalmine.toml", &text) else {
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

    #[test]
    fn pictures_and_links_open_as_what_is_in_them() {
        let project = Project {
            name: "payments".to_owned(),
            ..Project::default()
        };
        let svg = picture::into_svg("<svg></svg>", &project);
        assert_eq!(opened("a.svg", &svg), Ok(project.clone()));
        let link = coalmine_wire::share(&project, None);
        assert_eq!(
            opened("link.txt", &format!("https://a.example/{link}\n")),
            Ok(project)
        );
    }

    #[test]
    fn what_holds_nothing_says_so() {
        let said = |file: &str, bytes: &[u8]| match open(file, bytes.to_vec()) {
            Err(Notice::Said(words)) => words,
            other => panic!("{other:?}"),
        };
        assert!(said("a.svg", b"<svg></svg>").contains("holds no rollout"));
        assert!(said("a.png", b"\x89PNG\r\n\x1a\n").contains("holds no rollout"));
        assert!(said("a.fz", b"\xff\xfe").contains("byte 0 is not UTF-8"));
        assert!(arrive("#lab").is_err());
    }
}
