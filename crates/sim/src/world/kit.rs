//! What a finished run leaves for the next one: tables, what follows from the scenario, and memory. It carries no chance
//! and no state, so a run is the same with a used kit, with a new one and with none.

use super::{
    Agenda, Demand, Fleet, Gauge, Noise, Router, Side, Tally, Tasks, Time, Truth, Unit, Wishes,
    World,
    fault::{Course, Release},
    ground::Ground,
    metrics::{Columns, Memory, Metrics},
    rate,
};
use crate::{
    draws::{Concern, Draws},
    scenario::{Scenario, Seed},
    trace::Writer,
};
use alloc::{collections::VecDeque, sync::Arc, vec::Vec};
use coalmine_controller::{Input, Millis, Recording};

/// What a finished run leaves for the next one.
///
/// Handing it on saves the set-up of tables and all memory; a run is the same with a used kit, a new one or none.
#[derive(Debug, Default)]
pub struct Kit {
    known: Option<(Arc<Scenario>, Arc<Ground>, Arc<Columns>)>,
    memories: [Memory; 2],
    units: [Vec<Unit>; 2],
    noises: [[Vec<f64>; 2]; 2],
    fleet: Fleet,
    agenda: Agenda,
    inbox: VecDeque<Input>,
    faults: Vec<Course>,
    causes: Vec<u64>,
    fates: Vec<super::demand::Fates>,
}

impl Kit {
    /// What follows from a scenario, from the last run if it was of the same one.
    fn ground(&mut self, scenario: &Arc<Scenario>) -> (Arc<Ground>, Arc<Columns>) {
        if let Some((known, ground, columns)) = &self.known
            && (Arc::ptr_eq(known, scenario) || known == scenario)
        {
            return (Arc::clone(ground), Arc::clone(columns));
        }
        // Units hold what follows from another scenario.
        self.units = Default::default();
        let ground = Arc::new(Ground::new(scenario));
        let own = scenario.measurement.metrics.iter();
        let columns = Columns::new(ground.le.clone(), own.map(|metric| metric.kind));
        (ground, Arc::new(columns))
    }
}

impl World {
    pub(crate) fn new(
        scenario: Arc<Scenario>,
        seed: Seed,
        rollout: u32,
        recording: Recording,
        mut kit: Kit,
    ) -> Self {
        let (ground, columns) = kit.ground(&scenario);
        let scrape = scenario.scrape_interval();
        let draws = Draws::new(seed, rollout);
        let sides = sides(&mut kit, draws, &ground, scrape);
        kit.fleet.clear();
        kit.agenda.clear();
        kit.inbox.clear();
        kit.faults.clear();
        let faults = (0_u32..).zip(scenario.faults.iter().copied());
        kit.faults
            .extend(faults.map(|(place, fault)| Course::new(place, fault)));
        kit.causes.clear();
        kit.causes.resize(scenario.faults.len() + 2, 0);
        let first = Time::default() + scrape;
        let attempts = rate::expected(&scenario.traffic.profile, Time::default(), first);
        let per_second = attempts * 1e3 / scrape.0 as f64;
        let mut world = Self {
            draws,
            now: Time::default(),
            agenda: kit.agenda,
            next_scrape: Time::default(),
            scrapes: 0,
            inbox: kit.inbox,
            writer: Writer::new(recording),
            sides,
            demand: Demand::new(ground.strata.len(), per_second, kit.fates),
            fleet: kit.fleet,
            router: Router::new(),
            faults: kit.faults,
            causes: kit.causes,
            metrics: Metrics::new(&columns, kit.memories),
            columns,
            tasks: Tasks::default(),
            drawn_to: Time::default(),
            noted_to: Time::default(),
            worked_to: [Time::default(); 2],
            ground,
            scenario,
        };
        world.sides[0].load = per_second / world.ground.reference.max(f64::MIN_POSITIVE);
        world.next_scrape = world.next_scrape_after();
        world.disperse();
        world.set_out();
        world
    }

    /// What the next run can use.
    pub(crate) fn into_kit(self) -> Kit {
        let [old, new] = self
            .sides
            .map(|side| (side.units, side.noises.map(Noise::into_memory)));
        let (units, noises) = ([old.0, new.0], [old.1, new.1]);
        Kit {
            known: Some((self.scenario, self.ground, self.columns)),
            memories: self.metrics.into_memories(),
            units,
            noises,
            fleet: self.fleet,
            agenda: self.agenda,
            inbox: self.inbox,
            faults: self.faults,
            causes: self.causes,
            fates: self.demand.fates,
        }
    }
}

/// Both releases as they are before anything happens.
fn sides(kit: &mut Kit, draws: Draws, ground: &Ground, scrape: Millis) -> [Side; 2] {
    Release::ALL.map(|release| {
        let mut units = core::mem::take(&mut kit.units[release as usize]);
        let (strata, classes) = (ground.strata.len(), ground.classes.len());
        units.resize_with(strata, || Unit::new(strata, classes));
        for (stratum, unit) in units.iter_mut().enumerate() {
            unit.reset(draws, release, stratum);
        }
        let [cpu, memory] = core::mem::take(&mut kit.noises[release as usize]);
        let noise = |gauge: Gauge, memory| {
            let lane = draws.lane(Concern::Noise, gauge.entity(release));
            Noise::new(gauge, lane, scrape, memory)
        };
        Side {
            units,
            noises: [noise(Gauge::Cpu, cpu), noise(Gauge::Memory, memory)],
            tally: Tally::default(),
            work: 0.0,
            load: 0.0,
            gauges: (0.0, 0.0),
            wishes: Wishes::new(),
            truth: Truth::default(),
        }
    })
}
