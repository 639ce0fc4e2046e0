//! How often the token passed each part of the diagram, ready to draw.

use crate::{
    diagram::{Scene, SceneEdge, SceneNode, Spot},
    format,
};
use coalmine_flow::{EdgeId, NodeId};
use coalmine_lab::Passages;

/// A node with its share.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeCover {
    /// Which.
    pub id: NodeId,
    /// Its share; nothing where no run could pass.
    pub share: Option<f64>,
    /// In words: `3.2 %`, `never`.
    pub words: String,
}

/// An edge with its share.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgeCover {
    /// How wide its line is.
    pub width: f64,
    /// Whether the token never travelled it.
    pub is_never: bool,
    /// In words.
    pub words: String,
    /// Where the words stand.
    pub at: Spot,
}

/// A share in words.
fn told(share: f64) -> String {
    if share <= 0.0 {
        "never".to_owned()
    } else if 1.0 <= share {
        "all".to_owned()
    } else {
        format::percent(share)
    }
}

/// A node's share.
pub fn node_cover(passages: &Passages, node: &SceneNode) -> NodeCover {
    let mut nodes = passages.nodes.iter();
    let share = nodes
        .find(|(id, _)| *id == node.id)
        .map(|(_, share)| share.share);
    NodeCover {
        id: node.id,
        share,
        words: share.map_or_else(String::new, told),
    }
}

/// An edge's share; nothing where no run could travel.
pub fn edge_cover(passages: &Passages, edge: &SceneEdge) -> Option<EdgeCover> {
    let share = share_of(passages, edge.id)?;
    Some(EdgeCover {
        width: 1.5 + 4.5 * share,
        is_never: share <= 0.0,
        words: told(share),
        at: middle(&edge.points),
    })
}

fn share_of(passages: &Passages, edge: EdgeId) -> Option<f64> {
    let mut edges = passages.edges.iter();
    edges
        .find(|(id, _)| *id == edge)
        .map(|(_, share)| share.share)
}

/// The middle of the longest stretch of a line.
fn middle(points: &[Spot]) -> Spot {
    let length = |pair: &[Spot]| (pair[1].x - pair[0].x).abs() + (pair[1].y - pair[0].y).abs();
    points
        .windows(2)
        .max_by(|one, other| length(one).total_cmp(&length(other)))
        .map_or(Spot { x: 0.0, y: 0.0 }, |pair| Spot {
            x: f64::midpoint(pair[0].x, pair[1].x),
            y: f64::midpoint(pair[0].y, pair[1].y),
        })
}

/// How often rollouts left the drawn path.
pub fn jumps(scene: &Scene, passages: &Passages) -> String {
    let label = |id| {
        let node = scene.node(id);
        node.map_or_else(String::new, |node| node.label.clone())
    };
    let jumps = passages.jumps.iter().map(|((from, to), share)| {
        let share = format::percent(share.share);
        format!("{} to {} in {share}", label(*from), label(*to))
    });
    let jumps: Vec<String> = jumps.collect();
    if jumps.is_empty() {
        String::new()
    } else {
        format!(
            "Off the drawn path, by a limit or a failure: {}.",
            jumps.join("; ")
        )
    }
}

/// What a reader of screens hears instead of the picture.
pub fn summary(scene: &Scene, passages: &Passages) -> String {
    let never: Vec<&str> = scene
        .nodes()
        .filter(|node| node_cover(passages, node).share == Some(0.0))
        .map(|node| node.label.as_str())
        .collect();
    if never.is_empty() {
        "Every node was passed in some rollout.".to_owned()
    } else {
        format!("Never passed: {}.", never.join(", "))
    }
}
