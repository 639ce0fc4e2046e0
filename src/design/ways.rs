//! The edges that leave the chosen node, and a way to lead one more.

use super::chosen::{Chosen, Hand};
use coalmine_flow::{NodeId, Side, edit::Change};
use leptos::prelude::*;

/// The choices of a node that somebody may lead an edge to.
fn others(hand: Hand, id: NodeId) -> Vec<(NodeId, String)> {
    hand.draft.drawing().with(|drawing| {
        let nodes = drawing.diagram.nodes.iter().filter(|node| node.id != id);
        nodes
            .map(|node| (node.id, format!("{} {}", node.id, node.label)))
            .collect()
    })
}

/// Where its edges lead, and a way to lead one more.
#[component]
pub fn Ways(
    /// Who changes them.
    hand: Hand,
    /// The node that they leave.
    id: NodeId,
) -> impl IntoView {
    let ways = move || {
        hand.draft.drawing().with(|drawing| {
            let leaving = drawing.diagram.outgoing(id);
            leaving
                .map(|(edge, it)| {
                    let label = it.label.as_deref().map(|label| format!(" ({label})"));
                    (edge, format!("to {}{}", it.to, label.unwrap_or_default()))
                })
                .collect::<Vec<_>>()
        })
    };
    let target = RwSignal::new(None::<NodeId>);
    let choose = move |text: String| {
        target.set(text.trim_start_matches('n').parse().ok().map(NodeId));
    };
    let connect = move |_| {
        if let Some(target) = target.get_untracked() {
            hand.change(&Change::Connect {
                from: (id, Side::Right),
                to: (target, Side::Left),
                label: None,
            });
        }
    };
    view! {
        <h3 class="panel-sub">"Edges"</h3>
        <ul class="design-ways">
            {move || {
                ways()
                    .into_iter()
                    .map(|(edge, words)| {
                        view! {
                            <li>
                                <button class="button-small" on:click=move |_| hand.chosen.set(Chosen::Edge(edge))>{words}</button>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
        <div class="field">
            <label for="design-connect">"Connect to"</label>
            <select id="design-connect" on:change:target=move |event| choose(event.target().value())>
                <option value="" selected>"choose a node"</option>
                {move || {
                    others(hand, id)
                        .into_iter()
                        .map(|(node, words)| view! { <option value=node.to_string()>{words}</option> })
                        .collect_view()
                }}
            </select>
        </div>
        <div class="design-acts">
            <button class="button-outlined" disabled=move || target.get().is_none() on:click=connect>"Connect"</button>
        </div>
    }
}
