//! A small project in a folder of its own, and a person who fills in its forms the way a browser without scripts does.

use shirube::catalog::Loaded;
use shirube::language::{Day, DayTime, Language, Today};
use shirube::pages::Theme;
use shirube::pipeline::{self, Answers};
use shirube::server::Means;
use shirube::server::rebuild::{News, Reason, Rebuilder, Workshop};
use shirube::server::reply::Reply;
use shirube::server::request::{Method, Request};
use shirube::server::routes::Routes;
use shirube::server::stage::Stage;
use shirube::store::{self, Faults, Store};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The repository.
pub(crate) fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a folder with everything in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder to copy") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder with its bytes, but for the lock and the databases' own files.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                walk(root, &path, files);
            } else if path.file_name().is_some_and(|name| name != ".shirube-lock") {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    files
}

/// The names of the files that differ.
pub(crate) fn changes(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// A project with its themes, as of a day, and what is published of what was answered; of nothing, where nobody was asked.
pub(crate) fn stands_on(project: &Project, served: Option<&Served>, day: &str) -> (Loaded, BTreeMap<String, Theme>, Answers, Today) {
    let mut loaded = pipeline::load(project.root()).expect("content");
    let themes = pipeline::read_themes(project.root(), &mut loaded).expect("themes");
    assert!(!loaded.diagnostics.has_errors(), "{:?}", loaded.diagnostics.sorted());
    let day = Day::parse(day).expect("a day");
    let today = Today { day, now: DayTime::whole(day).begins("Asia/Tokyo").expect("a moment") };
    let answers = match served {
        Some(served) => pipeline::collect(&loaded.catalog, &*served.store, today).expect("a collection"),
        None => pipeline::nothing_collected(&loaded.catalog, today),
    };
    (loaded, themes, answers, today)
}

/// The files of its first site.
pub(crate) fn built_on(project: &Project, served: Option<&Served>, day: &str) -> BTreeMap<String, String> {
    let (loaded, themes, answers, today) = stands_on(project, served, day);
    let built = pipeline::build(&loaded.catalog, &themes, &answers, today, None).expect("a site");
    let site = built.sites.values().next().expect("a site");
    site.iter().map(|file| (file.path.as_str().to_owned(), String::from_utf8_lossy(&file.bytes).into_owned())).collect()
}

/// A project in a folder of its own.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// The small project of `tests/sites/small`.
    pub(crate) fn small() -> Project {
        Project::of(&here().join("tests/sites/small"))
    }

    /// The content of a project.
    pub(crate) fn of(root: &Path) -> Project {
        // In memory where the system has such a place: hundreds of small files are written durably again and again
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder");
        copy(&root.join("content"), &folder.path().join("content"));
        Project { folder }
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Replaces words of a file.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replace(from, to));
    }

    pub(crate) fn output(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path("output"))
    }
}

/// A served project without a socket.
pub(crate) struct Served {
    pub(crate) project: Project,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) faults: Arc<Faults>,
    pub(crate) stage: Arc<Stage>,
    pub(crate) routes: Routes,
    pub(crate) rebuilder: Arc<Rebuilder>,
    /// What was told of builds, a word each.
    pub(crate) news: Arc<Mutex<Vec<String>>>,
}

impl Served {
    pub(crate) fn small() -> Served {
        Served::of(Project::small())
    }

    pub(crate) fn of(project: Project) -> Served {
        let faults = Arc::new(Faults::default());
        let store = store::open_with(&project.path("private"), Arc::clone(&faults)).expect("a store");
        let stage = Arc::new(Stage::default());
        let news = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&news);
        let herald = Box::new(move |news: &News<'_>| {
            told.lock().expect("a list").push(match news {
                News::Built { changed, .. } => format!("built {changed}"),
                News::Faulty { .. } => "faulty".to_owned(),
                News::Failed(error) => format!("failed {error:#}"),
            });
        });
        let workshop = Workshop {
            root: project.root().to_path_buf(),
            store: Arc::clone(&store),
            stage: Arc::clone(&stage),
            herald,
            language: Language::English,
        };
        let rebuilder = Arc::new(Rebuilder::start(workshop).expect("a first build"));
        let teller = Arc::clone(&rebuilder);
        let answered = Box::new(move |survey: &str| teller.tell(Reason::Answer(survey.to_owned())));
        let publisher = Arc::clone(&rebuilder);
        let means = Means { private: project.path("private"), rebuild: Box::new(move || publisher.tell(Reason::Content)), sessions: None };
        let routes = Routes::new(Arc::clone(&stage), Arc::clone(&store), true, answered).with_desk(means);
        Served { project, store, faults, stage, routes, rebuilder, news }
    }

    pub(crate) fn get(&self, target: &str) -> Reply {
        self.routes.reply(&Request::new(Method::Get, target).expect("a target"))
    }

    pub(crate) fn post(&self, target: &str, body: &str) -> Reply {
        let mut request = Request::new(Method::Post, target).expect("a target");
        request.headers.content_type = Some("application/x-www-form-urlencoded".to_owned());
        request.body = body.as_bytes().to_vec();
        self.routes.reply(&request)
    }

    pub(crate) fn waiting(&self, survey: &str) -> u64 {
        self.store.waiting(survey).expect("a count")
    }

    /// Everything that was ever stored of a survey.
    pub(crate) fn stored(&self, survey: &str) -> u64 {
        self.store.status().expect("a status").surveys.get(survey).map_or(0, |one| one.waiting + one.closed)
    }

    /// Waits until this holds.
    pub(crate) fn until(&self, what: &str, holds: impl Fn(&Served) -> bool) {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while !holds(self) {
            assert!(std::time::Instant::now() < end, "{what}; the news were {:?}", self.news.lock().expect("a list"));
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    pub(crate) fn last_news(&self) -> String {
        self.news.lock().expect("a list").last().cloned().unwrap_or_default()
    }

    pub(crate) fn visit(&self, address: &str) -> Visitor<'_> {
        let reply = self.get(address);
        Visitor::at(self, address, reply)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.rebuilder.stop();
    }
}

/// The body of a reply as text.
pub(crate) fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body().to_vec()).expect("text")
}

/// A person with a page in the browser: types, presses buttons, sends exactly what the page holds.
pub(crate) struct Visitor<'s> {
    served: &'s Served,
    pub(crate) address: String,
    pub(crate) status: u16,
    pub(crate) page: String,
    /// Where the last reply led, when it was a redirection.
    pub(crate) location: Option<String>,
    /// What the form would send, the pressed button apart.
    pub(crate) fields: Vec<(String, String)>,
}

impl<'s> Visitor<'s> {
    fn at(served: &'s Served, address: &str, reply: Reply) -> Visitor<'s> {
        let page = without_templates(&text(&reply));
        let fields = fields(&page);
        let location = reply.header("location").map(str::to_owned);
        Visitor { served, address: address.to_owned(), status: reply.status(), page, location, fields }
    }

    /// Chooses one, or types over what stands there. The page must have such a field.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> &mut Self {
        assert!(self.has(name), "the page has no field {name}:\n{}", self.page);
        self.forge(name, value)
    }

    /// Sets a field whether the page has it or not.
    pub(crate) fn forge(&mut self, name: &str, value: &str) -> &mut Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks one more of several.
    pub(crate) fn tick(&mut self, name: &str, value: &str) -> &mut Self {
        assert!(self.has(name), "the page has no field {name}");
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Whether the page offers a visible field of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        tags(&self.page).any(|tag| tag.attribute("name").as_deref() == Some(name) && tag.attribute("type").as_deref() != Some("hidden"))
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn body(&self, go: &str) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(&self.fields);
        if !go.is_empty() {
            body.append_pair("_go", go);
        }
        body.finish()
    }

    /// Presses a button that the page has.
    pub(crate) fn press(&mut self, go: &str) -> &mut Self {
        let there =
            tags(&self.page).any(|tag| tag.attribute("name").as_deref() == Some("_go") && tag.attribute("value").as_deref() == Some(go));
        assert!(there, "the page has no button {go}:\n{}", self.page);
        self.submit(go)
    }

    /// Sends the form as if such a button had been pressed.
    pub(crate) fn submit(&mut self, go: &str) -> &mut Self {
        let address = self.address.clone();
        self.submit_to(&address, go)
    }

    /// The same to another address, as the language switch does.
    pub(crate) fn submit_to(&mut self, address: &str, go: &str) -> &mut Self {
        let reply = self.served.post(address, &self.body(go));
        *self = Visitor::at(self.served, address, reply);
        self
    }

    /// The questions that the page complains about.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let list = self.page.split_once("role=\"alert\" tabindex=\"-1\" id=\"faults\"").and_then(|(_, rest)| rest.split_once("</div>"));
        list.map(|(list, _)| list.split("href=\"#").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect())
            .unwrap_or_default()
    }
}

/// A page without what only a script would fetch: it is neither seen nor sent.
fn without_templates(page: &str) -> String {
    let mut parts = page.split("<template ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, rest| page + rest.split_once("</template>").map_or("", |(_, after)| after))
}

/// A start tag of a page.
struct Tag<'p> {
    text: &'p str,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, rest) = self.text.split_once(&format!(" {name}=\""))?;
        Some(unescaped(rest.split_once('"')?.0))
    }
}

fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    page.split('<').skip(1).filter_map(|rest| Some(Tag { text: rest.split_once('>')?.0 }))
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (escape, char)| text.replace(escape, char))
}

/// What a browser would send of the page's form.
pub(crate) fn fields(page: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for rest in page.split('<').skip(1) {
        let Some((tag, inner)) = rest.split_once('>') else { continue };
        let tag = Tag { text: tag };
        let Some(name) = tag.attribute("name").filter(|_| tag.text.starts_with("input") || tag.text.starts_with("textarea")) else {
            continue;
        };
        let value = match tag.attribute("type").as_deref() {
            Some("radio" | "checkbox") if !tag.text.ends_with(" checked") => continue,
            // A browser drops the line end that opens a text area
            None => unescaped(inner.strip_prefix('\n').unwrap_or(inner)),
            Some(_) => tag.attribute("value").unwrap_or_default(),
        };
        fields.push((name, value));
    }
    fields
}

/// A day on which the small project's surveys are as their names say.
pub(crate) fn today() -> Today {
    let noon = DayTime::parse("2026-11-20 12:00").expect("a time");
    Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a zone") }
}
