//! How wide a text will be, so that boxes fit their labels without asking a browser.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// What stands at the end of a text that was cut.
const ELLIPSIS: char = '…';

/// The width in pixels of a text set in Inter at `size` pixels.
///
/// An estimate: advance widths rounded to a hundredth of an em, no kerning, wide scripts and emoji one em.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size / 100.0
}

/// The text in at most `most_lines` lines of at most `limit` pixels, as evenly filled as its words allow, cut with
/// an ellipsis where it does not fit.
pub(crate) fn wrap(text: &str, size: f64, limit: f64, most_lines: usize) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut narrow = limit.min(32.0);
    while narrow < limit {
        let lines = fill(&words, size, narrow);
        if fits(&lines, size, narrow, most_lines) {
            return lines;
        }
        narrow += 4.0;
    }
    let mut lines = fill(&words, size, limit);
    if lines.len() > most_lines {
        let rest = lines.split_off(most_lines).join(" ");
        if let Some(last) = lines.last_mut() {
            last.push(' ');
            last.push_str(&rest);
        }
    }
    for line in &mut lines {
        *line = cut(line, size, limit);
    }
    lines
}

/// The text in lines as full as they can be: no longer than `limit` pixels, but for a word that is.
pub(crate) fn lines(text: &str, size: f64, limit: f64) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    fill(&words, size, limit)
}

/// The text itself where it fits, otherwise its beginning and an ellipsis.
pub(crate) fn cut(text: &str, size: f64, limit: f64) -> String {
    if width(text, size) <= limit {
        return text.to_string();
    }
    let room = limit - advance(ELLIPSIS) * size / 100.0;
    let mut used = 0.0;
    let kept: String = text
        .chars()
        .take_while(|&c| {
            used += advance(c) * size / 100.0;
            used <= room
        })
        .collect();
    let mut short = kept.trim_end().to_string();
    short.push(ELLIPSIS);
    short
}

/// The width in pixels of the widest line.
pub(crate) fn widest(lines: &[String], size: f64) -> f64 {
    lines
        .iter()
        .map(|line| width(line, size))
        .fold(0.0, f64::max)
}

fn fits(lines: &[String], size: f64, limit: f64, most_lines: usize) -> bool {
    lines.len() <= most_lines && widest(lines, size) <= limit
}

fn fill(words: &[&str], size: f64, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let space = advance(' ') * size / 100.0;
    let mut used = 0.0;
    for word in words {
        let wide = width(word, size);
        match lines.last_mut() {
            Some(line) if used + space + wide <= limit => {
                line.push(' ');
                line.push_str(word);
                used += space + wide;
            }
            _ => {
                lines.push((*word).to_string());
                used = wide;
            }
        }
    }
    lines
}

/// Hundredths of an em.
fn advance(c: char) -> f64 {
    match c {
        // Control characters and what combines with the character before.
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{fe00}'..='\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '\'' | '|' => 27.0,
        ' ' | '.' | ',' | ':' | ';' | '!' => 29.0,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' => 38.0,
        '-' | '*' | '"' | '_' | '`' => 46.0,
        's' | 'z' | 'x' | 'k' | 'v' | 'y' | 'c' | '?' => 55.0,
        'J' | 'L' | 'F' | 'E' | 'a' | 'e' => 58.0,
        'A' | 'B' | 'K' | 'P' | 'R' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' | '+' | '=' | '<' | '>'
        | '~' | '#' | '$' | '&' => 66.0,
        'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' => 75.0,
        'w' => 82.0,
        'm' | 'M' | '…' => 89.0,
        'W' | '%' | '@' => 98.0,
        // Wide scripts, full-width forms and arrows.
        '\u{1100}'..='\u{115f}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '—' => 100.0,
        // Emoji.
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{3ffff}' => 130.0,
        _ => 62.0,
    }
}
