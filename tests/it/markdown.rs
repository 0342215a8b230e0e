//! Markdown as Japanese authors write it: cases, properties and places.

use proptest::prelude::*;
use shirube::content::markdown::{
    Document, Html, Part, RawHtml, Reference, ReferenceKind, Rendering, ResolvedLink, Target, inline, plain, split_front_matter,
};
use shirube::diagnostic::Diagnostics;
use shirube::language::Language;
use std::sync::Arc;

fn read(text: &str) -> (Document, Diagnostics) {
    Document::parse(&"content/pages/a.md".into(), text, 0)
}

fn resolve(reference: &Reference) -> Option<ResolvedLink> {
    match &reference.target {
        Target::Own { kind: ReferenceKind::Module, id, anchor } if id == "strengths" => Some(ResolvedLink {
            href: format!("../strengths/index.html{}", anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default()),
            label: Some("強みを見つける".into()),
        }),
        Target::Relative(path) => Some(ResolvedLink { href: format!("media/{path}"), label: None }),
        _ => None,
    }
}

fn parts(text: &str, language: Language, raw_html: RawHtml) -> Vec<Part> {
    read(text).0.render(&Rendering { language, raw_html, prefix: "", resolve: &resolve })
}

fn html_with(text: &str, language: Language, raw_html: RawHtml) -> String {
    let pieces = parts(text, language, raw_html).into_iter().map(|part| match part {
        Part::Html(html) => html.into_string(),
        Part::Exhibit { id, .. } => format!("[{id}]"),
    });
    pieces.collect::<String>().trim_end().to_owned()
}

fn html(text: &str) -> String {
    html_with(text, Language::Japanese, RawHtml::Escape)
}

fn codes(text: &str) -> Vec<String> {
    read(text).1.sorted().iter().map(|one| format!("{}:{} {}", one.place.line, one.place.column, one.code)).collect()
}

#[test]
fn japanese_emphasis_is_emphasis() {
    for (text, expected) in [
        ("**強調**。", "<strong>強調</strong>。"),
        ("**強調。**次の文", "<strong>強調。</strong>次の文"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("**注意：**本文", "<strong>注意：</strong>本文"),
        ("**研修（初級）**を受講", "<strong>研修（初級）</strong>を受講"),
        ("**SQL(基礎)**を学ぶ", "<strong>SQL(基礎)</strong>を学ぶ"),
        ("A社の**“x”**研修", "A社の<strong>“x”</strong>研修"),
        ("この**`code`**は", "この<strong><code>code</code></strong>は"),
        ("**[リンク](x)**です", "<strong><a href=\"media/x\">リンク</a></strong>です"),
        ("*強調。*次", "<em>強調。</em>次"),
        ("~~削除（旧）~~新", "<del>削除（旧）</del>新"),
        ("**100%**の人", "<strong>100%</strong>の人"),
        ("約**50%**が", "約<strong>50%</strong>が"),
        ("**「A」**と**「B」**", "<strong>「A」</strong>と<strong>「B」</strong>"),
        ("***強い。***次", "<em><strong>強い。</strong></em>次"),
        ("**太*斜め。*字。**次", "<strong>太<em>斜め。</em>字。</strong>次"),
        ("値は(**約5割**)です", "値は(<strong>約5割</strong>)です"),
        ("**強調！**次", "<strong>強調！</strong>次"),
        ("**文。**「次」", "<strong>文。</strong>「次」"),
        ("**$100**を払う", "<strong>$100</strong>を払う"),
        ("__強調。__次", "__強調。__次"),
        ("\\**強調。*次", "*<em>強調。</em>次"),
        ("** 強調。**次", "** 強調。**次"),
        ("5*3＝15、4*2＝8", "5<em>3＝15、4</em>2＝8"),
        ("> **強調。**次", "quote"),
        (">**「強調」**次", "quote2"),
    ] {
        let expected = match expected {
            "quote" => "<blockquote>\n<p><strong>強調。</strong>次</p>\n</blockquote>".to_owned(),
            "quote2" => "<blockquote>\n<p><strong>「強調」</strong>次</p>\n</blockquote>".to_owned(),
            words => format!("<p>{words}</p>"),
        };
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn the_guard_leaves_no_trace_in_code_tables_urls_and_attributes() {
    let text = "```言語*「」\n**「コード」**。\n```\n\n`**「x」**の`\n\n[文](https://example.org/*「x」*の \"題*「」*の\")\n\n## 題 {#「*」の}\n\n|a|**「b」**|\n|-|-|\n|**「c」**|*d。*|\n\n<i title=\"*「」*の\">\n\n[^*「」]\n\n[^*「」]: 注";
    let rendered = html(text);
    assert!(!rendered.contains('\u{e0ff}') && !rendered.contains("%EE%83%BF"), "{rendered}");
    for piece in [
        "<pre tabindex=\"0\"><code class=\"language-言語*「」\">**「コード」**。\n</code></pre>",
        "<code>**「x」**の</code>",
        "href=\"https://example.org/*「x」*の\"",
        "<th scope=\"col\"><strong>「b」</strong></th>",
        "<td><strong>「c」</strong></td><td><em>d。</em></td>",
        "&lt;i title=&quot;*「」*の&quot;&gt;",
    ] {
        assert!(rendered.contains(piece), "{piece} is not in\n{rendered}");
    }
}

#[test]
fn line_breaks_between_wide_characters_are_no_spaces() {
    for (text, expected) in [
        ("日本語の文章を\n途中で改行", "日本語の文章を途中で改行"),
        ("one\ntwo", "one\ntwo"),
        ("日本語\nenglish", "日本語\nenglish"),
        ("**太字**\nの文", "<strong>太字</strong>の文"),
        ("文。\n**太字**", "文。<strong>太字</strong>"),
        ("한국어\n문장", "한국어\n문장"),
        ("{漢字|かんじ}\nの", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>の"),
        ("[資料](x)\nを見る", "<a href=\"media/x\">資料</a>を見る"),
        ("画像\n![図](x.png)", "画像\n<img src=\"media/x.png\" alt=\"図\" loading=\"lazy\" decoding=\"async\">"),
        ("改行  \nする", "改行<br>\nする"),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>"), "{text}");
    }
}

#[test]
fn nothing_in_a_text_can_run() {
    let attacks = [
        "<script>alert(1)</script>",
        "text <script>alert(1)</script> text",
        "<img src=x onerror=alert(1)>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x\" onerror=\"alert(1)](x.png)",
        "![x](x.png \"a\\\" onerror=\\\"alert(1)\")",
        "[x](x \"a\\\" onmouseover=\\\"alert(1)\")",
        "[x](<x\" onmouseover=\"alert(1)>)",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"//example.org\" onclick=alert(1)>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<iframe src=\"https://example.org\"></iframe>",
        "<style>@import 'https://example.org'</style>",
        "<form action=\"https://example.org\"><input name=a></form>",
        "<object data=x></object><embed src=x><base href=x><meta http-equiv=refresh content=0>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "## x {onclick=alert(1)}",
        "## x {#\"onclick=alert(1)}",
        "```\"onclick=alert(1)\nx\n```",
        "[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: x",
        "{漢字|<script>alert(1)</script>}",
        "|<script>alert(1)</script>|\n|-|\n|x|",
        "<!-- --><script>alert(1)</script><!-- -->",
        "<br><script>alert(1)</script>",
        "<<script>script>alert(1)<</script>/script>",
        "<p title=\"</p><script>alert(1)</script>\">",
    ];
    for raw_html in [RawHtml::Escape, RawHtml::Sanitize] {
        for attack in attacks {
            let rendered = html_with(attack, Language::English, raw_html);
            assert!(is_harmless(&rendered), "{raw_html:?} {attack}\n{rendered}");
        }
    }
    for attack in attacks {
        let rendered = inline(attack).into_string();
        assert!(is_harmless(&rendered), "{attack}\n{rendered}");
    }
}

/// Whether every element that is opened is closed in turn, and no link holds another one.
fn is_balanced(markup: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for piece in markup.split('<').skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { return false };
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !["br", "hr", "img"].contains(&name) {
            if name == "a" && open.contains(&"a") {
                return false;
            }
            open.push(name);
        }
    }
    open.is_empty()
}

/// Looks at every tag of the markup: only known elements, only known attributes, only known schemes.
fn is_harmless(markup: &str) -> bool {
    const TAGS: &str = " p h2 h3 h4 h5 h6 a img em strong del code pre br hr ul ol li dl dt dd blockquote div table thead tbody tr th td sup section ruby rt rp span figure figcaption i b ";
    const ATTRIBUTES: &str = " href class rel src alt loading decoding id tabindex role aria-label scope title start ";
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        let Some(close) = rest[open..].find('>').map(|index| open + index) else { return false };
        let tag = &rest[open + 1..close];
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !TAGS.contains(&format!(" {name} ")) {
            return false;
        }
        // What stands between quotes cannot hold a quote, so every second piece is a value.
        let pieces: Vec<&str> = tag.trim_start_matches('/')[name.len()..].split('"').collect();
        for pair in pieces.chunks(2) {
            let attribute = pair[0].trim().trim_end_matches('=');
            if !attribute.is_empty() && !ATTRIBUTES.contains(&format!(" {attribute} ")) {
                return false;
            }
            // A character reference other than our own apostrophe could spell a scheme.
            if pair.get(1).is_some_and(|value| value.replace("&#39;", "").contains("&#")) {
                return false;
            }
            let value = pair.get(1).map(|value| value.trim().to_lowercase()).unwrap_or_default();
            if ["href", "src"].contains(&attribute)
                && value.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'))
                && !value.starts_with("https:")
            {
                return false;
            }
        }
        rest = &rest[close + 1..];
    }
    true
}

#[test]
fn raw_html_is_shown_by_default_and_cleaned_where_asked() {
    let text =
        "<div class=\"box\" onclick=\"x()\">\n\n**a** <kbd>Enter</kbd><script>x()</script>\n\n</div>\n\n> [!NOTE]\n> b[^1]\n\n[^1]: c";
    assert!(html(text).starts_with("<p>&lt;div class=&quot;box&quot; onclick=&quot;x()&quot;&gt;</p>\n<p><strong>a</strong> &lt;kbd&gt;"));
    let clean = html_with(text, Language::English, RawHtml::Sanitize);
    assert!(clean.starts_with("<div class=\"box\">") && clean.contains("<kbd>Enter</kbd>") && !clean.contains("x()"), "{clean}");
    for kept in ["class=\"callout callout-note\"", "id=\"fn:1\"", "role=\"doc-noteref\"", "aria-label=\"Back to reference 1\""] {
        assert!(clean.contains(kept), "{kept} is not in\n{clean}");
    }
    assert_eq!(read(text).0.raw_html().len(), 6);
    assert_eq!(html("a <!-- note --> b<br>c\n\n<!-- a\nnote -->"), "<p>a  b<br>c</p>");
    assert!(read("a <!-- note --> b<br>c\n\n<!-- a\nnote -->").0.raw_html().is_empty());
}

#[test]
fn ruby_stands_in_text_tables_and_headings() {
    let ruby = "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>";
    assert_eq!(html("これは{漢字|かんじ}です"), format!("<p>これは{ruby}です</p>"));
    assert_eq!(html("## 見出しの{漢字|かんじ}"), format!("<h2 id=\"見出しの漢字\">見出しの{ruby}</h2>"));
    assert_eq!(html("`{漢字|かんじ}`"), "<p><code>{漢字|かんじ}</code></p>");
    assert!(html("|{漢字｜かんじ}|\n|-|\n|{漢字\\|かんじ}|").matches(ruby).count() == 2);
}

#[test]
fn headings_are_collected_with_unique_japanese_ids() {
    let (document, diagnostics) = read("## 強みを見つける\n\n### 準備 `x`\n\n### 準備\n\n## Read **this** first {#start}\n\n## start\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let found: Vec<(u8, &str, &str, u32)> =
        document.headings().map(|heading| (heading.level, heading.id.as_str(), heading.text.as_str(), heading.place.line)).collect();
    assert_eq!(
        found,
        [
            (2, "強みを見つける", "強みを見つける", 1),
            (3, "準備-x", "準備 x", 3),
            (3, "準備", "準備", 5),
            (2, "start", "Read this first", 7),
            (2, "start-1", "start", 9)
        ]
    );
    assert_eq!(codes("# 題\n\n#### 深い\n\n## a {#x}\n\n## b {#x}"), ["1:1 heading-level", "3:1 heading-level", "7:1 duplicate-id"]);
}

#[test]
fn footnotes_stand_at_the_end_in_the_order_of_the_text() {
    let text = "一つ目[^b]と二つ目[^a]、また[^b]。\n\n[^a]: 甲\n[^b]: 乙[^c]\n[^c]: 丙\n";
    assert_eq!(
        html(text),
        concat!(
            "<p>一つ目<sup class=\"footnote-ref\"><a id=\"fnref:1\" href=\"#fn:1\" role=\"doc-noteref\">1</a></sup>",
            "と二つ目<sup class=\"footnote-ref\"><a id=\"fnref:2\" href=\"#fn:2\" role=\"doc-noteref\">2</a></sup>",
            "、また<sup class=\"footnote-ref\"><a id=\"fnref:1:2\" href=\"#fn:1\" role=\"doc-noteref\">1</a></sup>。</p>\n",
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"注\">\n<ol>\n",
            "<li id=\"fn:1\"><p>乙<sup class=\"footnote-ref\"><a id=\"fnref:3\" href=\"#fn:3\" role=\"doc-noteref\">3</a></sup>",
            " <a class=\"footnote-back\" href=\"#fnref:1\" role=\"doc-backlink\" aria-label=\"注1の参照元へ戻る\">↩</a></p></li>\n",
            "<li id=\"fn:2\"><p>甲 <a class=\"footnote-back\" href=\"#fnref:2\" role=\"doc-backlink\" aria-label=\"注2の参照元へ戻る\">↩</a></p></li>\n",
            "<li id=\"fn:3\"><p>丙 <a class=\"footnote-back\" href=\"#fnref:3\" role=\"doc-backlink\" aria-label=\"注3の参照元へ戻る\">↩</a></p></li>\n",
            "</ol>\n</section>"
        )
    );
    assert_eq!(codes("本文[^x]です。\n\n[^y]: 余り"), ["1:3 footnote", "3:1 footnote"]);
}

#[test]
fn callouts_tasks_tables_and_figures() {
    for (text, language, expected) in [
        (
            "> [!WARNING]\n> 本文",
            Language::Japanese,
            "<div class=\"callout callout-warning\" role=\"note\">\n<p class=\"callout-title\">注意</p>\n<p>本文</p>\n</div>",
        ),
        (
            "- [x] 済んだ\n- [ ] まだ",
            Language::Japanese,
            "<ul>\n<li class=\"task-item\"><span class=\"task\" role=\"img\" aria-label=\"済み\">☑</span> 済んだ</li>\n<li class=\"task-item\"><span class=\"task\" role=\"img\" aria-label=\"未完了\">☐</span> まだ</li>\n</ul>",
        ),
        (
            "|Size||\n|:-|-:|\n|a|1|",
            Language::English,
            "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1: Size\">\n<table>\n<thead><tr><th scope=\"col\">Size</th><td class=\"right\"></td></tr></thead>\n<tbody>\n<tr><td>a</td><td class=\"right\">1</td></tr>\n</tbody>\n</table>\n</div>",
        ),
        (
            "![図の説明](a.png \"図1 全体\")",
            Language::Japanese,
            "<figure><img src=\"media/a.png\" alt=\"図の説明\" loading=\"lazy\" decoding=\"async\"><figcaption>図1 全体</figcaption></figure>",
        ),
        ("用語\n: 説明", Language::Japanese, "<dl>\n<dt>用語</dt>\n<dd>説明</dd>\n</dl>"),
        ("3. 三\n4. 四", Language::Japanese, "<ol start=\"3\">\n<li>三</li>\n<li>四</li>\n</ol>"),
        (
            "[](module:strengths#a)と[外](https://example.org)",
            Language::Japanese,
            "<p><a href=\"../strengths/index.html#a\">強みを見つける</a>と<a class=\"external\" href=\"https://example.org\" rel=\"noopener noreferrer\">外</a></p>",
        ),
        ("[消えた](module:gone)", Language::Japanese, "<p>消えた</p>"),
        (
            "<hr@example.org>",
            Language::English,
            "<p><a class=\"external\" href=\"mailto:hr@example.org\" rel=\"noopener noreferrer\">hr@example.org</a></p>",
        ),
    ] {
        assert_eq!(html_with(text, language, RawHtml::Escape), expected, "{text}");
    }
}

#[test]
fn charts_part_the_text() {
    let text = "前の文[^1]。\n\n![会社の規模で差がある](data:size)\n\n後の文。\n\n![](data:age)\n\n[^1]: 注";
    let (document, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(document.exhibits().map(|mark| mark.id.as_str()).collect::<Vec<_>>(), ["size", "age"]);
    let found: Vec<String> = parts(text, Language::Japanese, RawHtml::Escape)
        .into_iter()
        .map(|part| match part {
            Part::Html(html) => html.as_str().chars().filter(|char| !char.is_ascii()).collect(),
            Part::Exhibit { id, caption, place } => format!("{id} {caption:?} {}:{}", place.line, place.column),
        })
        .collect();
    assert_eq!(found, ["前の文。", "size Some(\"会社の規模で差がある\") 3:15", "後の文。", "age None 7:5", "注注注の参照元へ戻る↩"]);
    assert_eq!(
        codes("文中の![](data:size)は\n\n- ![](data:size)\n\n> ![](data:size)"),
        ["1:8 chart-place", "3:7 chart-place", "5:7 chart-place"]
    );
    assert_eq!(codes("![](https://example.org/a.png)"), ["1:5 remote-image"]);
}

#[test]
fn places_are_exact_behind_guards_and_front_matter() {
    let file: Arc<str> = "content/pages/a.md".into();
    let text = "---\ntitle: 題\n---\n\n**強調。**次の**「文」**は[強み](module:strengths)と[外](modul:x)。\n\n- **注意：**![図](a.png)\n";
    let mut diagnostics = Diagnostics::new();
    let parts = split_front_matter(&file, text, &mut diagnostics);
    let (document, more) = Document::parse(&file, text, parts.body);
    diagnostics.append(more);
    let found: Vec<(u32, u32, u32)> = document.references().map(|one| (one.place.line, one.place.column, one.place.length)).collect();
    assert_eq!(found, [(5, 23, 16), (7, 15, 5)]);
    let found: Vec<String> = diagnostics.sorted().iter().map(|one| format!("{} {} {}", one.place, one.place.length, one.code)).collect();
    assert_eq!(found, ["content/pages/a.md:5:45 7 unsafe-link"]);
}

#[test]
fn reserved_characters_and_marks_without_effect_are_reported() {
    assert_eq!(codes("a\n\nb\u{e0ff}c **強調 。** x"), ["3:2 reserved-character"]);
    assert_eq!(codes("これは** 強調 **です。"), ["1:4 literal-mark"]);
    assert_eq!(codes("記号 \\*\\* と `**` は別です。"), Vec::<String>::new());
}

#[test]
fn words_are_what_a_reader_finds() {
    let (document, _) = read("## 題{名|めい}\n\n**強調。**次`x`\n\n- 一\n- 二\n");
    assert_eq!(document.words(), "題名\n強調。次x\n一\n二\n");
    assert_eq!(Html::escape("<a href='x'>&\"").as_str(), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an author types: no trace of the guard, no panic, places inside the file.
    #[test]
    fn no_text_shows_the_guard(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        let (document, diagnostics) = read(&text);
        for raw_html in [RawHtml::Escape, RawHtml::Sanitize] {
            let rendered = html_with(&text, Language::Japanese, raw_html);
            prop_assert!(!rendered.contains('\u{e0ff}') && !rendered.contains("%EE%83%BF"), "{}", rendered);
            for part in parts(&text, Language::English, raw_html) {
                if let Part::Html(html) = part {
                    prop_assert!(is_balanced(html.as_str()), "{}", html);
                }
            }
            prop_assert!(raw_html == RawHtml::Sanitize || is_harmless(&rendered), "{}", rendered);
        }
        for short in [inline(&text).into_string(), plain(&text)] {
            prop_assert!(!short.contains('\u{e0ff}'), "{}", short);
        }
        let clean = document.headings().all(|heading| !heading.id.contains('\u{e0ff}'));
        prop_assert!(clean);
        let lines = text.lines().count().max(1) + 1;
        for place in document.references().map(|one| &one.place).chain(diagnostics.sorted().iter().map(|one| &one.place)) {
            prop_assert!(place.line as usize <= lines);
        }
    }
}

const PIECES: &[&str] = &[
    "*",
    "**",
    "***",
    "~",
    "~~",
    "_",
    "`",
    "```",
    "\n",
    "\n\n",
    " ",
    "　",
    "あ",
    "強調",
    "。",
    "「",
    "」",
    "（",
    "）",
    "a",
    "B",
    "1",
    ".",
    "(",
    ")",
    "[",
    "]",
    "](",
    "x)",
    "](module:a)",
    "](data:b)",
    "!",
    "{",
    "}",
    "|",
    "｜",
    "{漢|かん}",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "\\",
    "#",
    "## ",
    "- ",
    "1. ",
    "> ",
    "[^1]",
    "[^1]: ",
    "|-|-|",
    "---",
    "\"",
    "'",
    ":",
    "：",
    "！",
    "“",
    "”",
    "…",
    "한",
    "😀",
    "\r\n",
    "\t",
    "{#",
    "https://",
    "[!NOTE]",
    "[ ] ",
    "[x] ",
];
