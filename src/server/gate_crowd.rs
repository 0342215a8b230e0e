//! Who is connected: caps, and whom to cut when there is no room.

use std::collections::BTreeMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::gate_host::is_private;
use super::limits::Limits;
use super::refusal::Refusal;

/// Connections that are cut but whose threads have not ended yet, beyond the cap.
const LEAVING: usize = 16;
/// A reply that has waited for its reader for so long may be cut when there is no room otherwise.
const SLOW_READER: Duration = Duration::from_secs(2);

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing of the next request has arrived.
    Idle,
    /// A request has begun to arrive.
    Reading,
    /// The handler is at work: never cut.
    Working,
    /// The reply is on its way.
    Writing,
}

/// Everybody who is connected.
#[derive(Debug)]
pub(super) struct Crowd {
    connections: usize,
    per_address: usize,
    members: Mutex<Members>,
    left: Condvar,
}

#[derive(Debug, Default)]
struct Members {
    next: u64,
    by_arrival: BTreeMap<u64, Member>,
    closing: bool,
}

#[derive(Debug)]
struct Member {
    stream: Arc<TcpStream>,
    peer: IpAddr,
    stage: Stage,
    since: Instant,
    cut: bool,
}

/// A place in the crowd, given back when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    crowd: Arc<Crowd>,
    number: u64,
}

impl Crowd {
    /// An empty crowd with the caps of these limits.
    pub(super) fn new(limits: &Limits) -> Arc<Crowd> {
        let (members, left) = (Mutex::default(), Condvar::new());
        Arc::new(Crowd { connections: limits.connections, per_address: limits.per_address, members, left })
    }

    /// Gives a new connection its seat. Where there is no room, the one that has been waited for longest has to go: an honest
    /// client needs milliseconds for its request, and a browser reopens an idle connection by itself.
    ///
    /// # Errors
    /// Everybody is being served, or too many come from one public address.
    pub(super) fn admit(self: &Arc<Crowd>, stream: &Arc<TcpStream>, peer: IpAddr) -> Result<Seat, Refusal> {
        let peer = peer.to_canonical();
        let mut members = self.lock();
        if members.closing {
            return Err(Refusal::Full);
        }
        if !is_private(peer) && members.count(Some(peer)) >= self.per_address && !members.cut_oldest(Some(peer)) {
            return Err(Refusal::TooMany);
        }
        if members.count(None) >= self.connections && !members.cut_oldest(None) {
            return Err(Refusal::Full);
        }
        // The cut ones leave as soon as their threads run; until then their descriptors are taken.
        while members.by_arrival.len() >= self.connections + LEAVING {
            members = self.left.wait_timeout(members, Duration::from_secs(1)).unwrap_or_else(PoisonError::into_inner).0;
        }
        let number = members.next;
        members.next += 1;
        let member = Member { stream: Arc::clone(stream), peer, stage: Stage::Idle, since: Instant::now(), cut: false };
        members.by_arrival.insert(number, member);
        Ok(Seat { crowd: Arc::clone(self), number })
    }

    /// Whether no new requests are taken any more.
    pub(super) fn is_closing(&self) -> bool {
        self.lock().closing
    }

    /// Admits nobody from now on, and cuts those that have asked nothing.
    pub(super) fn close(&self) {
        let mut members = self.lock();
        members.closing = true;
        members.by_arrival.values_mut().filter(|member| member.stage == Stage::Idle).for_each(Member::cut);
    }

    /// Waits for the others until the deadline and then cuts them too. Whether all had finished by themselves.
    pub(super) fn empty(&self, deadline: Instant) -> bool {
        let mut members = self.wait_empty(self.lock(), deadline);
        let finished = members.by_arrival.is_empty();
        members.by_arrival.values_mut().for_each(Member::cut);
        drop(self.wait_empty(members, Instant::now() + Duration::from_millis(500)));
        finished
    }

    fn wait_empty<'a>(&'a self, mut members: MutexGuard<'a, Members>, deadline: Instant) -> MutexGuard<'a, Members> {
        while !members.by_arrival.is_empty() {
            let wait = deadline.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                break;
            }
            members = self.left.wait_timeout(members, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
        members
    }

    fn lock(&self) -> MutexGuard<'_, Members> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Members {
    fn count(&self, peer: Option<IpAddr>) -> usize {
        self.by_arrival.values().filter(|member| !member.cut && peer.is_none_or(|peer| member.peer == peer)).count()
    }

    /// Cuts the connection that has kept us waiting longest. Whether there was one.
    fn cut_oldest(&mut self, peer: Option<IpAddr>) -> bool {
        let mut candidates = self.by_arrival.values_mut().filter(|member| !member.cut && peer.is_none_or(|peer| member.peer == peer));
        let waiting = |member: &&mut Member| match member.stage {
            Stage::Idle | Stage::Reading => true,
            Stage::Working => false,
            Stage::Writing => member.since.elapsed() > SLOW_READER,
        };
        let oldest = candidates.by_ref().filter(waiting).min_by_key(|member| (member.stage == Stage::Writing, member.since));
        oldest.map(Member::cut).is_some()
    }
}

impl Member {
    fn cut(&mut self) {
        self.cut = true;
        // Its thread sees the end of the stream at once; where it is gone already there is nothing to shut.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

impl Seat {
    /// Says what the connection does now. False: it was cut, or is idle while the server closes.
    pub(super) fn enter(&self, stage: Stage) -> bool {
        let mut members = self.crowd.lock();
        let closing = members.closing;
        let Some(member) = members.by_arrival.get_mut(&self.number) else { return false };
        // Waiting for the rest of a request is the same wait as for its first byte: a slow sender does not get younger.
        if member.stage != stage && (member.stage, stage) != (Stage::Idle, Stage::Reading) {
            member.since = Instant::now();
        }
        member.stage = stage;
        let resting = closing && stage == Stage::Idle;
        !(member.cut || resting)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.crowd.lock().by_arrival.remove(&self.number);
        self.crowd.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::net::TcpListener;

    struct Street {
        listener: TcpListener,
    }

    impl Street {
        fn new() -> Street {
            Street { listener: TcpListener::bind("127.0.0.1:0").expect("a port") }
        }

        /// A client's end and ours.
        fn pair(&self) -> (TcpStream, Arc<TcpStream>) {
            let client = TcpStream::connect(self.listener.local_addr().expect("an address")).expect("a connection");
            (client, Arc::new(self.listener.accept().expect("a client").0))
        }
    }

    fn is_cut(client: &TcpStream) -> bool {
        client.set_read_timeout(Some(Duration::from_millis(50))).expect("a time-out");
        matches!((&mut &*client).read(&mut [0]), Ok(0))
    }

    fn crowd(connections: usize, per_address: usize) -> Arc<Crowd> {
        Crowd::new(&Limits { connections, per_address, ..Limits::default() })
    }

    const ABROAD: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 1));
    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn the_longest_wait_is_cut_and_work_is_not() {
        let (street, crowd) = (Street::new(), crowd(3, 3));
        let pairs: Vec<_> = (0..4).map(|_| street.pair()).collect();
        let seats: Vec<_> = pairs[..3].iter().map(|(_, ours)| crowd.admit(ours, HERE).expect("room")).collect();
        assert!(seats[0].enter(Stage::Working) && seats[1].enter(Stage::Reading) && seats[2].enter(Stage::Reading));
        let fourth = crowd.admit(&pairs[3].1, HERE).expect("room after a cut");
        assert_eq!(pairs.iter().map(|(client, _)| is_cut(client)).collect::<Vec<_>>(), [false, true, false, false]);
        assert!(!seats[1].enter(Stage::Reading), "a cut connection must be told");
        assert!(fourth.enter(Stage::Working) && seats[2].enter(Stage::Working));
        let (_late, ours) = street.pair();
        assert_eq!(crowd.admit(&ours, HERE).err(), Some(Refusal::Full));
        drop(seats);
        assert!(crowd.admit(&ours, HERE).is_ok());
    }

    #[test]
    fn one_public_address_has_its_cap_and_a_room_has_none() {
        let (street, crowd) = (Street::new(), crowd(10, 2));
        let pairs: Vec<_> = (0..9).map(|_| street.pair()).collect();
        let mut seats = Vec::new();
        for (_, ours) in &pairs[..2] {
            let seat = crowd.admit(ours, ABROAD).expect("room");
            assert!(seat.enter(Stage::Working));
            seats.push(seat);
        }
        assert_eq!(crowd.admit(&pairs[2].1, ABROAD).err(), Some(Refusal::TooMany));
        let mapped: IpAddr = "::ffff:203.0.113.1".parse().expect("an address");
        assert_eq!(crowd.admit(&pairs[2].1, mapped).err(), Some(Refusal::TooMany));
        for ((_, ours), peer) in
            pairs[2..].iter().zip(["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "fd00::1", "203.0.113.2", "203.0.113.2"])
        {
            seats.push(crowd.admit(ours, peer.parse().expect("an address")).expect(peer));
        }
        assert!(seats.iter().all(|seat| seat.enter(Stage::Working)), "nobody was cut");
    }

    #[test]
    fn closing_waits_for_work_and_not_for_the_idle() {
        let (street, crowd) = (Street::new(), crowd(10, 10));
        let ((idle, ours), (_working, other)) = (street.pair(), street.pair());
        let seats = [crowd.admit(&ours, HERE).expect("room"), crowd.admit(&other, HERE).expect("room")];
        assert!(seats[1].enter(Stage::Working));
        let [resting, working] = seats;
        crowd.close();
        let closing = std::thread::spawn({
            let crowd = Arc::clone(&crowd);
            move || crowd.empty(Instant::now() + Duration::from_secs(20))
        });
        assert!(is_cut(&idle));
        drop(resting);
        assert!(!closing.is_finished() && working.enter(Stage::Writing) && !working.enter(Stage::Idle));
        assert!(crowd.admit(&ours, HERE).is_err());
        drop(working);
        assert!(closing.join().expect("a result"), "all had finished");
    }
}
