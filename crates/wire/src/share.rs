//! A project as a word: for links that hold a whole rollout, and for pictures that open again.
//!
//! The word is a version, a full stop, and the project file, deflated and in letters that addresses leave alone
//! (base64url without padding, RFC 4648). Nothing of it ever goes to a server: browsers keep what stands behind the
//! `#` of an address to themselves.

use crate::{Project, ProjectFile};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use coalmine_controller::Time;
use coalmine_flow::Diagnostic;
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};
use std::fmt;

/// How the fragment of a link begins.
const LINK: &str = "#rollout=";
/// What stands before the moment on screen.
const AT: &str = "&at=";
/// The version of what stands behind it.
const VERSION: &str = "1";
/// As small as it gets: it is made once and read on a slow line.
const LEVEL: u8 = 9;
/// No project is larger, in bytes; what grows beyond is no word of ours.
const MOST: usize = 8 << 20;

/// What a link or a picture holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The project.
    pub project: Project,
    /// The moment that was on screen, where the link tells.
    pub at: Option<Time>,
}

/// Why a word is no project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// It was made by a later version, or by something else.
    Version(String),
    /// A letter that no word has, at this byte: mail programs break long links.
    Letter(usize),
    /// It ends early, or some of it was changed.
    Broken,
    /// It grows beyond any project.
    TooLarge,
    /// What it holds is no project of this version.
    Refused(Vec<Diagnostic>),
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(found) if found.chars().all(|c| c.is_ascii_digit()) => write!(
                f,
                "the link has version {found}, and this page reads version {VERSION}: load the page again for a newer one"
            ),
            Self::Version(_) => {
                f.write_str("the link holds no rollout: copy all of it, from `#` to its end")
            }
            Self::Letter(at) => write!(
                f,
                "the link is damaged at letter {at}: copy it once more, all of it and without line breaks"
            ),
            Self::Broken => f.write_str("the link is not whole: copy it once more, to its end"),
            Self::TooLarge => write!(
                f,
                "the link holds more than {} MB, which no rollout does",
                MOST >> 20
            ),
            Self::Refused(wrong) => match wrong.first() {
                Some(first) => write!(f, "the rollout in the link is wrong: {}", first.message),
                None => f.write_str("the rollout in the link is wrong"),
            },
        }
    }
}

impl Project {
    /// The project as a word.
    pub fn to_word(&self) -> String {
        let packed = compress_to_vec(self.to_toml().as_bytes(), LEVEL);
        format!("{VERSION}.{}", BASE64_URL_SAFE_NO_PAD.encode(packed))
    }

    /// Reads a word of [`to_word`](Self::to_word) back, exactly.
    ///
    /// # Errors
    /// What is wrong with it. The time and memory that it takes are bounded, whatever it holds.
    pub fn from_word(word: &str) -> Result<Self, ShareError> {
        let Some((VERSION, letters)) = word.split_once('.') else {
            let version = word.split_once('.').map_or(word, |(version, _)| version);
            return Err(ShareError::Version(version.chars().take(12).collect()));
        };
        let packed = BASE64_URL_SAFE_NO_PAD
            .decode(letters)
            .map_err(|error| match error {
                base64::DecodeError::InvalidByte(at, _) => ShareError::Letter(at),
                _ => ShareError::Broken,
            })?;
        let text =
            decompress_to_vec_with_limit(&packed, MOST).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => ShareError::TooLarge,
                _ => ShareError::Broken,
            })?;
        let text = String::from_utf8(text).map_err(|_| ShareError::Broken)?;
        match Self::parse_file(&text) {
            Ok(ProjectFile { project, .. }) => Ok(project),
            Err(wrong) => Err(ShareError::Refused(wrong)),
        }
    }
}

/// The fragment of a link to a project, and to a moment of its run.
pub fn share(project: &Project, at: Option<Time>) -> String {
    let moment = at.map_or_else(String::new, |at| format!("{AT}{}", at.0));
    format!("{LINK}{}{moment}", project.to_word())
}

/// What the fragment of an address, or a whole address, shares; nothing if it is no link of [`share`].
///
/// # Errors
/// If it is one, and damaged.
pub fn shared(address: &str) -> Option<Result<Shared, ShareError>> {
    let (_, behind) = address.trim().split_once(LINK)?;
    let (word, moment) = behind.split_once(AT).unwrap_or((behind, ""));
    // A moment that cannot be read costs nothing but the moment.
    let at = moment.parse().ok().map(Time);
    Some(Project::from_word(word).map(|project| Shared { project, at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Project {
        let text = include_str!("../../../examples/bad-day.coalmine.toml");
        Project::parse_file(text)
            .expect("the example is sound")
            .project
    }

    #[test]
    fn a_link_holds_the_whole_project_and_the_moment() {
        let project = sample();
        let link = format!(
            "https://example.org/some/folder/{}",
            share(&project, Some(Time(90_000)))
        );
        let found = shared(&link).expect("it is a link").expect("it is whole");
        assert_eq!(found.project, project);
        assert_eq!(found.at, Some(Time(90_000)));
        assert!(link.len() < 4_000, "{}", link.len());
        assert_eq!(shared("#lab"), None);
    }

    #[test]
    fn what_is_damaged_is_told_apart() {
        let word = sample().to_word();
        let (_, letters) = word.split_once('.').expect("a version stands before");
        let half = word.get(..word.len() / 2).expect("letters are bytes");
        for (word, expected) in [
            (format!("7.{letters}"), ShareError::Version("7".to_owned())),
            ("hello".to_owned(), ShareError::Version("hello".to_owned())),
            (format!("1.ab c{letters}"), ShareError::Letter(2)),
            (half.to_owned(), ShareError::Broken),
            ("1.".to_owned(), ShareError::Broken),
        ] {
            assert_eq!(Project::from_word(&word), Err(expected), "{word}");
        }
        let nothing = format!(
            "1.{}",
            BASE64_URL_SAFE_NO_PAD.encode(compress_to_vec(b"schema = 9", 9))
        );
        assert!(matches!(
            Project::from_word(&nothing),
            Err(ShareError::Refused(_))
        ));
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let bomb = compress_to_vec(&vec![b' '; MOST + 1], 9);
        let word = format!("1.{}", BASE64_URL_SAFE_NO_PAD.encode(bomb));
        assert_eq!(Project::from_word(&word), Err(ShareError::TooLarge));
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_word_breaks_the_reader(word in "(1\\.)?[A-Za-z0-9_.&=-]{0,200}") {
            let _ = Project::from_word(&word);
            let _ = shared(&format!("#rollout={word}"));
        }
    }
}
