//! Pages of all charts, with the theme's own styles, for the browser to measure and for eyes to look at: `tmp/charts` below the
//! target folder.

use super::edges::{KINDS, edge_cases};
use super::samples;
use shirube::charts::{chart, palette};
use shirube::language::Language;
use shirube::survey::Exhibit;
use std::fmt::Write as _;
use std::path::Path;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn page(title: &str, exhibits: &[Exhibit], language: Language) -> String {
    let styles = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets/site.css")).expect("styles");
    let code = language.code();
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{}\n{styles}</style></head><body><main style=\"max-width:1168px;margin:0 auto;padding:16px\"><h1>{title}</h1>",
        palette::css()
    );
    for exhibit in exhibits {
        let drawn = chart(exhibit, language);
        let legend: String = drawn.legend.iter().map(|entry| format!("<li>{}{}</li>", entry.swatch(), escaped(&entry.label))).collect();
        let _ = write!(
            html,
            "\n<section class=\"exhibit\" id=\"{id}\"><div class=\"drawing\"><figure><h3>{title}</h3><p class=\"asked\">{id}</p>{legend}\
             <div class=\"chart\"><div class=\"wide\">{wide}</div><div class=\"narrow\">{narrow}</div></div>\
             <p class=\"small finding\">{finding}</p></figure></div></section>",
            id = escaped(&exhibit.id),
            title = escaped(exhibit.title.in_language(language)),
            legend = if legend.is_empty() { String::new() } else { format!("<ul class=\"legend\">{legend}</ul>") },
            wide = drawn.wide,
            narrow = drawn.narrow,
            finding = escaped(&drawn.finding),
        );
    }
    html.push_str("</main></body></html>\n");
    html
}

#[test]
fn pages_of_all_charts_are_laid_out() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("charts");
    std::fs::create_dir_all(&folder).expect("a folder");
    for language in Language::ALL {
        let write = |name: &str, exhibits: &[Exhibit]| {
            let html = page(name, exhibits, language);
            std::fs::write(folder.join(format!("{}-{name}.html", language.code())), html).expect("a page");
        };
        write("honest", &samples::honest());
        for kind in KINDS {
            write(&format!("edges-{kind:?}"), &edge_cases(kind));
        }
    }
}
