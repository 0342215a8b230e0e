//! XLSForm's conditions in our language. Where a missing answer would decide otherwise, the words are chosen so that it does not.

use std::collections::BTreeMap;

/// What a reference in a form means to us.
pub(super) struct Known<'a> {
    /// Names of the form to our ids, with whether several may be chosen.
    pub(super) names: &'a BTreeMap<String, (String, bool)>,
    /// Codes of the form to ours.
    pub(super) codes: &'a BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(String),
    Text(String),
    Reference(String),
    Name(String),
    Sign(&'static str),
}

/// The condition in our language, or the part that it cannot say.
pub(super) fn ours(source: &str, known: &Known<'_>) -> Result<String, String> {
    let tokens = tokens(source)?;
    let mut reader = Reader { tokens: &tokens, next: 0, known, depth: 0 };
    let text = reader.or()?;
    if reader.next < tokens.len() { Err(source.to_owned()) } else { Ok(text) }
}

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    const SIGNS: [&str; 12] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ","];
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if let Some(after) = rest.strip_prefix("${") {
            let end = after.find('}').ok_or_else(|| rest.to_owned())?;
            (Token::Reference(after[..end].trim().to_owned()), end + 3)
        } else if first == '\'' || first == '"' {
            let end = rest[1..].find(first).ok_or_else(|| rest.to_owned())?;
            (Token::Text(rest[1..=end].to_owned()), end + 2)
        } else if first.is_ascii_digit() {
            let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(rest.len());
            (Token::Number(rest[..end].to_owned()), end)
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '-' && char != '_').unwrap_or(rest.len());
            (Token::Name(rest[..end].to_owned()), end)
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            (Token::Sign(sign), sign.len())
        } else {
            return Err(rest.to_owned());
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

struct Reader<'a> {
    tokens: &'a [Token],
    next: usize,
    known: &'a Known<'a>,
    depth: u32,
}

type Said = Result<String, String>;

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        self.takes(&Token::Name(word.to_owned()))
    }

    fn wants(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&Token::Sign(sign)) { Ok(()) } else { Err(format!("{:?}", self.peek())) }
    }

    fn or(&mut self) -> Said {
        self.depth += 1;
        if self.depth > 40 {
            return Err("((((".to_owned());
        }
        let mut left = self.and()?;
        while self.word("or") {
            left = format!("{left} or {}", self.and()?);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Said {
        let mut left = self.comparison()?;
        while self.word("and") {
            left = format!("{left} and {}", self.comparison()?);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Said {
        let start = self.next;
        let left = self.sum()?;
        let Some(Token::Sign(sign)) = self.peek().cloned() else { return Ok(left) };
        if !["=", "!=", "<", "<=", ">", ">="].contains(&sign) {
            return Ok(left);
        }
        let reference = match self.tokens.get(start..self.next) {
            Some([Token::Reference(name)]) => Some(name.clone()),
            _ => None,
        };
        self.next += 1;
        // '' is how a form says that there is no answer
        if let (Some(name), Some(Token::Text(text))) = (&reference, self.peek().cloned()) {
            if text.is_empty() && (sign == "=" || sign == "!=") {
                self.next += 1;
                let id = self.id(name)?;
                return Ok(if sign == "=" { format!("not answered({id})") } else { format!("answered({id})") });
            }
            if self.known.names.get(name).is_some_and(|(_, several)| *several) {
                return Err(format!("${{{name}}} {sign} '{text}'"));
            }
        }
        let right = self.sum()?;
        // An empty answer is unequal there; with us no comparison with it holds
        Ok(if sign == "!=" { format!("not ({left} = {right})") } else { format!("{left} {sign} {right}") })
    }

    fn sum(&mut self) -> Said {
        let mut left = self.product()?;
        loop {
            let sign = if self.takes(&Token::Sign("+")) {
                "+"
            } else if self.takes(&Token::Sign("-")) {
                "-"
            } else {
                return Ok(left);
            };
            left = format!("{left} {sign} {}", self.product()?);
        }
    }

    fn product(&mut self) -> Said {
        let mut left = self.atom()?;
        loop {
            let sign = if self.takes(&Token::Sign("*")) {
                "*"
            } else if self.word("div") {
                "/"
            } else {
                return Ok(left);
            };
            left = format!("{left} {sign} {}", self.atom()?);
        }
    }

    fn id(&self, name: &str) -> Said {
        self.known.names.get(name).map(|(id, _)| id.clone()).ok_or_else(|| format!("${{{name}}}"))
    }

    fn atom(&mut self) -> Said {
        let Some(token) = self.peek().cloned() else { return Err(String::new()) };
        self.next += 1;
        match token {
            Token::Number(number) => Ok(number),
            Token::Text(text) => self.code(&text),
            Token::Reference(name) => self.id(&name),
            Token::Sign("(") => {
                let inner = self.or()?;
                self.wants(")")?;
                Ok(format!("({inner})"))
            }
            Token::Sign("-") => Ok(format!("-{}", self.atom()?)),
            Token::Name(name) => self.called(&name),
            Token::Sign(sign) => Err(sign.to_owned()),
        }
    }

    fn code(&self, text: &str) -> Said {
        let code = self.known.codes.get(text).map_or(text, String::as_str);
        match code.contains('\'') {
            false => Ok(format!("'{code}'")),
            true => Err(format!("'{code}'")),
        }
    }

    fn called(&mut self, name: &str) -> Said {
        self.wants("(").map_err(|_| name.to_owned())?;
        let said = match name {
            "today" => "today".to_owned(),
            "not" => format!("not ({})", self.or()?),
            "true" => "1 = 1".to_owned(),
            "false" => "1 = 0".to_owned(),
            "date" | "number" | "string" => self.sum()?,
            "selected" => {
                let Some(Token::Reference(question)) = self.peek().cloned() else { return Err("selected(…)".to_owned()) };
                self.next += 1;
                self.wants(",")?;
                let Some(Token::Text(code)) = self.peek().cloned() else { return Err(format!("selected(${{{question}}}, …)")) };
                self.next += 1;
                let several = self.known.names.get(&question).is_some_and(|(_, several)| *several);
                format!("{} {} {}", self.id(&question)?, if several { "contains" } else { "=" }, self.code(&code)?)
            }
            "count-non-empty" => {
                let mut parts = vec![self.sum()?];
                while self.takes(&Token::Sign(",")) {
                    parts.push(self.sum()?);
                }
                format!("count({})", parts.join(", "))
            }
            _ => return Err(format!("{name}()")),
        };
        self.wants(")")?;
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_forms_are_ours() {
        let names = [("Age".to_owned(), ("age".to_owned(), false)), ("why".to_owned(), ("why".to_owned(), true))].into();
        let codes = [("Yes".to_owned(), "yes".to_owned())].into();
        let known = Known { names: &names, codes: &codes };
        for (form, expected) in [
            ("${Age} >= 18 and selected(${why}, 'Yes')", "age >= 18 and why contains 'yes'"),
            ("${Age} != 3", "not (age = 3)"),
            ("${Age} = ''", "not answered(age)"),
            ("not(${Age}!='')", "not (answered(age))"),
            ("(${Age} + 1) * 2 div 3 > today()", "(age + 1) * 2 / 3 > today"),
            ("count-non-empty(${Age}, ${why}) > 1", "count(age, why) > 1"),
        ] {
            assert_eq!(ours(form, &known).as_deref(), Ok(expected), "{form}");
            crate::survey::expression::parse(expected).expect("ours");
        }
        for form in ["pulldata('a', 'b')", "${nobody} = 1", "${Age} =", "../x = 1", "", "${why} = 'Yes'", "regex(., 'a')"] {
            assert!(ours(form, &known).is_err(), "{form}");
        }
    }
}
