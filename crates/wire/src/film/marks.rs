//! Elements that come and go, with the rules that make them do so. Without animation they stand as at the end.

use std::fmt::Write as _;

/// Seconds in which something appears or goes.
const FADE: f64 = 0.25;

/// Marks over a drawing, and their rules.
#[derive(Debug)]
pub(super) struct Marks {
    /// Elements of SVG, in the order in which they are drawn.
    pub(super) elements: String,
    /// The rules of these elements.
    pub(super) rules: String,
    /// The length of the film, in seconds.
    length: f64,
    /// Rules so far.
    count: u32,
}

impl Marks {
    pub(super) fn new(length: f64) -> Self {
        Self {
            elements: String::new(),
            rules: String::new(),
            length,
            count: 0,
        }
    }

    /// A second as a share of the film, in percent.
    fn percent(&self, second: f64) -> f64 {
        let share = (second / self.length).clamp(0.0, 1.0);
        libm::round(share * 100_000.0) / 1_000.0
    }

    /// An element that is there from a second on; for ever, or until another one. `element` is a tag's name and its
    /// attributes without a class, and `body` what stands inside it.
    pub(super) fn shown(
        &mut self,
        (element, body): (&str, &str),
        class: &str,
        from: f64,
        until: Option<f64>,
    ) {
        let appears = self.percent(from);
        let is_there = self.percent(from + FADE).max(appears);
        let frames = match until {
            None => format!("0%,{appears}%{{opacity:0}}{is_there}%,100%{{opacity:1}}"),
            Some(until) => {
                let goes = self.percent(until).max(is_there);
                let is_gone = self.percent(until + FADE).max(goes);
                format!(
                    "0%,{appears}%{{opacity:0}}{is_there}%,{goes}%{{opacity:1}}{is_gone}%,100%{{opacity:0}}"
                )
            }
        };
        let rest = if until.is_some() { " past" } else { "" };
        let name = self.animate(&frames);
        let tag = element.split(' ').next().unwrap_or_default();
        self.put(format_args!(
            "<{element} class=\"{class} {name}{rest}\">{body}</{tag}>\n"
        ));
    }

    /// An element that is always there and changes by `frames`: each a second and declarations of CSS, in order.
    pub(super) fn moved(&mut self, element: &str, class: &str, frames: &[(f64, String)]) {
        let Some((_, first)) = frames.first() else {
            return;
        };
        let mut written = format!("0%{{{first}}}");
        let mut before = 0.0;
        for (second, state) in frames {
            let at = self.percent(*second).max(before);
            before = at;
            // Writing into a string cannot fail.
            let _ = write!(written, "{at}%{{{state}}}");
        }
        let last = frames.last().map_or("", |(_, state)| state.as_str());
        let _ = write!(written, "100%{{{last}}}");
        let name = self.animate(&written);
        let _ = writeln!(self.rules, ".{name}{{{last}}}");
        self.put(format_args!("<{element} class=\"{class} {name}\"/>\n"));
    }

    /// Makes what the drawing has already look another way from a second on. `looks` are declarations of CSS, before and
    /// after.
    pub(super) fn turned(&mut self, selector: &str, (before, after): (&str, &str), from: f64) {
        let turns = self.percent(from);
        let is_turned = self.percent(from + FADE).max(turns);
        let name = self.frames(&format!(
            "0%,{turns}%{{{before}}}{is_turned}%,100%{{{after}}}"
        ));
        let length = self.length;
        let _ = writeln!(
            self.rules,
            "{selector}{{{after};animation:{name} {length:.2}s linear infinite}}"
        );
    }

    /// Names an animation of a class, and writes its rules.
    fn animate(&mut self, frames: &str) -> String {
        let (name, length) = (self.frames(frames), self.length);
        let _ = writeln!(
            self.rules,
            ".{name}{{animation:{name} {length:.2}s linear infinite}}"
        );
        name
    }

    /// Names frames.
    fn frames(&mut self, frames: &str) -> String {
        let name = format!("k{}", self.count);
        self.count += 1;
        let _ = writeln!(self.rules, "@keyframes {name}{{{frames}}}");
        name
    }

    /// Adds an element that does not change.
    pub(super) fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.elements.write_fmt(element);
    }
}
