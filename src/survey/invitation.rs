//! Tokens: leave to answer once, as people type them.
//!
//! 128 random bits become 26 characters of an alphabet without look-alikes (5 bits each, the last two bits zero), and two more
//! against typing errors, together 28: `7K3M-Q9TR-…`. All 28 are a word of a Reed–Solomon code over GF(32), generator (x−α)(x−α²)
//! with α = x modulo x⁵+x²+1; being shorter than 31 it has distance 3. So any one or two wrong characters and any two
//! that changed places are always found before anybody looks for the token.

/// The characters: digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that hold the secret.
const SECRET: usize = 26;
/// Characters of a token.
const LENGTH: usize = SECRET + 2;
/// Characters between two hyphens.
const GROUP: usize = 4;

/// A token that passes its own check; whether it was ever handed out only the store knows.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(String);

/// What is typed is no token: too short, too long, or a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistyped;

/// Where what was typed parts from a token, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// It has so many characters instead of 28.
    Length(usize),
    /// The character at this place, counted from 1, is none of the alphabet.
    Character(usize, char),
    /// If one character is wrong, it is the one at this place, counted from 1.
    Place(usize),
    /// More than one character is wrong.
    Several,
}

/// How many characters a token has.
pub const CHARACTERS: usize = LENGTH;

impl Token {
    /// What is wrong with something that is no token; `None` where it is one.
    #[must_use]
    pub fn slip(typed: &str) -> Option<Slip> {
        if Token::read(typed).is_ok() {
            return None;
        }
        let chars: Vec<char> = typed.chars().filter(|char| !is_gap(*char)).take(1_000).collect();
        if let Some((place, char)) = chars.iter().enumerate().find(|(_, char)| value(**char).is_none()) {
            return Some(Slip::Character(place + 1, *char));
        }
        if chars.len() != LENGTH {
            return Some(Slip::Length(chars.len()));
        }
        let word: Vec<u8> = chars.iter().filter_map(|char| value(*char)).collect();
        // One wrong character e at the power p leaves e·αᵖ and e·α²ᵖ where a word of the code leaves nothing
        let at = |root: u8| word.iter().fold(0, |sum, symbol| times(sum, root) ^ symbol);
        let (first, second) = (at(2), at(times(2, 2)));
        let mut power = 1;
        for place in (0..LENGTH).rev() {
            if first != 0 && second != 0 && times(first, power) == second {
                return Some(Slip::Place(place + 1));
            }
            power = times(power, 2);
        }
        Some(Slip::Several)
    }

    /// The token of 128 random bits.
    #[must_use]
    pub fn new(secret: [u8; 16]) -> Token {
        let bits = |place: usize| {
            let bit = |at: usize| secret.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
            (0..5).fold(0_u8, |value, at| value << 1 | u8::from(bit(place * 5 + at)))
        };
        let mut word: Vec<u8> = (0..SECRET).map(bits).collect();
        word.extend(check(&word));
        Token(word.into_iter().map(letter).collect())
    }

    /// Reads what somebody typed or a link holds: any case, full-width letters and digits, O for 0, I and l for 1; hyphens of any
    /// kind and spaces mean nothing.
    ///
    /// # Errors
    ///
    /// [`Mistyped`]: this was never a token.
    pub fn read(typed: &str) -> Result<Token, Mistyped> {
        let mut word = Vec::with_capacity(LENGTH);
        for char in typed.chars().filter(|char| !is_gap(*char)) {
            if word.len() == LENGTH {
                return Err(Mistyped);
            }
            word.push(value(char).ok_or(Mistyped)?);
        }
        let (secret, sum) = word.split_at_checked(SECRET).ok_or(Mistyped)?;
        // The last two bits of the secret are always zero
        let whole = sum == check(secret).as_slice() && secret.last().is_some_and(|last| last & 3 == 0);
        if whole { Ok(Token(word.into_iter().map(letter).collect())) } else { Err(Mistyped) }
    }

    /// As it stands in a link: 28 characters.
    #[must_use]
    pub fn in_link(&self) -> &str {
        &self.0
    }

    /// As people read and type it: groups of four with hyphens between them.
    #[must_use]
    pub fn in_groups(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        chars.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

/// Never the token itself: what is printed ends in logs.
impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token")
    }
}

fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

fn is_gap(char: char) -> bool {
    char.is_whitespace() || matches!(char, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ー' | 'ｰ' | '－' | '_' | '＿')
}

/// The five bits of a character, look-alikes mended.
fn value(char: char) -> Option<u8> {
    // Full-width forms stand in the order of ASCII
    let plain = match char {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(char) - 0xFEE0)?,
        other => other,
    };
    let mended = match plain.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == mended)?;
    u8::try_from(place).ok()
}

/// The two characters that make a word of the code: the remainder of secret·x² by the generator x² + ax + b.
fn check(secret: &[u8]) -> [u8; 2] {
    const ALPHA: u8 = 2;
    let square = times(ALPHA, ALPHA);
    let (a, b) = (ALPHA ^ square, times(ALPHA, square));
    secret.iter().fold([0, 0], |[high, low], symbol| {
        let lead = symbol ^ high;
        [low ^ times(lead, a), times(lead, b)]
    })
}

/// Multiplication in GF(32), modulo x⁵+x²+1.
fn times(mut left: u8, mut right: u8) -> u8 {
    let mut product = 0;
    while right > 0 {
        if right & 1 == 1 {
            product ^= left;
        }
        left <<= 1;
        if left & 32 != 0 {
            left ^= 0b10_0101;
        }
        right >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_token_is_read_however_it_is_typed() {
        let token = Token::new([0x5a; 16]);
        let printed = token.in_groups();
        assert_eq!(printed.len(), 34);
        assert_eq!(token.in_link().len(), 28);
        let wide: String = printed
            .chars()
            .map(|char| if char.is_ascii_alphanumeric() { char::from_u32(u32::from(char) + 0xFEE0).expect("a letter") } else { 'ー' })
            .collect();
        let lower = printed.to_lowercase().replace('0', "o").replace('1', "l");
        let spaced = printed.replace('-', " ") + "　\n";
        for typed in [printed.clone(), token.in_link().to_owned(), wide, lower, spaced, printed.replace('1', "I")] {
            assert_eq!(Token::read(&typed), Ok(token.clone()), "{typed}");
        }
        for typed in ["", "7", &printed[1..], &format!("{printed}0"), "このコード", &printed.replace('-', "/"), &"0".repeat(4_000)] {
            assert_eq!(Token::read(typed), Err(Mistyped), "{typed}");
        }
        assert_eq!(format!("{token:?}"), "Token");
    }

    proptest! {
        #[test]
        fn every_slip_of_one_or_two_characters_is_found(secret: [u8; 16], first in 0..28_usize, second in 0..28_usize, by in 1..32_u8, other in 0..32_u8) {
            let token = Token::new(secret);
            prop_assert_eq!(Token::read(token.in_link()), Ok(token.clone()));
            let mut word: Vec<u8> = token.in_link().chars().filter_map(value).collect();
            // In one place every other character, in a second place any
            word[first] ^= by;
            if second != first {
                word[second] ^= other;
            }
            let typed: String = word.iter().copied().map(letter).collect();
            prop_assert_eq!(Token::read(&typed), Err(Mistyped));
        }

        #[test]
        fn one_wrong_character_is_pointed_at(secret: [u8; 16], place in 0..28_usize, by in 1..32_u8) {
            let token = Token::new(secret);
            let mut word: Vec<u8> = token.in_link().chars().filter_map(value).collect();
            word[place] ^= by;
            let typed: String = word.iter().copied().map(letter).collect();
            prop_assert_eq!(Token::slip(&typed), Some(Slip::Place(place + 1)));
        }

        #[test]
        fn characters_that_changed_places_are_found(secret: [u8; 16], first in 0..28_usize, second in 0..28_usize) {
            let token = Token::new(secret);
            let mut word: Vec<char> = token.in_link().chars().collect();
            word.swap(first, second);
            let typed: String = word.into_iter().collect();
            prop_assert_eq!(Token::read(&typed).is_ok(), typed == token.in_link());
        }

        #[test]
        fn secrets_make_different_tokens(one: [u8; 16], two: [u8; 16]) {
            prop_assert_eq!(Token::new(one) == Token::new(two), one == two);
        }
    }

    #[test]
    fn slips_that_are_no_wrong_character_are_told_apart() {
        let printed = Token::new(*b"sixteen bytes ok").in_groups();
        for (typed, slip) in [
            (printed.clone(), None),
            (printed[1..].to_owned(), Some(Slip::Length(27))),
            (format!("{printed}0"), Some(Slip::Length(29))),
            (String::new(), Some(Slip::Length(0))),
            (printed.replacen(&printed[5..6], "ん", 1), Some(Slip::Character(printed.find(&printed[5..6]).unwrap().min(4) + 1, 'ん'))),
            (format!("U{}", &printed[1..]), Some(Slip::Character(1, 'U'))),
        ] {
            assert_eq!(Token::slip(&typed), slip, "{typed}");
        }
    }

    #[test]
    fn every_single_slip_of_one_token_is_found() {
        let token = Token::new(*b"sixteen bytes ok");
        for place in 0..28 {
            for wrong in ALPHABET {
                let mut typed = token.in_link().as_bytes().to_vec();
                if typed[place] != *wrong {
                    typed[place] = *wrong;
                    assert_eq!(Token::read(std::str::from_utf8(&typed).expect("text")), Err(Mistyped));
                }
            }
        }
    }
}
