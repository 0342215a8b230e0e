//! Reads the expressions of SurveyJS.

use crate::exchange::expression_in::{Foreign, Part};
use crate::survey::expression::{Aggregate, Operator};

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(String),
    Text(String),
    Reference(String),
    Word(String),
    Sign(&'static str),
}

/// An expression as a tree.
///
/// # Errors
///
/// The part that we do not know.
pub(super) fn read(source: &str) -> Result<Foreign, String> {
    let tokens = tokens(source)?;
    let mut reader = Reader { source, tokens: &tokens, next: 0, depth: 0 };
    let whole = reader.or()?;
    if reader.next < tokens.len() { Err(reader.rest()) } else { Ok(whole) }
}

fn tokens(source: &str) -> Result<Vec<(Token, usize, usize)>, String> {
    const SIGNS: [&str; 21] =
        ["&&", "||", "!=", "<>", "<=", ">=", "==", "*=", "=", "<", ">", "!", "+", "-", "*", "/", "(", ")", ",", "[", "]"];
    let mut tokens = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first == '{' {
            let end = rest.find('}').ok_or_else(|| rest.to_owned())?;
            (Token::Reference(rest[1..end].trim().to_owned()), end + 1)
        } else if first == '\'' || first == '"' {
            let (mut text, mut escaped, mut end) = (String::new(), false, None);
            for (at, char) in rest.char_indices().skip(1) {
                match char {
                    _ if escaped => {
                        text.push(char);
                        escaped = false;
                    }
                    '\\' => escaped = true,
                    _ if char == first => {
                        end = Some(at + 1);
                        break;
                    }
                    _ => text.push(char),
                }
            }
            (Token::Text(text), end.ok_or_else(|| rest.to_owned())?)
        } else if first.is_ascii_digit() {
            let end = rest.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(rest.len());
            (Token::Number(rest[..end].to_owned()), end)
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
            (Token::Word(rest[..end].to_owned()), end)
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

    /// Any of these signs, or of these words whatever their capitals.
    fn takes(&mut self, any: &[&str]) -> bool {
        let found = match self.peek() {
            Some(Token::Sign(sign)) => any.contains(sign),
            Some(Token::Word(word)) => any.contains(&word.to_lowercase().as_str()),
            _ => false,
        };
        self.next += usize::from(found);
        found
    }

    fn rest(&self) -> String {
        self.tokens.get(self.next).map_or(self.source, |(_, start, _)| &self.source[*start..]).to_owned()
    }

    fn wants(&mut self, sign: &'static str) -> Result<(), String> {
        if self.takes(&[sign]) { Ok(()) } else { Err(self.rest()) }
    }

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
        while self.takes(&["or", "||"]) {
            let right = self.and()?;
            left = self.joined(first, Operator::Or, left, right);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Read {
        let first = self.next;
        let mut left = self.comparison()?;
        while self.takes(&["and", "&&"]) {
            let right = self.comparison()?;
            left = self.joined(first, Operator::And, left, right);
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Read {
        use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        const COMPARISONS: [(&[&str], Operator); 6] = [
            (&["!=", "<>", "notequal"], NotEqual),
            (&["<=", "lessorequal"], LessOrEqual),
            (&[">=", "greaterorequal"], GreaterOrEqual),
            (&["=", "==", "equal"], Equal),
            (&["<", "less"], Less),
            (&[">", "greater"], Greater),
        ];
        let first = self.next;
        let left = self.sum()?;
        if self.takes(&["empty"]) {
            let answered = self.part(first, Part::Answered(Box::new(left)));
            return Ok(self.part(first, Part::Not(Box::new(answered))));
        }
        if self.takes(&["notempty"]) {
            return Ok(self.part(first, Part::Answered(Box::new(left))));
        }
        for (words, operator) in COMPARISONS {
            if self.takes(words) {
                let right = self.sum()?;
                return Ok(self.joined(first, operator, left, right));
            }
        }
        for (words, all, not) in [
            (&["contains", "contain", "*="][..], true, false),
            (&["notcontains", "notcontain"], true, true),
            (&["anyof"], false, false),
            (&["allof"], true, false),
            (&["noneof"], false, true),
        ] {
            if self.takes(words) {
                return self.among(first, &left, all, not);
            }
        }
        Ok(left)
    }

    /// Whether one, any or all of several codes are among those chosen.
    fn among(&mut self, first: usize, left: &Foreign, all: bool, not: bool) -> Read {
        let mut codes = Vec::new();
        if self.takes(&["["]) {
            loop {
                codes.push(self.atom()?);
                if !self.takes(&[","]) {
                    break;
                }
            }
            self.wants("]")?;
        } else {
            codes.push(self.atom()?);
        }
        let mut each =
            codes.into_iter().map(|code| self.joined(first, Operator::Contains, left.clone(), code)).collect::<Vec<_>>().into_iter();
        let one = each.next().ok_or_else(|| self.rest())?;
        let joint = if all { Operator::And } else { Operator::Or };
        let whole = each.fold(one, |whole, one| self.joined(first, joint, whole, one));
        Ok(if not { self.part(first, Part::Not(Box::new(whole))) } else { whole })
    }

    fn sum(&mut self) -> Read {
        let first = self.next;
        let mut left = self.product()?;
        loop {
            let operator = if self.takes(&["+"]) {
                Operator::Add
            } else if self.takes(&["-"]) {
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
            let operator = if self.takes(&["*"]) {
                Operator::Multiply
            } else if self.takes(&["/"]) {
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
            Token::Sign("!") => Part::Not(Box::new(self.atom()?)),
            Token::Sign("-") => Part::Negative(Box::new(self.atom()?)),
            Token::Word(word) => self.called(first, &word)?,
            Token::Sign(_) => {
                self.next = first;
                return Err(self.rest());
            }
        };
        Ok(self.part(first, term))
    }

    fn called(&mut self, first: usize, name: &str) -> Result<Part, String> {
        match name.to_lowercase().as_str() {
            "true" => return Ok(Part::Truth(true)),
            "false" => return Ok(Part::Truth(false)),
            _ => {}
        }
        self.wants("(").map_err(|_| name.to_owned())?;
        let mut parts = Vec::new();
        if !self.takes(&[")"]) {
            parts.push(self.or()?);
            while self.takes(&[","]) {
                parts.push(self.or()?);
            }
            self.wants(")")?;
        }
        match name {
            "today" if parts.is_empty() => Ok(Part::Today),
            "sum" | "avg" | "count" if !parts.is_empty() => {
                let aggregate = match name {
                    "sum" => Aggregate::Sum,
                    "avg" => Aggregate::Mean,
                    _ => Aggregate::Count,
                };
                Ok(Part::Aggregate(aggregate, parts))
            }
            _ => Err(self.part(first, Part::Today).source),
        }
    }
}
