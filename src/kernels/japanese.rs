//! What somebody wrote, put into a Japanese sentence: particles stand once.

/// What is written twice where both the person and the template have it. «と» is none of them: «こと» and «ひと» end in it.
const DOUBLED: [&str; 19] = [
    "が",
    "を",
    "に",
    "で",
    "は",
    "の",
    "として",
    "ように",
    "ために",
    "ため",
    "のために",
    "のため",
    "にとって",
    "によって",
    "こと",
    "とき",
    "ときに",
    "ときは",
    "という",
];
/// What falls away before something that says the same, or before another particle.
const BEFORE: [(&str, &[&str]); 8] = [
    ("ときには", &["とき"]),
    ("ときに", &["とき"]),
    ("ときは", &["とき"]),
    ("ことを", &["こと"]),
    ("が", &["が", "を", "に", "で", "は", "の", "と", "へ", "も"]),
    ("を", &["が", "を", "に", "で", "は", "の", "と", "へ", "も"]),
    ("は", &["が", "を", "に", "で", "は", "の", "と", "へ", "も"]),
    ("に", &["の"]),
];

/// Without full stops, and without what the template goes on with: who wrote «後輩が» before «が» meant it once, who wrote
/// «図にする力を使って» before «を使って», too.
pub(super) fn in_japanese(text: &str, follows: &str) -> String {
    let text = text.trim().trim_end_matches(['。', '．', '.', '、', '！', '!']).trim();
    let ends: Vec<usize> = follows.char_indices().map(|(at, char)| at + char.len_utf8()).collect();
    for (length, end) in ends.iter().enumerate().rev() {
        let head = &follows[..*end];
        // No word begins with «を»: whatever follows it in the template is meant
        let doubled = DOUBLED.contains(&head) || (head.starts_with('を') && length > 0);
        if let Some(rest) = without(text, head).filter(|_| doubled) {
            return rest.to_owned();
        }
    }
    let tail = BEFORE.iter().filter(|(_, next)| next.iter().any(|next| follows.starts_with(next)));
    tail.filter_map(|(tail, _)| without(text, tail)).next().unwrap_or(text).to_owned()
}

/// A text without its end, where this is no part of its last word: «くに» and «もの» end in no particle.
fn without<'t>(text: &'t str, tail: &str) -> Option<&'t str> {
    let rest = text.strip_suffix(tail).filter(|rest| !rest.is_empty())?;
    let mut letters = rest.chars();
    let alone = letters.next().is_some_and(|char| ('ぁ'..='ん').contains(&char)) && letters.next().is_none();
    let thing = tail == "の" && rest.ends_with('も') && !rest.ends_with("ども");
    (!alone && !thing).then_some(rest)
}

/// Several in one.
pub(super) fn joined(words: &[String]) -> String {
    match words {
        // «公平であることと急がせないこと» is hard to read
        [one, other] if one.ends_with('と') => format!("{one}と、{other}"),
        [one, other] => format!("{one}と{other}"),
        _ => words.join("、"),
    }
}
