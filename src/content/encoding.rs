//! Bytes become text: UTF-8, and for tables CP932. The only file that names encoding_rs.

use crate::diagnostic::{Diagnostic, Place, code};
use std::sync::Arc;

/// How a table was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// Shift_JIS as Windows has it, with its extensions: what Japanese Excel writes as «CSV».
    Cp932,
}

impl Encoding {
    /// What people call it: `UTF-8`, `Shift_JIS (CP932)`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Cp932 => "Shift_JIS (CP932)",
        }
    }
}

/// UTF-8 without its byte order mark, lines ended by `\n` whatever the editor.
///
/// # Errors
/// Says where the first byte stands that is not UTF-8, and what the file probably is instead.
pub fn utf8(path: &Arc<str>, bytes: &[u8]) -> Result<String, Box<Diagnostic>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(clean(text)),
        Err(error) => Err(Box::new(not_utf8(path, bytes, error.valid_up_to()))),
    }
}

/// UTF-8, else CP932, in the form of [`utf8`], with the encoding that fitted.
///
/// # Errors
/// When neither fits.
pub fn utf8_or_cp932(path: &Arc<str>, bytes: &[u8]) -> Result<(String, Encoding), Box<Diagnostic>> {
    let first_bad = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((clean(text), Encoding::Utf8)),
        Err(error) => error.valid_up_to(),
    };
    if !is_utf16(bytes)
        && let Some(text) = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok((clean(&text), Encoding::Cp932));
    }
    Err(Box::new(not_utf8(path, bytes, first_bad)))
}

/// A text in CP932, or the first character that CP932 lacks.
///
/// # Errors
/// The character that cannot be written.
pub fn to_cp932(text: &str) -> Result<Vec<u8>, char> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    if !lossy {
        return Ok(bytes.into_owned());
    }
    let lacking = |char: &char| encoding_rs::SHIFT_JIS.encode(char.encode_utf8(&mut [0; 4])).2;
    Err(text.chars().find(lacking).unwrap_or('\u{fffd}'))
}

fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text.to_owned() }
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

fn not_utf8(path: &Arc<str>, bytes: &[u8], first_bad: usize) -> Diagnostic {
    let good = String::from_utf8_lossy(&bytes[..first_bad]);
    let good = good.strip_prefix('\u{feff}').unwrap_or(&good);
    let mut place = Place::of_bytes(path, good, good.len(), good.len());
    let guess = if is_utf16(bytes) {
        place = Place::whole(path);
        Some("UTF-16")
    } else if encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        Some("Shift_JIS")
    } else if encoding_rs::EUC_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        Some("EUC-JP")
    } else {
        None
    };
    let diagnostic = Diagnostic::error(code::ENCODING, place, "UTF-8 ではない文字があります。", "A character here is not UTF-8.");
    let (ja, en) = guess.map_or((String::new(), String::new()), |name| {
        (format!("{name} で保存されているようです。"), format!("The file seems to be saved as {name}. "))
    });
    diagnostic.hint(
        format!("{ja}編集ソフトの「名前を付けて保存」で、文字コードに UTF-8 を選んで保存し直してください。"),
        format!("{en}Save it again with the encoding UTF-8 (“Save as” in most editors)."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_writes_is_told_from_utf8() {
        let path: Arc<str> = "content/data/a.csv".into();
        let text = "部署,満足度①\n営業,003\n";
        let cp932 = to_cp932(&text.replace('\n', "\r\n")).expect("in CP932");
        assert_eq!(utf8_or_cp932(&path, &cp932).expect("decoded"), (text.to_owned(), Encoding::Cp932));
        assert_eq!(utf8_or_cp932(&path, format!("\u{feff}{text}").as_bytes()).expect("decoded"), (text.to_owned(), Encoding::Utf8));
        let error = utf8_or_cp932(&path, b"a,b\n1,\xff\xff").expect_err("neither");
        assert_eq!((error.place.line, error.place.column), (2, 3));
        assert_eq!(to_cp932("満足😀"), Err('😀'));
    }
}
