//! Checks of the totals of a class: what a worksheet gives is there, a survey that names nobody takes it, and nothing that is private or
//! was written in words can come along.

use super::everything::Catalog;
use super::given::Given;
use super::names::{not_there, unknown};
use super::totals::{Fill, Totals};
use super::worksheet::Worksheet;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::survey::definition::Mode;
use crate::survey::question::{Choice, Kind, Question};
use crate::survey::{Access, Survey};

/// Says what is wrong with totals.
pub(super) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for sheet in catalog.modules.values().flat_map(|module| &module.worksheets) {
        let Some(totals) = &sheet.totals else { continue };
        let mut checker = Checker { sheet, totals, diagnostics };
        if sheet.is_private() {
            checker.private();
            continue;
        }
        match catalog.surveys.get(&totals.survey.value) {
            Some(survey) => checker.survey(survey),
            None => {
                let known = catalog.surveys.keys().map(String::as_str);
                unknown(catalog, diagnostics, &totals.survey.place, ("アンケート", "survey"), &totals.survey.value, known);
            }
        }
    }
}

struct Checker<'a> {
    sheet: &'a Worksheet,
    totals: &'a Totals,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn say(&mut self, place: &Place, ja: String, en: String, hint: (&str, &str)) {
        self.diagnostics.push(Diagnostic::error(code::TOTALS, place.clone(), ja, en).hint(hint.0, hint.1));
    }

    fn private(&mut self) {
        self.diagnostics.push(
            Diagnostic::error(
                code::PRIVATE_SHEET,
                self.totals.place.clone(),
                "お金の表や職歴の表があるワークシートは、クラスの集計に加えられません。",
                "A worksheet with a money table or the jobs of a life cannot be added to the totals of a class.",
            )
            .hint("totals を消してください。", "Take “totals” away."),
        );
    }

    fn survey(&mut self, survey: &Survey) {
        let (id, place) = (&survey.id, self.totals.survey.place.clone());
        if survey.mode != Mode::Anonymous || survey.access != Access::Open {
            self.say(
                &place,
                format!("アンケート「{id}」は、だれが答えたかを問わない、だれでも開けるものではありません。"),
                format!("The survey “{id}” is not one that names nobody and that everybody can open."),
                (
                    "mode: anonymous で、招待も会場のコードもいらないアンケートにしてください。",
                    "Take one with “mode: anonymous” that needs no invitation and no code of a room.",
                ),
            );
        }
        for (at, fill) in self.totals.fill.iter().enumerate() {
            if let Some(first) = self.totals.fill.iter().take(at).find(|one| one.question.value == fill.question.value) {
                let id = &fill.question.value;
                self.diagnostics.push(
                    Diagnostic::error(
                        code::DUPLICATE_ID,
                        fill.question.place.clone(),
                        format!("質問「{id}」に、二つのものを写そうとしています。"),
                        format!("Two things would fill the question “{id}”."),
                    )
                    .also(first.question.place.clone(), "一つ目", "the first one"),
                );
            }
            self.fill(survey, fill);
        }
    }

    fn fill(&mut self, survey: &Survey, fill: &Fill) {
        let given = self.sheet.given(&fill.from.value);
        if given.is_none() {
            let known = self.sheet.givers();
            let what = ("写せるもの", "thing to carry over");
            not_there(self.diagnostics, &fill.from.place, what, &fill.from.value, known.iter().map(String::as_str));
        }
        let Some(question) = survey.question(&fill.question.value) else {
            let known = survey.questions().map(|question| question.id.as_str());
            not_there(self.diagnostics, &fill.question.place, ("質問", "question"), &fill.question.value, known);
            return;
        };
        let id = &question.id;
        let first = survey
            .pages
            .first()
            .is_some_and(|page| page.show_if.is_none() && page.questions.iter().any(|one| one.id == *id && one.show_if.is_none()));
        if !first {
            self.say(
                &fill.question.place,
                format!("質問「{id}」は、アンケートの1ページ目で、いつも出る質問ではありません。"),
                format!("The question “{id}” does not always stand on the first page of its survey."),
                (
                    "写せるのは、1ページ目の、show_if のない質問だけです。",
                    "Only questions of the first page without “show_if” can be filled in.",
                ),
            );
        }
        if let Some(given) = given {
            self.fits(&given, question, fill);
        }
    }

    /// The question takes what is given, and has a choice for all that it can be.
    fn fits(&mut self, given: &Given<'_>, question: &Question, fill: &Fill) {
        let (id, from, place) = (&question.id, &fill.from.value, &fill.question.place);
        let choices: &[Choice] = match (given, &question.kind) {
            (Given::Highest(_), Kind::MultipleChoice { at_most: None, .. }) => {
                self.say(
                    place,
                    format!("「{from}」からいくつ写すかが、決まっていません。"),
                    format!("Nothing says how many of “{from}” are carried over."),
                    ("質問に at_most を書いてください。", "Give the question its “at_most”."),
                );
                return;
            }
            (Given::Several(_) | Given::Highest(_), Kind::MultipleChoice { choices, .. })
            | (Given::One(_), Kind::SingleChoice { choices, .. } | Kind::Dropdown { choices, .. }) => choices,
            (Given::Number, Kind::Number { .. } | Kind::Slider(_)) => return,
            _ => {
                let takes = match given {
                    Given::Several(_) | Given::Highest(_) => "multiple_choice",
                    Given::One(_) => "single_choice",
                    Given::Number => "number",
                };
                self.say(
                    place,
                    format!("質問「{id}」には、「{from}」を写せません。"),
                    format!("The question “{id}” cannot take “{from}”."),
                    (&format!("kind: {takes} の質問にしてください。"), &format!("It takes a question of kind: {takes}.")),
                );
                return;
            }
        };
        let absent: Vec<&str> =
            given.named().iter().map(|one| one.id.as_str()).filter(|one| choices.iter().all(|choice| choice.id != *one)).collect();
        if !absent.is_empty() {
            let (ja, en) = (absent.join("、"), absent.join(", "));
            self.say(
                place,
                format!("質問「{id}」に、「{from}」の選択肢 {ja} がありません。"),
                format!("The question “{id}” has no choices {en}, which “{from}” can be."),
                ("ワークシートと同じ ID の選択肢を並べてください。", "List choices with the same ids as on the worksheet."),
            );
        }
    }
}
