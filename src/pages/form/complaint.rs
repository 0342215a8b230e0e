//! What is wrong with an answer, in words: kindly, short, with what to do.

use crate::language::{Day, number};
use crate::pages::edition::Edition;
use crate::survey::Fault;
use crate::survey::question::{Kind, Need, Question};

impl Edition<'_> {
    /// A complaint in this edition's language.
    #[must_use]
    pub fn complaint(&self, question: &Question, fault: &Fault) -> String {
        let say = |key: &str| self.say(key).to_owned();
        let count = |key: &str, n: u32| self.fill(key, &[("n", &n.to_string())]);
        let days = |from: Option<Day>, to: Option<Day>| {
            let word = |day: Option<Day>| day.map(|day| day.in_words(self.language)).unwrap_or_default();
            self.range(["day_between", "day_from", "day_to", "not_a_day"], from.map(|_| word(from)), to.map(|_| word(to)))
        };
        match fault {
            Fault::Missing => say(missing(question, question.need == Need::Declinable)),
            Fault::UnknownChoice => say("unknown_choice"),
            Fault::OnlyOne => say("only_one"),
            Fault::TooMany(n) => count("too_many", *n),
            Fault::Exclusive(label) => self.fill("exclusive", &[("label", &self.plain(label))]),
            Fault::OtherMissing => say("other_missing"),
            Fault::OtherNotChosen => say("other_not_chosen"),
            Fault::NotANumber => say("not_a_number"),
            Fault::NumberRange(low, high) => {
                let decimals = match &question.kind {
                    Kind::Number { decimals, .. } => *decimals,
                    Kind::Slider(slider) => slider.decimals(),
                    _ => 0,
                };
                let word = |value: &Option<f64>| value.map(|value| short_number(value, decimals));
                self.range(["number_between", "number_from", "number_to", "not_a_number"], word(low), word(high))
            }
            Fault::Decimals(0) => say("no_decimals"),
            Fault::Decimals(n) => count("decimals", *n),
            Fault::TooLong(most, length) => self.fill("too_long", &[("most", &most.to_string()), ("length", &length.to_string())]),
            Fault::NotADay => say("not_a_day"),
            Fault::DayRange(from, to) => days(*from, *to),
            Fault::Contradiction => say("contradiction"),
            Fault::OffStep(from, step, decimals) => {
                let (from, step) = (short_number(*from, *decimals), short_number(*step, *decimals));
                self.fill("off_step", &[("from", &from), ("step", &step)])
            }
            Fault::RankTaken(rank, other) => {
                self.fill("rank_taken", &[("rank", &self.rank(*rank)), ("label", self.plain(other).trim_end_matches(['。', '.']))])
            }
            Fault::RanksMissing(ranks) => {
                let ranks: Vec<String> = ranks.iter().map(|rank| self.rank(*rank)).collect();
                self.fill("ranks_missing", &[("ranks", &ranks.join(self.say("list_gap")))])
            }
            Fault::NoConsent | Fault::NewWording | Fault::CodeCharacters | Fault::CodeShort(_) | Fault::CodePattern(_) => {
                self.complaint_first(fault)
            }
            Fault::Sum(total, sum) => {
                let short = *sum < u64::from(*total);
                let (total, rest) = (total.to_string(), u64::from(*total).abs_diff(*sum).to_string());
                self.fill(if short { "sum_short" } else { "sum_over" }, &[("total", &total), ("sum", &sum.to_string()), ("rest", &rest)])
            }
        }
    }

    /// A complaint about what is asked before the first question: the consent, the code of one's own.
    #[must_use]
    pub fn complaint_first(&self, fault: &Fault) -> String {
        match fault {
            Fault::NoConsent => self.say("no_consent").to_owned(),
            Fault::NewWording => self.say("new_wording").to_owned(),
            Fault::CodeCharacters => self.say("code_characters").to_owned(),
            Fault::CodeShort(least) => self.fill("code_short", &[("n", &least.to_string())]),
            Fault::CodePattern(pattern) => self.fill("code_pattern", &[("pattern", &self.pattern(pattern))]),
            Fault::TooLong(most, length) => self.fill("too_long", &[("most", &most.to_string()), ("length", &length.to_string())]),
            _ => self.say("missing_code").to_owned(),
        }
    }

    /// What stands where in a code: `AA9999` is two letters, then four digits.
    pub(super) fn pattern(&self, pattern: &str) -> String {
        let mut runs: Vec<(char, usize)> = Vec::new();
        for place in pattern.chars() {
            match runs.last_mut().filter(|(of, _)| *of == place) {
                Some((_, n)) => *n += 1,
                None => runs.push((place, 1)),
            }
        }
        let key = |of: char, n: usize| match (of, n) {
            ('A', 1) => "code_run_letter",
            ('A', _) => "code_run_letters",
            ('9', 1) => "code_run_digit",
            ('9', _) => "code_run_digits",
            (_, 1) => "code_run_either",
            _ => "code_run_any",
        };
        let words: Vec<String> = runs.into_iter().map(|(of, n)| self.fill(key(of, n), &[("n", &n.to_string())])).collect();
        words.join(self.say("list_gap"))
    }

    fn rank(&self, rank: u32) -> String {
        self.fill("rank", &[("n", &rank.to_string())])
    }

    /// A complaint for the list at the head of the page, where «I would rather not say» is not in sight.
    #[must_use]
    pub fn complaint_in_short(&self, question: &Question, fault: &Fault) -> String {
        match fault {
            Fault::Missing => self.say(missing(question, false)).to_owned(),
            _ => self.complaint(question, fault),
        }
    }

    /// A range in words: the phrases for both ends, the lower one, the upper one, neither.
    pub(super) fn range(&self, [between, from, to, neither]: [&str; 4], low: Option<String>, high: Option<String>) -> String {
        match (low, high) {
            (Some(low), Some(high)) => self.fill(between, &[("low", &low), ("high", &high)]),
            (Some(low), None) => self.fill(from, &[("low", &low)]),
            (None, Some(high)) => self.fill(to, &[("high", &high)]),
            (None, None) => self.say(neither).to_owned(),
        }
    }
}

/// The phrase for a question without an answer.
fn missing(question: &Question, declinable: bool) -> &'static str {
    let pick = |plain: &'static str, declinable_one: &'static str| if declinable { declinable_one } else { plain };
    match &question.kind {
        Kind::SingleChoice { .. } | Kind::Dropdown { .. } | Kind::YesNo { .. } | Kind::Scale(_) | Kind::Recommendation { .. } => {
            pick("missing_one", "missing_one_decline")
        }
        // The last column of a grid says it itself.
        Kind::Grid { .. } | Kind::PairedComparison { .. } => "missing_one",
        Kind::MultipleChoice { .. } => pick("missing_some", "missing_some_decline"),
        Kind::MultipleGrid { .. } => "missing_some",
        Kind::Ranking { .. } => pick("missing_ranks", "missing_ranks_decline"),
        Kind::CardSort { .. } => pick("missing_cards", "missing_cards_decline"),
        Kind::Allocation { .. } => pick("missing_sum", "missing_sum_decline"),
        Kind::Table { .. } => pick("missing_rows", "missing_rows_decline"),
        Kind::ShortText { .. } | Kind::LongText { .. } => pick("missing_text", "missing_text_decline"),
        // Nobody is asked for what is calculated or only told
        Kind::Number { .. } | Kind::Slider(_) | Kind::Calculated { .. } | Kind::Note => pick("missing_number", "missing_number_decline"),
        Kind::Date { .. } => pick("missing_date", "missing_date_decline"),
    }
}

/// A number without zeros at its end that say nothing.
pub(super) fn short_number(value: f64, decimals: u32) -> String {
    let text = number(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
