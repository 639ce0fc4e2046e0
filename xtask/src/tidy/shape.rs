//! The shape of files: an opening sentence, a bounded length, no `mod.rs`, no loose ends.

use super::{Finding, SourceFile};

/// Lines of a file with a component.
const COMPONENT_LINES: usize = 150;
/// Lines of any other file.
const FILE_LINES: usize = 400;
/// Lines of a file that holds nothing but tests: their data is worth seeing in one place.
const TEST_LINES: usize = 600;

pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    if file.is_rust() {
        findings.extend(opening(file));
        findings.extend(length(file));
    }
    findings.extend(
        file.numbered()
            .filter_map(|(line, text)| loose_end(file, line, text)),
    );
    findings
}

fn opening(file: &SourceFile) -> Option<Finding> {
    if file.path.ends_with("/mod.rs") {
        return Some(Finding::new(
            file,
            1,
            "name the file after its folder: `foo.rs` beside `foo/`",
        ));
    }
    let opens = file
        .text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("#!["))
        .is_some_and(|line| line.starts_with("//!"));
    (!opens).then(|| {
        Finding::new(
            file,
            1,
            "open the file with `//!`: what it is, and why it exists",
        )
    })
}

fn length(file: &SourceFile) -> Option<Finding> {
    let is_test = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
    let limit = if file.path.starts_with("src/") && file.text.contains("#[component]") {
        COMPONENT_LINES
    } else if is_test {
        TEST_LINES
    } else {
        FILE_LINES
    };
    // Unit tests at the end do not count: they are read apart.
    let lines = file
        .text
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .count();
    (limit < lines).then(|| {
        Finding::new(
            file,
            limit,
            format!("{lines} lines, at most {limit}: split it along its ideas"),
        )
    })
}

fn loose_end(file: &SourceFile, line: usize, text: &str) -> Option<Finding> {
    // Spelled apart, so that this file does not find itself.
    let todo = concat!("TO", "DO");
    let ownerless = text
        .split_once(todo)
        .is_some_and(|(_, rest)| !rest.starts_with('(') && !rest.starts_with('`'));
    if ownerless && !file.has_extension("md") {
        return Some(Finding::new(
            file,
            line,
            format!("a {todo} has an owner, as in {todo}(ada)"),
        ));
    }
    let machine = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
    ];
    machine
        .iter()
        .any(|path| text.contains(path))
        .then(|| Finding::new(file, line, "a path of one machine means nothing on another"))
}

#[cfg(test)]
mod tests {
    use super::{super::file, *};

    fn rules(path: &str, text: &str) -> usize {
        check(&file(path, text)).len()
    }

    #[test]
    fn a_module_opens_with_a_sentence() {
        assert_eq!(rules("src/a.rs", "//! What it is.\n"), 0);
        assert_eq!(rules("src/a.rs", "#![no_std]\n//! What it is.\n"), 0);
        assert_eq!(rules("src/a.rs", "use b;\n"), 1);
        assert_eq!(rules("src/a/mod.rs", "//! What it is.\n"), 1);
    }

    #[test]
    fn a_component_is_shorter_than_other_files() {
        let long = format!("//! Long.\n{}", "fn f() {}\n".repeat(200));
        assert_eq!(rules("src/a.rs", &long), 0);
        assert_eq!(rules("src/a.rs", &format!("{long}#[component]\n")), 1);
        let longer = format!("{long}{}", "fn f() {}\n".repeat(200));
        assert_eq!(rules("src/a.rs", &longer), 1);
    }

    #[test]
    fn a_loose_end_has_an_owner() {
        assert_eq!(rules("a.css", concat!("/* TO", "DO later */")), 1);
        assert_eq!(rules("a.css", concat!("/* TO", "DO(ada) later */")), 0);
    }
}
