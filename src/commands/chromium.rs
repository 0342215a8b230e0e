//! A browser that stands on this machine, for what only browsers can make: PDF and PNG. Looked for, never required, kept off the
//! network, and given a profile of its own that is gone afterwards.

use crate::language::Words;
use anyhow::{Context, bail};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How a Chromium is called on the search path.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "chrome.exe",
    "msedge.exe",
];

/// Where it stands when it is not on the search path.
const PLACES: [&str; 8] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "/snap/bin/chromium",
];

/// A page that takes longer than this is given up.
const PATIENCE: Duration = Duration::from_secs(180);

/// A browser with a folder of its own.
#[derive(Debug)]
pub(super) struct Chromium {
    program: PathBuf,
    folder: PathBuf,
}

impl Chromium {
    /// The browser that `CHROMIUM` names, else one on the search path, else one in the usual places.
    ///
    /// # Errors
    ///
    /// When there is none, in words that say what helps; or no folder can be made.
    pub(super) fn find() -> anyhow::Result<Chromium> {
        let named = std::env::var_os("CHROMIUM").filter(|name| !name.is_empty()).map(PathBuf::from);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let on_path = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
        let local = std::env::var_os("LOCALAPPDATA").map(|folder| Path::new(&folder).join("Google/Chrome/Application/chrome.exe"));
        let mut all = on_path.chain(PLACES.map(PathBuf::from)).chain(local);
        let found = match named {
            Some(named) if named.is_file() => Some(named),
            Some(named) => bail!(Words::new(
                format!("CHROMIUM が指す {} がありません", named.display()),
                format!("CHROMIUM names {}, which is not there", named.display()),
            )),
            None => all.find(|path| path.is_file()),
        };
        let program = found.with_context(|| {
            Words::new(
                "PDF と PNG は Edge、Chrome、Chromium のどれかを使って作りますが、見つかりません。どれかを入れるか、環境変数 CHROMIUM に場所を書いてください。なくても、--single-file のファイルをブラウザーで開いて印刷すれば、同じ紙面になります",
                "PDF and PNG are made with Edge, Chrome or Chromium, and none was found; install one, or name it in the variable CHROMIUM. Without one, open the file of --single-file in a browser and print it: the pages are the same",
            )
        })?;
        Ok(Chromium { program, folder: own_folder()? })
    }

    /// A file in the browser's own folder, which nobody else can read.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).with_context(|| cannot_write(&path))?;
        Ok(path)
    }

    /// Prints a file as PDF, tagged, with its headings as outline.
    pub(super) fn pdf(&self, page: &Path) -> anyhow::Result<Vec<u8>> {
        // Beside our own files, never beside a page of a site
        let to = self.folder.join(page.file_name().unwrap_or_default()).with_extension("pdf");
        let mut print = OsString::from("--print-to-pdf=");
        print.push(&to);
        let more = [print, "--no-pdf-header-footer".into(), "--generate-pdf-document-outline".into(), "--export-tagged-pdf".into()];
        self.made(page, &more, &to)
    }

    /// A picture of a file.
    pub(super) fn png(&self, page: &Path, width: u32, height: u32) -> anyhow::Result<Vec<u8>> {
        let to = page.with_extension("png");
        let mut shot = OsString::from("--screenshot=");
        shot.push(&to);
        let size = format!("--window-size={width},{height}");
        let more = [shot, size.into(), "--force-device-scale-factor=2".into(), "--hide-scrollbars".into()];
        self.made(page, &more, &to)
    }

    /// What a page's script has put into its body.
    pub(super) fn told(&self, page: &Path) -> anyhow::Result<String> {
        let out = page.with_extension("told");
        let file = std::fs::File::create(&out).with_context(|| cannot_write(&out))?;
        self.run(page, &["--dump-dom".into()], Stdio::from(file))?;
        Ok(String::from_utf8_lossy(&std::fs::read(&out)?).into_owned())
    }

    fn made(&self, page: &Path, more: &[OsString], to: &Path) -> anyhow::Result<Vec<u8>> {
        self.run(page, more, Stdio::null())?;
        std::fs::read(to).with_context(|| {
            let program = self.program.display();
            Words::new(format!("{program} は何も書き出しませんでした"), format!("{program} wrote nothing"))
        })
    }

    fn run(&self, page: &Path, more: &[OsString], out: Stdio) -> anyhow::Result<()> {
        let mut profile = OsString::from("--user-data-dir=");
        profile.push(self.folder.join(page.file_stem().unwrap_or_default()).with_extension("profile"));
        let mut command = Command::new(&self.program);
        command.args(["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"]);
        command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"]);
        // Nothing may be asked of the network, whatever a page says
        command.args(["--host-resolver-rules=MAP * ~NOTFOUND", "--blink-settings=preferredColorScheme=1"]);
        if is_root() {
            // As root it does not start otherwise, and it opens our own page alone
            command.arg("--no-sandbox");
        }
        command.arg(profile).args(more).arg(address(page)).stdin(Stdio::null()).stdout(out).stderr(Stdio::null());
        let program = self.program.display();
        let failed = || Words::new(format!("{program} を動かせません"), format!("cannot run {program}"));
        let status = wait(command.spawn().with_context(failed)?).with_context(failed)?;
        anyhow::ensure!(status, Words::new(format!("{program} が失敗しました"), format!("{program} failed")));
        Ok(())
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // A browser on its way out may hold a file for a moment
        for _ in 0..20 {
            if std::fs::remove_dir_all(&self.folder).is_ok() || !self.folder.exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Whether it ended well; ended by us when it takes too long.
fn wait(mut child: Child) -> anyhow::Result<bool> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if begun.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A new folder that only this user can look into.
fn own_folder() -> anyhow::Result<PathBuf> {
    let process = std::process::id();
    for turn in 0..1_000_u32 {
        let folder = std::env::temp_dir().join(format!("shirube-{process}-{turn}"));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder.clone()).with_context(|| cannot_write(&folder)),
        }
    }
    bail!(Words::new("一時フォルダーを作れません", "cannot make a temporary folder"))
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

/// A file as an address. Our own folder's name and ours need no escapes but those of the place it stands in.
fn address(page: &Path) -> String {
    let path = page.to_string_lossy().replace('\\', "/");
    let mut address = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'_' | b'.' | b'~' => address.push(char::from(byte)),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

fn cannot_write(path: &Path) -> Words {
    Words::new(format!("{} に書けません", path.display()), format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_addresses_on_every_system() {
        assert_eq!(address(Path::new("/tmp/a b/図.html")), "file:///tmp/a%20b/%E5%9B%B3.html");
        assert_eq!(address(Path::new("C:\\Program Files\\x.html")), "file:///C:/Program%20Files/x.html");
    }
}
