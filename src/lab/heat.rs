//! What a grid found, ready to be painted: misses and false alarms of each cell.

use coalmine_lab::{Ledger, Quality, Share, Sweep};

/// A cell is good enough if both its shares are at most this.
pub const TARGET: f64 = 0.05;

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatCell {
    /// Bad releases promoted.
    pub misses: Option<Share>,
    /// Good releases thrown away.
    pub alarms: Option<Share>,
}

impl HeatCell {
    /// Whether both shares are at most the target.
    pub fn is_good(&self) -> bool {
        let shares = [self.misses, self.alarms];
        let mut known = shares.iter().flatten().peekable();
        known.peek().is_some() && known.all(|share| share.share <= TARGET)
    }

    /// The share of a kind of release that went wrong.
    pub const fn wrong(&self, quality: Quality) -> Option<Share> {
        match quality {
            Quality::Bad => self.misses,
            Quality::Good => self.alarms,
        }
    }
}

/// All cells, in the order of the grid.
pub fn cells(sweep: &Sweep, ledgers: &[Ledger]) -> Vec<HeatCell> {
    let cell = |cell: &coalmine_lab::Cell| {
        let ledger = ledgers.get(cell.study);
        let wrong = |quality| ledger.and_then(|ledger| wrong(ledger, cell.plan, quality));
        HeatCell {
            misses: wrong(Quality::Bad),
            alarms: wrong(Quality::Good),
        }
    };
    sweep.cells().iter().map(cell).collect()
}

/// Over all releases of a kind, which count alike here.
fn wrong(ledger: &Ledger, plan: usize, quality: Quality) -> Option<Share> {
    let releases = ledger.study().releases().iter();
    let of_kind = releases
        .zip(ledger.sums().get(plan)?)
        .filter(|(release, _)| release.quality == quality);
    let (successes, trials) = of_kind.fold((0, 0), |(wrong, runs), (_, tally)| {
        (wrong + tally.wrong(quality), runs + tally.runs)
    });
    Share::new(successes, trials, coalmine_lab::CONFIDENCE)
}
