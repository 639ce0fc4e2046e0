//! Reads many keys of a table by a list: cheaper in code than one call for each.

use super::{super::form, Findings, Section};
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::Rate;

/// Where the value of a key goes, and with it what form it has.
pub(in crate::project) enum Slot<'s> {
    Duration(&'s mut Millis),
    Instant(&'s mut Time),
    Micros(&'s mut u64),
    Percent(&'s mut Limit),
    Number(&'s mut Limit),
    Rate(&'s mut Rate),
    Text(&'s mut String),
    Small(&'s mut u8),
}

/// A key of a table: its name, an example of its value, whether it must be there, and where it goes.
pub(in crate::project) type Entry<'s> = (&'static str, &'static str, Need, Slot<'s>);

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::project) enum Need {
    Needed,
    Optional,
}

impl Section<'_> {
    /// Reads many keys; nothing if one that must be there is not, or is wrong.
    pub(in crate::project) fn fill(
        &mut self,
        findings: &mut Findings,
        entries: &mut [Entry<'_>],
    ) -> Option<()> {
        let mut is_whole = true;
        for (key, example, need, slot) in entries {
            let is_missing = !self.table.contains_key(*key);
            if is_missing && *need == Need::Optional {
                self.asked.push(key);
                continue;
            }
            is_whole &= self.put(findings, key, example, slot);
        }
        is_whole.then_some(())
    }

    fn put(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        example: &str,
        slot: &mut Slot<'_>,
    ) -> bool {
        fn store<T>(slot: &mut T, value: Option<T>) -> bool {
            value.map(|value| *slot = value).is_some()
        }
        match slot {
            Slot::Duration(it) => store(
                &mut **it,
                self.need(findings, key, &form::duration(example)),
            ),
            Slot::Instant(it) => {
                store(&mut **it, self.need(findings, key, &form::instant(example)))
            }
            Slot::Micros(it) => store(&mut **it, self.need(findings, key, &form::micros(example))),
            Slot::Percent(it) => {
                store(&mut **it, self.need(findings, key, &form::percent(example)))
            }
            Slot::Number(it) => store(&mut **it, self.need(findings, key, &form::number(example))),
            Slot::Rate(it) => store(&mut **it, self.need(findings, key, &form::rate().map(Rate))),
            Slot::Text(it) => store(&mut **it, self.need(findings, key, &form::text(example))),
            Slot::Small(it) => store(
                &mut **it,
                self.need(findings, key, &form::small(example, "255")),
            ),
        }
    }
}
