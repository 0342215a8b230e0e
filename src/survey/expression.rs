//! The expression language: what can be written, and how it is read.
//!
//! Numbers, `'texts'`, question ids; `+ - * /`; `= != < <= > >=`; `contains`; `and or not`; `count sum mean`; `score(scale)`,
//! `answered(question)`, `today`.

use super::lexer::{Placed, Token, tokens};

pub use super::lexer::Unreadable;

/// An arithmetic operation, a comparison or a connective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    And,
    Or,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 13] = [
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Contains,
        Operator::And,
        Operator::Or,
    ];

    /// How it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Contains => "contains",
            Operator::And => "and",
            Operator::Or => "or",
        }
    }
}

/// A function over several answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// How many are answered.
    Count,
    /// The sum of the answered ones; missing when none is.
    Sum,
    /// The mean of the answered ones; missing when none is.
    Mean,
}

impl Aggregate {
    /// Every function over several answers.
    pub const ALL: [Aggregate; 3] = [Aggregate::Count, Aggregate::Sum, Aggregate::Mean];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Aggregate::Count => "count",
            Aggregate::Sum => "sum",
            Aggregate::Mean => "mean",
        }
    }
}

/// The other words of the language: what takes one id, the day, and the opposite.
pub const WORDS: [&str; 4] = ["score", "answered", "today", "not"];

/// A part of an expression, with where it stands in the source (characters from the start, and length).
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub term: Term,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
    /// A number.
    Number(f64),
    /// A text between quotation marks: the code of a choice, a date, a text.
    Text(String),
    /// The day on which the sheet is judged.
    Today,
    /// The answer of a variable.
    Variable(String),
    /// The score of a scale.
    Score(String),
    /// Whether a variable was answered.
    Answered(String),
    /// The opposite of a truth value.
    Not(Box<Expression>),
    /// The negative of a number.
    Negative(Box<Expression>),
    /// Two parts joined.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A function over several parts.
    Aggregate(Aggregate, Vec<Expression>),
}

impl Expression {
    /// Whether its value can change from one day to the next.
    #[must_use]
    pub fn speaks_of_today(&self) -> bool {
        match &self.term {
            Term::Today => true,
            Term::Number(_) | Term::Text(_) | Term::Variable(_) | Term::Score(_) | Term::Answered(_) => false,
            Term::Not(inner) | Term::Negative(inner) => inner.speaks_of_today(),
            Term::Binary(_, left, right) => left.speaks_of_today() || right.speaks_of_today(),
            Term::Aggregate(_, parts) => parts.iter().any(Expression::speaks_of_today),
        }
    }
}

/// Reads an expression.
///
/// # Errors
///
/// Where it stops making sense.
pub fn parse(source: &str) -> Result<Expression, Unreadable> {
    let tokens = tokens(source)?;
    let mut parser = Parser { tokens: &tokens, next: 0, end: source.chars().count(), depth: 0 };
    let expression = parser.or()?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.unreadable(
            "式はここで終わるか、「and」「or」や比べる記号で続きます",
            "it should end here, or go on with “and”, “or” or a comparison",
        )),
    }
}

struct Parser<'a> {
    tokens: &'a [Placed],
    next: usize,
    end: usize,
    depth: u32,
}

type Parsed = Result<Expression, Unreadable>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |placed| placed.start)
    }

    fn unreadable(&self, ja: &str, en: &str) -> Unreadable {
        Unreadable { at: self.at(), ja: ja.to_owned(), en: en.to_owned() }
    }

    fn takes_name(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.next += usize::from(found);
        found
    }

    fn takes_sign(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(sign)) if *sign == wanted);
        self.next += usize::from(found);
        found
    }

    fn joined(operator: Operator, left: Expression, right: Expression) -> Expression {
        let (start, end) = (left.start, right.end);
        Expression { term: Term::Binary(operator, Box::new(left), Box::new(right)), start, end }
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        while self.takes_name("or") {
            left = Parser::joined(Operator::Or, left, self.and()?);
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.not()?;
        while self.takes_name("and") {
            left = Parser::joined(Operator::And, left, self.not()?);
        }
        Ok(left)
    }

    fn not(&mut self) -> Parsed {
        let start = self.at();
        if self.takes_name("not") {
            let inner = self.deeper(Parser::not)?;
            let end = inner.end;
            return Ok(Expression { term: Term::Not(Box::new(inner)), start, end });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let operators =
            [Operator::NotEqual, Operator::LessOrEqual, Operator::GreaterOrEqual, Operator::Equal, Operator::Less, Operator::Greater];
        for operator in operators {
            if self.takes_sign(operator.sign()) {
                let right = self.sum()?;
                return Ok(Parser::joined(operator, left, right));
            }
        }
        if self.takes_name("contains") {
            let right = self.sum()?;
            return Ok(Parser::joined(Operator::Contains, left, right));
        }
        Ok(left)
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let operator = if self.takes_sign("+") {
                Operator::Add
            } else if self.takes_sign("-") {
                Operator::Subtract
            } else {
                return Ok(left);
            };
            left = Parser::joined(operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.negative()?;
        loop {
            let operator = if self.takes_sign("*") {
                Operator::Multiply
            } else if self.takes_sign("/") {
                Operator::Divide
            } else {
                return Ok(left);
            };
            left = Parser::joined(operator, left, self.negative()?);
        }
    }

    fn negative(&mut self) -> Parsed {
        let start = self.at();
        if self.takes_sign("-") {
            let inner = self.deeper(Parser::negative)?;
            let end = inner.end;
            return Ok(Expression { term: Term::Negative(Box::new(inner)), start, end });
        }
        self.atom()
    }

    /// Nesting is bounded, so that no text can exhaust the stack.
    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        const DEEPEST: u32 = 64;
        if self.depth >= DEEPEST {
            return Err(self.unreadable("入れ子が深すぎます", "this is nested too deeply"));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn atom(&mut self) -> Parsed {
        let start = self.at();
        let token = self.peek().cloned();
        let wanted = || {
            self.unreadable(
                "ここには数、'文'、質問の ID のどれかを書きます",
                "a number, a 'text' or the id of a question should stand here",
            )
        };
        let term = match token {
            Some(Token::Number(number)) => {
                self.next += 1;
                Term::Number(number)
            }
            Some(Token::Text(text)) => {
                self.next += 1;
                Term::Text(text)
            }
            Some(Token::Name(name)) => {
                if ["and", "or", "not", "contains"].contains(&name.as_str()) {
                    return Err(wanted());
                }
                self.next += 1;
                self.named(&name)?
            }
            Some(Token::Sign("(")) => {
                self.next += 1;
                let inner = self.deeper(Parser::or)?;
                self.close()?;
                return Ok(inner);
            }
            Some(Token::Sign(_)) | None => return Err(wanted()),
        };
        let end = self.next.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |placed| placed.end);
        Ok(Expression { term, start, end })
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        if self.takes_sign(")") { Ok(()) } else { Err(self.unreadable("ここに「)」が要ります", "“)” should stand here")) }
    }

    fn named(&mut self, name: &str) -> Result<Term, Unreadable> {
        if name == "today" {
            return Ok(Term::Today);
        }
        if !self.takes_sign("(") {
            return Ok(Term::Variable(name.to_owned()));
        }
        let term = match name {
            "score" | "answered" => {
                let Some(Token::Name(id)) = self.peek().cloned() else {
                    return Err(self.unreadable("ここには ID を書きます", "an id should stand here"));
                };
                self.next += 1;
                if name == "score" { Term::Score(id) } else { Term::Answered(id) }
            }
            _ => {
                let Some(aggregate) = Aggregate::ALL.into_iter().find(|aggregate| aggregate.name() == name) else {
                    self.next -= 2;
                    return Err(self.unreadable(
                        "「(」の前に書けるのは、count、sum、mean、score、answered のどれかです",
                        "only count, sum, mean, score and answered can stand before “(”",
                    ));
                };
                let mut parts = vec![self.deeper(Parser::sum)?];
                while self.takes_sign(",") {
                    parts.push(self.deeper(Parser::sum)?);
                }
                Term::Aggregate(aggregate, parts)
            }
        };
        self.close()?;
        Ok(term)
    }
}
