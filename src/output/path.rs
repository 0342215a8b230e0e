//! Paths that are safe to write on every system.

use crate::language::Words;
use std::path::{Path, PathBuf};

/// Device names that Windows keeps for itself, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A path below some root that means the same file on Linux, macOS and Windows: parts joined by `/`, none of them empty, `.`
/// or `..`, none with a control character or one of `\ : < > " | ? *`, none ending in a dot or a space, none a Windows device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(String);

impl RelativePath {
    /// Takes a path, or says in words why it cannot be one.
    ///
    /// # Errors
    /// When the path is empty, absolute, leaves its root or has a part that is no file name on some system.
    pub fn new(path: impl Into<String>) -> Result<RelativePath, Words> {
        let path = path.into();
        if path.is_empty() {
            return Err(Words::new("パスが空です", "the path is empty"));
        }
        if path.starts_with('/') {
            return Err(Words::new(
                format!("「{}」は「/」から始まっています", path.escape_debug()),
                format!("“{}” starts with “/”", path.escape_debug()),
            ));
        }
        // 1000 bytes leave room for the root within the 1024 bytes that macOS allows.
        if path.len() > 1000 {
            return Err(Words::new(
                format!("パスが長すぎます（{} バイト、上限は 1000）", path.len()),
                format!("the path is too long ({} bytes, at most 1000)", path.len()),
            ));
        }
        for part in path.split('/') {
            portable_name(part)?;
        }
        Ok(RelativePath(path))
    }

    /// The path as written, with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path below `root`, with the system's own separators.
    #[must_use]
    pub fn below(&self, root: &Path) -> PathBuf {
        self.0.split('/').fold(root.to_path_buf(), |path, part| path.join(part))
    }

    /// The form under which systems that ignore case see the same file.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// The folders above the file, nearest first, as paths below the root: `a/b/c.html` gives `a/b`, `a`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.rmatch_indices('/').map(|(index, _)| &self.0[..index])
    }
}

impl std::fmt::Display for RelativePath {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

fn portable_name(name: &str) -> Result<(), Words> {
    let shown = name.escape_debug();
    let refuse = |ja: &str, en: &str| Err(Words::new(format!("「{shown}」{ja}"), format!("“{shown}” {en}")));
    if name.is_empty() {
        return Err(Words::new("パスに空の部分があります", "a part of the path is empty"));
    }
    if name == "." || name == ".." {
        return refuse("はフォルダーの外を指すことがあるため使えません", "could lead out of the folder");
    }
    if name.len() > 255 {
        return refuse("は長すぎます（上限は 255 バイト）", "is too long (at most 255 bytes)");
    }
    if let Some(bad) = name.chars().find(|char| char.is_control() || r#"\:<>"|?*"#.contains(*char)) {
        let bad = bad.escape_debug();
        return refuse(
            &format!("には、ファイル名に使えない文字「{bad}」があります"),
            &format!("holds a character that no file name may have ({bad})"),
        );
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return refuse("の前後に空白か末尾のピリオドがあります", "starts or ends with a space, or ends with a dot");
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device)
            .is_some_and(|rest| matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
    };
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        return refuse("は Windows では使えない名前です", "is a name that Windows keeps for itself");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::RelativePath;

    #[test]
    fn good_paths_are_taken_and_bad_ones_refused() {
        for good in ["index.html", "en/index.html", "assets/しるべ.css", ".nojekyll", "a/b/c.d.e", "console.html", "com10", "..a"] {
            assert!(RelativePath::new(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "a/..",
            "../a",
            "a/../b",
            ".",
            "./a",
            "a//b",
            "a/",
            "a\\b",
            "C:/a",
            "C:a",
            "con",
            "CON.html",
            "a/nul",
            "a/Aux.txt",
            "com1",
            "LPT9.css",
            "com¹",
            "conin$",
            "a\nb",
            "a\0",
            "a\u{7f}",
            "a?",
            "a*",
            "a|b",
            "<a>",
            "a\"",
            "a.",
            "a ",
            " a",
            "nul .txt",
        ] {
            assert!(RelativePath::new(bad).is_err(), "{bad:?}");
        }
        assert!(RelativePath::new("あ".repeat(86)).is_err());
        assert!(RelativePath::new("a/".repeat(600) + "b").is_err());
    }

    #[test]
    fn folders_are_named_from_the_nearest() {
        let path = RelativePath::new("a/b/c.html").expect("a good path");
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a/b", "a"]);
    }
}
