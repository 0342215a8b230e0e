//! Copies of the answers: whole, openable, and without what must not be kept beside a later copy.

use crate::store::{submission, texts};
use shirube::language::Day;
use shirube::store::{Invitation, Publication, Standing, Ticket, back_up, is_backup, last_backup, open};
use shirube::survey::Token;
use std::path::Path;

fn day() -> Day {
    Day::parse("2026-11-20").expect("a day")
}

/// Whether any file below the folder holds these bytes.
fn holds(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).any(|path| {
        if path.is_dir() {
            return holds(&path, needle);
        }
        std::fs::read(&path).expect("a file").windows(needle.len()).any(|window| window == needle)
    })
}

fn number(sheet: u32) -> Vec<u8> {
    (1_000_000 + sheet).to_string().into_bytes()
}

#[test]
fn a_copy_holds_closed_batches_and_no_answer_that_waits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (private, backups) = (folder.path().join("private"), folder.path().join("elsewhere"));
    let store = open(&private).expect("a store");
    let invitation = |number: u8| Invitation { ticket: Ticket::of_token(&Token::new([number; 16])), carried: [].into(), person: None };
    store.invite("staff", (1..=3).map(invitation).collect()).expect("handed out");
    store.close_survey("old", day()).expect("closed");
    for sheet in 0..20 {
        store.submit(submission("pulse", sheet)).expect("stored");
    }
    store.close_batch("pulse", &texts(), 20).expect("a batch");
    let publication = Publication { survey: "pulse".into(), batches: 1, groups: [("all".to_owned(), 20)].into() };
    store.record(&publication).expect("recorded");
    // The hour of each is nobody's business; what waits grows from copy to copy
    let mut copies = Vec::new();
    for sheet in 20..23 {
        store.submit(submission("pulse", sheet)).expect("stored");
        copies.push(back_up(&*store, &private, Some(&backups), day()).expect("a copy"));
    }
    let names: Vec<_> = copies.iter().map(|copy| copy.folder.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["2026-11-20", "2026-11-20-2", "2026-11-20-3"]);
    for copy in &copies {
        assert_eq!(copy.answers, 20);
        assert!(is_backup(&copy.folder));
        for sheet in 20..23 {
            assert!(!holds(&copy.folder, &number(sheet)), "a waiting answer stands in a copy");
        }
    }
    assert!(holds(&private, &number(20)), "the search finds what is there");
    assert_eq!(last_backup(&private).map(|(on, place)| (on, place.is_some())), Some((day(), true)));
    // Each is a store of its own that knows what was published, who was invited and what is closed
    let copied = open(&copies[2].folder).expect("a store");
    let status = copied.status().expect("a status");
    assert_eq!((status.surveys["pulse"].closed, status.surveys["pulse"].waiting), (20, 0));
    assert_eq!(copied.ledger("pulse").expect("a ledger"), [publication]);
    assert_eq!(copied.batches("pulse").expect("batches"), store.batches("pulse").expect("batches"));
    assert_eq!(copied.invitations("staff").expect("invited").iter().filter(|one| one.standing == Standing::Open).count(), 3);
    assert_eq!(copied.closings().expect("closed").get("old"), Some(&day()));
    // And the answers that came meanwhile are still where they were
    assert_eq!(store.waiting("pulse").expect("a count"), 3);
}

#[test]
#[cfg(unix)]
fn copies_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path()).expect("a store");
    shirube::store::write_private(&folder.path().join("links/staff/links.csv"), b"id").expect("written");
    let copy = back_up(&*store, folder.path(), None, day()).expect("a copy").folder;
    for (name, mode) in
        [("", 0o700), ("intake.sqlite", 0o600), ("answers.sqlite", 0o600), ("backup.json", 0o600), ("links/staff/links.csv", 0o600)]
    {
        let found = std::fs::metadata(copy.join(name)).expect("there").permissions().mode() & 0o777;
        assert_eq!(found, mode, "{name}");
    }
}
