//! Probe.
use std::fmt::Write;
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let p = coalmine_flow::parse(&text);
        let mut out = String::new();
        writeln!(out, "== {path} {:?}", p.stats).unwrap();
        for d in &p.diagnostics {
            let at = coalmine_flow::place_of(&text, d.span.start);
            writeln!(out, "  {}:{} {:?} {} {} | {:?} | {:?}", at.line, at.column, d.severity, d.code, d.message, d.suggestion, d.fix.as_ref().map(|f|(&f.replacement, f.span))).unwrap();
        }
        assert_eq!(p.syntax.print(), text);
        let f = coalmine_flow::format(&text);
        if f != text { writeln!(out, "{f}").unwrap(); }
        std::io::Write::write_all(&mut std::io::stdout(), out.as_bytes()).unwrap();
    }
}
