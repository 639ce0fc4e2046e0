//! Pictures that open again: a project put away inside an SVG or a PNG, and found there.
//!
//! What is put away is the project's word (see [`Project::to_word`]): in SVG as metadata, in PNG as a text chunk, both
//! places that the formats keep for such things. Programs that show pictures pass over them.

use crate::{Project, ShareError};
use std::fmt;

/// Around the word in an SVG.
const SVG_BEFORE: &str = "<metadata id=\"coalmine-rollout\">";
const SVG_BEHIND: &str = "</metadata>";
/// How every PNG begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The keyword of the word's chunk, with the zero that ends it.
const KEYWORD: &[u8] = b"Coalmine rollout\0";

/// Why a picture is no project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// It is a picture, and no project was put away in it, or some program took it out.
    NoSource,
    /// It ends early, or is no picture of the kind that it says.
    Damaged,
    /// What was put away cannot be read.
    Word(ShareError),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSource => f.write_str(
                "the picture holds no rollout: only pictures that Coalmine saved do, and some programs drop what is inside when they save or send them",
            ),
            Self::Damaged => f.write_str("the picture is damaged: save or send it once more"),
            Self::Word(ShareError::Refused(wrong)) => match wrong.first() {
                Some(first) => write!(f, "the rollout in the picture is wrong: {}", first.message),
                None => f.write_str("the rollout in the picture is wrong"),
            },
            Self::Word(_) => f.write_str("the rollout in the picture is damaged: save it once more"),
        }
    }
}

/// An SVG with the project inside.
pub fn into_svg(svg: &str, project: &Project) -> String {
    let kept = format!("{SVG_BEFORE}{}{SVG_BEHIND}\n", project.to_word());
    // Behind the first tag, which is the drawing's.
    match svg
        .find("<svg")
        .and_then(|at| Some(at + svg.get(at..)?.find('>')? + 1))
    {
        Some(at) => [svg.get(..at), Some("\n"), Some(&kept), svg.get(at..)]
            .into_iter()
            .flatten()
            .collect(),
        None => svg.to_owned(),
    }
}

/// The project inside an SVG.
///
/// # Errors
/// If there is none, or it cannot be read.
pub fn from_svg(svg: &str) -> Result<Project, PictureError> {
    let (_, behind) = svg.split_once(SVG_BEFORE).ok_or(PictureError::NoSource)?;
    let (word, _) = behind.split_once(SVG_BEHIND).ok_or(PictureError::Damaged)?;
    Project::from_word(word.trim()).map_err(PictureError::Word)
}

/// A PNG with the project inside.
///
/// # Errors
/// If it is no PNG.
pub fn into_png(png: &[u8], project: &Project) -> Result<Vec<u8>, PictureError> {
    let mut end = None;
    for chunk in chunks(png)? {
        let chunk = chunk?;
        if chunk.kind == *b"IEND" {
            end = Some(chunk.at);
        }
    }
    let at = end.ok_or(PictureError::Damaged)?;
    let (before, behind) = png.split_at_checked(at).ok_or(PictureError::Damaged)?;
    let mut data = KEYWORD.to_vec();
    data.extend_from_slice(project.to_word().as_bytes());
    Ok([before, &chunk(*b"tEXt", &data), behind].concat())
}

/// The project inside a PNG.
///
/// # Errors
/// If there is none, or it cannot be read.
pub fn from_png(png: &[u8]) -> Result<Project, PictureError> {
    for chunk in chunks(png)? {
        let chunk = chunk?;
        if let (b"tEXt", Some(word)) = (&chunk.kind, chunk.data.strip_prefix(KEYWORD)) {
            let word = str::from_utf8(word).map_err(|_| PictureError::Damaged)?;
            return Project::from_word(word).map_err(PictureError::Word);
        }
    }
    Err(PictureError::NoSource)
}

/// Whether these bytes begin as a PNG does.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG)
}

/// A piece of a PNG.
#[derive(Clone, Copy, Debug)]
struct Chunk<'a> {
    /// Where it begins.
    at: usize,
    kind: [u8; 4],
    data: &'a [u8],
}

/// The chunks of a PNG, up to the first that is not whole.
fn chunks(
    png: &[u8],
) -> Result<impl Iterator<Item = Result<Chunk<'_>, PictureError>>, PictureError> {
    if !is_png(png) {
        return Err(PictureError::Damaged);
    }
    let mut at = PNG.len();
    Ok(core::iter::from_fn(move || {
        let rest = png.get(at..).filter(|rest| !rest.is_empty())?;
        let Some(chunk) = read(rest, at) else {
            at = png.len();
            return Some(Err(PictureError::Damaged));
        };
        at += chunk.data.len() + 12;
        Some(Ok(chunk))
    }))
}

/// The chunk at the beginning of `rest`: its length, its kind, what it holds, and a sum over the last two.
fn read(rest: &[u8], at: usize) -> Option<Chunk<'_>> {
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (data, rest) = rest.split_at_checked(length)?;
    rest.first_chunk::<4>()?;
    Some(Chunk {
        at,
        kind: *kind,
        data,
    })
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
    let mut sum = crc32fast::Hasher::new();
    sum.update(&kind);
    sum.update(data);
    [&length, &kind, data, &sum.finalize().to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Project {
        let text = include_str!("../../../examples/one-endpoint.coalmine.toml");
        Project::parse(text).expect("the example is sound")
    }

    /// One grey pixel.
    fn pixel() -> Vec<u8> {
        let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
        let data = miniz_oxide::deflate::compress_to_vec_zlib(&[0, 128], 9);
        [
            PNG,
            &chunk(*b"IHDR", &header),
            &chunk(*b"IDAT", &data),
            &chunk(*b"IEND", &[]),
        ]
        .concat()
    }

    #[test]
    fn a_project_comes_out_of_a_picture_as_it_went_in() {
        let project = sample();
        let svg = into_svg(
            "<?xml version=\"1.0\"?>\n<svg width=\"1\"><title>a</title></svg>",
            &project,
        );
        assert_eq!(from_svg(&svg), Ok(project.clone()));
        let png = into_png(&pixel(), &project).expect("it is a picture");
        assert_eq!(from_png(&png), Ok(project));
        assert!(
            chunks(&png)
                .expect("it is a picture")
                .all(|chunk| chunk.is_ok())
        );
    }

    #[test]
    fn pictures_of_others_say_that_they_hold_nothing() {
        assert_eq!(from_svg("<svg></svg>"), Err(PictureError::NoSource));
        assert_eq!(from_png(&pixel()), Err(PictureError::NoSource));
        assert_eq!(from_png(b"GIF89a"), Err(PictureError::Damaged));
        let png = into_png(&pixel(), &sample()).expect("it is a picture");
        for length in 0..png.len() - 12 {
            // However little of it came, nothing is found or it is said to be damaged.
            let part = png.get(..length).expect("a shorter length");
            if let Ok(project) = from_png(part) {
                assert_eq!(project, sample());
            }
        }
    }
}
