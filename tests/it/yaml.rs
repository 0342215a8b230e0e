//! probe
use shirube::content::yaml::parse;
use shirube::diagnostic::Diagnostics;

fn probe(text: &str) {
    let mut d = Diagnostics::new();
    let n = parse(&"a.yaml".into(), text, 1, &mut d);
    eprintln!("{} {:?}", n.is_some(), d.sorted().iter().map(|o| format!("{} {} {}", o.place, o.code, o.message.en)).collect::<Vec<_>>());
}
#[test]
fn p_lists() { for n in [50, 60, 70, 200, 1000, 5000] { eprintln!("n {n}"); probe(&format!("t: {}x{}\n", "[".repeat(n), "]".repeat(n))); } }
#[test]
fn p_indents() { for n in [50, 70, 300, 1000] { eprintln!("n {n}"); probe(&(0..n).map(|d| format!("{}a:\n", " ".repeat(d))).collect::<String>()); } }
#[test]
fn p_bomb() { probe(&std::fs::read_to_string("tests/cases/alias-bomb/content/surveys/bomb.yaml").unwrap()); }
