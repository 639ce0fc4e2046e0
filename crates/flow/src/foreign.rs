//! Recognises texts of other tools, so that a pasted Mermaid chart causes one helpful diagnostic and not two hundred.

/// The name of the language that a text is written in, if its first line says so.
pub(crate) fn language_of(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (line, behind) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    let line = line.trim();
    if let Some(fence) = line.strip_prefix("```") {
        return match fence.trim() {
            "mermaid" => Some("Mermaid"),
            "plantuml" | "puml" => Some("PlantUML"),
            "dot" | "graphviz" => Some("Graphviz"),
            "d2" => Some("D2"),
            _ => language_of_line(
                behind
                    .trim_start()
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .trim(),
            ),
        };
    }
    language_of_line(line)
}

fn language_of_line(line: &str) -> Option<&'static str> {
    let first = line.split_whitespace().next()?;
    // `graph {` opens a lane, `graph TD` a Mermaid chart.
    let opens_lane = line.contains('{');
    match first.trim_end_matches(';') {
        "flowchart" | "graph" | "sequenceDiagram" | "stateDiagram" | "stateDiagram-v2"
        | "classDiagram" | "erDiagram" | "gantt" | "journey" | "gitGraph" | "mindmap"
        | "timeline"
            if !opens_lane =>
        {
            Some("Mermaid")
        }
        "digraph" if names_graph(line) => Some("Graphviz"),
        "strict" if line.starts_with("strict digraph") || line.starts_with("strict graph") => {
            Some("Graphviz")
        }
        "{" | "[" => Some("JSON"),
        "apiVersion:" | "kind:" | "---" => Some("YAML"),
        _ if first.starts_with("@start") => Some("PlantUML"),
        _ if first.starts_with("%%") => Some("Mermaid"),
        _ if first.starts_with('<') => Some("XML"),
        _ if first.starts_with("{\"") => Some("JSON"),
        _ => None,
    }
}

/// Whether a graph has a name of its own: `digraph {` may just as well open a lane.
fn names_graph(line: &str) -> bool {
    let second = line.split_whitespace().nth(1);
    second.is_some_and(|word| !word.starts_with('{'))
}
