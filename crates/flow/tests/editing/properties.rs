//! Ten thousand random changes.

use super::{
    TEXT,
    model::{expected, said},
};
use coalmine_flow::{
    Diagram, EdgeId, LaneIx, Shape, Side,
    edit::{Change, change},
    parse,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A change, by places in lists that are not known yet.
#[derive(Clone, Debug)]
struct Drawn {
    kind: u8,
    picks: [Index; 4],
    label: String,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let label = prop_oneof![
        "[A-Za-z ]{1,12}",
        "[ -~]{0,8}",
        "\"|\\\\|é 🚀|x -> y|\\{ # 5|%"
    ];
    (0..14_u8, any::<[Index; 4]>(), label).prop_map(|(kind, picks, label)| Drawn {
        kind,
        picks,
        label,
    })
}

fn shape(index: Index) -> Shape {
    [
        Shape::Circle,
        Shape::Rectangle,
        Shape::Diamond,
        Shape::Taskbox,
    ][index.index(4)]
}

fn side(index: Index) -> Side {
    [Side::Left, Side::Right, Side::Top, Side::Bottom][index.index(4)]
}

/// What is drawn on this diagram; nothing where it has no node or edge to draw on.
fn realised(drawn: &Drawn, diagram: &Diagram) -> Option<Change> {
    let [a, b, c, d] = drawn.picks;
    let lanes = diagram.lanes.len();
    let lane = |index: Index| LaneIx(u32::try_from(index.index(lanes)).expect("few"));
    let node = |index: Index| {
        let nodes = &diagram.nodes;
        (!nodes.is_empty()).then(|| nodes[index.index(nodes.len())].id)
    };
    let edge = |index: Index| {
        let count = diagram.edges.len();
        (count > 0).then(|| EdgeId(u32::try_from(index.index(count)).expect("few")))
    };
    let label = drawn.label.trim().to_owned();
    let words = Some(label.clone()).filter(|_| d.index(2) == 0);
    // Names of lanes are words on one line.
    let name = format!(
        "Lane x{}",
        label.replace(|c: char| !c.is_ascii_alphanumeric(), "")
    );
    Some(match drawn.kind {
        0 | 1 => Change::AddNode {
            lane: lane(a),
            shape: shape(b),
            label,
        },
        2 => Change::AddOnEdge {
            edge: edge(a)?,
            shape: shape(b),
            label,
        },
        3 => Change::SetLabel(node(a)?, label),
        4 => Change::SetShape(node(a)?, shape(b)),
        5 => Change::RemoveNodes(vec![node(a)?]),
        6 => {
            let (one, other) = (node(a)?, node(b)?);
            Change::Duplicate(if one == other {
                vec![one]
            } else {
                vec![one, other]
            })
        }
        7 => Change::MoveNode(node(a)?, lane(b)),
        8 | 9 => Change::Connect {
            from: (node(a)?, side(c)),
            to: (node(b)?, side(d)),
            label: words,
        },
        10 => Change::SetEdge {
            edge: edge(a)?,
            from: (node(b)?, side(c)),
            to: (node(c)?, side(d)),
            label: words,
        },
        11 => Change::RemoveEdge(edge(a)?),
        12 => Change::AddLane(name).only_if(lanes < 6)?,
        _ => Change::RenameLane(lane(a), name),
    })
}

trait OnlyIf: Sized {
    fn only_if(self, it: bool) -> Option<Self> {
        it.then_some(self)
    }
}

impl OnlyIf for Change {}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Twenty changes a case: ten thousand in all.
    #[test]
    fn text_and_drawing_never_disagree(all in vec(drawn(), 20)) {
        let mut text = TEXT.to_owned();
        for drawn in &all {
            let parsed = parse(&text);
            let Some(it) = realised(drawn, &parsed.diagram) else { continue };
            let patches = change(&parsed, &it).expect("everything in it is there");
            let changed = patches.apply(&text);
            prop_assert_eq!(patches.inverse(&text).apply(&changed), text.clone(), "{:?}", it);
            let after = parse(&changed);
            prop_assert!(after.is_sound(), "{:?}\n{}\n{:?}", it, changed, after.diagnostics);
            let (now, wanted) = (said(&after.diagram), expected(&parsed.diagram, &it));
            prop_assert_eq!(now, wanted, "{:?}\n{}", it, changed);
            text = changed;
        }
        // What nobody touched is there to the byte.
        prop_assert!(text.starts_with("// ours\n"));
    }

    #[test]
    fn lanes_can_be_moved_and_removed_and_brought_back(
        all in vec(drawn(), 6), picks in any::<[Index; 2]>(), removes in any::<bool>()
    ) {
        let mut text = TEXT.to_owned();
        for drawn in &all {
            let parsed = parse(&text);
            if let Some(it) = realised(drawn, &parsed.diagram) {
                text = change(&parsed, &it).expect("everything is there").apply(&text);
            }
        }
        let parsed = parse(&text);
        let count = parsed.diagram.lanes.len();
        let [lane, other] = picks.map(|pick| LaneIx(u32::try_from(pick.index(count)).expect("few")));
        let it = if removes { Change::RemoveLane(lane) } else { Change::MoveLane(lane, Some(other)) };
        let patches = change(&parsed, &it).expect("there are two lanes at least");
        let changed = patches.apply(&text);
        prop_assert_eq!(patches.inverse(&text).apply(&changed), text.clone());
        let after = parse(&changed);
        prop_assert!(after.is_sound(), "{:?}\n{}\n{:?}", it, changed, after.diagnostics);
        if removes {
            prop_assert_eq!(after.diagram.lanes.len(), count - 1);
            prop_assert!(parsed.diagram.nodes.iter().filter(|node| node.lane != lane).count() == after.diagram.nodes.len());
        } else {
            let edges = |diagram: &Diagram| said(diagram).edges;
            prop_assert_eq!(edges(&after.diagram), edges(&parsed.diagram));
            prop_assert_eq!(after.diagram.lanes.len(), count);
        }
    }
}
