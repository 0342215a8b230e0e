//! What somebody wrote, put into an English sentence: articles, infinitives, capitals.

/// What a person begins with where the sentence has its own beginning.
const LEADS: [&str; 15] = [
    "I will ",
    "I'll ",
    "I’ll ",
    "I would like to ",
    "I'd like to ",
    "I’d like to ",
    "I want to ",
    "they can ",
    "they will ",
    "they ",
    "can ",
    "to ",
    "I'm ",
    "I’m ",
    "I ",
];
/// Words that keep their capital wherever they stand.
const PROPER: [&str; 52] = [
    "Japanese",
    "Chinese",
    "Vietnamese",
    "Portuguese",
    "Nepalese",
    "English",
    "Korean",
    "French",
    "German",
    "Spanish",
    "Italian",
    "Russian",
    "Indian",
    "American",
    "British",
    "Canadian",
    "Australian",
    "Asian",
    "European",
    "African",
    "Brazilian",
    "Filipino",
    "Indonesian",
    "Thai",
    "Western",
    "Buddhist",
    "Christian",
    "Muslim",
    "Japan",
    "Tokyo",
    "Osaka",
    "Kyoto",
    "Asia",
    "Europe",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Christmas",
];
/// Words that are no names, though nothing in their form tells.
const COMMON: [&str; 68] = [
    "People",
    "Children",
    "Everybody",
    "Everyone",
    "Anybody",
    "Anyone",
    "Somebody",
    "Someone",
    "Whoever",
    "Women",
    "Men",
    "Staff",
    "Family",
    "Work",
    "Time",
    "Trust",
    "Hope",
    "Love",
    "Care",
    "Courage",
    "Humour",
    "Humor",
    "Calm",
    "Energy",
    "Knowledge",
    "Respect",
    "Truth",
    "Health",
    "Music",
    "Faith",
    "Youth",
    "Management",
    "Get",
    "Start",
    "Begin",
    "Feel",
    "Find",
    "Learn",
    "Grow",
    "Become",
    "Live",
    "Take",
    "Make",
    "Keep",
    "Have",
    "Be",
    "Go",
    "Stay",
    "Enjoy",
    "Understand",
    "Know",
    "See",
    "Do",
    "Use",
    "Build",
    "Reach",
    "Overcome",
    "Speak",
    "Say",
    "Stand",
    "Come",
    "Give",
    "Help",
    "Support",
    "Create",
    "Think",
    "Choose",
    "Try",
];
/// Names that end like words that are none.
const NAMES: [&str; 34] = [
    "James",
    "Chris",
    "Thomas",
    "Charles",
    "Agnes",
    "Iris",
    "Ines",
    "Lucas",
    "Nicholas",
    "Dennis",
    "Carlos",
    "Luis",
    "Marcus",
    "Douglas",
    "Doris",
    "Frances",
    "Alexis",
    "Travis",
    "Lewis",
    "Louis",
    "Curtis",
    "Andreas",
    "Jonas",
    "Hans",
    "Lars",
    "Florence",
    "Laurence",
    "Lawrence",
    "Constance",
    "Lance",
    "Clement",
    "Ming",
    "Ying",
    "Jing",
];
/// Words with which what several words name begins. Other words may be a name, and keep what was written.
const OPENERS: [&str; 64] = [
    "The", "An", "My", "Our", "Your", "Their", "His", "Her", "Its", "This", "That", "These", "Those", "All", "Both", "Each", "Every",
    "Some", "Any", "No", "Many", "Most", "More", "Few", "Other", "Another", "One", "Two", "Three", "New", "Old", "Older", "Young",
    "Younger", "Good", "Little", "Small", "Big", "Great", "First", "Next", "Last", "Single", "Local", "Whole", "Real", "Free", "Own",
    "What", "Whatever", "How", "Where", "To", "Being", "Such", "Enough", "Hard", "Strong", "Deep", "Long", "Clear", "Quiet", "Open",
    "Close",
];
/// What goes on after other words rather than after a name.
const AFTER_WORDS: [&str; 6] = ["for", "to", "that", "which", "about", "into"];
/// How other words that are no names end.
const ENDS: [&str; 9] = ["s", "ness", "ity", "ing", "tion", "ment", "ship", "ance", "ence"];
const DETERMINED: [&str; 11] = ["a ", "an ", "the ", "my ", "our ", "your ", "their ", "his ", "her ", "one ", "some "];
/// Vowels that sound like consonants, and the other way round.
const LIKE_YOU: [&str; 8] = ["uni", "use", "usa", "usu", "eu", "ubi", "uti", "ute"];
const LIKE_WON: [&str; 2] = ["one", "once"];
const SILENT: [&str; 4] = ["hour", "honest", "heir", "hono"];

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

/// Without its end, in the form that its place asks for; `before` is what the sentence has said so far.
pub(super) fn in_english(text: &str, manner: &str, before: &str) -> String {
    let mut text = text.trim().trim_end_matches(['.', '!', ',', ';']).trim().to_owned();
    if manner == "do" {
        text = infinitive(&text, before);
    }
    let starts = before.is_empty() || before.ends_with(['.', '!', '?', '。']) || before.ends_with(". ");
    let (first, rest) = text.split_once(' ').unwrap_or((&text, ""));
    if !starts && manner != "name" && falls(first, rest, manner) {
        text = text.char_indices().map(|(at, char)| if at == 0 { char.to_ascii_lowercase() } else { char }).collect();
    }
    if manner != "a" || text.is_empty() || DETERMINED.iter().any(|word| begins(&text, word)) {
        return text;
    }
    format!("{} {text}", if sounds_open(&text) { "an" } else { "a" })
}

/// What is done, without «I will»; «I am» is «be» where the sentence does not begin with «I».
fn infinitive(text: &str, before: &str) -> String {
    let lead = LEADS.iter().find(|lead| begins(text, lead));
    let own = lead.map_or(text, |lead| text[lead.len()..].trim());
    let contracted = lead.is_some_and(|lead| lead.ends_with("m "));
    let of_mine = before.ends_with("I ");
    let rest = ["am ", "be "].iter().find(|verb| begins(own, verb)).map(|verb| own[verb.len()..].trim());
    match (rest, contracted) {
        _ if before.is_empty() && !contracted => own.to_owned(),
        (Some(rest), _) => format!("{} {rest}", if of_mine { "am" } else { "be" }),
        (None, true) => format!("{} {own}", if of_mine { "am" } else { "be" }),
        (None, false) => own.to_owned(),
    }
}

/// Whether the first letter becomes small within a sentence: names, «I» and abbreviations keep their capitals.
fn falls(first: &str, rest: &str, manner: &str) -> bool {
    let name = rest.starts_with(|char: char| char.is_ascii_uppercase()) && !rest.starts_with("I ");
    let mut letters = first.chars();
    let capital = letters.next().is_some_and(|char| char.is_ascii_uppercase());
    let plain = capital && letters.clone().next().is_some() && letters.all(|char| char.is_ascii_lowercase());
    if name || !(plain || first == "A") || PROPER.contains(&first) {
        return false;
    }
    // What asks for a verb or an article is no name
    let next = rest.split(' ').next().unwrap_or_default();
    let known = OPENERS.contains(&first) || COMMON.contains(&first) || AFTER_WORDS.contains(&next);
    let common = known || ENDS.iter().any(|end| first.ends_with(end));
    first == "A" || !manner.is_empty() || (common && !NAMES.contains(&first))
}

/// Whether a word is spoken with a vowel at its beginning.
fn sounds_open(text: &str) -> bool {
    let first = text.split([' ', '-']).next().unwrap_or_default();
    let letters = first.chars().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '&');
    if letters && first.starts_with(|char: char| char.is_ascii_uppercase()) {
        return first.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']);
    }
    if ["8", "11", "18"].contains(&first) {
        return true;
    }
    let not = ["unin", "unim"].iter().any(|word| begins(first, word));
    let won = LIKE_WON.iter().any(|word| first.eq_ignore_ascii_case(word));
    if won || (LIKE_YOU.iter().any(|word| begins(first, word)) && !not) {
        return false;
    }
    SILENT.iter().any(|word| begins(first, word)) || first.starts_with(|char: char| "aeiouAEIOU".contains(char))
}

/// Several in one.
pub(super) fn joined(words: &[String]) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}
