//! The log to take along: as text, or as CSV for a spreadsheet.

use super::row::Row;

/// One line a row: clock, sentence.
pub fn as_text(rows: &[Row]) -> String {
    let lines = rows.iter();
    let lines = lines.map(|row| format!("{:>8}  {}\n", row.time, row.text));
    lines.collect::<Vec<_>>().concat()
}

/// One record a row, with a head: milliseconds, clock, kind, node, sentence (RFC 4180).
pub fn as_csv(rows: &[Row]) -> String {
    let mut csv = String::from("millis,time,kind,node,text\r\n");
    for row in rows {
        let node = row.node.map_or_else(String::new, |node| node.to_string());
        let fields = [
            row.at.0.to_string(),
            row.time.clone(),
            row.kind.label().to_owned(),
            node,
            row.text.clone(),
        ];
        csv.push_str(&fields.map(|field| quoted(&field)).join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// Quoted where it must be. A leading sign that a spreadsheet would take for a formula is kept from being one.
fn quoted(field: &str) -> String {
    let field = if field.starts_with(['=', '+', '-', '@']) {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Kind, Severity};
    use coalmine_controller::Time;
    use coalmine_flow::NodeId;

    #[test]
    fn a_transcript_survives_every_character_of_a_label() {
        let row = |text: &str| Row {
            index: 0,
            at: Time(750_000),
            time: "12:30".to_owned(),
            kind: Kind::Decision,
            severity: Severity::Bad,
            lane: None,
            node: Some(NodeId(12)),
            text: text.to_owned(),
        };
        let rows = [row("a \"b\", c"), row("=1+1")];
        assert_eq!(
            as_csv(&rows),
            "millis,time,kind,node,text\r\n750000,12:30,Decisions,n12,\"a \"\"b\"\", c\"\r\n750000,12:30,Decisions,n12,'=1+1\r\n"
        );
        assert_eq!(as_text(&rows[1..]), "   12:30  =1+1\n");
    }
}
