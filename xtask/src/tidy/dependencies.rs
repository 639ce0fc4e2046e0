//! The arrows between our crates, and what a pure crate may depend on.

use super::{Finding, SourceFile};

/// Each crate with everything that it may depend on. A new arrow is a design decision: draw it in ARCHITECTURE.md.
const ARROWS: [(&str, &[&str]); 7] = [
    ("flow", &["serde", "libm"]),
    ("stats", &["libm"]),
    (
        "controller",
        &["coalmine-flow", "coalmine-stats", "libm", "serde"],
    ),
    (
        "sim",
        &[
            "coalmine-controller",
            "coalmine-stats",
            "libm",
            "postcard",
            "rand",
            "rand_xoshiro",
            "serde",
        ],
    ),
    (
        "lab",
        &[
            "coalmine-controller",
            "coalmine-flow",
            "coalmine-sim",
            "coalmine-stats",
            "libm",
            "serde",
        ],
    ),
    (
        "wire",
        &[
            "base64",
            "coalmine-controller",
            "coalmine-flow",
            "coalmine-lab",
            "coalmine-sim",
            "crc32fast",
            "libm",
            "miniz_oxide",
            "postcard",
            "serde",
            "toml",
        ],
    ),
    (
        "worker",
        &[
            "coalmine-wire",
            "coalmine-sim",
            "js-sys",
            "wasm-bindgen",
            "web-sys",
            "console_error_panic_hook",
        ],
    ),
];

pub(super) fn check(file: &SourceFile) -> Vec<Finding> {
    let Some(name) = file
        .path
        .strip_prefix("crates/")
        .and_then(|rest| rest.strip_suffix("/Cargo.toml"))
    else {
        return Vec::new();
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(crate_name, _)| *crate_name == name) else {
        return Vec::new();
    };
    let Ok(manifest) = file.text.parse::<toml::Table>() else {
        return vec![Finding::new(file, 1, "this manifest cannot be read")];
    };
    manifest
        .get("target")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(toml::Table::values)
        .filter_map(|target| target.get("dependencies"))
        .chain(manifest.get("dependencies"))
        .filter_map(toml::Value::as_table)
        .flat_map(toml::Table::keys)
        .filter(|dependency| !allowed.contains(&dependency.as_str()))
        .map(|dependency| {
            Finding::new(
                file,
                1,
                format!("{name} may not depend on {dependency}: draw the arrow in ARCHITECTURE.md first, then in this rule"),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::file, *};

    #[test]
    fn an_arrow_that_is_not_drawn_is_refused() {
        let manifest = "[dependencies]\nserde.workspace = true\ncoalmine-sim.workspace = true\n";
        let findings = check(&file("crates/flow/Cargo.toml", manifest));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].rule.contains("coalmine-sim"));
    }

    #[test]
    fn dependencies_of_one_target_count_too() {
        let manifest = "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\nweb-sys = \"1\"\n";
        assert_eq!(check(&file("crates/sim/Cargo.toml", manifest)).len(), 1);
        let tests = "[target.'cfg(target_arch = \"wasm32\")'.dev-dependencies]\nweb-sys = \"1\"\n";
        assert_eq!(check(&file("crates/sim/Cargo.toml", tests)).len(), 0);
    }
}
