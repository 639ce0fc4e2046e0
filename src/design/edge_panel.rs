//! The edge that is chosen: what it says, where it leads, and at which sides.

use super::chosen::Hand;
use crate::inspector::{field::Field, pick::Choose};
use coalmine_flow::{Edge, EdgeId, NodeId, Side, edit::Change};
use leptos::prelude::*;

/// The edge.
#[component]
pub fn EdgePanel(
    /// Who changes it.
    hand: Hand,
    /// Which.
    id: EdgeId,
) -> impl IntoView {
    let now = move || hand.draft.drawing().with(|it| it.diagram.edge(id).cloned());
    let set = move |change: &dyn Fn(&mut Edge)| {
        if let Some(mut edge) = untrack(now) {
            change(&mut edge);
            hand.change(&Change::SetEdge {
                edge: id,
                from: (edge.from, edge.from_side),
                to: (edge.to, edge.to_side),
                label: edge.label,
            });
        }
    };
    let title = move || {
        now().map_or_else(String::new, |it| {
            format!("Edge from {} to {}", it.from, it.to)
        })
    };
    let label = Signal::derive(move || now().and_then(|it| it.label).unwrap_or_default());
    let write = Callback::new(move |text: String| {
        set(&|edge: &mut Edge| edge.label = Some(text.clone()));
        Ok(())
    });
    let nodes = Signal::derive(move || {
        hand.draft.drawing().with(|drawing| {
            let nodes = drawing.diagram.nodes.iter();
            nodes
                .map(|it| (it.id, format!("{} {}", it.id, it.label)))
                .collect::<Vec<_>>()
        })
    });
    let sides = Signal::stored(vec![
        (Side::Left, "left".to_owned()),
        (Side::Right, "right".to_owned()),
        (Side::Top, "top".to_owned()),
        (Side::Bottom, "bottom".to_owned()),
    ]);
    let from_side = Signal::derive(move || now().map_or(Side::Right, |it| it.from_side));
    let to_side = Signal::derive(move || now().map_or(Side::Left, |it| it.to_side));
    let to = Signal::derive(move || now().map_or(NodeId(0), |it| it.to));
    view! {
        <section class="panel" aria-label="The chosen edge">
            <h2 class="panel-title">{title}</h2>
            <Field id="design-label" label="Label" value=label placeholder="Yes, No" commit=write />
            <Choose
                id="design-from-side"
                label="Leaves at the"
                options=sides
                chosen=from_side
                on_choose=Callback::new(move |side| set(&|edge: &mut Edge| edge.from_side = side))
            />
            <Choose
                id="design-to"
                label="Leads to"
                options=nodes
                chosen=to
                on_choose=Callback::new(move |node| set(&|edge: &mut Edge| edge.to = node))
            />
            <Choose
                id="design-to-side"
                label="Arrives at the"
                options=sides
                chosen=to_side
                on_choose=Callback::new(move |side| set(&|edge: &mut Edge| edge.to_side = side))
            />
            <div class="design-acts">
                <button class="button-outlined" aria-keyshortcuts="Delete" on:click=move |_| hand.remove()>"Delete"</button>
            </div>
        </section>
    }
}
