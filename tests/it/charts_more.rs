//! Exhibits of the kinds that compare: two sides, fields, waves, before and after, distributions, differences. Numbers are generated.

use super::samples::{between, bracket, class, derived, exhibit, given, importance, row};
use shirube::language::Text;
use shirube::survey::exhibit::{Break, Class, Contrast, Corner, Corners, Details, Exhibit, Kind, Row, Spot, Tone, Whole};
use shirube::survey::figure::{Figure, Unit};

fn sample(title: (&str, &str), exhibit: Exhibit) -> Exhibit {
    Exhibit { title: Text::pair(title.0, title.1), sample: true, ..exhibit }
}

fn contrast(from: (usize, usize), to: (usize, usize), value: f64, low: f64, high: f64) -> Contrast {
    let spot = |(row, class): (usize, usize)| Spot { row, class: Some(class) };
    Contrast { from: spot(from), to: spot(to), figure: between(given(value), low, high) }
}

fn departments() -> Vec<Row> {
    let line = |id: &str, ja: &str, en: &str, n: u64, values: [f64; 6], total: f64| Row {
        total: Some(given(total)),
        ..row(id, ja, en, Some(n), values.map(given).to_vec())
    };
    vec![
        line("sales", "営業", "Sales", 96, [17.0, 34.0, 23.0, 17.0, 7.0, 2.0], 51.0),
        line("research", "研究開発", "Research", 84, [26.0, 42.0, 15.0, 12.0, 4.0, 1.0], 68.0),
        line("works", "製造", "Works", 118, [12.0, 26.0, 21.0, 25.0, 12.0, 4.0], 38.0),
        Row {
            n: None,
            figures: vec![Figure::hidden(); 6],
            total: Some(Figure::hidden()),
            ..row("quality", "品質保証", "Quality", None, vec![])
        },
    ]
}

fn agreement() -> Vec<Class> {
    vec![
        class("very", "当てはまる", "Agree", Tone::VeryPositive),
        class("rather", "やや当てはまる", "Rather agree", Tone::Positive),
        class("neither", "どちらでもない", "Neither", Tone::Neutral),
        class("little", "あまり当てはまらない", "Rather disagree", Tone::Negative),
        class("not", "当てはまらない", "Disagree", Tone::VeryNegative),
        class("no_answer", "答えたくない", "Rather not say", Tone::None),
    ]
}

pub(super) fn diverging() -> Exhibit {
    let made = Exhibit {
        bracket: bracket("当てはまる側", "On the agreeing side", 0, 1),
        ..exhibit("kind-diverging", Kind::Diverging, Unit::Percent, agreement(), departments())
    };
    sample(("製造では4割弱が「当てはまらない」側", "In the works almost four in ten disagree"), made)
}

pub(super) fn diverging_apart() -> Exhibit {
    let mut made = diverging();
    made.id = "kind-diverging-apart".to_owned();
    made.details.apart = true;
    made
}

/// Four steps: no middle class.
pub(super) fn diverging_even() -> Exhibit {
    let classes = (0_u8..4).zip(["よくある", "ときどきある", "あまりない", "まったくない"]).zip(["Often", "Sometimes", "Rarely", "Never"]);
    let classes = classes.map(|((step, ja), en)| class(&format!("s{step}"), ja, en, Tone::Step(step))).collect();
    let rows = vec![
        row("talk", "上司と話す", "Talks with my boss", Some(388), [22.0, 41.0, 27.0, 10.0].map(given).to_vec()),
        row("peers", "同僚と話す", "Talks with peers", Some(388), [35.0, 44.0, 16.0, 5.0].map(given).to_vec()),
    ];
    sample(
        ("同僚との対話のほうが多い", "Talks with peers are more frequent"),
        exhibit("kind-diverging-even", Kind::Diverging, Unit::Percent, classes, rows),
    )
}

pub(super) fn quadrant() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, score: f64, impact: f64, marked: bool| Row {
        marked,
        ..row(
            id,
            ja,
            en,
            Some(388),
            vec![between(given(score), score - 4.9, score + 4.9), between(given(impact), impact - 0.09, impact + 0.09)],
        )
    };
    let rows = vec![
        line("talk", "話せる相手がいる", "Someone to talk to", 38.4, 0.41, true),
        line("meaning", "仕事の意味", "Meaning of work", 62.2, 0.39, false),
        line("backing", "会社の後押し", "The firm backs me", 41.8, 0.18, false),
        line("time", "学ぶ時間", "Time to learn", 66.1, 0.14, false),
        line("vision", "将来像を描ける", "I can draw my future", 53.6, 0.33, false),
        line("boss", "上司の支援", "My boss supports me", 57.0, 0.27, false),
    ];
    let classes = vec![
        class("score", "いまの得点（%）", "Score now (%)", Tone::Category(0)),
        class("impact", "定着との関連", "Relation with staying", Tone::Category(1)),
    ];
    let corners = Corners {
        upper_left: Text::pair("先に手を打つ", "Act first"),
        upper_right: Text::pair("保つ", "Keep"),
        lower_left: Text::pair("見守る", "Watch"),
        lower_right: Text::pair("足りている", "Good enough"),
        first: Some(Corner::UpperLeft),
    };
    let details = Details {
        units: vec![Unit::Percent, Unit::Coefficient],
        corners: Some(corners),
        crossing: Some((53.0, 0.29)),
        ..Details::default()
    };
    sample(
        ("話せる相手づくりを、先に", "Someone to talk to comes first"),
        Exhibit { details, ..exhibit("kind-quadrant", Kind::Quadrant, Unit::Percent, classes, rows) },
    )
}

pub(super) fn heatmap() -> Exhibit {
    let classes = [
        ("vision", "将来像を描ける", "I can draw my future"),
        ("act", "行動している", "I act on it"),
        ("meaning", "今の仕事に意味", "My work has meaning"),
        ("calm", "不安が少ない", "Few worries"),
        ("advice", "相談したい", "I want advice"),
        ("backing", "会社が後押し", "The firm backs me"),
    ];
    let line = |id: &str, ja: &str, en: &str, n: u64, values: [f64; 6]| row(id, ja, en, Some(n), values.map(given).to_vec());
    let rows = vec![
        line("all", "全社", "Whole firm", 388, [53.6, 41.8, 58.2, 38.4, 53.1, 44.1]),
        line("sales", "営業", "Sales", 96, [60.4, 46.9, 60.4, 35.4, 51.0, 43.8]),
        line("research", "開発", "Research", 84, [67.9, 57.1, 66.7, 45.2, 39.3, 52.4]),
        line("works", "製造", "Works", 118, [38.1, 28.0, 51.7, 36.4, 64.4, 36.4]),
        line("office", "管理", "Office", 51, [60.8, 45.1, 62.7, 41.2, 52.9, 54.9]),
        line("store", "物流", "Logistics", 31, [42.0, 29.0, 48.0, 29.0, 55.0, 32.0]),
        row("quality", "品質保証", "Quality", None, vec![Figure::hidden(); 6]),
        row("abroad", "海外", "Abroad", None, vec![Figure::hidden(); 6]),
    ];
    let contrasts = vec![
        contrast((0, 0), (2, 0), 14.3, 3.1, 24.0),
        contrast((0, 0), (3, 0), -15.5, -24.9, -5.1),
        contrast((0, 4), (3, 4), 11.3, 1.2, 20.6),
        contrast((0, 4), (1, 4), -2.1, -12.9, 8.8),
        contrast((0, 5), (4, 5), 10.8, -3.8, 24.4),
    ];
    let classes = classes.iter().map(|(id, ja, en)| class(id, ja, en, Tone::Category(0))).collect();
    let made = exhibit("kind-heatmap", Kind::Heatmap, Unit::Percent, classes, rows);
    sample(
        (
            "製造では相談したい人が64.4%と多く、将来像を描ける人は38.1%にとどまる",
            "In the works 64.4% want advice and only 38.1% can draw their future",
        ),
        Exhibit { details: Details { contrasts, ..Details::default() }, row_head: Text::pair("部署", "Department"), ..made },
    )
}

/// Items as rows, groups as columns, one cell of a group hidden.
pub(super) fn heatmap_of_items() -> Exhibit {
    let groups = [
        ("whole", "全社", "Whole firm", 388),
        ("young", "20代", "Twenties", 88),
        ("middle", "30・40代", "Thirties, forties", 190),
        ("old", "50代以上", "Fifty and over", 110),
    ];
    let line = |id: &str, ja: &str, en: &str, values: [f64; 4]| {
        let figure = |(value, group): (f64, &(&str, &str, &str, u64))| Figure { n: Some(group.3), ..given(value) };
        row(id, ja, en, None, values.into_iter().zip(&groups).map(figure).collect())
    };
    let mut rows = vec![
        line("vision", "将来像を描ける", "I can draw my future", [3.4, 3.9, 3.4, 2.9]),
        line("meaning", "今の仕事に意味を感じる", "My work has meaning", [3.6, 3.5, 3.6, 3.7]),
        line("advice", "相談したい", "I want advice", [3.1, 3.2, 3.3, 2.7]),
    ];
    rows[2].figures[1] = Figure::hidden();
    let classes = groups.iter().map(|(id, ja, en, _)| class(id, ja, en, Tone::Category(0))).collect();
    let made = exhibit("kind-heatmap-items", Kind::Heatmap, Unit::Score, classes, rows);
    let details = Details { whole: Some(Whole::Class(0)), ..Details::default() };
    sample(("将来像は、若いほど描けている", "The younger, the clearer the future"), Exhibit { range: Some((1.0, 5.0)), details, ..made })
}

const WAVES: [(&str, &str, &str, u64); 5] = [
    ("w1", "2024年5月", "May 2024", 412),
    ("w2", "2024年11月", "Nov 2024", 405),
    ("w3", "2025年5月", "May 2025", 397),
    ("w4", "2025年11月", "Nov 2025", 391),
    ("w5", "2026年5月", "May 2026", 388),
];

pub(super) fn waves() -> Exhibit {
    let values = [41.2, 43.9, 42.6, 49.1, 53.6];
    let rows = WAVES
        .iter()
        .zip(values)
        .map(|((id, ja, en, n), value)| row(id, ja, en, Some(*n), vec![between(given(value), value - 4.9, value + 4.9)]));
    let made = exhibit(
        "kind-waves",
        Kind::Waves,
        Unit::Percent,
        vec![class("vision", "将来像を描ける", "I can draw my future", Tone::Category(0))],
        rows.collect(),
    );
    let contrasts = vec![contrast((3, 0), (4, 0), 4.5, -2.5, 11.4), contrast((0, 0), (4, 0), 12.4, 5.5, 19.1)];
    sample(
        ("将来像を描ける人は、2年で41.2%から53.6%へ", "In two years those who can draw their future rose from 41.2% to 53.6%"),
        Exhibit { details: Details { contrasts, ..Details::default() }, ..made },
    )
}

/// Several lines, one of them with a gap, one reworded on the way.
pub(super) fn waves_broken() -> Exhibit {
    let lines = [[61.0, 62.4, 60.2, 63.5, 62.8], [41.2, 43.9, 42.6, 49.1, 53.6], [38.0, f64::NAN, 37.1, 40.4, 38.9]];
    let rows = WAVES.iter().enumerate().map(|(wave, (id, ja, en, n))| {
        let figure = |line: &[f64; 5]| {
            if line[wave].is_nan() { Figure::missing() } else { between(given(line[wave]), line[wave] - 4.9, line[wave] + 4.9) }
        };
        row(id, ja, en, Some(*n), lines.iter().map(figure).collect())
    });
    let classes = vec![
        class("meaning", "今の仕事に意味を感じる", "My work has meaning", Tone::Category(0)),
        class("vision", "将来像を描ける", "I can draw my future", Tone::Category(1)),
        class("calm", "不安が少ない", "Few worries", Tone::Category(2)),
    ];
    let breaks = vec![Break { row: 3, class: Some(1), label: Text::pair("「5年後の」を加えた", "“in five years” was added") }];
    let made = exhibit("kind-waves-broken", Kind::Waves, Unit::Percent, classes, rows.collect());
    sample(
        ("意味は高いまま、ほかは比べられる回だけ見る", "Meaning stays high; the rest compares only within one wording"),
        Exhibit { details: Details { breaks, ..Details::default() }, ..made },
    )
}

pub(super) fn dumbbell() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, before: f64, after: f64| row(id, ja, en, Some(80), vec![given(before), given(after)]);
    let rows = vec![
        line("strengths", "強みを三つ言える", "I can name three strengths", 38.0, 71.0),
        line("step", "次の一歩が決まっている", "I know my next step", 29.0, 58.0),
        line("adviser", "相談先を知っている", "I know whom to ask", 44.0, 49.0),
        line("meaning", "今の仕事に意味", "My work has meaning", 56.0, 54.0),
        row("alone", "一人で抱えている（品質保証）", "I am alone with it (quality)", None, vec![Figure::hidden(); 2]),
    ];
    let contrasts = vec![
        contrast((0, 0), (0, 1), 33.0, 20.8, 44.1),
        contrast((1, 0), (1, 1), 29.0, 16.0, 40.6),
        contrast((2, 0), (2, 1), 5.0, -6.8, 16.6),
        contrast((3, 0), (3, 1), -2.0, -12.0, 8.1),
    ];
    let classes = vec![class("before", "研修前", "Before", Tone::Step(1)), class("after", "研修後", "After", Tone::Step(0))];
    let made = exhibit("kind-dumbbell", Kind::Dumbbell, Unit::Percent, classes, rows);
    sample(
        ("強みを言える人が33ポイント増えた", "33 points more can name their strengths"),
        Exhibit { details: Details { contrasts, ..Details::default() }, ..made },
    )
}

fn profile(id: &str, kind: Kind, several: bool) -> Exhibit {
    let axes = [
        ("draw", "描く", "Draw", 3.9),
        ("act", "動く", "Act", 3.0),
        ("meaning", "意味", "Meaning", 4.1),
        ("learn", "学ぶ", "Learn", 3.4),
        ("advice", "相談", "Advice", 3.6),
        ("backing", "後押し", "Backing", 2.8),
    ];
    let rows = axes.iter().zip(0_u8..).map(|((id, ja, en, value), place)| {
        let mut figures = vec![given(*value)];
        figures.extend(several.then(|| given(3.2 + f64::from(place % 3) * 0.2)));
        row(id, ja, en, None, figures)
    });
    let mut classes = vec![class("own", "あなた", "You", Tone::Category(0))];
    classes.extend(several.then(|| class("firm", "全社", "Whole firm", Tone::Category(1))));
    Exhibit { range: Some((1.0, 5.0)), ..exhibit(id, kind, Unit::Score, classes, rows.collect()) }
}

pub(super) fn radar() -> Exhibit {
    sample(("六つの得点", "Six scores"), profile("kind-radar", Kind::Radar, false))
}

pub(super) fn radar_of_two() -> Exhibit {
    sample(("六つの得点と全社の平均", "Six scores beside the firm’s"), profile("kind-radar-two", Kind::Radar, true))
}

pub(super) fn life_line() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, age: f64, height: f64| row(id, ja, en, None, vec![given(age), given(height)]);
    let mut rows = vec![
        line("school", "入学", "School", 18.0, 1.0),
        line("job", "就職", "First job", 22.0, 3.0),
        line("move", "異動", "Moved", 26.0, -2.0),
        line("leave", "育児休業", "Parental leave", 31.0, 2.0),
        line("back", "復職", "Back at work", 36.0, 1.0),
        line("now", "いま", "Now", 42.0, 3.0),
        line("plan", "独立したい", "On my own", 50.0, 4.0),
    ];
    rows[5].marked = true;
    let classes = vec![class("age", "年齢", "Age", Tone::Category(0)), class("height", "充実感", "Fulfilment", Tone::Category(1))];
    let details = Details { units: vec![Unit::Count, Unit::Score], ..Details::default() };
    let made = exhibit("kind-life-line", Kind::LifeLine, Unit::Score, classes, rows);
    sample(("谷のあとに、支えた人がいる", "After the valley somebody helped"), Exhibit { range: Some((-5.0, 5.0)), details, ..made })
}

fn scores(id: &str, kind: Kind, counts: &[f64], start: f64, width: f64, mean: (f64, f64, f64)) -> Exhibit {
    let rows = counts.iter().enumerate().map(|(index, count)| {
        let (low, high) = (start + width * index as f64, start + width * (index as f64 + 1.0));
        row(&format!("b{index}"), &format!("{low:.1}〜{high:.1}"), &format!("{low:.1} to {high:.1}"), None, vec![given(*count)])
    });
    let n: f64 = counts.iter().sum();
    let mean = Figure { n: Some(n as u64), ..between(given(mean.0), mean.1, mean.2) };
    let details = Details { bins: Some((start, width)), mean: Some(mean), ..Details::default() };
    let made = exhibit(id, kind, Unit::Count, vec![class("people", "人数", "People", Tone::Step(0))], rows.collect());
    sample(("3.4を中心に、ひと山", "One hill around 3.4"), Exhibit { details, ..made })
}

pub(super) fn histogram() -> Exhibit {
    scores("kind-histogram", Kind::Histogram, &[3.0, 8.0, 14.0, 28.0, 52.0, 84.0, 77.0, 58.0, 40.0, 24.0], 1.0, 0.4, (3.41, 3.34, 3.48))
}

pub(super) fn dots() -> Exhibit {
    scores("kind-dots", Kind::Dots, &[1.0, 3.0, 7.0, 12.0, 9.0, 5.0, 2.0], 1.5, 0.5, (3.27, 3.06, 3.48))
}

pub(super) fn recommendation() -> Exhibit {
    let rows = vec![row("all", "全社", "Whole firm", Some(388), [40.0, 40.0, 20.0].map(given).to_vec())];
    let classes = vec![
        class("against", "すすめない（0–6）", "Would not (0–6)", Tone::Negative),
        class("between", "どちらでもない（7・8）", "In between (7, 8)", Tone::Neutral),
        class("for", "すすめる（9・10）", "Would recommend (9, 10)", Tone::Positive),
    ];
    let contrasts = vec![contrast((0, 0), (0, 2), -20.0, -27.4, -12.5)];
    let made = exhibit("kind-recommendation", Kind::Recommendation, Unit::Percent, classes, rows);
    sample(("すすめる人は2割", "Two in ten would recommend us"), Exhibit { details: Details { contrasts, ..Details::default() }, ..made })
}

pub(super) fn recommendation_by_group() -> Exhibit {
    let mut made = recommendation();
    made.id = "kind-recommendation-groups".to_owned();
    let line = |id: &str, ja: &str, en: &str, n: u64, values: [f64; 3]| row(id, ja, en, Some(n), values.map(given).to_vec());
    made.rows = vec![
        line("research", "研究開発", "Research", 84, [28.0, 41.0, 31.0]),
        line("works", "製造", "Works", 118, [51.0, 36.0, 13.0]),
        row("quality", "品質保証", "Quality", None, vec![Figure::hidden(); 3]),
    ];
    made.details.contrasts = vec![contrast((0, 0), (0, 2), 3.0, -13.2, 19.1), contrast((1, 0), (1, 2), -38.0, -49.0, -25.0)];
    made
}

pub(super) fn differences() -> Exhibit {
    let line =
        |id: &str, ja: &str, en: &str, value: f64, low: f64, high: f64| row(id, ja, en, Some(202), vec![between(given(value), low, high)]);
    let rows = vec![
        line("advice", "相談したい", "I want advice", 25.1, 11.2, 37.8),
        line("vision", "将来像を描ける", "I can draw my future", -29.8, -41.9, -15.6),
        line("act", "行動している", "I act on it", -29.1, -41.4, -15.3),
        line("calm", "不安が少ない", "Few worries", -8.8, -22.2, 4.9),
        line("meaning", "今の仕事に意味", "My work has meaning", -15.0, -27.6, -1.2),
        row("backing", "会社が後押し（海外）", "The firm backs me (abroad)", None, vec![Figure::hidden()]),
    ];
    let made = exhibit(
        "kind-differences",
        Kind::Differences,
        Unit::Points,
        vec![class("difference", "製造と開発の差", "Works less research", Tone::Step(0))],
        rows,
    );
    sample(("製造は開発より、相談したい人が25.1ポイント多い", "25.1 points more want advice in the works than in research"), made)
}

/// One of every kind, and of its variants.
/// Net scores on both sides of zero beside those of another survey, some of them far out.
pub(super) fn nets_beside() -> Exhibit {
    let one = |id: &str, ja: &str, en: &str, (value, low, high): (f64, f64, f64), mark: f64| Row {
        benchmark: Some(given(mark)),
        ..row(id, ja, en, Some(210), vec![Figure { n: Some(210), ..between(given(value), low, high) }])
    };
    let mut exhibit = exhibit(
        "kind-bar-below-zero",
        Kind::Bar,
        Unit::Points,
        vec![class("net", "差し引き", "Net score", Tone::Category(0))],
        vec![
            one("firm", "この会社を、働く場としてすすめますか", "Would you recommend the firm to work for?", (-42.9, -52.0, -32.7), -61.2),
            one("training", "研修を、ほかの人にすすめますか", "Would you recommend the course?", (12.4, 1.9, 22.5), -8.0),
            one("talks", "相談を、ほかの人にすすめますか", "Would you recommend the talks?", (-3.3, -13.6, 7.1), 15.5),
            one("site", "このサイトを、すすめますか", "Would you recommend this site?", (-0.5, -10.8, 9.9), -0.5),
        ],
    );
    exhibit.benchmark_label = Some(Text::pair("別の調査", "Another survey"));
    exhibit
}

/// Figures as they were answered and adjusted to known numbers of people.
pub(super) fn adjusted() -> Exhibit {
    let one = |id: &str, ja: &str, en: &str, plain: (f64, f64, f64), other: (f64, f64, f64)| {
        let of = |figure: Figure, (_, low, high): (f64, f64, f64)| Figure { n: Some(598), ..between(figure, low, high) };
        row(id, ja, en, Some(598), vec![of(given(plain.0), plain), of(derived(other.0), other)])
    };
    let mut exhibit = exhibit(
        "kind-grouped-adjusted",
        Kind::GroupedBar,
        Unit::Score,
        vec![
            class("answered", "答えたまま", "As answered", Tone::Category(0)),
            class("adjusted", "構成比で調整", "Adjusted", Tone::Category(1)),
        ],
        vec![
            one("growth", "成長", "Growth", (3.12, 3.04, 3.2), (3.15, 3.06, 3.24)),
            one("load", "負担", "Workload", (3.08, 2.99, 3.17), (3.0, 2.9, 3.1)),
        ],
    );
    exhibit.range = Some((1.0, 5.0));
    exhibit
}

pub(super) fn honest() -> Vec<Exhibit> {
    let mut two_sided = importance();
    (two_sided.id, two_sided.kind) = ("kind-diverging-quoted".to_owned(), Kind::Diverging);
    vec![
        diverging(),
        diverging_apart(),
        diverging_even(),
        two_sided,
        quadrant(),
        heatmap(),
        heatmap_of_items(),
        waves(),
        waves_broken(),
        dumbbell(),
        radar(),
        radar_of_two(),
        life_line(),
        histogram(),
        dots(),
        recommendation(),
        recommendation_by_group(),
        differences(),
        nets_beside(),
        adjusted(),
    ]
}
