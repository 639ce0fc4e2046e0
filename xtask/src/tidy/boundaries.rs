//! What may be used where: one file talks to the worker, one to the browser's storage, one holds the colours.

use super::{Finding, SourceFile};

/// Words that only these files may use, and why.
const ONLY_IN: [(&[&str], &[&str], &str); 3] = [
    (
        &["Worker::new", "web_sys::Worker"],
        &["src/engine.rs", "src/engine/"],
        "only src/engine.rs talks to the worker",
    ),
    (
        &["local_storage()", ".location()", "history()"],
        &[
            "src/storage.rs",
            "src/storage/",
            "src/engine.rs",
            "src/engine/",
        ],
        "only src/storage.rs knows of storage and addresses",
    ),
    (
        &["println!", "eprintln!"],
        &[
            "xtask/",
            "build.rs",
            "crates/cli/",
            "crates/sim/benches/",
            "crates/lab/benches/",
            // The table of docs/engines.md.
            "crates/sim/tests/reference/feedback.rs",
            "crates/flow/benches/",
        ],
        "only the command line prints",
    ),
];

/// The pure crates: no clock, no chance, no input or output, no browser. The compiler holds it, given this attribute.
const NO_STD: [&str; 5] = [
    "crates/flow/src/lib.rs",
    "crates/stats/src/lib.rs",
    "crates/controller/src/lib.rs",
    "crates/sim/src/lib.rs",
    "crates/lab/src/lib.rs",
];

pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    // Tests may spell what the code may not.
    let mut findings: Vec<Finding> = file
        .numbered()
        .take_while(|(_, text)| *text != "#[cfg(test)]")
        .filter_map(|(line, text)| {
            forbidden_word(file, text)
                .or_else(|| colour(file, text))
                .or_else(|| inline_style(file, text))
                .map(|rule| Finding::new(file, line, rule))
        })
        .collect();
    if NO_STD.contains(&file.path.as_str()) && !file.text.contains("#![no_std]") {
        findings.push(Finding::new(
            file,
            1,
            "this crate is pure: write #![no_std]",
        ));
    }
    if file.path == "crates/controller/src/lib.rs"
        && !file.text.contains("#![deny(clippy::float_arithmetic)]")
    {
        findings.push(Finding::new(
            file,
            1,
            "a controller counts in integers: write #![deny(clippy::float_arithmetic)]",
        ));
    }
    findings
}

fn forbidden_word(file: &SourceFile, text: &str) -> Option<String> {
    let code = text.trim_start();
    if !file.is_rust() || code.starts_with("//") || file.path.starts_with("xtask/src/tidy/") {
        return None;
    }
    ONLY_IN
        .iter()
        .filter(|(_, allowed, _)| !allowed.iter().any(|prefix| file.path.starts_with(prefix)))
        .find(|(words, _, _)| words.iter().any(|word| contains_word(code, word)))
        .map(|(_, _, rule)| (*rule).to_owned())
}

/// `println!` is not part of `eprintln!`, nor `Worker::new` of `CoWorker::new`.
fn contains_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        word.starts_with('.')
            || !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

fn colour(file: &SourceFile, text: &str) -> Option<String> {
    let styled = file.path.starts_with("public/") && file.has_extension("css");
    let coded = file.path.starts_with("src/") && file.is_rust();
    if file.path == "public/tokens.css" || !(styled || coded) {
        return None;
    }
    let functional = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("]
        .iter()
        .any(|function| contains_word(text, function));
    (functional || has_hex_colour(text))
        .then(|| "a colour lives in public/tokens.css: use var(--name)".to_owned())
}

/// A `#` with three, four, six or eight hexadecimal digits behind it, and no letter behind these.
fn has_hex_colour(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| {
        let rest = &text[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let goes_on = rest[digits..]
            .starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '_');
        matches!(digits, 3 | 4 | 6 | 8)
            && !goes_on
            && rest
                .bytes()
                .take(digits)
                .any(|digit| digit.is_ascii_digit() || digits == 6)
    })
}

fn inline_style(file: &SourceFile, text: &str) -> Option<String> {
    let page = file.path == "index.html" || (file.path.starts_with("src/") && file.is_rust());
    (page && text.contains(concat!(" sty", "le=\""))).then(|| {
        "the Content-Security-Policy refuses style attributes: use a class or style:name".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::{super::file, *};

    fn rules(path: &str, text: &str) -> usize {
        check(&file(path, text)).len()
    }

    #[test]
    fn one_file_talks_to_the_worker() {
        assert_eq!(rules("src/engine.rs", "let w = Worker::new(u);"), 0);
        assert_eq!(rules("src/app.rs", "let w = Worker::new(u);"), 1);
        assert_eq!(rules("src/app.rs", "// Worker::new is elsewhere"), 0);
    }

    #[test]
    fn colours_live_in_the_tokens() {
        assert_eq!(rules("public/tokens.css", "--ink: #14181F;"), 0);
        assert_eq!(rules("public/base.css", "color: #14181F;"), 1);
        assert_eq!(rules("public/base.css", "color: rgb(1 2 3);"), 1);
        assert_eq!(rules("public/base.css", "color: var(--ink); #n6-box {}"), 0);
        assert_eq!(rules("src/app.rs", "let c = \"#fff\";"), 0);
        assert_eq!(rules("src/app.rs", "let c = \"#0af\";"), 1);
    }

    #[test]
    fn a_style_attribute_is_refused() {
        assert_eq!(rules("src/app.rs", concat!("<p sty", "le=\"a\">")), 1);
        assert_eq!(rules("src/app.rs", "<p style:left=a>"), 0);
    }

    #[test]
    fn a_pure_crate_says_so() {
        assert_eq!(rules("crates/flow/src/lib.rs", "//! Pure."), 1);
        assert_eq!(rules("crates/flow/src/lib.rs", "#![no_std]"), 0);
    }
}
