//! Our conditions as XLSForm writes them. A missing answer is an empty text there, and `'' != 'a'` holds; ours does not. Guards make
//! the two agree; where they cannot, it is said.

use crate::language::Day;
use crate::survey::expression::{Aggregate, Expression, Operator, Term};
use crate::survey::scoring::{Method, Scale};
use std::collections::BTreeSet;

/// What an expression may speak of.
pub(super) struct Names<'a> {
    /// Scales.
    pub(super) scales: &'a [Scale],
}

/// The XPath of an expression, or what of it XLSForm cannot say.
pub(super) fn xpath(expression: &Expression, names: &Names<'_>) -> Result<String, String> {
    Ok(match &expression.term {
        Term::Number(number) => number.to_string(),
        Term::Text(text) if Day::parse(text).is_some() => format!("date('{text}')"),
        Term::Text(text) => literal(text)?,
        Term::Today => "today()".to_owned(),
        Term::Variable(id) => format!("${{{id}}}"),
        Term::Answered(id) => format!("${{{id}}} != ''"),
        Term::Score(id) => score(id, names)?,
        Term::Not(inner) => format!("not({})", xpath(inner, names)?),
        Term::Negative(inner) => format!("-({})", xpath(inner, names)?),
        Term::Aggregate(aggregate, parts) => aggregated(*aggregate, parts, names)?,
        Term::Binary(operator, left, right) => binary(*operator, left, right, names)?,
    })
}

fn literal(text: &str) -> Result<String, String> {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => Ok(format!("'{text}'")),
        (true, false) => Ok(format!("\"{text}\"")),
        (true, true) => Err(text.to_owned()),
    }
}

fn binary(operator: Operator, left: &Expression, right: &Expression, names: &Names<'_>) -> Result<String, String> {
    let (first, second) = (xpath(left, names)?, xpath(right, names)?);
    let whole = |text: &str, part: &Expression| {
        if matches!(&part.term, Term::Binary(..)) { format!("({text})") } else { text.to_owned() }
    };
    let sign = match operator {
        Operator::Contains => return Ok(format!("selected({first}, {second})")),
        Operator::Divide => {
            // Division by nothing is missing with us and infinite there
            return Ok(format!("if(({second}) = 0, '', {} div {})", whole(&first, left), whole(&second, right)));
        }
        Operator::And | Operator::Or => {
            return Ok(format!("{} {} {}", whole(&first, left), operator.sign(), whole(&second, right)));
        }
        other => other.sign(),
    };
    let plain = format!("{} {sign} {}", whole(&first, left), whole(&second, right));
    let guards: BTreeSet<String> = match operator {
        Operator::NotEqual => guarded(left).chain(guarded(right)).collect(),
        // Two missing answers are equal there, and no comparison with us
        Operator::Equal if !is_constant(left) && !is_constant(right) => guarded(left).chain(guarded(right)).collect(),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual if has_day(left) || has_day(right) => {
            guarded(left).chain(guarded(right)).collect()
        }
        _ => BTreeSet::new(),
    };
    if guards.is_empty() { Ok(plain) } else { Ok(format!("({} and {plain})", guards.into_iter().collect::<Vec<String>>().join(" and "))) }
}

/// The answers that a value needs to be there at all, each as a test for it.
fn guarded(expression: &Expression) -> std::vec::IntoIter<String> {
    fn walk(expression: &Expression, found: &mut Vec<String>) {
        match &expression.term {
            Term::Variable(id) => found.push(format!("${{{id}}} != ''")),
            Term::Negative(inner) => walk(inner, found),
            Term::Binary(_, left, right) => {
                walk(left, found);
                walk(right, found);
            }
            Term::Aggregate(Aggregate::Sum | Aggregate::Mean, parts) => {
                let ids: Vec<String> = parts.iter().filter_map(variable).map(|id| format!("${{{id}}}")).collect();
                found.push(format!("{} > 0", counted(&ids)));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(expression, &mut found);
    found.into_iter()
}

fn variable(expression: &Expression) -> Option<&String> {
    match &expression.term {
        Term::Variable(id) => Some(id),
        _ => None,
    }
}

fn is_constant(expression: &Expression) -> bool {
    matches!(&expression.term, Term::Number(_) | Term::Text(_) | Term::Today)
}

fn has_day(expression: &Expression) -> bool {
    match &expression.term {
        Term::Today => true,
        Term::Text(text) => Day::parse(text).is_some(),
        _ => false,
    }
}

fn aggregated(aggregate: Aggregate, parts: &[Expression], names: &Names<'_>) -> Result<String, String> {
    let ids: Vec<String> = parts
        .iter()
        .map(|part| variable(part).map(|id| format!("${{{id}}}")).ok_or_else(|| xpath(part, names).unwrap_or_else(|words| words)))
        .collect::<Result<_, _>>()?;
    let count = counted(&ids);
    let sum = ids.iter().map(|id| format!("if({id} = '', 0, number({id}))")).collect::<Vec<String>>().join(" + ");
    Ok(match aggregate {
        Aggregate::Count => count,
        Aggregate::Sum => format!("if({count} > 0, {sum}, '')"),
        Aggregate::Mean => format!("if({count} > 0, ({sum}) div {count}, '')"),
    })
}

/// How many of these are answered.
fn counted(ids: &[String]) -> String {
    format!("({})", ids.iter().map(|id| format!("if({id} = '', 0, 1)")).collect::<Vec<String>>().join(" + "))
}

fn score(id: &str, names: &Names<'_>) -> Result<String, String> {
    let scale = names.scales.iter().find(|scale| scale.id == id).ok_or_else(|| id.to_owned())?;
    let items: Vec<String> = scale.items.iter().map(|item| format!("${{{item}}}")).collect();
    let count = counted(&items);
    let sum: Vec<String> = scale
        .items
        .iter()
        .zip(&items)
        .map(|(item, path)| {
            let value = if scale.reversed.contains(item) {
                format!("{} - number({path})", u32::from(scale.points) + 1)
            } else {
                format!("number({path})")
            };
            format!("if({path} = '', 0, {value})")
        })
        .collect();
    let times = if scale.method == Method::Sum { format!(" * {}", scale.items.len()) } else { String::new() };
    Ok(format!("if({count} >= {}, ({}){times} div {count}, '')", scale.min_answered.max(1), sum.join(" + ")))
}
