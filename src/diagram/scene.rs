//! The drawing, ready to print: everything that does not change while a run plays.

use super::geometry::{Area, Spot};
use super::reach::ranks;
use super::viewport::Size;
use coalmine_flow::{
    Diagram, EdgeId, EdgePath, LaneBox, Layout, Node, NodeBox, NodeId, Point, Rect, Shape,
};
use std::collections::BTreeMap;

/// Radius of the bends of edges, in pixels.
const BEND: f64 = 6.0;

/// A lane's band.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneLane {
    /// Its name.
    pub label: String,
    /// Its name as it is drawn: in capitals, wrapped.
    pub lines: Vec<String>,
    /// Its band.
    pub area: Area,
    /// The part of it that holds the name.
    pub header: Area,
    /// Its nodes in the order of the flow, which is the order of the focus.
    pub nodes: Vec<SceneNode>,
}

/// A node's box.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneNode {
    /// Which.
    pub id: NodeId,
    /// Its shape.
    pub shape: Shape,
    /// Its box.
    pub area: Area,
    /// Its label, wrapped.
    pub lines: Vec<String>,
    /// Who does a task, and with what.
    pub note: Option<String>,
    /// What was understood of it, wrapped, as far as there is room.
    pub caption: Vec<String>,
    /// What was understood of it, as in `5 % of pods`; may be empty.
    pub words: String,
    /// As in `Gate: Metrics healthy?, Canary Controller, 2 ways out`.
    pub name: String,
    /// Its label on one line.
    pub label: String,
}

/// An edge's line.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneEdge {
    /// Which.
    pub id: EdgeId,
    /// Where it leaves.
    pub from: NodeId,
    /// Its bends, ends included.
    pub points: Vec<Spot>,
    /// Its line, as SVG path data, bends rounded.
    pub line: String,
    /// Its arrowhead, as SVG path data.
    pub head: String,
    /// Its label and the chip it stands on.
    pub chip: Option<(Area, Vec<String>)>,
    /// As in `Metrics healthy? to Rollback canary: No`.
    pub name: String,
}

/// A drawing: make one when the text changes, and share it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Its size.
    pub size: Size,
    /// Its lanes, from top to bottom.
    pub lanes: Vec<SceneLane>,
    /// Its edges, in the order of the text.
    pub edges: Vec<SceneEdge>,
    /// What it was made from.
    pub diagram: Diagram,
}

impl Scene {
    /// Makes a drawing of a layout. `words` are shown at the nodes: what was understood of each.
    pub fn new(diagram: &Diagram, layout: &Layout, words: &[(NodeId, String)]) -> Self {
        let ranks = ranks(diagram);
        Self {
            size: Size {
                width: layout.width,
                height: layout.height,
            },
            lanes: layout
                .lanes
                .iter()
                .map(|lane| scene_lane(diagram, layout, words, &ranks, lane))
                .collect(),
            edges: layout
                .edges
                .iter()
                .filter_map(|edge| scene_edge(diagram, edge))
                .collect(),
            diagram: diagram.clone(),
        }
    }

    /// The box of a node.
    pub fn node(&self, id: NodeId) -> Option<&SceneNode> {
        self.nodes().find(|node| node.id == id)
    }

    /// The line of an edge.
    pub fn edge(&self, id: EdgeId) -> Option<&SceneEdge> {
        self.edges.iter().find(|edge| edge.id == id)
    }

    /// All nodes, lane by lane and in each in the order of the flow.
    pub fn nodes(&self) -> impl Iterator<Item = &SceneNode> {
        self.lanes.iter().flat_map(|lane| &lane.nodes)
    }

    /// The node before or behind another in the order of the focus.
    pub fn neighbour(&self, id: NodeId, step: isize) -> Option<NodeId> {
        let ids: Vec<NodeId> = self.nodes().map(|node| node.id).collect();
        let place = ids.iter().position(|node| *node == id)?;
        ids.get(place.checked_add_signed(step)?).copied()
    }
}

impl SceneNode {
    /// Its outline, grown by `by` pixels, as SVG path data.
    pub fn outline(&self, by: f64) -> String {
        let Area {
            x,
            y,
            width,
            height,
        } = self.area;
        let (left, top) = (x - by, y - by);
        let (right, bottom) = (x + width + by, y + height + by);
        let centre = self.area.centre();
        match self.shape {
            Shape::Circle => {
                let radius = width.min(height) / 2.0 + by;
                format!(
                    "M{:.1} {:.1}a{radius:.1} {radius:.1} 0 1 1 -0.01 0Z",
                    centre.x,
                    centre.y - radius
                )
            }
            Shape::Diamond => {
                // The sides move outwards by `by`, so the corners move further where they are sharp.
                let (w, h) = (width / 2.0, height / 2.0);
                let grow = by * (w * w + h * h).sqrt() / (w * h).max(1.0);
                let (w, h) = (w + grow * w, h + grow * h);
                format!(
                    "M{cx:.1} {t:.1}L{r:.1} {cy:.1}L{cx:.1} {b:.1}L{l:.1} {cy:.1}Z",
                    cx = centre.x,
                    cy = centre.y,
                    t = centre.y - h,
                    b = centre.y + h,
                    l = centre.x - w,
                    r = centre.x + w,
                )
            }
            Shape::Rectangle | Shape::Taskbox => {
                let r = 6.0 + by;
                format!(
                    "M{cx:.1} {top:.1}H{:.1}a{r} {r} 0 0 1 {r} {r}V{:.1}a{r} {r} 0 0 1 -{r} {r}H{:.1}a{r} {r} 0 0 1 -{r} -{r}V{:.1}a{r} {r} 0 0 1 {r} -{r}Z",
                    right - r,
                    bottom - r,
                    left + r,
                    top + r,
                    cx = centre.x,
                )
            }
        }
    }
}

fn scene_lane(
    diagram: &Diagram,
    layout: &Layout,
    words: &[(NodeId, String)],
    ranks: &BTreeMap<NodeId, usize>,
    lane: &LaneBox,
) -> SceneLane {
    let is_here = |node: &&NodeBox| {
        diagram
            .node(node.id)
            .is_some_and(|found| found.lane == lane.lane)
    };
    let label = diagram
        .lanes
        .get(lane.lane.0 as usize)
        .map_or_else(String::new, |lane| lane.label.clone());
    let mut nodes: Vec<SceneNode> = layout
        .nodes
        .iter()
        .filter(is_here)
        .filter_map(|boxed| {
            let node = diagram.node(boxed.id)?;
            Some(scene_node(diagram, boxed, node, words, &label))
        })
        .collect();
    // Nodes that no start leads to come last; nodes equally far stay in the order of the text.
    coalmine_flow::order::sort_by_key(&mut nodes, |node| {
        ranks.get(&node.id).copied().unwrap_or(usize::MAX)
    });
    SceneLane {
        label,
        lines: lane.lines.clone(),
        area: area(lane.rect),
        header: area(lane.header),
        nodes,
    }
}

fn scene_node(
    diagram: &Diagram,
    boxed: &NodeBox,
    node: &Node,
    words: &[(NodeId, String)],
    lane: &str,
) -> SceneNode {
    let label = one_line(&node.label);
    let ways = diagram.outgoing(node.id).count();
    let kind = match node.shape {
        Shape::Circle if diagram.incoming(node.id).next().is_none() => "Start",
        Shape::Circle if ways == 0 => "End",
        Shape::Circle => "Milestone",
        Shape::Rectangle => "Step",
        Shape::Diamond => "Gate",
        Shape::Taskbox => "Task",
    };
    let ways_words = match ways {
        0 => "no way out".to_owned(),
        1 => "1 way out".to_owned(),
        more => format!("{more} ways out"),
    };
    SceneNode {
        id: node.id,
        shape: node.shape,
        area: area(boxed.rect),
        lines: boxed.lines.clone(),
        words: words
            .iter()
            .find(|(id, _)| *id == node.id)
            .map_or_else(String::new, |(_, words)| words.clone()),
        name: format!("{kind}: {label}, {lane}, {ways_words}"),
        label,
        note: boxed.note.clone(),
        caption: boxed.caption.clone(),
    }
}

fn scene_edge(diagram: &Diagram, path: &EdgePath) -> Option<SceneEdge> {
    let edge = diagram.edge(path.id)?;
    let points: Vec<Spot> = path.points.iter().copied().map(spot).collect();
    let label = |id| {
        diagram
            .node(id)
            .map_or_else(String::new, |node| one_line(&node.label))
    };
    let (from, to) = (label(edge.from), label(edge.to));
    let name = match &edge.label {
        Some(label) => format!("{from} to {to}: {}", one_line(label)),
        None => format!("{from} to {to}"),
    };
    Some(SceneEdge {
        id: path.id,
        from: edge.from,
        line: path.path_data(BEND),
        head: path.arrow_data(),
        chip: path
            .label
            .as_ref()
            .map(|label| (area(label.rect), label.lines.clone())),
        points,
        name,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn area(rect: Rect) -> Area {
    Area {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}

fn spot(point: Point) -> Spot {
    Spot {
        x: point.x,
        y: point.y,
    }
}
