//! The words and signs of the expression language.

/// Why an expression cannot be read: where (characters from the start), and what was expected there, in Japanese and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Character at which reading stopped.
    pub at: usize,
    /// What was expected, in Japanese.
    pub ja: String,
    /// What was expected, in English.
    pub en: String,
}

/// A word or sign of the language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Sign(&'static str),
}

/// A token with where it stands, in characters.
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Parts a source into its tokens.
pub(super) fn tokens(source: &str) -> Result<Vec<Placed>, Unreadable> {
    const SIGNS: [&str; 13] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","];
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        let start = at;
        if char == ' ' || char == '\n' || char == '\t' {
            at += 1;
            continue;
        }
        let token = if char.is_ascii_digit() {
            while chars.get(at).is_some_and(|char| char.is_ascii_digit() || *char == '.') {
                at += 1;
            }
            let digits: String = chars[start..at].iter().collect();
            let number = digits.parse().map_err(|_| Unreadable {
                at: start,
                ja: "数として読めません".to_owned(),
                en: "this is no number".to_owned(),
            })?;
            Token::Number(number)
        } else if char.is_ascii_alphabetic() || char == '_' {
            while chars.get(at).is_some_and(|char| char.is_ascii_alphanumeric() || *char == '_') {
                at += 1;
            }
            Token::Name(chars[start..at].iter().collect())
        } else if char == '\'' || char == '"' {
            let close = chars[start + 1..].iter().position(|other| *other == char).ok_or_else(|| Unreadable {
                at: start,
                ja: "引用符が閉じていません".to_owned(),
                en: "this quotation mark is not closed".to_owned(),
            })?;
            at = start + close + 2;
            Token::Text(chars[start + 1..at - 1].iter().collect())
        } else {
            let rest: String = chars[at..chars.len().min(at + 2)].iter().collect();
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).filter(|_| rest != "==").ok_or_else(|| foreign(&rest, at))?;
            at += sign.len();
            Token::Sign(sign)
        };
        tokens.push(Placed { token, start, end: at });
    }
    Ok(tokens)
}

/// A sign that the language does not have, with the one that was meant.
fn foreign(rest: &str, at: usize) -> Unreadable {
    let char: String = rest.chars().take(1).collect();
    let (ja, en) = match rest {
        "==" => ("等しいことは「=」一つで書きます".to_owned(), "write one “=” for equal".to_owned()),
        _ if char == "&" => ("「&」は使えません。「and」と書きます".to_owned(), "write “and” instead of “&”".to_owned()),
        _ if char == "|" => ("「|」は使えません。「or」と書きます".to_owned(), "write “or” instead of “|”".to_owned()),
        _ if char == "!" => ("「!」は使えません。「not」と書きます".to_owned(), "write “not” instead of “!”".to_owned()),
        _ => (
            format!("「{char}」は式に使えません。記号は半角で書きます"),
            format!("“{char}” cannot stand in a condition; signs are written in half width"),
        ),
    };
    Unreadable { at, ja, en }
}
