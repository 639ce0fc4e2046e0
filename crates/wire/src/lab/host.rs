//! A worker's end: runs one piece a message, of the study that was opened last.

use super::{FromLab, StudyId, ToLab};
use coalmine_lab::Study;
use coalmine_sim::Kit;

/// Runs pieces for a page.
///
/// A piece is short, so that a page that abandons a study need not say so: it sends no more pieces, and drops what
/// still comes.
#[derive(Debug, Default)]
pub struct LabHost {
    open: Option<(StudyId, Box<Study>)>,
    kit: Kit,
}

impl LabHost {
    /// Takes in one message, and answers it.
    pub fn handle(&mut self, message: ToLab) -> Option<FromLab> {
        match message {
            ToLab::Open { id, study } => {
                self.open = Some((id, study));
                None
            }
            ToLab::Run { id, piece } => {
                let (_, study) = self.open.as_ref().filter(|(open, _)| *open == id)?;
                let batch = study.run(piece, &mut self.kit);
                Some(FromLab::Ran { id, piece, batch })
            }
        }
    }
}
