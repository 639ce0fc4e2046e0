//! The diagram of what a rollout will do, as FlowZap Code: a node for each step, a gate for each analysis, the way back.

use super::{Place, Places};
use crate::argo::{Analysis, CanaryScale, Pause, Route, Spec, Step};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use coalmine_flow::NodeId;
use core::fmt::Write;

/// The lanes, from above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Rollout,
    Analysis,
    Recovery,
}

const LANES: [(Lane, &str, &str); 3] = [
    (Lane::Rollout, "Rollout", "Argo Rollout"),
    (Lane::Analysis, "Analysis", "Analysis beside the steps"),
    (Lane::Recovery, "Recovery", "Way back"),
];

struct Drawn {
    lane: Lane,
    shape: &'static str,
    label: String,
}

struct Line {
    from: usize,
    to: usize,
    label: &'static str,
}

#[derive(Default)]
struct Sketch {
    nodes: Vec<Drawn>,
    lines: Vec<Line>,
}

/// The text, and where everything is in it.
pub(super) fn draw(spec: &Spec) -> (String, Places) {
    let mut sketch = Sketch::default();
    let start = sketch.node(Lane::Rollout, "circle", "Start".to_string());
    let mut steps = Vec::new();
    for (place, step) in spec.steps.iter().enumerate() {
        steps.push(sketch.step(place, step, spec));
    }
    let full = sketch.node(Lane::Rollout, "rectangle", full_label(spec));
    let promote = sketch.node(
        Lane::Rollout,
        "rectangle",
        "Promote canary to stable".to_string(),
    );
    let end = sketch.node(Lane::Rollout, "circle", "Healthy".to_string());
    let background = spec.background.as_ref().map(|background| {
        let name = &background.analysis.name;
        let node = sketch.node(Lane::Analysis, "rectangle", format!("Watch {name}"));
        let gate = sketch.node(
            Lane::Analysis,
            "diamond",
            format!("{name} within its limits?"),
        );
        (node, gate, background.starting_step as usize)
    });
    let abort = sketch.node(
        Lane::Recovery,
        "rectangle",
        "Abort: all traffic to stable".to_string(),
    );
    let degraded = sketch.node(Lane::Recovery, "circle", "Degraded".to_string());
    sketch.connect(start, &steps, full, abort);
    sketch.line(full, promote, "");
    sketch.line(promote, end, "");
    sketch.line(abort, degraded, "");
    if let Some((node, gate, starting)) = background {
        let from = steps.get(starting).map_or(full, |(node, _)| *node);
        sketch.line(from, node, "Starts");
        sketch.line(node, gate, "");
        sketch.line(gate, promote, "Yes");
        sketch.line(gate, abort, "No");
    }
    let (text, ids) = sketch.text();
    let id = |place: usize| ids.get(place).copied().unwrap_or(NodeId(1));
    let place_of = |node: usize, gate: Option<usize>| Place {
        node: id(node),
        gate: gate.map(id),
    };
    let places = Places {
        start: id(start),
        steps: steps
            .iter()
            .map(|&(node, gate)| place_of(node, gate))
            .collect(),
        background: background.map(|(node, gate, _)| place_of(node, Some(gate))),
        full: id(full),
        promote: id(promote),
        end: id(end),
        abort: id(abort),
        degraded: id(degraded),
    };
    (text, places)
}

fn full_label(spec: &Spec) -> String {
    if spec.routing.is_some() {
        "All pods, then 100% of traffic".to_string()
    } else {
        "Replace all pods".to_string()
    }
}

impl Sketch {
    fn node(&mut self, lane: Lane, shape: &'static str, label: String) -> usize {
        self.nodes.push(Drawn { lane, shape, label });
        self.nodes.len() - 1
    }

    fn line(&mut self, from: usize, to: usize, label: &'static str) {
        self.lines.push(Line { from, to, label });
    }

    fn step(&mut self, place: usize, step: &Step, spec: &Spec) -> (usize, Option<usize>) {
        let node = self.node(Lane::Rollout, "rectangle", label(place, step, spec));
        // The gate stands in the row of the steps, so that the way is one line.
        let gate = super::analysis(step).map(|analysis| {
            let label = format!("{} successful?", name_of(&analysis));
            self.node(Lane::Rollout, "diamond", label)
        });
        (node, gate)
    }

    /// The way from the start over all steps, and back from each gate.
    fn connect(
        &mut self,
        start: usize,
        steps: &[(usize, Option<usize>)],
        full: usize,
        abort: usize,
    ) {
        let mut last = (start, "");
        for &(node, gate) in steps {
            self.line(last.0, node, last.1);
            last = match gate {
                None => (node, ""),
                Some(gate) => {
                    self.line(node, gate, "");
                    self.line(gate, abort, "No");
                    (gate, "Yes")
                }
            };
        }
        self.line(last.0, full, last.1);
    }

    /// Lane by lane, as the language wants it; ids count in the order of the text.
    fn text(&self) -> (String, Vec<NodeId>) {
        let mut ids = alloc::vec![NodeId(0); self.nodes.len()];
        let mut next = 1;
        for (lane, _, _) in LANES {
            for (id, _) in ids
                .iter_mut()
                .zip(&self.nodes)
                .filter(|(_, node)| node.lane == lane)
            {
                *id = NodeId(next);
                next += 1;
            }
        }
        let mut text = String::new();
        for (lane, name, title) in LANES {
            if self.nodes.iter().any(|node| node.lane == lane) {
                self.lane(lane, name, title, &ids, &mut text);
            }
        }
        (text, ids)
    }

    fn lane(&self, lane: Lane, name: &str, title: &str, ids: &[NodeId], text: &mut String) {
        let _ = writeln!(text, "{name} {{ # {title}");
        for (id, node) in ids
            .iter()
            .zip(&self.nodes)
            .filter(|(_, node)| node.lane == lane)
        {
            let label = quoted(&node.label);
            let _ = writeln!(text, "{id}: {} label:\"{label}\"", node.shape);
        }
        for line in &self.lines {
            let (Some(from), Some(to)) = (self.nodes.get(line.from), self.nodes.get(line.to))
            else {
                continue;
            };
            if from.lane != lane {
                continue;
            }
            let (leaves, arrives) = sides(from, to, line.label);
            let id = |place: usize| ids.get(place).copied().unwrap_or(NodeId(1));
            let prefix = match LANES.iter().find(|(other, _, _)| *other == to.lane) {
                Some((other, name, _)) if *other != lane => format!("{name}."),
                _ => String::new(),
            };
            let label = if line.label.is_empty() {
                String::new()
            } else {
                format!(" [label=\"{}\"]", line.label)
            };
            let _ = writeln!(
                text,
                "{}.handle({leaves}) -> {prefix}{}.handle({arrives}){label}",
                id(line.from),
                id(line.to)
            );
        }
        text.push_str("}\n");
    }
}

/// Forward within a lane, downwards and upwards between them.
fn sides(from: &Drawn, to: &Drawn, label: &str) -> (&'static str, &'static str) {
    let depth = |lane: Lane| lane as u8;
    if depth(from.lane) < depth(to.lane) {
        ("bottom", "top")
    } else if depth(to.lane) < depth(from.lane) {
        ("top", "bottom")
    } else if label == "No" {
        ("bottom", "top")
    } else {
        ("right", "left")
    }
}

/// A label as the language can hold it.
fn quoted(label: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let short: String = label.chars().map(plain).take(80).collect();
    short.replace('\\', "\\\\").replace('"', "'")
}

fn name_of(analysis: &Analysis) -> &str {
    if analysis.name.is_empty() {
        "analysis"
    } else {
        &analysis.name
    }
}

/// What a step is called: each thing it holds, in the order in which it counts.
fn label(place: usize, step: &Step, spec: &Spec) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(weight) = step.set_weight {
        let max = spec
            .routing
            .as_ref()
            .map_or(100, |routing| routing.max_weight);
        parts.push(match max {
            100 => format!("Set weight {weight}%"),
            _ => format!("Set weight {weight} of {max}"),
        });
    }
    match step.pause {
        Some(Pause::Indefinite) => parts.push("Pause until promoted".to_string()),
        Some(Pause::For(length)) => {
            parts.push(format!(
                "Pause {}",
                length.to_string().replace('\u{2009}', " ")
            ));
        }
        None => {}
    }
    match step.set_canary_scale {
        Some(CanaryScale::Replicas(pods)) => parts.push(format!("Scale canary to {pods} pods")),
        Some(CanaryScale::Weight(weight)) => {
            parts.push(format!("Scale canary for {weight}% of traffic"));
        }
        Some(CanaryScale::MatchTrafficWeight) => {
            parts.push("Scale canary with its traffic".to_string());
        }
        None => {}
    }
    if let Some(analysis) = &step.analysis {
        parts.push(format!("Run {}", name_of(analysis)));
    }
    if let Some(experiment) = &step.experiment {
        parts.push(match experiment.duration {
            Some(length) => format!("Experiment {}", length.to_string().replace('\u{2009}', " ")),
            None => "Experiment".to_string(),
        });
    }
    for (what, route) in [
        ("header", &step.header_route),
        ("mirror", &step.mirror_route),
    ] {
        if let Some(Route { name, matches }) = route {
            let verb = if matches.is_some() { "Set" } else { "Remove" };
            parts.push(format!("{verb} {what} route {name}"));
        }
    }
    if let Some(plugin) = &step.plugin {
        parts.push(format!("Run plugin {}", plugin.name));
    }
    if parts.is_empty() {
        parts.push(format!("Step {}", place + 1));
    }
    parts.join(", ")
}
