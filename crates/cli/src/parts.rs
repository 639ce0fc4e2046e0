//! Parts of studies as files, and `coalmine merge`, which joins them.

use crate::{
    args::{LabArgs, LabFormat, MergeArgs},
    compare, ensemble,
    exit::{Exit, Failure},
    lab::Subject,
    output::Terminal,
    sweep,
};
use coalmine_lab::{Axis, JoinError, Part};
use coalmine_wire::{BUILD, Project, decode, encode};
use serde::{Deserialize, Serialize};
use std::fs;

/// What a file of parts begins with.
const MAGIC: &[u8] = b"coalmine part\n";

/// What was asked for, and so how it is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Asked {
    Ensemble,
    /// What is turned, and the target in millionths.
    Sweep(Vec<Axis>, i64),
    /// The names of what is compared.
    Compare(Vec<String>),
}

/// What a file of parts holds behind its first line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct PartFile {
    build: String,
    project: Project,
    asked: Asked,
    parts: Vec<Part>,
}

/// Writes results to a file for later, or tells them.
pub(crate) fn put(
    subject: &Subject,
    asked: Asked,
    parts: Vec<Part>,
    args: &LabArgs,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let Some(path) = &args.output else {
        tell(subject, &asked, &parts, args.format, terminal);
        return Ok(Exit::Fine);
    };
    let file = PartFile {
        build: BUILD.to_owned(),
        project: subject.project.clone(),
        asked,
        parts,
    };
    let bytes = [MAGIC, encode(&file).as_slice()].concat();
    fs::write(path, bytes).map_err(|error| Failure::Write(path.clone(), error))?;
    Ok(Exit::Fine)
}

pub(crate) fn merge(args: &MergeArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let files = args.parts.iter().map(|path| read(path));
    let files = files.collect::<Result<Vec<PartFile>, Failure>>()?;
    let first = files.first().ok_or(Failure::Join(JoinError::Nothing))?;
    let is_other = |file: &PartFile| {
        (&file.project, &file.asked, file.parts.len())
            != (&first.project, &first.asked, first.parts.len())
    };
    if let Some(place) = files.iter().position(is_other) {
        return Err(Failure::Join(JoinError::Other(place)));
    }
    let joined = (0..first.parts.len()).map(|at| {
        let parts: Vec<Part> = files.iter().map(|file| file.parts[at].clone()).collect();
        Part::join(&parts).map_err(Failure::Join)
    });
    let joined = joined.collect::<Result<Vec<Part>, Failure>>()?;
    let Ok(subject) = Subject::new(first.project.clone()) else {
        return Err(Failure::NotAPart(args.parts[0].clone()));
    };
    tell(&subject, &first.asked, &joined, args.format, terminal);
    Ok(Exit::Fine)
}

fn read(path: &str) -> Result<PartFile, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Read(path.to_owned(), error))?;
    let rest = bytes.strip_prefix(MAGIC);
    let file = rest.and_then(|rest| decode::<PartFile>(rest).ok());
    file.filter(|file| file.build == BUILD)
        .ok_or_else(|| Failure::NotAPart(path.to_owned()))
}

fn tell(
    subject: &Subject,
    asked: &Asked,
    parts: &[Part],
    format: LabFormat,
    terminal: &mut Terminal,
) {
    match (asked, parts) {
        (Asked::Ensemble, [part, ..]) => ensemble::tell(subject, part, format, terminal),
        (Asked::Compare(names), [part, ..]) => {
            compare::tell(subject, names, part, format, terminal);
        }
        (Asked::Ensemble | Asked::Compare(_), []) => {}
        (Asked::Sweep(axes, target), parts) => {
            sweep::tell(subject, (axes, *target), parts, format, terminal);
        }
    }
}
