//! The colours of the theme, read from the page's custom properties once per theme.

use plotters::style::RGBColor;
use web_sys::CssStyleDeclaration;

/// What the charts are drawn in.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Behind text that lies on lines.
    pub surface: RGBColor,
    /// Values that matter.
    pub ink: RGBColor,
    /// Ticks and thresholds.
    pub muted: RGBColor,
    /// The grid.
    pub hairline: RGBColor,
    /// The version in service.
    pub stable: RGBColor,
    /// The version being rolled out.
    pub canary: RGBColor,
    /// A check that failed.
    pub fail: RGBColor,
    /// Injected trouble.
    pub fault: RGBColor,
    /// The family of the page's text.
    pub family: String,
}

impl Palette {
    /// The colours that a computed style holds.
    pub fn read(style: &CssStyleDeclaration) -> Self {
        let property = |name| style.get_property_value(name).unwrap_or_default();
        // A property that is missing shows as a grey that no theme uses.
        let colour = |name| parse(&property(name)).unwrap_or(RGBColor(127, 127, 127));
        Self {
            surface: colour("--surface"),
            ink: colour("--ink"),
            muted: colour("--muted"),
            hairline: colour("--hairline"),
            stable: colour("--stable"),
            canary: colour("--canary"),
            fail: colour("--fail"),
            fault: colour("--fault"),
            family: property("--sans"),
        }
    }
}

/// A colour written as `#rrggbb`, with or without an alpha behind it, which is left out.
pub fn parse(text: &str) -> Option<RGBColor> {
    let digits = text.trim().strip_prefix('#')?;
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    match digits.len() {
        6 | 8 => Some(RGBColor(pair(0)?, pair(2)?, pair(4)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_the_tokens_write_them() {
        let rgb = |text| parse(text).map(|colour| (colour.0, colour.1, colour.2));
        assert_eq!(rgb(" #0072b2"), Some((0, 0x72, 0xb2)));
        assert_eq!(rgb("#0072b21f"), Some((0, 0x72, 0xb2)));
        assert_eq!(rgb("blue"), None);
        assert_eq!(rgb("#ü0072b"), None);
    }

    #[test]
    fn every_colour_of_the_charts_stands_in_the_tokens() {
        let tokens = include_str!("../../public/tokens.css");
        for name in [
            "surface", "ink", "muted", "hairline", "stable", "canary", "fail", "fault",
        ] {
            let found = tokens
                .lines()
                .filter_map(|line| line.trim().strip_prefix(&format!("--{name}:")))
                .filter_map(|value| parse(value.trim_end_matches(';')))
                .count();
            assert_eq!(found, 2, "--{name} needs a value in each theme");
        }
    }
}
