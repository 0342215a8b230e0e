//! One writer: a bounded queue in front of one thread that commits what waits in groups and only then lets it be acknowledged.

use super::contract::{Claim, Lock, Receipt, Refusal, Ticket};
use super::faults::Faults;
use super::sealed::Handle;
use anyhow::{Result, anyhow};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How many submissions may wait; the next one is refused as busy.
const QUEUE: usize = 4_096;
/// How many submissions one commit takes at most.
const GROUP: usize = 1_024;
/// How long the writer idles before it looks for unfinished work.
const IDLE: Duration = Duration::from_secs(5);

/// Rows that go in together under one ticket, encoded by the thread that brings them.
pub(super) struct Deposit {
    /// The survey's id.
    pub(super) survey: String,
    /// What makes it happen once.
    pub(super) ticket: Ticket,
    /// The invitation that it uses up.
    pub(super) invitation: Option<Ticket>,
    /// The terms.
    pub(super) lock: Lock,
    /// The quotas that it counts for.
    pub(super) claims: Vec<Claim>,
    /// Revision and encoded answers of each response.
    pub(super) rows: Vec<(u32, Vec<u8>)>,
    /// The draft that goes with it.
    pub(super) draft: Option<Handle>,
    /// By which its row can be taken back.
    pub(super) withdrawal: Option<Handle>,
}

/// What the writer thread owns: the only connection that writes.
pub(super) trait Keeper: Send + 'static {
    /// Stores a group and commits it durably: one result a deposit, in order; a deposit that is refused leaves no trace.
    fn keep(&mut self, group: &[Deposit]) -> Vec<Result<Receipt, Refusal>>;
    /// Finishes what earlier work left undone; called now and then while nothing waits.
    fn tidy(&mut self);
    /// Starts over with a fresh connection after a panic.
    fn reset(&mut self) -> Result<()>;
}

type Reply = SyncSender<Result<Receipt, Refusal>>;
type Task<K> = Box<dyn FnOnce(&mut K) + Send>;

enum Job<K> {
    Keep(Deposit, Reply),
    Run(Task<K>),
    Stop,
}

/// The handle of the writer thread. Dropping it lets everything that waits be written, then ends the thread.
pub(super) struct Writer<K: Keeper> {
    queue: SyncSender<Job<K>>,
    faults: Arc<Faults>,
    thread: Option<JoinHandle<()>>,
}

impl<K: Keeper> Writer<K> {
    /// Starts the thread.
    pub(super) fn start(keeper: K, faults: Arc<Faults>) -> Result<Writer<K>> {
        let (queue, jobs) = sync_channel(QUEUE);
        let own = Arc::clone(&faults);
        let thread = std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || Loop { keeper, faults: own }.run(&jobs))?;
        Ok(Writer { queue, faults, thread: Some(thread) })
    }

    /// Stores a deposit and returns once it is durable.
    pub(super) fn keep(&self, deposit: Deposit) -> Result<Receipt, Refusal> {
        if self.faults.is_crowded() {
            return Err(Refusal::Busy);
        }
        let (reply, answer) = sync_channel(1);
        match self.queue.try_send(Job::Keep(deposit, reply)) {
            Ok(()) => answer.recv().unwrap_or_else(|_| Err(Refusal::Failed("the writer has stopped".to_owned()))),
            Err(TrySendError::Full(_)) => Err(Refusal::Busy),
            Err(TrySendError::Disconnected(_)) => Err(Refusal::Failed("the writer has stopped".to_owned())),
        }
    }

    /// Runs a task on the writer's thread and returns its result.
    pub(super) fn run<T: Send + 'static>(&self, task: impl FnOnce(&mut K) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = sync_channel(1);
        let task = Box::new(move |keeper: &mut K| {
            // A caller that has gone away needs no answer
            let _ = reply.send(task(keeper));
        });
        self.queue.send(Job::Run(task)).map_err(|_| anyhow!("the writer has stopped"))?;
        answer.recv().unwrap_or_else(|_| Err(anyhow!("the writer failed")))
    }
}

impl<K: Keeper> Drop for Writer<K> {
    fn drop(&mut self) {
        if self.queue.send(Job::Stop).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

struct Loop<K> {
    keeper: K,
    faults: Arc<Faults>,
}

impl<K: Keeper> Loop<K> {
    fn run(mut self, jobs: &Receiver<Job<K>>) {
        let mut ahead: VecDeque<Job<K>> = VecDeque::new();
        loop {
            let job = match ahead.pop_front() {
                Some(job) => job,
                None => match jobs.recv_timeout(IDLE) {
                    Ok(job) => job,
                    Err(RecvTimeoutError::Timeout) => {
                        self.guard(|this| this.keeper.tidy());
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return,
                },
            };
            match job {
                Job::Keep(deposit, reply) => self.keep_group((deposit, reply), jobs, &mut ahead),
                Job::Run(task) => {
                    self.guard(|this| task(&mut this.keeper));
                }
                Job::Stop => return,
            }
        }
    }

    /// Takes what waits behind the first deposit, stores all of it in one commit, then answers everyone.
    fn keep_group(&mut self, first: (Deposit, Reply), jobs: &Receiver<Job<K>>, ahead: &mut VecDeque<Job<K>>) {
        self.faults.stand_still();
        let (mut group, mut replies) = (vec![first.0], vec![first.1]);
        while group.len() < GROUP {
            match jobs.try_recv() {
                Ok(Job::Keep(deposit, reply)) => {
                    group.push(deposit);
                    replies.push(reply);
                }
                Ok(other) => {
                    ahead.push_back(other);
                    break;
                }
                Err(_) => break,
            }
        }
        let results = self.guard(|this| this.keeper.keep(&group));
        let results = results.unwrap_or_else(|| group.iter().map(|_| Err(Refusal::Failed("the writer failed".to_owned()))).collect());
        for (reply, result) in replies.into_iter().zip(results) {
            // A submitter that has gone away needs no answer
            let _ = reply.send(result);
        }
    }

    /// Runs this; after a panic the keeper starts over and `None` comes back, so that nobody waits for ever.
    fn guard<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let result = catch_unwind(AssertUnwindSafe(|| run(self))).ok();
        if result.is_none() {
            // Where that fails too, the next group finds out and is refused with the reason
            let _ = self.keeper.reset();
        }
        result
    }
}
