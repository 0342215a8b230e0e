//! A PNG with nothing but its picture: no words, no place, no date, no second frame.

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// What a picture needs; everything else tells of who made it, and when.
const KEPT: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"];

/// A picture that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Png {
    /// The file without what it does not need.
    pub bytes: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Reads a PNG; `None` where it is none, or breaks off.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Png> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut out = SIGNATURE.to_vec();
    let (mut width, mut height, mut drawn) = (0, 0, false);
    for first in [true].into_iter().chain(std::iter::repeat(false)) {
        let length = usize::try_from(number(rest)?).ok()?;
        let chunk = rest.get(..length.checked_add(12)?)?;
        let (kind, body) = (chunk.get(4..8)?, chunk.get(8..8 + length)?);
        if first != (kind == b"IHDR") {
            return None;
        }
        if first {
            width = number(body)?;
            height = number(body.get(4..)?)?;
        }
        drawn |= kind == b"IDAT";
        if KEPT.iter().any(|kept| kept.as_slice() == kind) {
            out.extend_from_slice(chunk);
        }
        rest = rest.get(chunk.len()..)?;
        if kind == b"IEND" {
            break;
        }
    }
    (drawn && width > 0 && height > 0).then_some(Png { bytes: out, width, height })
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk::<4>().map(|four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        [length.as_slice(), kind, body, &[0; 4]].concat()
    }

    #[test]
    fn only_the_picture_stays() {
        let head = chunk(b"IHDR", &[0, 0, 0, 80, 0, 0, 0, 20, 8, 6, 0, 0, 0]);
        let (words, data, end) = (chunk(b"tEXt", b"Author\0me"), chunk(b"IDAT", b"x"), chunk(b"IEND", b""));
        let whole = [SIGNATURE, &head, &words, &data, &end, b"trailing"].concat();
        let png = read(&whole).expect("a picture");
        assert_eq!((png.width, png.height), (80, 20));
        assert_eq!(png.bytes, [SIGNATURE, &head, &data, &end].concat());
        assert_eq!(read(&png.bytes), Some(png.clone()));
        for cut in 0..png.bytes.len() {
            assert_eq!(read(&png.bytes[..cut]), None, "{cut}");
        }
        assert_eq!(read(&[SIGNATURE, &data, &head, &end].concat()), None);
        assert_eq!(read(b"GIF89a"), None);
    }
}
