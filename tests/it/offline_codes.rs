//! Answers as QR codes: the device's encoder is held equal to the qrcode crate, module for module, and what it writes is read back.

use qrcode::bits::Bits;
use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, QrCode, Version, ec};
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};
use std::process::Command;

const CHARACTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Most letters and digits in versions 1 to 20 at level M, as ISO/IEC 18004 has them.
const CAPACITY: [usize; 20] = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311, 366, 419, 483, 528, 600, 656, 734, 816, 909, 970];

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// A text of some length that is the same on every machine.
fn text(length: usize, seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 40).expect("small")
    };
    (0..length).map(|_| char::from(CHARACTERS[next() % CHARACTERS.len()])).collect()
}

fn version(text: &str) -> i16 {
    let at = CAPACITY.iter().position(|most| text.len() <= *most).expect("a version");
    i16::try_from(at).expect("small") + 1
}

fn bits(text: &str) -> Bits {
    let mut bits = Bits::new(Version::Normal(version(text)));
    bits.push_alphanumeric_data(text.as_bytes()).expect("data");
    bits.push_terminator(EcLevel::M).expect("an end");
    bits
}

/// Rows of 1 and 0.
fn rows(colors: &[Color]) -> Vec<String> {
    let width = colors.len().isqrt();
    let row = |row: &[Color]| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect();
    colors.chunks(width).map(row).collect()
}

fn code(text: &str) -> Vec<String> {
    rows(&QrCode::with_bits(bits(text), EcLevel::M).expect("a code").into_colors())
}

fn masked(text: &str, mask: MaskPattern) -> Vec<String> {
    let version = Version::Normal(version(text));
    let (data, checks) = ec::construct_codewords(&bits(text).into_bytes(), version, EcLevel::M).expect("codewords");
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &checks);
    canvas.apply_mask(mask);
    rows(&canvas.into_colors())
}

/// What the device's script makes of it; nothing where there is no Node.js.
fn device(task: &Json, name: &str) -> Option<Json> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, task.to_string()).expect("a file");
    match Command::new("node").arg(root.join("tests/browser/codes.mjs")).arg(&file).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "node is not there");
            None
        }
    }
}

#[test]
fn the_device_draws_the_codes_that_the_program_draws() {
    let mut lengths = vec![0, 1, 2];
    for pair in CAPACITY.windows(2) {
        lengths.extend([pair[0], pair[0] + 1, pair[0].midpoint(pair[1]), pair[1]]);
    }
    let mut cases: Vec<(String, Option<usize>, Vec<String>)> = Vec::new();
    for (seed, length) in lengths.into_iter().cycle().take(240).enumerate() {
        let text = text(length, seed as u64 + 1);
        cases.push((text.clone(), None, code(&text)));
    }
    // Every mask of every version
    for most in CAPACITY {
        for (at, mask) in MASKS.into_iter().enumerate() {
            let text = text(most - at % 3, at as u64 + 7);
            cases.push((text.clone(), Some(at), masked(&text, mask)));
        }
    }
    let versions: std::collections::BTreeSet<usize> = cases.iter().map(|(_, _, rows)| rows.len()).collect();
    assert_eq!(versions.len(), 20);
    let task: Vec<Json> = cases.iter().map(|(text, mask, _)| json!({"text": text, "mask": mask})).collect();
    let Some(came) = device(&json!({"codes": task}), "codes.json") else { return };
    for ((text, mask, expected), came) in cases.iter().zip(came["codes"].as_array().expect("a list")) {
        assert_eq!(came, &json!(expected), "{} characters, mask {mask:?}", text.len());
    }
    assert_eq!(came["codes"].as_array().map(Vec::len), Some(cases.len()));
}
