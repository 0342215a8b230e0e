//! What of a folder on the disk is read, and what is not.

/// A link could lead anywhere: out of the project, or in a circle.
#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use shirube::content::Folder;
    let root = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(root.path().join("content")).expect("a folder");
    std::os::unix::fs::symlink("/etc/hostname", root.path().join("content/host.md")).expect("a link");
    std::os::unix::fs::symlink(root.path(), root.path().join("content/circle")).expect("a link");
    let (folder, diagnostics) = Folder::read(root.path()).expect("a folder");
    assert_eq!((folder.files().count(), diagnostics.warnings()), (0, 2));
}
