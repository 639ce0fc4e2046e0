//! x
fn main(){ for piece in [
        "\"", "\\\"", "{", "}", "[", "loop [", "n1: circle ", "n1 -> ", "#", "// ", ".", "a:\"x\" ", "x \"y\" ",
        "n1: circle label:\"x\"\n", "n7.handle(right) -> n8.handle(left)\n", "a { # A\n", "-", "\r", "é", "loop [\"]","$ ", "'\u{a0}", "x ", "n1 ", "loop [a] n1 b.c\n",
    ] { for k in [200_000,400_000] {
        let text = std::format!("a {{\nn1: circle {}", piece.repeat(k / piece.len()));
        let t=std::time::Instant::now(); let p=coalmine_flow::parse(&text); let a=t.elapsed();
        let t=std::time::Instant::now(); let f=coalmine_flow::format(&text); 
        println!("{piece:?} {k} {a:?} {:?} {} {}", t.elapsed(), p.diagnostics.len(), f.len());
    } } }
