//! What `brand:` of a site may look like.

use crate::content::shape::{Record, Shape, optional, required};

const LOGO: Record = Record {
    name: "logo",
    fields: &[
        required(
            "file",
            Shape::Line,
            "SVG か PNG（20 KB まで）。content の下の場所（sites/kawabe.svg など）",
            "An SVG or PNG of at most 20 KB, as its place below content (sites/kawabe.svg)",
        ),
        optional(
            "dark",
            Shape::Line,
            "暗い画面のためのファイル。書かなければ、明るい地にのせて見せる",
            "The file for dark screens; if absent the first one stands on a light ground",
        ),
        required("alt", Shape::Text, "読み上げる人に伝えることば", "What it says, for whoever does not see it"),
    ],
};

const COLOURS: Record = Record {
    name: "colours",
    fields: &[
        required("accent", Shape::Colour, "リンクとボタンの色（藍の代わり）", "The colour of links and buttons, in place of indigo"),
        optional(
            "accent_dark",
            Shape::Colour,
            "暗い画面でのその色。書かなければ計算する",
            "The same on dark screens; worked out if absent",
        ),
        optional(
            "hover",
            Shape::Colour,
            "指したときのリンクとボタンの色。書かなければ計算する",
            "Links and buttons under the pointer; worked out if absent",
        ),
        optional("hover_dark", Shape::Colour, "暗い画面でのその色。書かなければ計算する", "The same on dark screens; worked out if absent"),
        optional(
            "here",
            Shape::Colour,
            "「いまここ」と強調の色（柿渋の代わり）。書かなければ柿渋のまま",
            "The colour of “here” and of emphasis, in place of persimmon, which stays if absent",
        ),
        optional("here_dark", Shape::Colour, "暗い画面でのその色。書かなければ計算する", "The same on dark screens; worked out if absent"),
    ],
};

/// `brand:` in `content/sites/ID.yaml`.
pub(super) const BRAND: Record = Record {
    name: "brand",
    fields: &[
        optional(
            "name",
            Shape::Text,
            "だれのサイトか。書かなければ project.yaml の organisation",
            "Whose site it is; the project’s organisation if absent",
        ),
        optional("logo", Shape::Record(&LOGO), "ロゴ", "Its logo"),
        optional("colours", Shape::Record(&COLOURS), "色。読みにくい色は使えない", "Its colours; one that is hard to read is refused"),
    ],
};
