//! A small rollout for the tests of this folder: a build, a gate, one step up, one rollback.

use coalmine_controller::{
    Against, Bound, Checked, Healthy, Limit, Metric, Query, Reading, Time, Verdict, Version, Window,
};
use coalmine_flow::{Diagram, Edge, Lane, LaneIx, Node, NodeId, Shape, Side, TextSpan};

/// n1 → n2 → n9, `Yes` → n10 → n5, `No` → n11 → n5.
pub(crate) fn diagram() -> Diagram {
    let lane = |id: &str, label: &str| Lane {
        id: id.to_owned(),
        label: label.to_owned(),
        span: TextSpan::default(),
    };
    let node = |id, lane, shape, label: &str| Node {
        id: NodeId(id),
        lane: LaneIx(lane),
        shape,
        label: label.to_owned(),
        owner: None,
        description: None,
        system: None,
        span: TextSpan::default(),
        label_span: None,
    };
    let edge = |from, to, label: Option<&str>| Edge {
        from: NodeId(from),
        from_side: Side::Right,
        to: NodeId(to),
        to_side: Side::Left,
        label: label.map(ToOwned::to_owned),
        span: TextSpan::default(),
    };
    Diagram {
        lanes: vec![
            lane("Deployment", "Deployment Pipeline"),
            lane("Canary", "Canary Controller"),
        ],
        nodes: vec![
            node(1, 0, Shape::Circle, "Start"),
            node(2, 0, Shape::Rectangle, "Build container image"),
            node(5, 0, Shape::Circle, "End"),
            node(9, 1, Shape::Diamond, "Metrics healthy?"),
            node(10, 1, Shape::Rectangle, "Increase to 25%"),
            node(11, 1, Shape::Rectangle, "Rollback canary"),
        ],
        edges: vec![
            edge(1, 2, None),
            edge(2, 9, None),
            edge(9, 10, Some("Yes")),
            edge(9, 11, Some("No")),
            edge(10, 5, None),
            edge(11, 5, None),
        ],
        loops: Vec::new(),
    }
}

/// A check of the canary over five minutes and 312 requests, of which 500 were wanted.
pub(crate) fn checked(metric: Metric, value: Option<f64>, limit: i64, verdict: Verdict) -> Checked {
    Checked {
        query: Query {
            metric,
            version: Version::Canary,
            window: Window {
                from: Time(60_000),
                to: Time(360_000),
            },
        },
        canary: value.map_or(Reading::NoData, |value| Reading::Value {
            value,
            samples: 312,
        }),
        stable: None,
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Fixed(Limit(limit)),
        },
        min_requests: 500,
        verdict,
    }
}
