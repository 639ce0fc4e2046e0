//! Threads that share a study out, and the line on a terminal that says how far they are.

use crate::lab::grouped;
use coalmine_lab::{Ledger, Progress, Study};
use coalmine_sim::Kit;
use std::{
    io::{self, IsTerminal as _, Write as _},
    num::NonZeroUsize,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Between two writings of how far it is.
const REFRESH: Duration = Duration::from_millis(200);

/// Runs a study to its end on so many threads, or on all cores. The result does not depend on how many.
pub(crate) fn complete(study: Arc<Study>, threads: Option<NonZeroUsize>) -> Ledger {
    let cores = threads.or_else(|| thread::available_parallelism().ok());
    let shared = Shared {
        ledger: Mutex::new(Ledger::new(study)),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        for _ in 0..cores.map_or(1, NonZeroUsize::get) {
            scope.spawn(|| shared.work());
        }
        shared.watch();
    });
    let ledger = shared.ledger.into_inner();
    ledger.unwrap_or_else(PoisonError::into_inner)
}

/// About how long studies take on so many threads, from one run of each release of the first.
pub(crate) fn estimate(studies: &[Study], threads: Option<NonZeroUsize>) -> Duration {
    let Some(first) = studies.first() else {
        return Duration::ZERO;
    };
    let mut kit = Kit::default();
    let begin = now();
    for release in (0..).take(first.releases().len()) {
        drop(first.runs(release, 0, &mut kit));
    }
    let once = begin.elapsed();
    let runs: u64 = studies
        .iter()
        .map(|study| u64::from(study.rollouts()))
        .sum();
    let cores = threads.or_else(|| thread::available_parallelism().ok());
    let cores = cores.map_or(1, NonZeroUsize::get);
    let runs = u32::try_from(runs).unwrap_or(u32::MAX);
    once.saturating_mul(runs) / u32::try_from(cores).unwrap_or(1)
}

struct Shared {
    ledger: Mutex<Ledger>,
    changed: Condvar,
}

impl Shared {
    /// A worker that panicked ends the scope with its panic: what it left is never read.
    fn lock(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut kit = Kit::default();
        let mut ledger = self.lock();
        let study = Arc::clone(ledger.study());
        while !ledger.is_complete() {
            if let Some(piece) = ledger.hand_out() {
                drop(ledger);
                let batch = study.run(piece, &mut kit);
                ledger = self.lock();
                ledger.take_in(piece, &batch);
                self.changed.notify_all();
            } else {
                // The next round is opened when the last piece of this one is in.
                let waited = self.changed.wait(ledger);
                ledger = waited.unwrap_or_else(PoisonError::into_inner);
            }
        }
        self.changed.notify_all();
    }

    /// Says how far it is, to people only.
    fn watch(&self) {
        if !io::stderr().is_terminal() {
            return;
        }
        let begin = now();
        let mut ledger = self.lock();
        while !ledger.is_complete() {
            tell(&line(ledger.progress(), begin.elapsed()));
            let waited = self.changed.wait_timeout(ledger, REFRESH);
            ledger = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        tell("");
    }
}

#[expect(clippy::disallowed_methods, reason = "how long people have waited")]
fn now() -> Instant {
    Instant::now()
}

/// Writes over the last line.
fn tell(line: &str) {
    let written = write!(io::stderr(), "\r\u{1b}[2K{line}").and_then(|()| io::stderr().flush());
    // Whoever closed the terminal does not want to know.
    drop(written);
}

/// `[#####     ] 4,500 of 12,000 rollouts, 2,300 a second, 3 s left`.
fn line(progress: Progress, elapsed: Duration) -> String {
    let Progress { done, of } = progress;
    let bar: String = (0..20)
        .map(|at| if at * of < done * 20 { '#' } else { ' ' })
        .collect();
    let micros = elapsed.as_micros().max(1);
    let per_second = u128::from(done) * 1_000_000 / micros;
    let counted = format!("[{bar}] {} of {} rollouts", grouped(done), grouped(of));
    if per_second == 0 {
        return counted;
    }
    let left = u128::from(of - done).div_ceil(per_second);
    let rate = grouped(u64::try_from(per_second).unwrap_or(u64::MAX));
    format!("{counted}, {rate} a second, {left} s left")
}

#[cfg(test)]
mod tests {
    use super::{Duration, Progress, line};

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        let progress = Progress {
            done: 4_500,
            of: 12_000,
        };
        assert_eq!(
            line(progress, Duration::from_secs(2)),
            "[########            ] 4,500 of 12,000 rollouts, 2,250 a second, 4 s left"
        );
        let begin = Progress { done: 0, of: 10 };
        let empty = format!("[{}] 0 of 10 rollouts", " ".repeat(20));
        assert_eq!(line(begin, Duration::ZERO), empty);
    }
}
