//! What can be taken out of the page, and how each is made: pure, but for the picture in pixels.

use crate::playback::Recording;
use coalmine_flow::{layout, parse, render_svg};
use coalmine_sim::Event;
use coalmine_wire::{Project, Take, film, picture, sheet};

/// The page's colours: pictures have the same.
const COLOURS: &str = include_str!("../../public/tokens.css");

/// Something to take along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything, in one file.
    Project,
    /// The diagram's code.
    Code,
    /// The diagram as a drawing.
    Svg,
    /// The diagram in pixels.
    Png,
    /// The run as a drawing that moves.
    Film,
    /// The policy as a page of text.
    Sheet,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Project,
        Self::Code,
        Self::Svg,
        Self::Png,
        Self::Film,
        Self::Sheet,
    ];

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Project => "Project",
            Self::Code => "FlowZap Code",
            Self::Svg => "Picture, as SVG",
            Self::Png => "Picture, as PNG",
            Self::Film => "This run as a film",
            Self::Sheet => "Policy as Markdown",
        }
    }

    /// What it is good for.
    pub const fn note(self) -> &'static str {
        match self {
            Self::Project => {
                "Diagram, policy, world and seed in one TOML file; the command line runs it, too"
            }
            Self::Code => "The diagram alone, to the byte, for FlowZap and for your repository",
            Self::Svg => "For a document; it opens here again as the whole project",
            Self::Png => "For a chat or a slide; it opens here again as the whole project",
            Self::Film => "An SVG that moves by itself, some fifteen seconds long, for a slide",
            Self::Sheet => {
                "Steps, gates and limits as tables, with the picture beside it, for a wiki"
            }
        }
    }

    /// The end of its file's name.
    pub const fn end(self) -> &'static str {
        match self {
            Self::Project => ".coalmine.toml",
            Self::Code => ".fz",
            Self::Svg => ".svg",
            Self::Png => ".png",
            Self::Film => ".film.svg",
            Self::Sheet => ".md",
        }
    }

    /// Whether it tells of a run, and so waits for one to be over.
    pub const fn needs_run(self) -> bool {
        matches!(self, Self::Film)
    }
}

/// The diagram as a drawing that opens again.
pub fn svg(project: &Project) -> String {
    let diagram = parse(&project.code).diagram;
    let svg = render_svg(&diagram, &layout(&diagram), COLOURS);
    picture::into_svg(&svg, project)
}

/// The run on screen as a drawing that moves, under the name of `project`; nothing before it is over. `running` is what
/// it is a run of.
pub fn moving(project: &Project, running: &Project, recording: &Recording) -> Option<String> {
    let summary = recording.summary()?;
    let diagram = parse(&running.code).diagram;
    let all = recording.events();
    let events: Vec<Event> = all.range(0, all.len()).cloned().collect();
    let take = Take {
        name: &project.name,
        diagram: &diagram,
        scenario: &running.scenario,
        events: &events,
        summary,
    };
    Some(picture::into_svg(&film(&take, COLOURS), project))
}

/// The policy as a page of text, beside the picture of this name.
pub fn page(project: &Project, picture: &str) -> String {
    sheet(project, Some(picture))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_opens_again_as_the_project() {
        let project = Project::default();
        assert_eq!(picture::from_svg(&svg(&project)), Ok(project));
    }

    #[test]
    fn there_is_no_film_before_the_run_is_over() {
        let project = Project::default();
        assert_eq!(moving(&project, &project, &Recording::default()), None);
    }
}
