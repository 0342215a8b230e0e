//! What is wrong with a value of a table, in words.

use crate::language::Words;
use crate::survey::{Complaint, Fault};

/// What is wrong, and with which question.
pub(super) fn wording(complaint: &Complaint) -> Words {
    let field = &complaint.field;
    let range = |low: Option<String>, high: Option<String>| format!("{}–{}", low.unwrap_or_default(), high.unwrap_or_default());
    let (ja, en) = match &complaint.fault {
        Fault::Missing => ("答えがありません。かならず答える質問です".to_owned(), "there is no answer, and one is needed".to_owned()),
        Fault::UnknownChoice => ("選択肢にない値です".to_owned(), "this value is not on offer".to_owned()),
        Fault::OnlyOne => ("一つだけ選ぶ質問です".to_owned(), "only one can be chosen".to_owned()),
        Fault::TooMany(most) => (format!("選べるのは {most} 個までです"), format!("at most {most} can be chosen")),
        Fault::Exclusive(_) => {
            ("ほかと一緒には選べない選択肢が含まれています".to_owned(), "one of these choices rules out the others".to_owned())
        }
        Fault::OtherMissing => ("「その他」の文がありません".to_owned(), "the text of “other” is missing".to_owned()),
        Fault::OtherNotChosen => {
            ("「その他」を選んでいないのに、文があります".to_owned(), "there is a text, but “other” is not chosen".to_owned())
        }
        Fault::NotANumber => ("数ではありません".to_owned(), "this is not a number".to_owned()),
        Fault::NumberRange(low, high) => {
            let range = range(low.map(|low| low.to_string()), high.map(|high| high.to_string()));
            (format!("{range} の範囲の数ではありません"), format!("this is outside {range}"))
        }
        Fault::Decimals(places) => (format!("小数点以下は {places} けたまでです"), format!("at most {places} decimals are taken")),
        Fault::TooLong(most, length) => {
            (format!("{most} 字までのところ {length} 字あります"), format!("{length} characters, where {most} are taken"))
        }
        Fault::NotADay => ("日付ではありません".to_owned(), "this is not a date".to_owned()),
        Fault::DayRange(first, last) => {
            let range = range(first.map(|day| day.to_string()), last.map(|day| day.to_string()));
            (format!("{range} の日付ではありません"), format!("this is outside {range}"))
        }
        Fault::OffStep(from, step, _) => {
            (format!("{from} から {step} きざみの数ではありません"), format!("this is not {from} and a number of steps of {step}"))
        }
        Fault::RankTaken(rank, _) => (format!("{rank} 位がほかの項目と重なっています"), format!("another item has rank {rank} too")),
        Fault::RanksMissing(ranks) => {
            let ranks = ranks.iter().map(u32::to_string).collect::<Vec<_>>();
            (format!("順位 {} がありません", ranks.join("、")), format!("nothing has rank {}", ranks.join(", ")))
        }
        Fault::Sum(total, sum) => (format!("合計が {total} でなく {sum} です"), format!("the numbers add up to {sum}, not {total}")),
        Fault::NoConsent => ("同意がありません".to_owned(), "there is no consent".to_owned()),
        Fault::NewWording => ("いまの文面への同意ではありません".to_owned(), "this is no consent to the present wording".to_owned()),
        Fault::CodeCharacters => ("文字と数字のほかの字があります".to_owned(), "a code is made of letters and digits".to_owned()),
        Fault::CodeShort(least) => (format!("合いことばが {least} 字に足りません"), format!("the code is shorter than {least} characters")),
        Fault::CodePattern(pattern) => {
            (format!("合いことばの字の並びが「{pattern}」ではありません"), format!("the code does not follow the pattern {pattern}"))
        }
        Fault::Contradiction => ("答えと「答えたくない」が両方あります".to_owned(), "answered and declined at once".to_owned()),
    };
    Words::new(format!("{field}: {ja}。"), format!("{field}: {en}."))
}
