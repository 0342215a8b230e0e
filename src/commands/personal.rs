//! `shirube personal`: the results of an identified survey, a file for each person, with a table for mail merge.

use super::chromium::Chromium;
use super::console::{Console, Exit, Format};
use super::project::{day, knows_what_was_shown, private, shown, sound, store_if_any, survey};
use crate::content::record::{BOM, push_record};
use crate::exchange::links;
use crate::exchange::people_in::Person;
use crate::exchange::release::may_leave;
use crate::language::{DayTime, Language, Today, Words, count};
use crate::pages::form::result::{Keeper, standing_alone};
use crate::pages::{Edition, Material};
use crate::pipeline::round::links_folder;
use crate::pipeline::{self, Answers as Figures, People};
use crate::store::write_private;
use crate::survey::definition::Mode;
use crate::survey::{Survey, Token};
use anyhow::{Context, anyhow, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Wish<'a> {
    /// The survey's id.
    pub survey: &'a str,
    /// The folder to write; none: below `private/`.
    pub to: Option<&'a Path>,
    /// These people alone; none: everybody.
    pub people: Vec<&'a str>,
    /// As PDF.
    pub pdf: bool,
    /// The address of the site, for links.
    pub base: Option<&'a str>,
    /// Whether a folder that stands there may be replaced.
    pub force: bool,
    /// The moment that is acted as of.
    pub today: Option<DayTime>,
}

/// The name of the table.
const INDEX: &str = "index.csv";
/// The columns of the table.
const COLUMNS: [&str; 5] = ["id", "name", "mail", "language", "file"];

/// Runs the command.
///
/// # Errors
///
/// When the store, the disk or the browser fails, or the folder stands there already.
pub fn run(root: &Path, wish: &Wish<'_>, console: &Console) -> anyhow::Result<Exit> {
    let (mut loaded, themes) = match sound(root, console)? {
        Ok(sound) => sound,
        Err(exit) => return Ok(exit),
    };
    let survey = match survey(&loaded, wish.survey, console) {
        Ok(survey) => survey.clone(),
        Err(exit) => return Ok(exit),
    };
    if let Some(why) = refusal(&survey) {
        console.fault(why.in_language(console.language));
        return Ok(Exit::Arguments);
    }
    let folder = folder(root, wish)?;
    let browser = wish.pdf.then(Chromium::find).transpose()?;
    let today = day(&loaded, wish.today);
    let store = store_if_any(root, &mut loaded.catalog)?;
    if let Some(exit) = knows_what_was_shown(root, store.as_deref(), &mut loaded, console)? {
        return Ok(exit);
    }
    let survey = loaded.catalog.surveys.get(wish.survey).cloned().unwrap_or(survey);
    if !may_leave(&survey, today) {
        let id = &survey.id;
        bail!(Words::new(
            format!("アンケート「{id}」の結果は、受付が終わってから作れます。いま終えるなら shirube close {id} です"),
            format!("the results of “{id}” can be made once the survey has closed; to end it now: shirube close {id}"),
        ));
    }
    let Some(store) = store else { bail!(nobody()) };
    let figures = pipeline::collect(&loaded.catalog, &*store, today)?;
    let people = pipeline::people(&*store, &survey)?;
    let waiting = store.status()?.surveys.get(&survey.id).map_or(0, |own| own.waiting);
    chosen_are_there(wish, &people)?;
    let (site, theme) = shown(&loaded, &themes, &survey.id)?;
    let material = Material { catalog: &loaded.catalog, site, theme, today };
    let maker = Maker { material, survey: &survey, figures: &figures, known: known(root, &survey), wish, browser: browser.as_ref(), today };
    let files = maker.files(&people)?;
    if files.is_empty() {
        bail!(nobody());
    }
    let made = files.len() - 1;
    put(&folder, &files, wish.force)?;
    tell(&folder, made, &people, waiting, console);
    Ok(Exit::Done)
}

fn nobody() -> Words {
    Words::new("結果を作れる回答は、まだありません", "there are no answers yet that a result could be made of")
}

/// Why no results can be made of this survey.
fn refusal(survey: &Survey) -> Option<Words> {
    let id = &survey.id;
    match survey.mode {
        Mode::Identified if survey.result.is_none() => Some(Words::new(
            format!(
                "アンケート「{id}」には、本人への結果の読み方が書いてありません。content/surveys/{id}.yaml に result: を書いてください。"
            ),
            format!("The survey “{id}” does not say how results are read. Write “result:” into content/surveys/{id}.yaml."),
        )),
        Mode::Identified => None,
        Mode::Anonymous => Some(Words::new(
            format!(
                "アンケート「{id}」は無記名なので、だれの回答か、どこにも残っていません。結果を見られるのは本人だけで、送った直後の画面に出ます。あとから作るには、記名（mode: identified）のアンケートで、先にそう約束しておく必要があります。"
            ),
            format!(
                "The survey “{id}” is anonymous: nothing tells whose answers they are. People see their own results right after sending, and nobody else ever does. To make results afterwards a survey has to be identified (mode: identified) and to say so before anybody answers."
            ),
        )),
        Mode::Pseudonymous => Some(Words::new(
            format!(
                "アンケート「{id}」は合いことばで答えるので、だれの回答かは分かりません。合いことばごとのファイルを作ると、渡すときに人と結び付いてしまいます。結果を見られるのは本人だけで、送った直後の画面に出ます。"
            ),
            format!(
                "The survey “{id}” knows codes of people’s own making, not people. A file for each code would be tied to a person when it is handed over. People see their own results right after sending, and nobody else ever does."
            ),
        )),
    }
}

/// Where the files go: never where they could be published or taken for content.
fn folder(root: &Path, wish: &Wish<'_>) -> anyhow::Result<PathBuf> {
    let own = private(root).join("personal").join(wish.survey);
    let folder = wish.to.map_or(own, Path::to_path_buf);
    let whole = whole(&folder)?;
    for (name, ja, en) in [
        ("output", "output/ は公開されるフォルダーです", "output/ is published"),
        ("content", "content/ はサイトになるフォルダーです", "content/ becomes the site"),
    ] {
        if whole.starts_with(self::whole(&root.join(name))?) {
            bail!(Words::new(
                format!(
                    "{} には書けません。{ja}。一人ひとりの結果は、private/ の中か、共有していないフォルダーに置いてください",
                    folder.display()
                ),
                format!(
                    "nothing is written to {}: {en}. Keep people’s results in private/ or in a folder that is not shared",
                    folder.display()
                ),
            ));
        }
    }
    let ours = folder.join(INDEX).is_file();
    if folder.exists() && !(wish.force && ours) {
        let hint = if ours {
            ("置きかえるなら --force を付けてください", "add --force to replace it")
        } else {
            ("別のフォルダーを書いてください", "name another folder")
        };
        bail!(Words::new(
            format!("{} がすでにあります。{}", folder.display(), hint.0),
            format!("{} exists already; {}", folder.display(), hint.1),
        ));
    }
    Ok(folder)
}

/// A path with all links followed as far as it is there.
fn whole(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut rest = Vec::new();
    let mut there = path.as_path();
    loop {
        if let Ok(found) = std::fs::canonicalize(there) {
            return Ok(rest.iter().rev().fold(found, |path, name| path.join(name)));
        }
        match (there.parent(), there.file_name()) {
            (Some(above), Some(name)) => {
                rest.push(name.to_owned());
                there = above;
            }
            _ => return Ok(path),
        }
    }
}

/// Whoever was named has an answer that stands.
fn chosen_are_there(wish: &Wish<'_>, people: &People) -> anyhow::Result<()> {
    let gone: Vec<&str> = wish.people.iter().copied().filter(|id| people.taken_back.contains(*id)).collect();
    if !gone.is_empty() {
        bail!(Words::new(
            format!("{} は回答を取り消したので、結果は作りません", gone.join("、")),
            format!("taken back, so no result is made of it: {}", gone.join(", ")),
        ));
    }
    let missing: Vec<&str> = wish.people.iter().copied().filter(|id| !people.answers.contains_key(*id)).collect();
    if !missing.is_empty() {
        bail!(Words::new(
            format!("{} の回答はありません（まだ答えていないか、まとまるのを待っています）", missing.join("、")),
            format!("no answer (not given yet, or waiting for its batch): {}", missing.join(", ")),
        ));
    }
    Ok(())
}

/// Name, address and language of the people whom links were made for.
fn known(root: &Path, survey: &Survey) -> BTreeMap<String, Person> {
    let file = links_folder(&private(root), &survey.id).join("links.csv");
    let read = std::fs::read(&file).ok().and_then(|bytes| links::read(survey, &file.display().to_string(), &bytes).ok());
    read.map(|(links, _)| links.into_iter().map(|link| (link.person.id.clone(), link.person)).collect()).unwrap_or_default()
}

struct Maker<'a> {
    material: Material<'a>,
    survey: &'a Survey,
    figures: &'a Figures,
    known: BTreeMap<String, Person>,
    wish: &'a Wish<'a>,
    browser: Option<&'a Chromium>,
    today: Today,
}

impl Maker<'_> {
    /// A file for each person, and the table that names them all, first; nothing where there is nobody.
    fn files(&self, people: &People) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let spoken = self.material.catalog.spoken(&self.survey.id);
        let first = spoken.first().copied().unwrap_or(Language::Japanese);
        let wanted = |id: &String| self.wish.people.is_empty() || self.wish.people.contains(&id.as_str());
        let mut index = String::from(BOM);
        push_record(&mut index, COLUMNS);
        let mut files = Vec::new();
        for (id, answers) in people.answers.iter().filter(|(id, _)| wanted(id)) {
            let person = self.known.get(id);
            let language = person.and_then(|person| person.language).filter(|one| spoken.contains(one)).unwrap_or(first);
            let (name, mail) = person.map_or(("", ""), |person| (person.name.as_str(), person.mail.as_str()));
            let edition = Edition { material: Material { today: self.today, ..self.material }, language };
            let published = self.figures.published.get(&self.survey.id);
            let made = standing_alone(&edition, self.survey, answers, published, self.wish.base, Keeper::Named(id, name));
            let page = made.map_err(|faults| anyhow!("{}", faults.sorted().first().map_or("", |fault| fault.message.en.as_str())))?;
            let stem = stem(id)?;
            let (file, bytes) = match self.browser {
                Some(browser) => (format!("{stem}.pdf"), browser.pdf(&browser.put("result.html", page.as_bytes())?)?),
                None => (format!("{stem}.html"), page.into_bytes()),
            };
            push_record(&mut index, [id.as_str(), name, mail, language.code(), &file]);
            files.push((file, bytes));
        }
        if !files.is_empty() {
            files.insert(0, (INDEX.to_owned(), index.into_bytes()));
        }
        Ok(files)
    }
}

/// The name of a person's file: the id to find it by, and a code that nobody can guess, because such files end up behind links.
fn stem(id: &str) -> anyhow::Result<String> {
    let mut secret = [0_u8; 16];
    getrandom::fill(&mut secret).map_err(|error| anyhow!("no randomness from the system: {error}"))?;
    let plain: String = id.chars().take(40).map(|char| if char.is_ascii_alphanumeric() || char == '-' { char } else { '_' }).collect();
    Ok(format!("{plain}-{}", Token::new(secret).in_link()))
}

/// The folder with all files, or as it was before: all of it is written beside it first.
fn put(folder: &Path, files: &[(String, Vec<u8>)], force: bool) -> anyhow::Result<()> {
    let cannot = |path: &Path| Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()));
    let beside = |ending: &str| {
        let mut name = folder.file_name().unwrap_or_default().to_os_string();
        name.push(ending);
        folder.with_file_name(name)
    };
    let (fresh, old) = (beside(".new"), beside(".old"));
    for left in [&fresh, &old] {
        // What an earlier run was stopped with
        if left.join(INDEX).is_file() || (left.is_dir() && std::fs::read_dir(left).is_ok_and(|mut entries| entries.next().is_none())) {
            std::fs::remove_dir_all(left).with_context(|| cannot(left))?;
        }
    }
    for (name, bytes) in files {
        let file = fresh.join(name);
        write_private(&file, bytes).with_context(|| cannot(&file))?;
    }
    if force && folder.exists() {
        std::fs::rename(folder, &old).with_context(|| cannot(folder))?;
    }
    std::fs::rename(&fresh, folder).with_context(|| cannot(folder))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| cannot(&old))?;
    }
    Ok(())
}

fn tell(folder: &Path, made: usize, people: &People, waiting: u64, console: &Console) {
    let taken = people.taken_back.len();
    if console.format == Format::Json {
        console.result(&serde_json::json!({"folder": folder, "people": made, "taken_back": taken, "waiting": waiting}).to_string());
        return;
    }
    let (n, shown) = (count(made as u64), folder.display());
    console.note(&Words::new(
        format!("{n} 人分の結果を {shown} に書きました。{INDEX} の file の列が、差し込み印刷やメールの添付に使えます。"),
        format!("Wrote results of {n} people to {shown}. The column “file” of {INDEX} is for mail merge."),
    ));
    if taken > 0 {
        console.note(&Words::new(
            format!("回答を取り消した {taken} 人の分は作っていません。"),
            format!("{taken} took their answers back; nothing was made of those."),
        ));
    }
    if waiting > 0 {
        console.note(&Words::new("まとまるのを待っている回答は入っていません。", "Answers that wait for their batch are not among them."));
    }
    console.note(&Words::new(
        "一人ひとりの結果です。本人のほかには渡さず、渡し終えたら消してください。",
        "These are people’s own results: hand each to its person alone, and delete the folder afterwards.",
    ));
}
