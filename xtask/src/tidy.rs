//! Rules that neither compiler nor clippy knows: what the style guide says, a test must check.

mod boundaries;
mod dependencies;
mod shape;

use anyhow::{Result, bail};
use std::path::Path;
use xshell::{Shell, cmd};

/// A file that git tracks or would track.
pub(crate) struct SourceFile {
    /// Relative to the root, with `/` between parts.
    path: String,
    text: String,
}

impl SourceFile {
    fn is_rust(&self) -> bool {
        self.has_extension("rs")
    }

    fn has_extension(&self, wanted: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|extension| extension == wanted)
    }

    /// The lines with their numbers, from one.
    fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    /// What to do instead.
    rule: String,
}

impl Finding {
    fn new(file: &SourceFile, line: usize, rule: impl Into<String>) -> Self {
        Self {
            path: file.path.clone(),
            line,
            rule: rule.into(),
        }
    }
}

pub(crate) fn run(sh: &Shell) -> Result<()> {
    let files = sources(sh)?;
    let findings: Vec<Finding> = files
        .iter()
        .flat_map(|file| {
            let mut findings = shape::check(file);
            findings.extend(boundaries::check(file));
            findings.extend(dependencies::check(file));
            findings
        })
        .collect();
    for Finding { path, line, rule } in &findings {
        println!("{path}:{line}: {rule}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("{count} rules of this repository are broken, see above"),
    }
}

fn sources(sh: &Shell) -> Result<Vec<SourceFile>> {
    let listed = cmd!(sh, "git ls-files --cached --others --exclude-standard")
        .quiet()
        .read()?;
    Ok(listed
        .lines()
        .filter(|path| !path.starts_with("tests/vectors/") && !path.starts_with("tests/fixtures/"))
        .filter_map(|path| {
            let text = sh.read_file(path).ok()?;
            Some(SourceFile {
                path: path.to_owned(),
                text,
            })
        })
        .collect())
}

#[cfg(test)]
pub(crate) fn file(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
