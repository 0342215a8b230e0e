//! `links.csv`: who was handed which link. Written for mail merge, read again for reminders: the only place where codes stand.

use super::people_in::Person;
use crate::content::Table;
use crate::content::record::{BOM, push_record, undefused};
use crate::language::{Language, Words};
use crate::survey::{Carried, Survey, Token};
use anyhow::{Context, Result, bail};

/// A person and the link that was made for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub person: Person,
    /// Leave to answer.
    pub token: Token,
}

/// The page where a code is typed, in a language: `https://host/i`, `https://host/en/i`.
#[must_use]
pub fn typing_address(base: &str, first: Language, language: Language) -> String {
    let prefix = if language == first { String::new() } else { format!("/{}", language.code()) };
    format!("{base}{prefix}/i")
}

impl Link {
    /// The address that leads to the form.
    #[must_use]
    pub fn address(&self, base: &str, first: Language) -> String {
        format!("{}/{}", typing_address(base, first, self.person.language.unwrap_or(first)), self.token.in_link())
    }
}

/// The table: id, name, mail, language, the survey's attributes, link, code. UTF-8 with byte order mark, CRLF, no formulas.
#[must_use]
pub fn write(survey: &Survey, links: &[Link], base: &str, first: Language) -> String {
    let attributes = || survey.attributes.iter().map(|attribute| attribute.id.as_str());
    let mut out = String::from(BOM);
    push_record(&mut out, ["id", "name", "mail", "language"].into_iter().chain(attributes()).chain(["link", "code"]));
    for link in links {
        let person = &link.person;
        let (address, code) = (link.address(base, first), link.token.in_groups());
        let language = person.language.unwrap_or(first).code();
        let carried = attributes().map(|id| person.carried.get(id).map_or("", String::as_str));
        let fields = [person.id.as_str(), &person.name, &person.mail, language].into_iter().chain(carried);
        push_record(&mut out, fields.chain([address.as_str(), &code]));
    }
    out
}

/// Reads the table again, with the address that its links begin with.
///
/// # Errors
///
/// When it is not what [`write()`] made.
pub fn read(survey: &Survey, name: &str, bytes: &[u8]) -> Result<(Vec<Link>, String)> {
    let damaged = || {
        Words::new(format!("{name} を読めません。作り直した控えに戻してください"), format!("{name} cannot be read; put back a copy of it"))
    };
    let (table, diagnostics) = Table::read(&name.into(), bytes);
    let table = table.filter(|_| !diagnostics.has_errors()).with_context(damaged)?;
    let column = |name: &str| table.column(name).with_context(damaged);
    let [id, person_name, mail, language, link, code] = ["id", "name", "mail", "language", "link", "code"].map(column);
    let (id, person_name, mail, language, link, code) = (id?, person_name?, mail?, language?, link?, code?);
    let mut base = String::new();
    let mut links = Vec::with_capacity(table.rows.len());
    for cells in &table.rows {
        let cell = |at: usize| cells.get(at).map_or("", |cell| undefused(cell.text.trim()));
        let Ok(token) = Token::read(cell(code)) else { bail!(damaged()) };
        let attributes = survey.attributes.iter().map(|attribute| attribute.id.as_str());
        // The file may have been written before an attribute was given another id
        let names = attributes.flat_map(|id| std::iter::once(id).chain(survey.history.formerly(id)));
        let carried: Carried = names.filter_map(|name| Some((name.to_owned(), cell(table.column(name)?).to_owned()))).collect();
        let carried = survey.history.carried(&carried);
        if base.is_empty() {
            base = base_of(cell(link)).to_owned();
        }
        let person = Person {
            id: cell(id).to_owned(),
            name: cell(person_name).to_owned(),
            mail: cell(mail).to_owned(),
            language: Language::from_code(cell(language)),
            carried,
        };
        links.push(Link { person, token });
    }
    Ok((links, base))
}

/// Scheme, host and port of an address.
#[must_use]
pub fn base_of(address: &str) -> &str {
    let after = address.find("://").map_or(0, |at| at + 3);
    let end = address[after..].find('/').map_or(address.len(), |at| after + at);
    &address[..end]
}
