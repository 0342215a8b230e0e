//! Reads the personal result of a survey and checks that it has something to say to everybody who answers.

use super::definition::{Mode, Publish, Survey};
use super::read_parts::{duplicates, say};
use super::result::{Meaning, Norm, PersonalResult, Profile, Reading};
use super::scoring::Scale;
use crate::content::{Fields, text_of};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, closest, code};
use crate::language::{Language, Text, number};

/// Longest text of a band, of what stands before everything, of one thing to do: so that a scale is not parted over two pages.
const LONGEST: [(&str, usize); 3] = [("text", 600), ("lead", 400), ("next", 200)];

/// Reads the result of a survey whose scales are read.
pub(super) fn read_result(fields: Fields<'_>, survey: &Survey, diagnostics: &mut Diagnostics) -> Option<PersonalResult> {
    let own = fields.record("result")?;
    let scales: Vec<Reading> = own.records("scales").map(|reading| read_reading(reading, survey, diagnostics)).collect();
    duplicates(scales.iter().map(|reading| (reading.scale.as_str(), &reading.place)), "尺度", "scale", diagnostics);
    let result = PersonalResult {
        place: own.place_of("scales"),
        title: own.optional_text("title"),
        lead: own.optional_text("lead"),
        profile: if own.line("profile") == "radar" { Profile::Radar } else { Profile::Bars },
        compare: own.flag("compare"),
        scales,
        next: texts(own),
    };
    if result.profile == Profile::Radar && result.scales.len() < 3 {
        diagnostics.push(
            Diagnostic::error(
                code::RESULT,
                own.place_of("profile"),
                format!("レーダーには尺度が三つ要ります。いまは {} 個です。", result.scales.len()),
                format!("A radar needs three scales; there are {}.", result.scales.len()),
            )
            .hint("profile: bars と書いてください。", "Write “profile: bars”."),
        );
    }
    if result.compare && survey.publish == Publish::AtClose && survey.mode != Mode::Identified {
        diagnostics.push(
            Diagnostic::warning(
                code::RESULT,
                own.place_of("compare"),
                "集計は締め切りのあとに出るので、答える人が結果を見るときには、並べる平均がまだありません。",
                "Figures come after the close, so there is no mean yet when people see their results.",
            )
            .hint("compare を消すか、publish: rolling にしてください。", "Remove “compare”, or write “publish: rolling”."),
        );
    }
    if let Some(lead) = &result.lead {
        not_too_long("lead", lead, &own.place_of("lead"), diagnostics);
    }
    for (text, node) in result.next.iter().zip(own.items("next")) {
        not_too_long("next", text, &node.place, diagnostics);
    }
    Some(result)
}

fn texts(fields: Fields<'_>) -> Vec<Text> {
    fields.items("next").iter().map(text_of).collect()
}

fn not_too_long(key: &str, text: &Text, place: &Place, diagnostics: &mut Diagnostics) {
    let most = LONGEST.iter().find(|(known, _)| *known == key).map_or(usize::MAX, |(_, most)| *most);
    // English takes about twice the letters of Japanese
    let room = |language: &Language| if *language == Language::Japanese { most } else { most * 2 };
    let length = |language: &Language| text.in_language(*language).chars().count();
    let over = Language::ALL.into_iter().filter(|language| text.speaks(*language)).find(|language| length(language) > room(language));
    if let Some(language) = over {
        let (length, room) = (length(&language), room(&language));
        diagnostics.push(
            Diagnostic::error(
                code::RESULT,
                place.clone(),
                format!("{room} 字までです。いまは {length} 字あります。"),
                format!("At most {room} characters; there are {length}."),
            )
            .hint("くわしいことはページに書き、リンクしてください。", "Put the details on a page and link to it."),
        );
    }
}

fn read_reading(fields: Fields<'_>, survey: &Survey, diagnostics: &mut Diagnostics) -> Reading {
    let (id, place) = (fields.line("scale"), fields.place_of("scale"));
    let norm = fields.record("norm").map(|norm| Norm {
        mean: norm.optional_decimal("mean").unwrap_or_default(),
        label: norm.text("label"),
        source: (norm.line("source"), norm.place_of("source")),
    });
    let mut bands: Vec<Meaning> = fields.records("bands").map(|band| read_meaning(band, diagnostics)).collect();
    match survey.scales.iter().find(|scale| scale.id == id) {
        Some(scale) => {
            fitting(scale, fields, &bands, diagnostics);
            if let Some(norm) = &norm {
                within(scale, norm.mean, &fields.record("norm").map_or_else(|| place.clone(), |norm| norm.place_of("mean")), diagnostics);
            }
            bands.sort_by(|one, other| one.from.total_cmp(&other.from));
        }
        None if id.is_empty() => {}
        None => {
            let fault = Diagnostic::error(
                code::UNKNOWN_REFERENCE,
                place.clone(),
                format!("尺度「{id}」はありません。"),
                format!("There is no scale “{id}”."),
            );
            diagnostics.push(match closest(&id, survey.scales.iter().map(|scale| scale.id.as_str())) {
                Some(guess) => fault.hint(format!("「{guess}」の書き間違いではありませんか。"), format!("Did you mean “{guess}”?")),
                None => fault.hint("scales に尺度を書いてください。", "Define it under “scales”."),
            });
        }
    }
    Reading { scale: id, place, about: fields.optional_text("about"), norm, bands }
}

fn read_meaning(fields: Fields<'_>, diagnostics: &mut Diagnostics) -> Meaning {
    let (text, next) = (fields.text("text"), texts(fields));
    not_too_long("text", &text, &fields.place_of("text"), diagnostics);
    for (text, node) in next.iter().zip(fields.items("next")) {
        not_too_long("next", text, &node.place, diagnostics);
    }
    Meaning { from: fields.optional_decimal("from").unwrap_or_default(), place: fields.place_of("from"), text, next }
}

/// A norm lies between the ends of its scale.
fn within(scale: &Scale, mean: f64, place: &Place, diagnostics: &mut Diagnostics) {
    let (low, high) = scale.range();
    if !(low..=high).contains(&mean) {
        let (low, high) = (plain(low), plain(high));
        say(
            diagnostics,
            code::OUT_OF_RANGE,
            place.clone(),
            &format!("この尺度の得点は {low} から {high} までです。"),
            &format!("Scores of this scale go from {low} to {high}."),
        );
    }
}

/// Every band has its words, and every score its band.
fn fitting(scale: &Scale, fields: Fields<'_>, meanings: &[Meaning], diagnostics: &mut Diagnostics) {
    // The same words of one author, read by one reader
    let same = |one: f64, other: f64| one.to_bits() == other.to_bits();
    for meaning in meanings.iter().filter(|meaning| !scale.bands.iter().any(|band| same(band.from, meaning.from))) {
        let known: Vec<String> = scale.bands.iter().map(|band| plain(band.from)).collect();
        diagnostics.push(
            Diagnostic::error(
                code::RESULT,
                meaning.place.clone(),
                format!("尺度「{}」に、{} から始まる帯はありません。", scale.id, plain(meaning.from)),
                format!("The scale “{}” has no band from {}.", scale.id, plain(meaning.from)),
            )
            .hint(format!("帯は {} から始まります。", known.join("、")), format!("Its bands begin at {}.", known.join(", "))),
        );
    }
    for (index, meaning) in meanings.iter().enumerate() {
        if meanings[..index].iter().any(|earlier| same(earlier.from, meaning.from)) {
            say(
                diagnostics,
                code::RESULT,
                meaning.place.clone(),
                "この帯の読み方は、もう書いてあります。",
                "What this band means is written twice.",
            );
        }
    }
    let silent = scale.bands.iter().filter(|band| !meanings.iter().any(|meaning| same(meaning.from, band.from)));
    let silent: Vec<String> = silent.map(|band| plain(band.from)).collect();
    if !silent.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                code::RESULT,
                fields.place_of("bands"),
                format!("{} から始まる帯の読み方がありません。", silent.join("、")),
                format!("Nothing is said to people in the band from {}.", silent.join(", ")),
            )
            .hint(
                format!("「- {{from: {}, text: …}}」を足してください。", silent[0]),
                format!("Add “- {{from: {}, text: …}}”.", silent[0]),
            ),
        );
    }
    let low = scale.range().0;
    if scale.bands.first().is_none_or(|first| first.from > low) {
        diagnostics.push(
            Diagnostic::error(
                code::RESULT,
                fields.place_of("scale"),
                format!(
                    "尺度「{}」の帯は、いちばん低い得点 {} から始まっていません。帯に入らない人に、何も言えません。",
                    scale.id,
                    plain(low)
                ),
                format!("The bands of “{}” do not begin at its lowest score, {}: some people would be told nothing.", scale.id, plain(low)),
            )
            .also(scale.place.clone(), "尺度", "the scale")
            .hint(
                format!("尺度の bands に「{{from: {}, label: …}}」を足してください。", plain(low)),
                format!("Add “{{from: {}, label: …}}” to the bands of the scale.", plain(low)),
            ),
        );
    }
}

/// A number with three decimals at most.
fn plain(value: f64) -> String {
    let text = number(value, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
