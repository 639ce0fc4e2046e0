//! Tables of text, and lines of comma-separated values.

/// Rows of cells, the first one the head: words to the left, and numbers to the right.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let gap = " ".repeat(width - cell.chars().count());
            let is_number = cell.starts_with(|c: char| c.is_ascii_digit());
            let (left, right) = if is_number { (&*gap, "") } else { ("", &*gap) };
            line += &[left, cell, right, "  "].concat();
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// One line of comma-separated values (RFC 4180).
pub(crate) fn csv<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let quoted = cells.into_iter().map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::{csv, table};

    #[test]
    fn words_stand_to_the_left_and_numbers_to_the_right() {
        let rows = [["release", "n"], ["good", "1,000"], ["very bad", "7"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(
            table(&rows),
            "release   n\ngood      1,000\nvery bad      7\n"
        );
    }

    #[test]
    fn a_name_with_a_comma_stays_one_value() {
        assert_eq!(
            csv(["a, b", "say \"no\"", "1"]),
            "\"a, b\",\"say \"\"no\"\"\",1\n"
        );
    }
}
