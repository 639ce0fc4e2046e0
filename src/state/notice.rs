//! What the page tells quietly: work was restored, a file was opened or refused. One at a time.

use coalmine_flow::{Diagnostic, place_of};
use coalmine_wire::Project;

/// Something to tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The work of last time is back.
    Restored,
    /// Another project took the place of this one, which can come back.
    Replaced {
        /// What happened.
        words: String,
        /// What was there before.
        before: Box<Project>,
    },
    /// A file was not opened; everything stays as it was.
    Refused {
        /// The file.
        file: String,
        /// What to change in it.
        reasons: Vec<Reason>,
    },
    /// Nothing more than words.
    Said(String),
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reason {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong, and what to do.
    pub words: String,
}

/// Why a file was refused, ready to print.
pub fn reasons(text: &str, findings: &[Diagnostic]) -> Vec<Reason> {
    findings
        .iter()
        .map(|finding| {
            let words = match &finding.suggestion {
                Some(suggestion) => format!("{}: {suggestion}", finding.message),
                None => finding.message.clone(),
            };
            Reason {
                line: place_of(text, finding.span.start).line,
                words: crate::format::sentence_case(&words),
            }
        })
        .collect()
}
