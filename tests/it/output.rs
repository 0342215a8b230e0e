//! Files out: what is written, kept and left alone, and what a crash leaves behind.

use shirube::language::Words;
use shirube::output::{Artifact, MANIFEST_NAME, RelativePath, Step, Written, write, write_watched};
use std::collections::BTreeMap;
use std::path::Path;

fn site(files: &[(&str, &str)]) -> Vec<Artifact> {
    files
        .iter()
        .map(|(path, text)| Artifact { path: RelativePath::new(*path).expect("a good path"), bytes: text.as_bytes().to_vec() })
        .collect()
}

/// Every file below `root` but the lock, with its bytes.
fn read_all(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                if name != ".shirube-lock" {
                    found.insert(name, std::fs::read(&path).expect("a file"));
                }
            }
        }
    }
    found
}

fn names(list: &[RelativePath]) -> Vec<&str> {
    list.iter().map(RelativePath::as_str).collect()
}

fn report(written: &Written) -> [Vec<&str>; 4] {
    [names(&written.created), names(&written.changed), names(&written.same), names(&written.removed)]
}

const ONE: &[(&str, &str)] =
    &[("index.html", "home"), ("en/index.html", "home"), ("a.css", "red"), ("old/deep/page.html", "old"), ("shape", "file")];
const TWO: &[(&str, &str)] =
    &[("index.html", "new home"), ("en/index.html", "home"), ("b.css", "blue"), ("shape/inner.html", "folder"), ("A.css", "RED")];

#[test]
fn a_second_build_reports_and_touches_only_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    let first = write(&root, &site(ONE)).expect("written");
    assert_eq!(report(&first), [vec!["a.css", "en/index.html", "index.html", "old/deep/page.html", "shape"], vec![], vec![], vec![]]);
    let before = std::fs::metadata(root.join("en/index.html")).and_then(|found| found.modified()).expect("a time");
    let manifest = std::fs::read(root.join(MANIFEST_NAME)).expect("a manifest");

    let again = write(&root, &site(ONE)).expect("written");
    assert_eq!((again.same.len(), again.created.len() + again.changed.len() + again.removed.len()), (5, 0));
    assert_eq!(std::fs::read(root.join(MANIFEST_NAME)).expect("a manifest"), manifest);

    let second = write(&root, &site(TWO)).expect("written");
    assert_eq!(
        report(&second),
        [
            vec!["A.css", "b.css", "shape/inner.html"],
            vec!["index.html"],
            vec!["en/index.html"],
            vec!["a.css", "old/deep/page.html", "shape"]
        ]
    );
    let mut expected: BTreeMap<String, Vec<u8>> = TWO.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let mut found = read_all(&root);
    assert!(found.remove(MANIFEST_NAME).is_some());
    assert_eq!(found, expected);
    assert!(!root.join("old").exists(), "empty folders go with their files");
    assert_eq!(std::fs::metadata(root.join("en/index.html")).and_then(|found| found.modified()).expect("a time"), before);

    write(&root, &site(ONE)).expect("a folder becomes a file again");
    expected = ONE.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    found = read_all(&root);
    found.remove(MANIFEST_NAME);
    assert_eq!(found, expected);
}

#[test]
fn a_damaged_file_of_ours_is_mended_even_when_its_length_is_right() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &site(ONE)).expect("written");
    std::fs::write(folder.path().join("index.html"), "h0me").expect("damage");
    assert_eq!(names(&write(folder.path(), &site(ONE)).expect("written").changed), ["index.html"]);
    assert_eq!(std::fs::read(folder.path().join("index.html")).expect("a file"), b"home");
}

#[test]
fn assets_come_before_pages_and_removals_last() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &site(&[("gone.html", "x"), ("z.css", "1"), ("a.html", "1")])).expect("written");
    let mut steps = Vec::new();
    write_watched(folder.path(), &site(&[("z.css", "2"), ("a.html", "2"), ("m.js", "2")]), &mut |step| {
        if let Step::Put(path) | Step::Remove(path) = step {
            steps.push(path.to_string());
        }
        Ok(())
    })
    .expect("written");
    assert_eq!(steps, ["m.js", "z.css", "a.html", MANIFEST_NAME, "gone.html"]);
}

#[test]
fn a_crash_at_any_step_is_finished_or_undone() {
    let mut crashes = 0;
    for next in [TWO, ONE, &[("index.html", "third")]] {
        for crash_at in 0.. {
            let folder = tempfile::tempdir().expect("a folder");
            let root = folder.path();
            write(root, &site(ONE)).expect("written");
            std::fs::write(root.join("foreign.txt"), "mine").expect("a foreign file");
            let mut steps = 0;
            let done = write_watched(root, &site(TWO), &mut |_| {
                steps += 1;
                anyhow::ensure!(steps <= crash_at, "crash");
                Ok(())
            });
            // Whatever stands in a file is whole: old or new.
            let left = read_all(root);
            for (name, text) in ONE.iter().chain(TWO) {
                if let Some(found) = left.get(*name) {
                    let versions: Vec<&[u8]> =
                        ONE.iter().chain(TWO).filter(|(other, _)| other == name).map(|(_, text)| text.as_bytes()).collect();
                    assert!(versions.contains(&found.as_slice()), "{name} ({text}) is torn after step {crash_at}");
                }
            }
            write(root, &site(next)).expect("the next build finishes or undoes");
            let mut found = read_all(root);
            assert!(found.remove(MANIFEST_NAME).is_some());
            assert_eq!(found.remove("foreign.txt").as_deref(), Some(b"mine".as_slice()));
            let expected: BTreeMap<String, Vec<u8>> =
                next.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
            assert_eq!(found, expected, "after a crash before step {crash_at}");
            assert!(!root.join(".shirube-staging").exists() && !root.join(".shirube-journal.json").exists());
            if done.is_ok() {
                break;
            }
            crashes += 1;
        }
    }
    assert!(crashes >= 3 * 12, "{crashes} crash points are too few to be true");
}

#[test]
fn a_crash_while_recovering_is_recovered_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, &site(ONE)).expect("written");
    let mut budget = 4;
    for _ in 0..40 {
        let mut steps = 0;
        let done = write_watched(root, &site(TWO), &mut |_| {
            steps += 1;
            anyhow::ensure!(steps <= budget, "crash");
            Ok(())
        });
        budget = if budget == 4 { 1 } else { budget + 1 };
        if done.is_ok() {
            let mut found = read_all(root);
            found.remove(MANIFEST_NAME);
            assert_eq!(found.len(), TWO.len());
            return;
        }
    }
    panic!("never finished");
}

#[test]
fn a_foreign_file_in_the_way_stops_the_build_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    std::fs::create_dir(root.join("en")).expect("a folder");
    for (foreign, text) in [("en/index.html", "mine"), ("en", "")] {
        if foreign == "en" {
            std::fs::remove_dir_all(root.join("en")).expect("removed");
            std::fs::write(root.join("en"), text).expect("a foreign file");
        } else {
            std::fs::write(root.join(foreign), text).expect("a foreign file");
        }
        let before = read_all(root);
        let error = write(root, &site(ONE)).expect_err("a foreign file stands in the way");
        let words = error.downcast_ref::<Words>().expect("words in both languages");
        assert!(words.ja.contains("上書きしません") && words.en.contains(&root.join(foreign).display().to_string()), "{words:?}");
        assert_eq!(read_all(root), before);
    }
}

#[test]
fn a_folder_with_a_foreign_file_is_not_replaced_by_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, &site(&[("shape/inner.html", "x")])).expect("written");
    std::fs::write(root.join("shape/mine.txt"), "mine").expect("a foreign file");
    assert!(write(root, &site(&[("shape", "file")])).is_err());
    write(root, &site(&[])).expect("written");
    assert_eq!(read_all(root).into_keys().collect::<Vec<_>>(), [MANIFEST_NAME, "shape/mine.txt"]);
}

#[test]
fn two_artifacts_at_one_place_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for pair in [
        ["a.html", "a.html"],
        ["Index.html", "index.html"],
        ["あ/É.css", "あ/é.css"],
        ["a", "A/b"],
        [".shirube-manifest.json", "b"],
        [".Shirube-Lock", "b"],
    ] {
        let error = write(folder.path(), &site(&[(pair[0], "1"), (pair[1], "2")])).expect_err("one place for two");
        assert!(error.downcast_ref::<Words>().is_some(), "{error:?}");
    }
    assert!(read_all(folder.path()).is_empty());
}

#[test]
fn two_builders_do_not_meet_and_a_dead_ones_lock_is_taken_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    // A lock file left by a process that is no more holds nobody up.
    std::fs::write(root.join(".shirube-lock"), "").expect("a stale lock");
    let mut refused = false;
    write_watched(root, &site(ONE), &mut |_| {
        let error = write(root, &site(TWO)).expect_err("the other build holds the lock");
        refused = error.downcast_ref::<Words>().is_some_and(|words| words.en.contains("another shirube"));
        Ok(())
    })
    .expect("written");
    assert!(refused);
    write(root, &site(TWO)).expect("the lock is free again");
}

#[test]
fn a_damaged_manifest_stops_the_build() {
    let folder = tempfile::tempdir().expect("a folder");
    for damage in ["{", r#"{"format":1,"files":{"../../etc/passwd":"0"}}"#, r#"{"format":9,"files":{}}"#] {
        std::fs::write(folder.path().join(MANIFEST_NAME), damage).expect("damage");
        let before = read_all(folder.path());
        let error = write(folder.path(), &site(ONE)).expect_err("damaged");
        assert!(error.downcast_ref::<Words>().is_some_and(|words| words.en.contains(MANIFEST_NAME)), "{error:?}");
        assert_eq!(read_all(folder.path()), before);
    }
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("a file");
    let error = write(&file.join("site"), &site(ONE)).expect_err("a file is no folder");
    assert!(
        error.downcast_ref::<Words>().is_some_and(|words| words.en.contains("cannot write") && words.ja.contains("書き込めません")),
        "{error:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let mut root = folder.path().join("site");
    std::fs::create_dir(&root).expect("a folder");
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o555)).expect("read-only");
    if std::fs::write(root.join("probe"), "").is_ok() {
        // The superuser writes anywhere but into the system's own tree.
        root = Path::new("/proc/self/site").to_path_buf();
    }
    let error = write(&root, &site(ONE)).expect_err("read-only");
    assert!(error.downcast_ref::<Words>().is_some_and(|words| words.en.contains(&root.display().to_string())), "{error:?}");
}

#[cfg(unix)]
#[test]
fn symlinks_do_not_lead_out_of_the_root() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, outside) = (folder.path().join("site"), folder.path().join("outside"));
    std::fs::create_dir(&outside).expect("a folder");
    std::fs::create_dir(&root).expect("a folder");
    std::os::unix::fs::symlink(&outside, root.join("en")).expect("a link");
    assert!(write(&root, &site(ONE)).is_err());
    assert_eq!(std::fs::read_dir(&outside).expect("a folder").count(), 0);

    // A folder of ours that someone replaced by a link: its files are neither replaced nor removed there.
    std::fs::remove_file(root.join("en")).expect("removed");
    write(&root, &site(ONE)).expect("written");
    std::fs::remove_dir_all(root.join("en")).expect("removed");
    std::fs::write(outside.join("index.html"), "mine").expect("a file");
    std::os::unix::fs::symlink(&outside, root.join("en")).expect("a link");
    assert!(write(&root, &site(ONE)).is_err());
    write(&root, &site(&[("index.html", "home")])).expect("written");
    assert_eq!(std::fs::read(outside.join("index.html")).expect("a file"), b"mine");
}
