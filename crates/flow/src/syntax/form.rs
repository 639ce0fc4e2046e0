//! What a statement says, as places in the text: nothing is looked up yet.

use crate::{NodeId, Shape, Side, TextSpan};
use alloc::{boxed::Box, vec::Vec};

/// A statement, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Lane(LaneForm),
    Close,
    Node(NodeForm),
    /// In a box, so that a text of ten million braces does not take the room of ten million edges.
    Edge(Box<EdgeForm>),
    Loop(LoopForm),
    /// `// …`
    Comment,
    /// `# …` that is not part of a lane's header line.
    Hash,
    /// Nothing known. It is kept as it is.
    Opaque,
}

/// `id { # label`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LaneForm {
    pub(crate) id: TextSpan,
    pub(crate) label: Option<TextSpan>,
}

/// `n1: shape key:"value" …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NodeForm {
    pub(crate) name: Name,
    pub(crate) shape: Shape,
    /// Empty where the text has none.
    pub(crate) shape_span: TextSpan,
    pub(crate) attributes: Vec<Attribute>,
}

/// What should be a node's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) span: TextSpan,
    /// `None` where it is not `n` and a number.
    pub(crate) id: Option<NodeId>,
}

/// `lane.n1.handle(side)`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) lane: Option<TextSpan>,
    pub(crate) name: Name,
    pub(crate) side: Side,
    pub(crate) span: TextSpan,
}

/// `end -> end [label="…"]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EdgeForm {
    pub(crate) from: End,
    /// `None` where the line stops too early.
    pub(crate) to: Option<End>,
    pub(crate) attributes: Vec<Attribute>,
}

/// `loop [condition] n1 n2`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoopForm {
    pub(crate) condition: Option<TextSpan>,
    pub(crate) nodes: Vec<LoopNode>,
}

/// A node of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LoopNode {
    pub(crate) lane: Option<TextSpan>,
    pub(crate) name: Name,
}

/// The attributes that FlowZap Code knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Label,
    Owner,
    Description,
    System,
}

/// `key:"value"`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// `None` for a key that nobody knows.
    pub(crate) key: Option<Key>,
    /// `None` where only the value is there, which is then the label.
    pub(crate) key_span: Option<TextSpan>,
    pub(crate) value: Value,
}

/// What an attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Between the quotes.
    pub(crate) inner: TextSpan,
    pub(crate) quoting: Quoting,
}

/// How a value is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    /// `"so"`
    Quoted,
    /// so, or in quotes of another kind
    Bare,
    /// `"so`
    Unclosed,
}
