//! Exhibits to draw: the white paper's figures (S08 to S14), every other kind on generated numbers, and hostile ones.

use shirube::language::Text;
use shirube::survey::exhibit::{Bracket, Class, Details, Exhibit, Kind, Row, Tone};
use shirube::survey::figure::{Figure, Interval, State, Unit};

pub(super) fn class(id: &str, ja: &str, en: &str, tone: Tone) -> Class {
    Class { id: id.to_owned(), label: Text::pair(ja, en), tone }
}

pub(super) fn row(id: &str, ja: &str, en: &str, n: Option<u64>, figures: Vec<Figure>) -> Row {
    Row { id: id.to_owned(), label: Text::pair(ja, en), n, figures, total: None, benchmark: None, link: None, marked: false }
}

pub(super) fn exhibit(id: &str, kind: Kind, unit: Unit, classes: Vec<Class>, rows: Vec<Row>) -> Exhibit {
    Exhibit {
        id: id.to_owned(),
        title: Text::pair("見出しは発見を述べる", "The title states the finding"),
        asked: Text::pair("何を尋ねたか（%）", "What was asked (%)"),
        row_head: Text::pair("規模", "Size"),
        unit,
        range: None,
        kind,
        classes,
        rows,
        bracket: None,
        benchmark_label: None,
        source: Text::pair("パーソルキャリアコンサルティング調べ（企業400社）", "Persol Career Consulting (400 firms)"),
        notes: Vec::new(),
        sample: false,
        details: Details::default(),
    }
}

pub(super) fn given(value: f64) -> Figure {
    Figure::of(value, State::Given)
}

pub(super) fn derived(value: f64) -> Figure {
    Figure::of(value, State::Derived)
}

pub(super) fn between(figure: Figure, low: f64, high: f64) -> Figure {
    Figure { interval: Some(Interval { low, high, level: 0.95 }), ..figure }
}

pub(super) fn bracket(ja: &str, en: &str, first: usize, last: usize) -> Option<Bracket> {
    Some(Bracket { label: Text::pair(ja, en), first, last })
}

/// S08: measures in place. The sum of all firms is known, their split is not; nothing is known of small firms.
pub(super) fn measures() -> Exhibit {
    let classes = vec![
        class("doing", "実施している", "Doing", Tone::Step(0)),
        class("planned", "実施の予定", "Planned", Tone::Step(1)),
        class("considering", "実施に向けて検討している", "Considering", Tone::Step(2)),
        class("none", "予定なし", "No plan", Tone::Step(3)),
    ];
    let all = Row {
        total: Some(Figure { printed: Some("83.2".to_owned()), ..given(83.25) }),
        ..row("all", "全体", "All firms", Some(400), vec![Figure::missing(); 4])
    };
    let large = Row {
        total: Some(between(given(88.5), 83.3, 92.2)),
        ..row("large", "大企業", "Large firms", Some(200), [37.0, 31.0, 20.5, 11.5].map(given).to_vec())
    };
    let small =
        Row { total: Some(Figure::missing()), ..row("small", "中小企業", "Smaller firms", Some(200), vec![Figure::missing(); 4]) };
    Exhibit {
        title: Text::pair("大企業の88.5%が、施策を実施・検討している", "88.5% of large firms act or plan to"),
        asked: Text::pair("キャリア自律を支える施策の状況（%）", "Measures that support career self-reliance (%)"),
        bracket: bracket("実施・検討", "Doing or considering", 0, 2),
        ..exhibit("data-measures", Kind::StackedBar, Unit::Percent, classes, vec![all, large, small])
    }
}

/// S09: importance.
pub(super) fn importance() -> Exhibit {
    let classes = vec![
        class("very", "とても重視", "Very important", Tone::VeryPositive),
        class("rather", "やや重視", "Rather important", Tone::Positive),
        class("neither", "どちらでもない", "Neither", Tone::Neutral),
        class("little", "あまり重視しない", "Of little importance", Tone::Negative),
        class("not", "まったく重視しない", "Not important", Tone::VeryNegative),
    ];
    let line = |id: &str, ja: &str, en: &str, n: u64, figures: Vec<Figure>, total: Figure| Row {
        total: Some(total),
        ..row(id, ja, en, Some(n), figures)
    };
    let rest = |values: [f64; 4], rest: f64| values.map(given).into_iter().chain([derived(rest)]).collect::<Vec<_>>();
    let rows = vec![
        line("all", "全体", "All firms", 400, rest([20.0, 44.0, 28.0, 5.5], 2.5), between(given(64.0), 59.2, 68.6)),
        line("large", "大企業", "Large firms", 200, [24.5, 46.5, 22.5, 5.0, 1.5].map(derived).to_vec(), between(given(71.0), 64.4, 76.8)),
        line("small", "中小企業", "Smaller firms", 200, rest([15.5, 41.5, 33.5, 6.0], 3.5), between(given(57.0), 50.1, 63.7)),
    ];
    Exhibit {
        title: Text::pair(
            "社員の自律を重視する企業は、大企業で7割、中小企業で6割弱",
            "Seven in ten large firms value self-reliance, under six in ten smaller ones",
        ),
        asked: Text::pair("自律的なキャリア形成をどの程度重視するか（%）", "How important is a self-reliant career? (%)"),
        bracket: bracket("重視", "Important", 0, 1),
        ..exhibit("data-importance", Kind::StackedBar, Unit::Percent, classes, rows)
    }
}

/// S10: performance, a multiple.
pub(super) fn performance() -> Exhibit {
    let rows = vec![
        row("performance", "パフォーマンス", "Performance", None, vec![Figure { printed: Some("1.2".to_owned()), ..given(1.2) }]),
        row("engagement", "ワーク・エンゲージメント", "Engagement", None, vec![given(1.27)]),
        row("learning", "学習意欲", "Learning", None, vec![given(1.28)]),
        row("fulfilment", "仕事の充実感", "Work fulfilment", None, vec![given(1.26)]),
    ];
    let classes = vec![class("ratio", "高群は低群の何倍か", "High group against low group", Tone::Step(0))];
    Exhibit {
        title: Text::pair("自律の高い群は、低い群の1.2倍", "The self-reliant score 1.2 times as high"),
        ..exhibit("data-performance", Kind::Bar, Unit::Ratio, classes, rows)
    }
}

/// S11: retention after counselling; four classes are not in the source.
pub(super) fn retention() -> Exhibit {
    let classes = vec![
        class("much", "大いに高まった", "Risen greatly", Tone::VeryPositive),
        class("some", "高まった", "Risen", Tone::Positive),
        class("same", "変わらない", "Same", Tone::Neutral),
        class("less", "低下した", "Fallen", Tone::Negative),
        class("least", "大いに低下した", "Fallen greatly", Tone::VeryNegative),
        class("no_answer", "無回答", "No answer", Tone::None),
    ];
    let line = |id: &str, ja: &str, en: &str, a: f64, b: f64, total: f64| {
        let mut figures = vec![given(a), given(b)];
        figures.extend(vec![Figure::missing(); 4]);
        Row { total: Some(given(total)), ..row(id, ja, en, None, figures) }
    };
    Exhibit {
        title: Text::pair("相談のあと、定着が高まったと答えたのは若手で44.0%", "After counselling, 44.0% saw young people stay longer"),
        bracket: bracket("高まった", "Risen", 0, 1),
        ..exhibit(
            "data-retention",
            Kind::StackedBar,
            Unit::Percent,
            classes,
            vec![
                line("young", "若手社員", "Young staff", 9.6, 34.4, 44.0),
                line("veteran", "中堅・ベテラン", "Experienced staff", 7.6, 30.7, 38.3),
            ],
        )
    }
}

/// S12: take-up is known, effect is not.
pub(super) fn trainings() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, value: f64, marked: bool| Row {
        marked,
        ..row(id, ja, en, None, vec![given(value), Figure::missing()])
    };
    Exhibit {
        title: Text::pair("相談は、受けた人がまだ6.4%", "Only 6.4% have had counselling"),
        ..exhibit(
            "data-trainings",
            Kind::Scatter,
            Unit::Percent,
            vec![
                class("take_up", "受けたことのある人（%）", "Have taken part (%)", Tone::Category(0)),
                class("effect", "自律への効果", "Effect on self-reliance", Tone::Category(1)),
            ],
            vec![
                line("counselling", "キャリア相談", "Career counselling", 6.4, true),
                line("planning", "キャリア計画研修", "Career planning", 6.4, true),
                line("self_study", "自己啓発の補助", "Self-study allowance", 16.2, false),
                line("manager", "管理職研修", "Manager training", 16.2, false),
                line("entrant", "中途入社者研修", "Mid-career entrant training", 22.0, false),
                line("skill", "スキル研修", "Skill training", 28.0, false),
            ],
        )
    }
}

fn arrow(id: &str, from: (&str, &str), to: (&str, &str), figure: Figure) -> Row {
    Row {
        link: Some((Text::pair(from.0, from.1), Text::pair(to.0, to.1))),
        ..row(id, &format!("{} → {}", from.0, to.0), &format!("{} → {}", from.1, to.1), Some(10_000), vec![figure])
    }
}

/// S13 and S14: what goes with the wish to leave.
pub(super) fn intention() -> Exhibit {
    let goal = ("転職意向", "Turnover intention");
    Exhibit {
        title: Text::pair("不安と市場価値が、転職意向と関わる", "Anxiety and market value go with the wish to leave"),
        ..exhibit(
            "data-intention",
            Kind::Path,
            Unit::Coefficient,
            vec![class("r", "係数", "Coefficient", Tone::Step(0))],
            vec![
                arrow("anxiety", ("キャリア不安", "Career anxiety"), goal, between(given(0.201), 0.182, 0.220)),
                arrow("market", ("市場価値", "Market value"), goal, given(0.349)),
                arrow("autonomy", ("キャリア自律", "Career self-reliance"), goal, given(-0.012)),
            ],
        )
    }
}

/// S15: measures without coefficients, in three layers.
pub(super) fn flow() -> Exhibit {
    let goal = ("転職意向", "Turnover intention");
    exhibit(
        "data-flow",
        Kind::Path,
        Unit::Coefficient,
        vec![class("r", "係数", "Coefficient", Tone::Step(0))],
        vec![
            arrow("a", ("定期的なキャリア面談", "Regular career talks"), ("キャリア不安", "Career anxiety"), Figure::missing()),
            arrow(
                "b",
                ("意思を伝える機会（社内公募・異動希望）", "Chances to state one’s will"),
                ("市場価値", "Market value"),
                Figure::missing(),
            ),
            arrow("c", ("キャリア不安", "Career anxiety"), goal, given(0.201)),
            arrow("d", ("市場価値", "Market value"), goal, given(0.349)),
        ],
    )
}

/// Large firms of S08 as a donut.
pub(super) fn donut() -> Exhibit {
    let mut exhibit = measures();
    exhibit.id = "data-measures-large".to_owned();
    exhibit.kind = Kind::Donut;
    exhibit.rows.retain(|row| row.id == "large");
    exhibit
}

/// Items with intervals and benchmarks, some of them small, one held back.
pub(super) fn items() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, count: u32, n: u32, low: f64, high: f64, benchmark: f64| Row {
        benchmark: Some(given(benchmark)),
        ..row(
            id,
            ja,
            en,
            Some(n.into()),
            vec![Figure {
                count: Some(count.into()),
                n: Some(n.into()),
                ..between(given(100.0 * f64::from(count) / f64::from(n)), low, high)
            }],
        )
    };
    Exhibit {
        title: Text::pair("比較値を上回るのは「意味」だけ", "Only “meaning” is above the benchmark"),
        benchmark_label: Some(Text::pair("比較値（別の人びと）", "benchmark (other people)")),
        sample: true,
        ..exhibit(
            "pulse-items",
            Kind::Bar,
            Unit::Percent,
            vec![class("favourable", "当てはまる", "Agree", Tone::Positive)],
            vec![
                line("vision", "将来像を描ける", "I can draw my future", 208, 388, 48.6, 58.5, 50.0),
                line("act", "行動している", "I act on it", 162, 388, 37.0, 46.7, 46.0),
                Row {
                    marked: true, ..line("meaning", "今の仕事に意味を感じる", "My work has meaning", 226, 388, 53.3, 63.0, 52.0)
                },
                row("quality", "相談したい（品質保証）", "I want advice (quality)", Some(3), vec![Figure::hidden()]),
                line("small", "相談したい（物流）", "I want advice (logistics)", 13, 31, 26.4, 59.2, 40.0),
            ],
        )
    }
}

/// Scores on a scale of 1 to 5.
pub(super) fn scores() -> Exhibit {
    let line = |id: &str, ja: &str, en: &str, value: f64| row(id, ja, en, Some(120), vec![between(given(value), value - 0.2, value + 0.2)]);
    Exhibit {
        range: Some((1.0, 5.0)),
        ..exhibit(
            "pulse-scores",
            Kind::Bar,
            Unit::Score,
            vec![class("mean", "平均", "Mean", Tone::Step(0))],
            vec![line("draw", "描く", "Draw", 3.9), line("act", "動く", "Act", 3.0), line("meaning", "意味", "Meaning", 4.1)],
        )
    }
}

/// Before and after a training.
pub(super) fn before_after() -> Exhibit {
    Exhibit {
        title: Text::pair("研修のあと、「行動」が15ポイント増えた", "After the training, 15 points more act"),
        ..exhibit(
            "pulse-training",
            Kind::GroupedBar,
            Unit::Percent,
            vec![class("before", "前", "Before", Tone::Step(1)), class("after", "後", "After", Tone::Step(0))],
            vec![
                row("draw", "描ける", "Draw", Some(80), vec![given(54.1), given(62.7)]),
                row("act", "行動", "Act", Some(80), vec![given(40.3), given(55.0)]),
                row("meaning", "意味", "Meaning", Some(80), vec![given(57.2), given(60.1)]),
            ],
        )
    }
}

/// A scatter of generated points, crowded on purpose.
pub(super) fn scatter() -> Exhibit {
    let names = [
        ("話せる相手がいる", "Someone to talk to"),
        ("会社の後押し", "The firm backs me"),
        ("仕事の意味", "Meaning of work"),
        ("学ぶ時間", "Time to learn"),
        ("将来像", "A vision"),
        ("上司の支援", "Support by my boss"),
        ("異動の機会", "Chances to move"),
        ("副業の制度", "Side jobs allowed"),
        ("強みの理解", "Knowing my strengths"),
        ("評価の納得", "Fair assessment"),
        ("同僚との対話", "Talks with colleagues"),
        ("健康", "Health"),
    ];
    let rows = names.iter().zip(0_u8..).map(|((ja, en), index)| {
        let step = f64::from(index);
        let (x, y) = (20.0 + (step * 37.0) % 60.0, 10.0 + (step * step * 7.0) % 50.0);
        Row { marked: index == 0, ..row(&format!("p{index}"), ja, en, Some(388), vec![given(x), given(y)]) }
    });
    Exhibit {
        title: Text::pair("話せる相手づくりを、先に", "Someone to talk to comes first"),
        sample: true,
        ..exhibit(
            "sample-scatter",
            Kind::Scatter,
            Unit::Percent,
            vec![
                class("score", "いまの得点（%）", "Score now (%)", Tone::Category(0)),
                class("impact", "関連の強さ（%）", "Strength of relation (%)", Tone::Category(1)),
            ],
            rows.collect(),
        )
    }
}

/// A point scale of eleven with small shares on both sides, and hidden rows.
pub(super) fn eleven() -> Exhibit {
    let classes = (0_u8..11).map(|point| class(&format!("p{point}"), &point.to_string(), &point.to_string(), Tone::Step(point))).collect();
    let shares = [1.5, 2.0, 4.0, 6.5, 11.0, 15.0, 20.0, 19.0, 12.0, 5.0, 4.0];
    Exhibit {
        bracket: bracket("すすめる", "Would recommend", 9, 10),
        ..exhibit(
            "pulse-eleven",
            Kind::StackedBar,
            Unit::Percent,
            classes,
            vec![
                Row { total: Some(given(9.0)), ..row("all", "全社", "Whole firm", Some(388), shares.map(given).to_vec()) },
                row("quality", "品質保証", "Quality", None, vec![Figure::hidden(); 11]),
                row("abroad", "海外", "Abroad", None, vec![Figure::hidden(); 11]),
            ],
        )
    }
}

/// Every kind on honest numbers.
pub(super) fn honest() -> Vec<Exhibit> {
    let mut all = first_kinds();
    all.extend(super::more::honest());
    all
}

fn first_kinds() -> Vec<Exhibit> {
    vec![
        measures(),
        importance(),
        performance(),
        retention(),
        trainings(),
        intention(),
        flow(),
        donut(),
        items(),
        scores(),
        before_after(),
        scatter(),
        eleven(),
    ]
}
