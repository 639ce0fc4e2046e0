//! A field for a number of the project.

use super::{Field, Param};
use crate::state::draft::Draft;
use leptos::prelude::*;

/// A field that shows a number of the project and edits it.
#[component]
pub fn ParamField(
    /// The project.
    draft: Draft,
    /// The number.
    param: Param,
    /// What stands before it, where the number's own name is not enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// What an empty field means, where the number's own word is not enough.
    #[prop(optional, into)]
    placeholder: Option<String>,
) -> impl IntoView {
    let value = draft.part(move |project| param.show(project));
    let commit = Callback::new(move |text: String| {
        let edit = draft
            .project()
            .with_untracked(|project| param.read(project, &text))?;
        draft.edit(edit);
        Ok(())
    });
    let label = label.unwrap_or_else(|| param.label().to_owned());
    let placeholder = placeholder
        .or_else(|| param.when_empty().map(ToOwned::to_owned))
        .unwrap_or_default();
    view! { <Field id=id_of("param", &param) label value placeholder commit /> }
}

/// As in `param-node-window-8`.
pub fn id_of(kind: &str, number: &dyn std::fmt::Debug) -> String {
    let words = format!("{number:?}").replace("NodeId", "");
    let mut id = String::from(kind);
    for c in words.chars() {
        match c {
            'A'..='Z' => {
                id.push('-');
                id.push(c.to_ascii_lowercase());
            }
            '0'..='9' => {
                if !id.ends_with(|last: char| last.is_ascii_digit() || last == '-') {
                    id.push('-');
                }
                id.push(c);
            }
            'a'..='z' => id.push(c),
            _ => {}
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::NodeId;

    #[test]
    fn every_number_has_an_id_of_its_own() {
        assert_eq!(id_of("param", &Param::Cpu), "param-cpu");
        assert_eq!(
            id_of("param", &Param::NodeWindow(NodeId(12))),
            "param-node-window-12"
        );
        assert_eq!(id_of("param", &Param::FaultSize(0)), "param-fault-size-0");
    }
}
