//! Someone who holds everything below `private/`, copied the used marks at every batch, and knows everybody's team and age, looks for
//! the rows of single people once the survey is over.

use crate::loop_project::{Project, tree};
use shirube::catalog::Catalog;
use shirube::language::{DayTime, Today};
use shirube::store::{self, Invitation, Standing, Store, Submission, Ticket, encode_columns};
use shirube::survey::{Answer, Batch, Carried, Response, Survey, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const K: usize = 5;
/// Team, age, how many were invited and how many of them answered.
const GROUPS: [(&str, &str, usize, usize); 6] = [
    ("sales", "young", 12, 12),
    ("sales", "old", 12, 11),
    ("design", "young", 12, 3),
    ("design", "old", 12, 9),
    ("law", "young", 12, 2),
    ("law", "old", 12, 8),
];

const ATTRIBUTES: &str = "access: invited
attributes:
  - {id: team, text: チーム, values: [{id: sales, text: 営業}, {id: design, text: 設計}, {id: law, text: 法務}]}
  - {id: age, text: 年齢, values: [{id: young, text: 若い}, {id: old, text: 年長}]}
close: 2026-12-01
";

struct Round {
    project: Project,
    catalog: Catalog,
    store: Arc<dyn Store>,
    people: Vec<(Ticket, Carried)>,
    /// Who had answered when each batch was closed.
    copies: Vec<BTreeSet<usize>>,
}

impl Round {
    fn survey(&self) -> &Survey {
        &self.catalog.surveys["every"]
    }

    /// Everybody who answers, in an order that mixes the groups; whenever twenty wait, a batch is closed, as a server does.
    fn held(publish: &str) -> Round {
        let project = Project::small();
        project.edit("content/surveys/every.yaml", "publish: rolling\n", &format!("publish: {publish}\n{ATTRIBUTES}"));
        let loaded = shirube::pipeline::load(project.root()).expect("content");
        assert!(!loaded.diagnostics.has_errors());
        let store = store::open(&project.path("private")).expect("a store");
        let mut round = Round { project, catalog: loaded.catalog, store, people: Vec::new(), copies: Vec::new() };
        let mut answering = Vec::new();
        for (team, age, invited, answered) in GROUPS {
            for at in 0..invited {
                let person = round.people.len();
                let ticket = Ticket::of("every", format!("token {person}").as_bytes());
                round.people.push((ticket, [("team".to_owned(), team.to_owned()), ("age".to_owned(), age.to_owned())].into()));
                if at < answered {
                    answering.push((at * 7919 % 31, person));
                }
            }
        }
        let invite = |(ticket, carried): &(Ticket, Carried)| Invitation { ticket: *ticket, carried: carried.clone(), person: None };
        round.store.invite("every", round.people.iter().map(invite).collect()).expect("invited");
        answering.sort_unstable();
        for (_, person) in answering {
            round.answer(person);
            if !round.store.close_batch("every", &BTreeSet::new(), 20).expect("a batch").is_empty() {
                let used = round.used();
                round.copies.push(used);
            }
        }
        round
    }

    fn answer(&self, person: usize) {
        let (ticket, carried) = &self.people[person];
        let mut answers = self.survey().carry(carried, None);
        answers.insert("minutes".to_owned(), Answer::Given(Value::Number(person.to_string())));
        let response = Response { survey: "every".into(), revision: 1, answers };
        let sheet = Ticket::of("every", format!("sheet {person}").as_bytes());
        let lock = shirube::server::terms(self.survey());
        self.store
            .submit(Submission {
                response,
                ticket: sheet,
                invitation: Some(*ticket),
                lock,
                claims: Vec::new(),
                draft: None,
                withdrawal: None,
            })
            .expect("stored");
    }

    fn used(&self) -> BTreeSet<usize> {
        let all = self.store.invitations("every").expect("invitations");
        let used: BTreeSet<Ticket> =
            all.into_iter().filter(|one| one.standing == Standing::Used).map(|one| one.invitation.ticket).collect();
        (0..self.people.len()).filter(|person| used.contains(&self.people[*person].0)).collect()
    }

    /// As any build does after the close.
    fn over(&self) {
        let noon = DayTime::parse("2026-12-02 12:00").expect("a time");
        let today = Today { day: noon.day, now: noon.begins("Asia/Tokyo").expect("a zone") };
        shirube::pipeline::collect(&self.catalog, &*self.store, today).expect("a collection");
    }

    fn batches(&self) -> Vec<Batch> {
        self.store.batches("every").expect("batches")
    }

    /// Of every row: those of these people whom it may be of by what it shows, and whose it is.
    fn suspects<'r>(&'r self, batch: &'r Batch, among: &'r BTreeSet<usize>) -> impl Iterator<Item = (BTreeSet<usize>, usize)> + 'r {
        (0..usize::try_from(batch.n).expect("a count")).map(move |row| {
            let shows = |id: &str| match &batch.columns[id][row] {
                Answer::Given(Value::Choice(code)) => Some(code.clone()),
                _ => None,
            };
            let shown: BTreeMap<&str, String> = ["team", "age"].into_iter().filter_map(|id| Some((id, shows(id)?))).collect();
            let fits = |person: &&usize| shown.iter().all(|(id, code)| self.people[**person].1[*id] == *code);
            let Answer::Given(Value::Number(own)) = &batch.columns["minutes"][row] else { panic!("an answer of their own") };
            (among.iter().filter(fits).copied().collect(), own.parse().expect("a person"))
        })
    }
}

fn holds(files: &BTreeMap<String, Vec<u8>>, needle: &[u8]) -> bool {
    files.values().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[test]
fn after_the_close_no_row_points_at_fewer_than_k_whatever_was_copied_meanwhile() {
    let round = Round::held("at-close");
    let before = round.batches();
    assert_eq!((before.len(), round.copies.len()), (2, 2));
    // The attacker is able: while the survey runs, some rows have few suspects
    let mut least = usize::MAX;
    let mut earlier = BTreeSet::new();
    for (batch, used) in before.iter().zip(&round.copies) {
        let came: BTreeSet<usize> = used.difference(&earlier).copied().collect();
        least = least.min(round.suspects(batch, &came).map(|(suspects, _)| suspects.len()).min().expect("rows"));
        earlier.clone_from(used);
    }
    assert!(least < K, "{least}");
    let old: Vec<Vec<u8>> =
        before.iter().map(|batch| encode_columns(usize::try_from(batch.n).expect("a count"), &batch.columns).expect("bytes")).collect();
    assert!(old.iter().all(|blob| holds(&tree(&round.project.path("private")), &blob[blob.len() / 2..])));
    round.over();
    let (after, everybody) = (round.batches(), round.used());
    assert_eq!(everybody.len(), 45);
    assert_eq!(after.iter().map(|batch| batch.n).sum::<u64>(), 45, "nobody is lost");
    let mut rows = BTreeSet::new();
    let mut exact = 0;
    for (suspects, person) in after.iter().flat_map(|batch| round.suspects(batch, &everybody)) {
        assert!(suspects.len() >= K && suspects.contains(&person), "{suspects:?}");
        exact += usize::from(suspects.len() < everybody.len());
        rows.insert(person);
    }
    assert_eq!(rows, everybody);
    assert!(exact >= 40, "what may be shown is still there: {exact}");
    // Which batch a row stands in says no longer when it came: rows are dealt by their content alone
    let mut copies = round.copies.clone();
    copies.push(everybody.clone());
    let kept = after.iter().zip(&copies).filter(|(batch, used)| round.suspects(batch, used).all(|(_, person)| used.contains(&person)));
    assert!(kept.count() < after.len(), "a batch holds people who came later");
    let cells: Vec<Vec<&Answer>> = after
        .iter()
        .flat_map(|batch| {
            (0..usize::try_from(batch.n).expect("a count")).map(move |row| batch.columns.values().map(|cells| &cells[row]).collect())
        })
        .collect();
    assert!(cells.is_sorted());
    // Nor do the bytes of before, wherever they stood
    let files = tree(&round.project.path("private"));
    assert!(old.iter().all(|blob| !holds(&files, &blob[blob.len() / 2..])), "the replaced batches are wiped");
    // A build after that changes nothing any more
    round.over();
    assert_eq!(round.batches(), after);
}

#[test]
fn rows_that_were_published_batch_by_batch_stay_in_their_batches_and_show_no_small_class() {
    let round = Round::held("rolling");
    let before = round.batches();
    round.over();
    let (after, everybody) = (round.batches(), round.used());
    let people = |batch: &Batch| round.suspects(batch, &everybody).map(|(_, person)| person).collect::<BTreeSet<_>>();
    // A figure counted from the first batches must stay what it was
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(people(before), people(after));
    }
    assert!(after.iter().flat_map(|batch| round.suspects(batch, &everybody)).all(|(suspects, _)| suspects.len() >= K));
}
