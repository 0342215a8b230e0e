//! Colours as people write them, and how well one is read on another (WCAG 2.2), in whole numbers: alike on every machine.

use std::fmt;

/// A colour of screens, without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub parts: [u8; 3],
}

/// The light of one part, in millionths: the curve of sRGB.
const LIGHT: [u32; 256] = [
    0, 304, 607, 911, 1_214, 1_518, 1_821, 2_125, 2_428, 2_732, 3_035, 3_347, 3_677, 4_025, 4_391, 4_777, 5_182, 5_605, 6_049, 6_512,
    6_995, 7_499, 8_023, 8_568, 9_134, 9_721, 10_330, 10_960, 11_612, 12_286, 12_983, 13_702, 14_444, 15_209, 15_996, 16_807, 17_642,
    18_500, 19_382, 20_289, 21_219, 22_174, 23_153, 24_158, 25_187, 26_241, 27_321, 28_426, 29_557, 30_713, 31_896, 33_105, 34_340, 35_601,
    36_889, 38_204, 39_546, 40_915, 42_311, 43_735, 45_186, 46_665, 48_172, 49_707, 51_269, 52_861, 54_480, 56_128, 57_805, 59_511, 61_246,
    63_010, 64_803, 66_626, 68_478, 70_360, 72_272, 74_214, 76_185, 78_187, 80_220, 82_283, 84_376, 86_500, 88_656, 90_842, 93_059, 95_307,
    97_587, 99_899, 102_242, 104_616, 107_023, 109_462, 111_932, 114_435, 116_971, 119_538, 122_139, 124_772, 127_438, 130_136, 132_868,
    135_633, 138_432, 141_263, 144_128, 147_027, 149_960, 152_926, 155_926, 158_961, 162_029, 165_132, 168_269, 171_441, 174_647, 177_888,
    181_164, 184_475, 187_821, 191_202, 194_618, 198_069, 201_556, 205_079, 208_637, 212_231, 215_861, 219_526, 223_228, 226_966, 230_740,
    234_551, 238_398, 242_281, 246_201, 250_158, 254_152, 258_183, 262_251, 266_356, 270_498, 274_677, 278_894, 283_149, 287_441, 291_771,
    296_138, 300_544, 304_987, 309_469, 313_989, 318_547, 323_143, 327_778, 332_452, 337_164, 341_914, 346_704, 351_533, 356_400, 361_307,
    366_253, 371_238, 376_262, 381_326, 386_429, 391_572, 396_755, 401_978, 407_240, 412_543, 417_885, 423_268, 428_690, 434_154, 439_657,
    445_201, 450_786, 456_411, 462_077, 467_784, 473_531, 479_320, 485_150, 491_021, 496_933, 502_886, 508_881, 514_918, 520_996, 527_115,
    533_276, 539_479, 545_724, 552_011, 558_340, 564_712, 571_125, 577_580, 584_078, 590_619, 597_202, 603_827, 610_496, 617_207, 623_960,
    630_757, 637_597, 644_480, 651_406, 658_375, 665_387, 672_443, 679_542, 686_685, 693_872, 701_102, 708_376, 715_694, 723_055, 730_461,
    737_910, 745_404, 752_942, 760_525, 768_151, 775_822, 783_538, 791_298, 799_103, 806_952, 814_847, 822_786, 830_770, 838_799, 846_873,
    854_993, 863_157, 871_367, 879_622, 887_923, 896_269, 904_661, 913_099, 921_582, 930_111, 938_686, 947_307, 955_973, 964_686, 973_445,
    982_251, 991_102, 1_000_000,
];

impl Colour {
    /// Black and white.
    pub const BLACK: Colour = Colour { parts: [0; 3] };
    /// White.
    pub const WHITE: Colour = Colour { parts: [255; 3] };

    /// A colour by its number: `0x1b_4f_78`.
    #[must_use]
    pub const fn of(number: u32) -> Colour {
        let [_, red, green, blue] = number.to_be_bytes();
        Colour { parts: [red, green, blue] }
    }

    /// `#1b4f78`
    #[must_use]
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok().map(Colour::of)
    }

    /// This colour, with so many of 256 parts of another one.
    #[must_use]
    pub fn toward(self, other: Colour, parts: u32) -> Colour {
        let parts = parts.min(256);
        let mix = |at: usize| {
            let sum = u32::from(self.parts[at]) * (256 - parts) + u32::from(other.parts[at]) * parts;
            u8::try_from((sum + 128) / 256).unwrap_or(u8::MAX)
        };
        Colour { parts: [mix(0), mix(1), mix(2)] }
    }

    /// The brightest colour of the same hue; black stays black.
    #[must_use]
    pub fn brightest(self) -> Colour {
        let most = self.parts.into_iter().max().map_or(1, |most| u32::from(most).max(1));
        Colour { parts: self.parts.map(|part| u8::try_from(u32::from(part) * 255 / most).unwrap_or(u8::MAX)) }
    }

    /// How well it is read on another colour, in hundredths, rounded down: 450 is 4.5:1.
    #[must_use]
    pub fn contrast(self, other: Colour) -> u32 {
        let (one, two) = (self.light() + FLARE, other.light() + FLARE);
        u32::try_from(one.max(two) * 100 / one.min(two)).unwrap_or(u32::MAX)
    }

    /// Its light, in ten thousand millionths.
    fn light(self) -> u64 {
        let [red, green, blue] = self.parts.map(|part| u64::from(LIGHT[usize::from(part)]));
        2126 * red + 7152 * green + 722 * blue
    }
}

/// What no screen is darker than: 0.05 of white.
const FLARE: u64 = 500_000_000;

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.parts;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        assert_eq!(Colour::BLACK.contrast(Colour::WHITE), 2100);
        // 4.48 and 4.54: the greys on both sides of the line
        assert_eq!(colour_of("#777777").contrast(Colour::WHITE), 447);
        assert_eq!(colour_of("#767676").contrast(Colour::WHITE), 454);
        // As the table of the look has them
        for (one, two, least) in [("#1b4f78", "#f8f4ea", 790), ("#1b4f78", "#efe8d9", 710), ("#92c4e3", "#12171d", 960)] {
            let found = colour_of(one).contrast(colour_of(two));
            assert!((least - 6..least + 10).contains(&found), "{one} on {two}: {found}");
            assert_eq!(found, colour_of(two).contrast(colour_of(one)));
        }
    }

    #[test]
    fn colours_are_read_and_written() {
        for text in ["#000000", "#1b4f78", "#ffffff"] {
            assert_eq!(Colour::parse(text).map(|colour| colour.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Colour::parse("#1B4F78"), Colour::parse("#1b4f78"));
        for text in ["1b4f78", "#1b4f7", "#1b4f7g", "blue", "#fff", "＃1b4f78", "#+b4f78", ""] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        let grey = Colour::BLACK.toward(Colour::WHITE, 128);
        assert_eq!((grey.to_string().as_str(), Colour::BLACK.toward(Colour::WHITE, 256)), ("#808080", Colour::WHITE));
        assert_eq!(colour_of("#1f5b4b").brightest().to_string(), "#56ffd2");
        assert_eq!((Colour::BLACK.brightest(), Colour::WHITE.brightest()), (Colour::BLACK, Colour::WHITE));
    }

    fn colour_of(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }
}
