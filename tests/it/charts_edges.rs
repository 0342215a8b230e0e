//! Exhibits that break careless drawings: hostile labels, too many and too few of everything, numbers that are none.

use super::samples::{class, derived, exhibit, given, row};
use shirube::language::Text;
use shirube::survey::exhibit::{Bracket, Break, Contrast, Corner, Corners, Details, Exhibit, Kind, Row, Spot, Tone};
use shirube::survey::figure::{Figure, Interval, Unit};

pub(super) const KINDS: [Kind; 18] = Kind::ALL;

pub(super) const HOSTILE: [(&str, &str); 9] = [
    (
        "long",
        "自分の将来のキャリアビジョンを具体的に描けていて、その実現に向けて日々の仕事の中で少しずつ行動を積み重ねていると感じている人の割合",
    ),
    ("word", "Pneumonoultramicroscopicsilicovolcanoconi"),
    ("katakana", "キャリアコンサルティングオンラインプラットフォームサービス"),
    ("emoji", "👩‍💼🎉 やった"),
    ("half", "ｷｬﾘｱｼﾞﾘﾂﾉｼｻｸｦｼﾞｯｼｼﾃｲﾙｷｷﾞｮｳ"),
    ("rtl", "الاستقلال المهني للموظفين"),
    ("markup", "</svg><script>alert('x')</script>&amp;\""),
    ("control", "a\u{0}b\u{8}c\u{FFFE}d\u{202E}e\nf"),
    ("empty", ""),
];

/// Everything that some kind asks for, with hostile words and differences between rows and classes that may not be there.
fn details(labels: &[(&str, &str)]) -> Details {
    let text = |index: usize| Text::plain(labels[index % labels.len()].1);
    let spot = |row: usize, class: usize| Spot { row, class: Some(class) };
    let contrasts = (0..labels.len() + 1).flat_map(|row| {
        let figure = |value: f64| Figure { interval: Some(Interval { low: value - 5.0, high: value + 5.0, level: 0.95 }), ..given(value) };
        [
            Contrast { from: spot(row, 0), to: spot(row, 1), figure: figure(row as f64 * 3.0 - 6.0) },
            Contrast { from: spot(0, 0), to: spot(row, 0), figure: figure(7.0) },
            Contrast { from: spot(row, 9), to: Spot { row, class: None }, figure: given(f64::NAN) },
        ]
    });
    Details {
        contrasts: contrasts.collect(),
        corners: Some(Corners {
            upper_left: text(0),
            upper_right: text(1),
            lower_left: text(2),
            lower_right: text(6),
            first: Some(Corner::UpperLeft),
        }),
        breaks: vec![
            Break { row: 1, class: None, label: text(0) },
            Break { row: 2, class: Some(1), label: text(1) },
            Break { row: 999, class: Some(99), label: text(2) },
        ],
        mean: Some(Figure { interval: Some(Interval { low: 2.9, high: 3.4, level: 0.95 }), n: Some(388), ..given(3.2) }),
        ..Details::default()
    }
}

/// Exhibits of a kind with labels and numbers that break things.
pub(super) fn edge_cases(kind: Kind) -> Vec<Exhibit> {
    let tones = [Tone::VeryPositive, Tone::Positive, Tone::Neutral, Tone::Negative, Tone::None];
    let make = |id: &str, labels: &[(&str, &str)], classes: usize, figures: &dyn Fn(usize) -> Vec<Figure>| {
        let classes = (0..classes).map(|index| {
            let (_, label) = labels[index % labels.len()];
            class(&format!("k{index}"), label, label, tones[index % tones.len()])
        });
        let rows = labels.iter().enumerate().map(|(index, (id, label))| Row {
            total: Some(given(64.0)),
            benchmark: Some(given(40.0)),
            link: Some((Text::plain(*label), Text::plain(labels[(index + 1) % labels.len()].1))),
            marked: index == 0,
            ..row(&format!("{id}-{index}"), label, label, Some(400), figures(index))
        });
        Exhibit {
            bracket: Some(Bracket { label: Text::plain(labels[0].1), first: 0, last: 1 }),
            details: details(labels),
            ..exhibit(id, kind, Unit::Percent, classes.collect(), rows.collect())
        }
    };
    let ordinary = [("a", "全体"), ("b", "大企業"), ("c", "中小企業")];
    let many: Vec<(String, String)> = (0..40).map(|index| (format!("r{index}"), format!("部署その{index}"))).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
    let spread = |index: usize| {
        let start = (index * 7 % 60) as f64;
        vec![given(start), given(90.0 - start), given(6.5), derived(2.0), given(1.5)]
    };
    let whisker = |figure: Figure, low: f64, high: f64| Figure { interval: Some(Interval { low, high, level: 0.95 }), ..figure };
    let mut cases = vec![
        make("hostile", &HOSTILE, 5, &spread),
        make("many", &many, 5, &spread),
        make("one-class", &ordinary, 1, &|_| vec![given(100.0)]),
        make("eleven", &ordinary, 11, &|_| (0..11).map(|_| given(100.0 / 11.0)).collect()),
        make("zeros", &ordinary, 5, &|_| vec![given(0.0); 5]),
        make("missing", &ordinary, 5, &|_| vec![Figure::missing(); 5]),
        make("hidden", &ordinary, 5, &|_| vec![Figure::hidden(); 5]),
        make("broken", &ordinary, 5, &|_| {
            vec![
                given(f64::NAN),
                given(f64::INFINITY),
                given(f64::NEG_INFINITY),
                whisker(given(20.0), f64::NAN, 30.0),
                whisker(given(20.0), 30.0, f64::INFINITY),
            ]
        }),
        make("too-few", &ordinary, 5, &|_| vec![given(40.0)]),
        make("too-many", &ordinary, 1, &|_| vec![given(40.0); 4]),
        make("same", &ordinary, 5, &|_| vec![given(20.0); 5]),
        make("tiny", &ordinary, 5, &|_| vec![given(0.1), given(0.1), given(0.1), given(0.1), given(99.6)]),
    ];
    let mut scores = make("scores", &ordinary, 2, &|index| {
        let value = index as f64 - 1.5;
        vec![whisker(given(value), value - 0.4, value + 0.4), given(-value)]
    });
    scores.unit = Unit::Score;
    cases.push(Exhibit { range: Some((f64::NAN, 3.0)), ..scores.clone() });
    cases.push(Exhibit { range: Some((5.0, 1.0)), ..scores.clone() });
    cases.push(Exhibit { range: Some((1.0, 5.0)), ..scores });
    cases.push(Exhibit { rows: Vec::new(), ..make("no-rows", &ordinary, 3, &spread) });
    cases.push(Exhibit { classes: Vec::new(), ..make("no-classes", &ordinary, 3, &|_| Vec::new()) });
    let mut bare = make("bare", &ordinary, 2, &spread);
    bare.rows.iter_mut().for_each(|row| row.link = None);
    bare.bracket = Some(Bracket { label: Text::plain(""), first: 7, last: 2 });
    (bare.title, bare.asked, bare.source, bare.id) = (Text::plain(""), Text::plain(""), Text::plain(""), String::new());
    cases.push(bare);
    for (index, case) in cases.iter_mut().enumerate() {
        case.id = format!("{}{index}", case.id);
    }
    cases
}
