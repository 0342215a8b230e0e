//! Whoever reads the disk and holds every invitation: what drafts and withdrawal codes tell them.

use crate::drafts::{Device, SURVEY, project, served};
use crate::loop_project::Served;
use crate::store::{submission, texts};
use crate::store_attack::without_marks;
use shirube::language::Day;
use shirube::store::{Draft, Handle, Invitation, Saving, Submission, Ticket, open, resume_code, seal, unseal, withdrawal_code};
use shirube::survey::{Carried, Token};
use std::collections::BTreeMap;
use std::path::Path;

type Copy = BTreeMap<String, Vec<u8>>;

fn copy(folder: &Path) -> Copy {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}

fn holds(copy: &Copy, needle: &[u8]) -> bool {
    copy.values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Every draft of a copy: survey, handle, sealed bytes.
fn drafts(folder: &Path) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let intake = rusqlite::Connection::open(folder.join("intake.sqlite")).unwrap();
    let mut select = intake.prepare("SELECT survey, handle, sealed FROM draft").unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn with_all_invitations_and_both_files_no_draft_can_be_read() {
    let served = Served::of(project(&SURVEY.replace("mode: anonymous", "mode: anonymous\naccess: invited")));
    let tokens: Vec<Token> = (1..=6).map(|number| Token::new([number; 16])).collect();
    let invitations = tokens.iter().map(|token| Invitation { ticket: Ticket::of_token(token), carried: Carried::new(), person: None });
    served.store.invite("talk", invitations.collect()).unwrap();
    let mut codes = Vec::new();
    for token in &tokens {
        let mut device = Device::new(&served);
        device.get(&format!("/i/{}", token.in_link())).set("mood", "4").press("next").set("words", "だれにも言えないこと").press("save");
        codes.push(Token::read(&device.code()).unwrap());
    }
    let private = served.project.path("private");
    let disk = copy(&private);
    let kept = drafts(&private);
    assert_eq!(kept.len(), 6);
    // Nothing that was typed, no code and no sheet is readable on the disk
    for needle in ["だれにも言えないこと", "words", "\"mood\""] {
        assert!(kept.iter().all(|(_, _, sealed)| !sealed.windows(needle.len()).any(|window| window == needle.as_bytes())), "{needle}");
    }
    assert!(!holds(&disk, "だれにも言えないこと".as_bytes()));
    for code in &codes {
        assert!(!holds(&disk, code.in_link().as_bytes()) && !holds(&disk, code.in_groups().as_bytes()));
    }
    // Everything that links.csv and the files hold, tried as a code and as a sheet
    let mut secrets: Vec<String> = tokens.iter().flat_map(|token| [token.in_link().to_owned(), token.in_groups()]).collect();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    secrets.extend(tokens.iter().map(|token| hex(Ticket::of_token(token).bytes())));
    secrets.extend(kept.iter().map(|(_, handle, _)| hex(handle)));
    let mut tried = 0;
    for secret in &secrets {
        let mut guesses = vec![resume_code("talk", secret), withdrawal_code("talk", secret)];
        guesses.extend(Token::read(secret).ok());
        for guess in guesses {
            for (survey, handle, sealed) in &kept {
                assert!(unseal(survey, &guess, sealed).is_err());
                assert_ne!(Handle::of_draft(survey, &guess).bytes().as_slice(), handle.as_slice());
                tried += 1;
            }
            assert_eq!(Device::new(&served).resume(guess.in_link()).status, 404);
        }
    }
    assert!(tried > 300, "{tried}");
    // The search would have found them: with the codes all open
    for (code, token) in codes.iter().zip(&tokens) {
        let sealed = kept.iter().find(|(_, handle, _)| Handle::of_draft("talk", code).bytes().as_slice() == handle.as_slice()).unwrap();
        let content = unseal("talk", code, &sealed.2).unwrap();
        assert!(holds(&[("draft".to_owned(), content.clone())].into(), "だれにも言えないこと".as_bytes()));
        // Not even an opened draft tells whose invitation it was
        assert!(!holds(&[("draft".to_owned(), content)].into(), token.in_link().as_bytes()));
    }
    // All are of one length and of one last day
    let lengths: std::collections::BTreeSet<usize> = kept.iter().map(|(_, _, sealed)| sealed.len()).collect();
    assert_eq!(lengths.len(), 1);
}

fn draft(number: u32, sealed: Vec<u8>) -> Draft {
    let handle = Handle::of_draft("pulse", &resume_code("pulse", &number.to_string()));
    Draft { survey: "pulse".into(), handle, sealed, expires: day("2026-12-13"), ticket: [0; 16] }
}

fn sealed(number: u32, length: usize) -> Vec<u8> {
    seal("pulse", &resume_code("pulse", &number.to_string()), &vec![b'x'; length]).unwrap()
}

/// A stretch of the sealed bytes that stands somewhere in the middle of them.
fn stretches(sealed: &[u8]) -> Vec<&[u8]> {
    [1, 600, 1_500, 3_000].into_iter().filter_map(|at| sealed.get(at..at + 24)).chain([&sealed[sealed.len() - 24..]]).collect()
}

/// Whether the store still has traces to wipe.
fn is_owed(folder: &Path) -> bool {
    let intake = rusqlite::Connection::open(folder.join("intake.sqlite")).unwrap();
    intake.query_row("SELECT count(*) FROM unwiped", [], |row| row.get::<_, u32>(0)).unwrap() > 0
}

/// In whatever way a draft goes, no byte of it is left in any file, log and free pages included.
#[test]
fn what_was_deleted_is_nowhere_on_the_disk() {
    for way in ["replaced", "discarded", "expired", "sent", "sent, then stopped"] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path()).unwrap();
        let mut gone = Vec::new();
        for number in 0..30 {
            // Of all lengths, so that they lie in leaves and in overflow pages and the tree is rebuilt in between
            let bytes = sealed(number, (number as usize % 5) * 5_000);
            assert_eq!(store.save_draft(draft(number, bytes.clone())).unwrap(), Saving::Saved);
            if number % 2 == 0 {
                gone.push((number, bytes));
            }
        }
        let before = copy(folder.path());
        assert!(gone.iter().all(|(_, bytes)| stretches(bytes).iter().all(|part| holds(&before, part))), "the search finds what is there");
        for (number, _) in &gone {
            let own = draft(*number, Vec::new());
            match way {
                "replaced" => {
                    store.save_draft(draft(*number, sealed(*number, 9_000))).unwrap();
                }
                "discarded" => assert!(store.discard_draft("pulse", &own.handle).unwrap()),
                "expired" => {}
                _ => {
                    store.submit(Submission { draft: Some(own.handle), ..submission("pulse", *number) }).unwrap();
                }
            }
        }
        match way {
            "expired" => assert_eq!(store.purge_drafts(day("2026-12-14")).unwrap(), 30),
            // The process ends before it has wiped; the next start does
            "sent, then stopped" => {
                drop(store);
                store = open(folder.path()).unwrap();
            }
            // The writer wipes when it has been idle for five seconds
            "sent" | "replaced" => {
                let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
                while is_owed(folder.path()) && std::time::Instant::now() < end {
                    std::thread::sleep(std::time::Duration::from_millis(100));
                }
            }
            _ => {}
        }
        let after = copy(folder.path());
        for (number, bytes) in &gone {
            for part in stretches(bytes) {
                for (name, file) in &after {
                    assert!(!file.windows(part.len()).any(|window| window == part), "{way}: draft {number} is still in {name}");
                }
            }
            if way != "replaced" {
                assert!(!holds(&after, draft(*number, Vec::new()).handle.bytes()), "{way}: the handle of {number}");
            }
        }
        drop(store);
    }
}

#[test]
fn an_answer_that_was_taken_back_is_nowhere_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let handle = |person: u32| Handle::of_withdrawal("pulse", &withdrawal_code("pulse", &person.to_string()));
    let number = |person: u32| (1_000_000 + person).to_string().into_bytes();
    for person in 0..40 {
        store.submit(Submission { withdrawal: Some(handle(person)), ..submission("pulse", person) }).unwrap();
    }
    assert!(holds(&copy(folder.path()), &number(7)));
    for person in [7, 8, 21] {
        assert!(store.withdraw("pulse", &handle(person)).unwrap().is_some());
    }
    let after = copy(folder.path());
    for person in [7, 8, 21] {
        assert!(!holds(&after, &number(person)), "the answer of {person}");
    }
    assert!(holds(&after, &number(9)));
    assert_eq!(store.waiting("pulse").unwrap(), 37);
}

/// Two worlds that differ only in who gave which sheet in which order, and in nothing else, leave the same bytes behind, codes or not.
#[test]
fn codes_add_no_link_to_a_closed_batch() {
    let play = |turn: u32, deal: u32, codes: bool| {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path()).unwrap();
        for person in (0..40).map(|place| place * turn % 40) {
            let response = submission("pulse", (person * deal + 3) % 40).response;
            let code = withdrawal_code("pulse", &format!("sheet of {person}"));
            let withdrawal = codes.then(|| Handle::of_withdrawal("pulse", &code));
            store.submit(Submission { response, withdrawal, ..submission("pulse", person) }).unwrap();
        }
        store.close_batch("pulse", &texts(), 5).unwrap();
        let mut kept = without_marks(folder.path(), copy(folder.path()));
        kept.retain(|name, _| !name.ends_with("-shm"));
        kept
    };
    let first = play(1, 1, true);
    assert!(first == play(7, 11, true) && first == play(3, 1, true), "the files differ");
    assert!(first == play(1, 1, false), "and nothing is left of the codes");
}

/// A draft and the answer that ends it go together, also where the writer fails in between.
#[test]
fn a_failed_sending_keeps_the_draft() {
    let served = served();
    let mut device = Device::new(&served);
    device.get("/surveys/talk.html").set("mood", "4").press("save");
    let code = device.code();
    device.press("stay").press("next").press("next");
    served.faults.panic_once();
    device.press("send");
    assert_eq!((device.status, served.waiting("talk")), (503, 0), "{}", device.page);
    assert_eq!(Device::new(&served).resume(&code).status, 200, "the draft is still there");
    device.press("send");
    assert_eq!((device.status, served.waiting("talk")), (200, 1));
    assert_eq!(Device::new(&served).resume(&code).status, 404);
}
