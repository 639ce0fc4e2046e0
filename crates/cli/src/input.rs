//! What a file holds: a project, or a bare diagram.

use crate::exit::Failure;
use coalmine_flow::{Diagnostic, TextSpan};
use coalmine_wire::{Project, ProjectFile, picture, shared};
use std::{
    fs,
    io::{self, Read as _},
    path::Path,
};

/// A text and where it comes from.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path as given; `stdin` for `-`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A project file.
    Project,
    /// FlowZap Code.
    Flow,
}

/// A project and how its code lies in the input.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// What to run.
    pub(crate) project: Project,
    /// Where the code's first byte stands in the input's text; nothing if it does not stand there as it is.
    pub(crate) code_at: Option<u32>,
    /// The bytes of the code in the input's text, delimiters included.
    pub(crate) code_span: TextSpan,
}

impl Input {
    /// Reads a file, standard input, a picture with a rollout inside, or a link that holds one.
    pub(crate) fn read(file: &str) -> Result<Self, Failure> {
        if let Some(shared) = shared(file) {
            let project = shared
                .map(|shared| shared.project)
                .map_err(|why| Failure::NoRollout("the link".to_owned(), why.to_string()))?;
            return Ok(Self::of("link", &project));
        }
        let (path, bytes) = if file == "-" {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            ("stdin", read.map(|_| bytes))
        } else {
            (file, fs::read(file))
        };
        let bytes = bytes.map_err(|error| Failure::Read(path.to_owned(), error))?;
        let in_picture =
            |why: picture::PictureError| Failure::NoRollout(path.to_owned(), why.to_string());
        if picture::is_png(&bytes) {
            let project = picture::from_png(&bytes).map_err(in_picture)?;
            return Ok(Self::of(path, &project));
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| Failure::NotText(path.to_owned(), error.utf8_error().valid_up_to()))?;
        if has_end(path, "svg") {
            let project = picture::from_svg(&text).map_err(in_picture)?;
            return Ok(Self::of(path, &project));
        }
        Ok(Self {
            path: path.to_owned(),
            kind: kind_of(file, &text),
            text,
        })
    }

    /// A project that was inside something else.
    fn of(path: &str, project: &Project) -> Self {
        Self {
            path: path.to_owned(),
            text: project.to_toml(),
            kind: Kind::Project,
        }
    }

    /// Reads what the text holds.
    ///
    /// # Errors
    /// What is wrong with a project file. A bare diagram is always taken in; what is wrong with it comes out when it
    /// is compiled.
    pub(crate) fn load(&self) -> Result<Loaded, Vec<Diagnostic>> {
        match self.kind {
            Kind::Flow => Ok(Loaded {
                project: Project::from_code(self.name(), self.text.clone()),
                code_at: Some(0),
                code_span: TextSpan {
                    start: 0,
                    end: u32::try_from(self.text.len()).unwrap_or(u32::MAX),
                },
            }),
            Kind::Project => {
                let ProjectFile {
                    project,
                    flow,
                    verbatim_at,
                } = Project::parse_file(&self.text)?;
                Ok(Loaded {
                    project,
                    code_at: verbatim_at,
                    code_span: flow,
                })
            }
        }
    }

    /// The name of a project that has none: its file's.
    fn name(&self) -> String {
        let stem = Path::new(&self.path)
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let name: String = stem
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_control())
            .take(120)
            .collect();
        if name.is_empty() {
            "rollout".to_owned()
        } else {
            name
        }
    }
}

/// Whether a file's name ends so.
fn has_end(file: &str, end: &str) -> bool {
    let extension = Path::new(file).extension();
    extension.is_some_and(|it| it.eq_ignore_ascii_case(end))
}

/// By the end of its name, or where that says nothing, by its first line: `key = value` begins no diagram.
fn kind_of(file: &str, text: &str) -> Kind {
    if has_end(file, "fz") {
        return Kind::Flow;
    }
    if has_end(file, "toml") {
        return Kind::Project;
    }
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    let is_pair = first.split_once('=').is_some_and(|(key, _)| {
        let key = key.trim_end();
        !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    });
    if is_pair || first.starts_with('[') {
        Kind::Project
    } else {
        Kind::Flow
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of};

    #[test]
    fn a_text_without_a_name_is_known_by_its_first_line() {
        for (file, text, kind) in [
            ("a.fz", "schema = 1", Kind::Flow),
            ("a.coalmine.toml", "Lane {", Kind::Project),
            ("-", "\n# comment\nschema = 1\n", Kind::Project),
            ("-", "[policy]\n", Kind::Project),
            ("-", "Lane { # a = b\n", Kind::Flow),
            ("-", "n1: circle label=\"x\"\n", Kind::Flow),
            ("-", "", Kind::Flow),
            ("rollout", "name = \"x\"", Kind::Project),
        ] {
            assert_eq!(kind_of(file, text), kind, "{file} {text}");
        }
    }
}
