//! Reads the XPath of forms.

use crate::exchange::expression_in::{Foreign, Part};
use crate::survey::expression::{Aggregate, Operator};

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(String),
    Text(String),
    Reference(String),
    Name(String),
    Sign(&'static str),
}

/// A condition or a calculation as a tree.
///
/// # Errors
///
/// The part that we do not know.
pub(super) fn read(source: &str) -> Result<Foreign, String> {
    let tokens = tokens(source)?;
    let mut reader = Reader { source, tokens: &tokens, next: 0, depth: 0 };
    let whole = reader.or()?;
    if reader.next < tokens.len() { Err(source.to_owned()) } else { Ok(whole) }
}

/// Tokens with where they begin and end, in bytes.
fn tokens(source: &str) -> Result<Vec<(Token, usize, usize)>, String> {
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
        let start = source.len() - rest.len();
        tokens.push((token, start, start + length));
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

struct Reader<'a> {
    source: &'a str,
    tokens: &'a [(Token, usize, usize)],
    next: usize,
    depth: u32,
}

type Read = Result<Foreign, String>;

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, ..)| token)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        self.takes(&Token::Name(word.to_owned()))
    }

    fn rest(&self) -> String {
        self.tokens.get(self.next).map_or(self.source, |(_, start, _)| &self.source[*start..]).to_owned()
    }

    fn wants(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&Token::Sign(sign)) { Ok(()) } else { Err(self.rest()) }
    }

    /// A part that began at this token and ends here.
    fn part(&self, first: usize, term: Part) -> Foreign {
        let start = self.tokens.get(first).map_or(0, |(_, start, _)| *start);
        let end = self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |(.., end)| *end);
        Foreign { term, source: self.source.get(start..end).unwrap_or_default().to_owned() }
    }

    fn joined(&self, first: usize, operator: Operator, left: Foreign, right: Foreign) -> Foreign {
        self.part(first, Part::Binary(operator, Box::new(left), Box::new(right)))
    }

    fn or(&mut self) -> Read {
        self.depth += 1;
        if self.depth > 40 {
            return Err(self.rest());
        }
        let first = self.next;
        let mut left = self.and()?;
        while self.word("or") {
            let right = self.and()?;
            left = self.joined(first, Operator::Or, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Read {
        let first = self.next;
        let mut left = self.comparison()?;
        while self.word("and") {
            let right = self.comparison()?;
            left = self.joined(first, Operator::And, left, right);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Read {
        use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let first = self.next;
        let left = self.sum()?;
        for operator in [NotEqual, LessOrEqual, GreaterOrEqual, Equal, Less, Greater] {
            if self.takes(&Token::Sign(operator.sign())) {
                let right = self.sum()?;
                return Ok(self.joined(first, operator, left, right));
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Read {
        let first = self.next;
        let mut left = self.product()?;
        loop {
            let operator = if self.takes(&Token::Sign("+")) {
                Operator::Add
            } else if self.takes(&Token::Sign("-")) {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = self.joined(first, operator, left, right);
        }
    }

    fn product(&mut self) -> Read {
        let first = self.next;
        let mut left = self.atom()?;
        loop {
            let operator = if self.takes(&Token::Sign("*")) {
                Operator::Multiply
            } else if self.word("div") {
                Operator::Divide
            } else {
                return Ok(left);
            };
            let right = self.atom()?;
            left = self.joined(first, operator, left, right);
        }
    }

    fn atom(&mut self) -> Read {
        let first = self.next;
        let Some(token) = self.peek().cloned() else { return Err(self.source.to_owned()) };
        self.next += 1;
        let term = match token {
            Token::Number(number) => Part::Number(number),
            Token::Text(text) => Part::Text(text),
            Token::Reference(name) => Part::Reference(name),
            Token::Sign("(") => {
                let inner = self.or()?;
                self.wants(")")?;
                return Ok(inner);
            }
            Token::Sign("-") => Part::Negative(Box::new(self.atom()?)),
            Token::Name(name) => self.called(first, &name)?,
            Token::Sign(_) => {
                self.next = first;
                return Err(self.rest());
            }
        };
        Ok(self.part(first, term))
    }

    fn called(&mut self, first: usize, name: &str) -> Result<Part, String> {
        self.wants("(").map_err(|_| name.to_owned())?;
        let mut parts = Vec::new();
        if !self.takes(&Token::Sign(")")) {
            parts.push(self.or()?);
            while self.takes(&Token::Sign(",")) {
                parts.push(self.or()?);
            }
            self.wants(")")?;
        }
        let whole = self.part(first, Part::Today).source;
        let mut parts = parts.into_iter();
        let term = match (name, parts.next(), parts.next(), parts.next()) {
            ("today", None, ..) => Part::Today,
            ("true", None, ..) => Part::Truth(true),
            ("false", None, ..) => Part::Truth(false),
            ("not", Some(inner), None, _) => Part::Not(Box::new(inner)),
            ("number", Some(inner), None, _) if matches!(inner.term, Part::Reference(_)) => Part::NumberOf(Box::new(inner)),
            ("date" | "string", Some(inner), None, _) if matches!(inner.term, Part::Reference(_) | Part::Text(_)) => inner.term,
            ("selected", Some(set), Some(code), None) => Part::Binary(Operator::Contains, Box::new(set), Box::new(code)),
            ("coalesce", Some(value), Some(Foreign { term: Part::Number(nought), .. }), None) if nought == "0" => {
                Part::OrNought(Box::new(value))
            }
            ("count-non-empty", Some(one), None, _) => Part::Aggregate(Aggregate::Count, vec![one]),
            ("indexed-repeat", Some(cell), Some(repeat), Some(row)) => match (cell.term, repeat.term, row.term) {
                (Part::Reference(cell), Part::Reference(repeat), Part::Number(row)) => Part::Reference(format!("{repeat}[{row}].{cell}")),
                _ => return Err(whole),
            },
            _ => return Err(whole),
        };
        Ok(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::expression_in::{Manner, condition};
    use crate::exchange::meaning::{Meaning, Named, Names};

    fn names() -> Names {
        let codes = || [("Yes".to_owned(), "yes".to_owned()), ("3".to_owned(), "c_3".to_owned())].into();
        [
            ("Age", "age", Meaning::Number(false)),
            ("pay", "pay", Meaning::Number(true)),
            ("why", "why", Meaning::Set(codes())),
            ("one", "one", Meaning::Choice(codes())),
            ("word", "word", Meaning::Text),
            ("since", "since", Meaning::Day),
        ]
        .into_iter()
        .map(|(name, id, meaning)| (name.to_owned(), Named { id: id.to_owned(), meaning }))
        .collect()
    }

    #[test]
    fn conditions_of_forms_are_ours() {
        let names = names();
        let ours = |form: &str| read(form).and_then(|tree| condition(&tree, Manner { names: &names, nought: false }));
        for (form, expected) in [
            ("${Age} >= 18 and selected(${why}, 'Yes')", "age >= 18 and why contains 'yes'"),
            ("${Age} != 3", "not (age = 3)"),
            ("${Age} = ''", "not answered(age)"),
            ("not(${Age}!='')", "not answered(age)"),
            ("(${Age} + 1) * 2 div 3 > -5", "(age + 1) * 2 / 3 > -5"),
            ("count-non-empty(${why}) > 0", "count(why) > 0"),
            ("coalesce(${Age}, 0) + 1 = 1", "sum(age, 0) + 1 = 1"),
            ("${one} = 3 or ${one} != 'Yes'", "one = 'c_3' or not (one = 'yes')"),
            ("${since} < today()", "since < today"),
            ("${Age} = ${pay}", "age = pay or (not answered(age) and not answered(pay))"),
            ("${word} = \"it's\"", "word = \"it's\""),
            ("true() and ${Age} = '3'", "1 = 1 and age = 3"),
        ] {
            assert_eq!(ours(form).as_deref(), Ok(expected), "{form}");
            crate::survey::expression::parse(expected).expect("ours");
        }
        for (form, part) in [
            ("pulldata('a', 'b')", "pulldata('a', 'b')"),
            ("${nobody} = 1", "${nobody} = 1"),
            ("${Age} =", "${Age} ="),
            ("../x = 1", "../x = 1"),
            ("", ""),
            ("${why} = 'Yes'", "${why} = 'Yes'"),
            ("${Age} > 1 and regex(., 'a')", "., 'a')"),
            ("${Age} > 1 and ${Age} div ${pay} > 2", "${Age} div ${pay} > 2"),
            ("${Age}", "${Age}"),
            ("${one} > 'Yes'", "${one} > 'Yes'"),
            ("${one} = 'No'", "${one} = 'No'"),
            ("${word} < 3", "${word} < 3"),
            ("${since} + 1 > today()", "${since} + 1 > today()"),
        ] {
            assert_eq!(ours(form).as_deref().map_err(String::as_str), Err(part), "{form}");
        }
    }
}
