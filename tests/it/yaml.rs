//! YAML as authors write it: scalars keep their words, places are exact, nothing panics.

use proptest::prelude::*;
use shirube::content::yaml::{Node, Value, parse};
use shirube::diagnostic::{Diagnostics, code};

fn read(text: &str) -> (Option<Node>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let node = parse(&"content/a.yaml".into(), text, 1, &mut diagnostics);
    (node, diagnostics)
}

fn sound(text: &str) -> Node {
    let (node, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    node.expect("a node")
}

/// A tree in one line: `{a: [1, «two»], b: ~}`.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Scalar(text) => format!("«{text}»"),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            format!("{{{}}}", entries.iter().map(|(key, value)| format!("{}: {}", key.text, shown(value))).collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn scalars_keep_the_words_of_their_author() {
    for (written, expected) in [
        ("2024", "«2024»"),
        ("0123", "«0123»"),
        ("1.10", "«1.10»"),
        ("+5", "«+5»"),
        ("1_000", "«1_000»"),
        ("0x1F", "«0x1F»"),
        ("1e3", "«1e3»"),
        (".5", "«.5»"),
        (".inf", "«.inf»"),
        ("no", "«no»"),
        ("Yes", "«Yes»"),
        ("true", "«true»"),
        ("2026-11-20", "«2026-11-20»"),
        ("12:30", "«12:30»"),
        ("\"0123\"", "«0123»"),
        ("'no'", "«no»"),
        ("\"~\"", "«~»"),
        ("''", "«»"),
        ("\"a\\tb\\u3042\"", "«a\tbあ»"),
        ("'it''s'", "«it's»"),
        ("~", "~"),
        ("null", "~"),
        ("", "~"),
        ("満足度  # 注", "«満足度»"),
        ("#満足度", "~"),
        ("a#b", "«a#b»"),
        ("https://example.org/a?b#c", "«https://example.org/a?b#c»"),
        ("[1.10, no, \"0\"]", "[«1.10», «no», «0»]"),
        ("{a: 0123, b: ~}", "{a: «0123», b: ~}"),
        ("[]", "[]"),
        ("{}", "{}"),
        ("一行目\n  二行目", "«一行目 二行目»"),
        ("|\n  一行目\n  二行目\n", "«一行目\n二行目\n»"),
        ("|-\n  一行目\n\n  三行目\n", "«一行目\n\n三行目»"),
        (">-\n  一行目\n  二行目\n", "«一行目 二行目»"),
        ("|\n  0123\n", "«0123\n»"),
    ] {
        assert_eq!(shown(&sound(&format!("key: {written}\n"))), format!("{{key: {expected}}}"), "{written}");
    }
}

#[test]
fn lists_keys_anchors_and_repeated_keys_are_what_is_written() {
    for (text, expected) in [
        ("- a\n- - b\n  - c\n-\n", "[«a», [«b», «c»], ~]"),
        ("a:\n- 1\n- 2\nb: 3\n", "{a: [«1», «2»], b: «3»}"),
        ("a: &x {p: 1.10}\nb: *x\n", "{a: {p: «1.10»}, b: {p: «1.10»}}"),
        ("a: &x 0123\nb: *x\n", "{a: «0123», b: «0123»}"),
        ("a: 1\na: 2\n", "{a: «1», a: «2»}"),
        ("2024: x\nno: y\n", "{2024: «x», no: «y»}"),
        ("<<: {a: 1}\nb: 2\n", "{<<: {a: «1»}, b: «2»}"),
        ("満足 度: x\n", "{満足 度: «x»}"),
        ("# 注だけ\n", "{}"),
        ("", "{}"),
        ("--- \na: 1\n", "{a: «1»}"),
        ("a: !!str 1\n", "{a: «1»}"),
    ] {
        assert_eq!(shown(&sound(text)), expected, "{text}");
    }
}

#[test]
fn places_are_exact_among_japanese_characters() {
    let text = "題: いまの気持ち\n一覧:\n  - {ja: 「満足」です, en: \"Yes, 😀\"}\n  - 三つ目  # 注\n";
    let node = sound(text);
    let at = |node: &Node| (node.place.line, node.place.column, node.place.length);
    let Value::Map(entries) = &node.value else { panic!("a mapping") };
    assert_eq!((entries[0].0.place.line, entries[0].0.place.column, entries[0].0.place.length), (1, 1, 1));
    assert_eq!(at(&entries[0].1), (1, 4, 6));
    let items = entries[1].1.items();
    assert_eq!(at(items[0].get("ja").expect("ja")), (3, 10, 6));
    assert_eq!(at(items[0].get("en").expect("en")), (3, 22, 8));
    assert_eq!(at(&items[1]), (4, 5, 3));
    // Each place leads back to the words that stand there.
    let line = text.lines().nth(2).expect("a line");
    let words: String = line.chars().skip(9).take(6).collect();
    assert_eq!(words, "「満足」です");
}

#[test]
fn the_head_of_a_markdown_file_counts_the_lines_of_the_file() {
    let mut diagnostics = Diagnostics::new();
    let node = parse(&"content/pages/a.md".into(), "title: 題\nlead: [\n", 2, &mut diagnostics);
    assert!(node.is_none());
    let found = diagnostics.sorted();
    assert_eq!((found[0].code, found[0].place.line >= 3), (code::YAML_SYNTAX, true), "{found:?}");
    let node = parse(&"content/pages/a.md".into(), "title: 題\nlead: 文\n", 2, &mut Diagnostics::new()).expect("a node");
    assert_eq!(node.get("lead").map(|node| (node.place.line, node.place.column)), Some((3, 7)));
}

#[test]
fn what_unfolds_into_too_much_is_refused() {
    let wide = format!("a: &a [{}]\nb: [{}]\n", vec!["x"; 200].join(", "), vec!["*a"; 900].join(", "));
    let tower = format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let steps: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let braces = "{".repeat(50_000);
    // Ten to the twelfth texts: whoever unfolds them never gets to the next line
    let laughs: String = (0..12).fold("a0: &a0 ha\n".to_owned(), |text, level| {
        text + &format!("a{next}: &a{next} [{}]\n", vec![format!("*a{level}"); 10].join(", "), next = level + 1)
    });
    for text in [wide, tower, steps, braces, laughs] {
        let (node, diagnostics) = read(&text);
        assert!(node.is_none() && diagnostics.errors() == 1, "{}", &text[..40]);
    }
    // What people write is far below.
    let deep = "a:\n  b:\n    - c:\n        - {d: {e: [{f: {g: 1}}]}}\n";
    assert!(read(deep).0.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text: no panic, and either a tree or a diagnostic, never both or neither.
    #[test]
    fn any_text_is_a_tree_or_a_diagnostic(text in "(\\PC|[\\n\\t :\\-\\[\\]{}\"'#&*!|>%@`,]){0,200}") {
        let (node, diagnostics) = read(&text);
        prop_assert_eq!(node.is_none(), diagnostics.has_errors());
        for one in diagnostics.sorted() {
            prop_assert!(one.place.line >= 1 && one.place.column >= 1);
        }
    }

    /// Any text between double quotation marks comes back as it was.
    #[test]
    fn quoted_texts_come_back(text in "[^\\p{C}]{0,60}") {
        let quoted = format!("key: \"{}\"\n", text.replace('\\', "\\\\").replace('"', "\\\""));
        prop_assert_eq!(sound(&quoted).get("key").and_then(Node::scalar).map(str::to_owned), Some(text));
    }
}
