//! The session: the draft runs, the playhead moves, and once a frame the signals learn of it.
//!
//! Messages gather in a buffer that nothing watches; one animation frame takes them in, moves the playhead, and sets
//! each signal at most once. While nothing plays and nobody speaks, no frame is asked for.

use super::{
    draft::Draft,
    playhead::{Motion, PlayerIntent, Playhead},
    run::{Link, Run},
};
use crate::{
    engine::{Engine, Heard, Script},
    playback::{Moment, Recording},
};
use coalmine_controller::{Operator, Time};
use coalmine_sim::Intervention;
use coalmine_wire::{BUILD, FromWorker, Project, Reader, ToWorker, decode, encode};
use leptos::prelude::*;
use std::{sync::Arc, time::Duration};

/// How long people pause between words, in milliseconds.
const TYPING_PAUSE: Duration = Duration::from_millis(100);

/// No frame moves the playhead by more than this many milliseconds of real time: a tab that was hidden goes on where
/// it stood.
const LONGEST_FRAME: f64 = 100.0;

/// What is not reactive.
struct Backstage {
    run: Run,
    engine: Option<Engine>,
    heard: Vec<Heard>,
    last_frame: Option<f64>,
    is_scheduled: bool,
    /// The playhead stood at the end of its run: it goes to the end of the next one too.
    sticks_to_end: bool,
}

impl Backstage {
    fn new() -> Self {
        Self {
            run: Run::new(BUILD),
            engine: None,
            heard: Vec::new(),
            last_frame: None,
            is_scheduled: false,
            sticks_to_end: false,
        }
    }
}

/// The handle that components share.
#[derive(Clone, Copy)]
pub struct Session {
    /// The project being edited.
    pub draft: Draft,
    backstage: StoredValue<Backstage, LocalStorage>,
    link: RwSignal<Link>,
    recording: RwSignal<Arc<Recording>>,
    running: RwSignal<Option<Arc<Project>>>,
    playhead: RwSignal<Playhead>,
    at: Memo<Time>,
    moment: RwSignal<Arc<Moment>>,
}

impl Session {
    /// A session of `draft`. Nothing runs before [`Session::open`].
    pub fn new(draft: Draft) -> Self {
        let recording = RwSignal::new(Arc::<Recording>::default());
        let running = RwSignal::new(None::<Arc<Project>>);
        let playhead = RwSignal::new(Playhead::default());
        let at = Memo::new(move |_| {
            let until = recording.with(|recording| recording.until());
            playhead.with(|playhead| playhead.at).min(until)
        });
        Self {
            draft,
            backstage: StoredValue::new_local(Backstage::new()),
            link: RwSignal::new(Link::Up),
            recording,
            running,
            playhead,
            at,
            moment: RwSignal::new(Arc::default()),
        }
    }

    /// Starts the worker, and runs the draft from now on, whenever it changes.
    pub fn open(self) {
        match Engine::start(Script::Run, move |heard| self.hear(heard)) {
            Ok(engine) => self
                .backstage
                .update_value(|stage| stage.engine = Some(engine)),
            Err(reason) => self.hear(Heard::Broken(reason)),
        }
        // Leaves the reactive world: a frame looks whether the moment still belongs to what is drawn.
        Effect::new(move |_| {
            self.draft.drawing().track();
            self.schedule();
        });
        let pause = StoredValue::new_local(None::<TimeoutHandle>);
        // Leaves the reactive world: what is to be run goes to the worker.
        Effect::new(move |_| {
            let Some(project) = self.draft.runnable().get() else {
                return;
            };
            if let Some(waiting) = pause.try_update_value(Option::take).flatten() {
                waiting.clear();
            }
            if self.draft.is_typing().get_untracked() {
                let timer = set_timeout_with_handle(move || self.run(&project), TYPING_PAUSE);
                pause.set_value(timer.ok());
            } else {
                self.run(&project);
            }
        });
    }

    /// Does what the player asks for.
    pub fn play(self, intent: PlayerIntent) {
        let recording = self.recording.get_untracked();
        let at = self.at.get_untracked();
        self.playhead.update(|playhead| {
            *playhead = Playhead { at, ..*playhead }.intend(intent, &recording);
        });
        self.backstage
            .update_value(|stage| stage.sticks_to_end = false);
        self.schedule();
    }

    /// Reads every project in this way before it runs. What was restored was checked when it was read, and runs at once
    /// unless it has tests; whatever edits projects comes with the reader.
    pub fn read_with(self, reader: Reader) {
        self.backstage
            .update_value(|stage| stage.run.read_with(reader));
        let waiting = self.draft.runnable().get_untracked();
        if let Some(project) = waiting.filter(|project| project.policy.has_tests()) {
            self.run(&project);
        }
    }

    /// Shows this instant as soon as the run has come so far, and then no more.
    pub fn seek_once(self, at: Time) {
        let is_there = StoredValue::new_local(false);
        Effect::new(move |_| {
            let comes = self
                .recording
                .with(|recording| at <= recording.until() || recording.summary().is_some());
            if comes && !is_there.get_value() {
                is_there.set_value(true);
                self.play(PlayerIntent::Seek(at));
            }
        });
    }

    /// A person steps into the run, now.
    pub fn operate(self, act: Operator) {
        let at = self.at.get_untracked();
        self.tell(|run| run.fork(Intervention { at, act }));
    }

    /// The project as a file should hold it: what people did in the run on screen is part of it.
    pub fn to_save(self) -> Project {
        let mut project = self.draft.project().get_untracked();
        self.backstage.with_value(|stage| {
            project.scenario.interventions.extend(stage.run.acts());
        });
        project
    }

    /// Whether somebody runs what is asked for.
    pub fn link(self) -> Signal<Link> {
        self.link.into()
    }

    /// What was told of the run on screen.
    pub fn recording(self) -> Signal<Arc<Recording>> {
        self.recording.into()
    }

    /// The project of the run on screen; its name is left out.
    pub fn running(self) -> Signal<Option<Arc<Project>>> {
        self.running.into()
    }

    /// Speed and motion. For the instant on screen, see [`Session::at`].
    pub fn playhead(self) -> Signal<Playhead> {
        self.playhead.into()
    }

    /// The instant on screen.
    pub fn at(self) -> Signal<Time> {
        self.at.into()
    }

    /// Everything that is on screen at that instant.
    pub fn moment(self) -> Signal<Arc<Moment>> {
        self.moment.into()
    }

    fn run(self, project: &Arc<Project>) {
        let at_end = self.recording.with_untracked(|recording| {
            recording.summary().is_some() && recording.until() <= self.playhead.get_untracked().at
        });
        self.backstage
            .update_value(|stage| stage.sticks_to_end |= at_end);
        self.tell(|run| run.start(project));
    }

    fn hear(self, heard: Heard) {
        self.backstage.update_value(|stage| stage.heard.push(heard));
        self.schedule();
    }

    fn tell(self, speak: impl FnOnce(&mut Run) -> Option<ToWorker>) {
        self.backstage.update_value(|stage| {
            if let Some(message) = speak(&mut stage.run) {
                send(stage, &message);
            }
        });
    }

    fn schedule(self) {
        let is_new = self
            .backstage
            .try_update_value(|stage| !std::mem::replace(&mut stage.is_scheduled, true))
            .unwrap_or(false);
        if is_new {
            request_animation_frame(move || self.frame());
        }
    }

    fn frame(self) {
        let now = now_millis();
        let Some(elapsed) = self.backstage.try_update_value(|stage| {
            stage.is_scheduled = false;
            let elapsed = stage.last_frame.map_or(0.0, |last| now - last);
            stage.last_frame = Some(now);
            elapsed.min(LONGEST_FRAME)
        }) else {
            return;
        };
        self.take_in();
        let playhead = self.playhead.get_untracked();
        let recording = self.recording.get_untracked();
        let mut next = playhead.advance(elapsed, &recording);
        if self.settle_at_end(&recording) {
            next.at = recording.until();
        }
        if next != playhead {
            self.playhead.set(next);
        }
        self.settle();
        match next.motion {
            Motion::Playing => self.schedule(),
            Motion::Paused => self.backstage.update_value(|stage| stage.last_frame = None),
        }
    }

    /// Shows what is so at the playhead. Not derived: everything on screen reads it, and a derived value would ask all
    /// of them at every frame whether it has changed.
    fn settle(self) {
        let is_drawn = self.draft.drawing().with_untracked(|drawing| {
            let run = self.running.get_untracked();
            run.is_some_and(|run| *run.code == *drawing.code)
        });
        let moment = if is_drawn {
            let at = self.at.get_untracked();
            self.recording
                .with_untracked(|recording| recording.after(recording.events_until(at)))
        } else {
            // A run of another diagram has nothing to say about this one.
            Moment::default()
        };
        if self.moment.with_untracked(|shown| **shown != moment) {
            self.moment.set(Arc::new(moment));
        }
    }

    /// Takes in what was heard since the last frame.
    fn take_in(self) {
        self.backstage.update_value(|stage| {
            if stage.heard.is_empty() {
                return;
            }
            for heard in std::mem::take(&mut stage.heard) {
                let answer = match heard {
                    Heard::Bytes(bytes) => {
                        if let Ok(message) = decode::<FromWorker>(&bytes) {
                            stage.run.hear(message)
                        } else {
                            stage
                                .run
                                .lose("it speaks another language than this page".to_owned());
                            None
                        }
                    }
                    Heard::Broken(reason) => {
                        stage.run.lose(reason);
                        None
                    }
                };
                if let Some(answer) = answer {
                    send(stage, &answer);
                }
            }
            if let Some(acknowledgement) = stage.run.acknowledge() {
                send(stage, &acknowledgement);
            }
        });
        let (link, recording, running) = self.backstage.with_value(|stage| {
            let run = &stage.run;
            (
                run.link().clone(),
                Arc::clone(run.recording()),
                run.project().cloned(),
            )
        });
        if self.link.get_untracked() != link {
            self.link.set(link);
        }
        if !self
            .running
            .with_untracked(|shown| same(shown.as_ref(), running.as_ref()))
        {
            self.running.set(running);
        }
        if !Arc::ptr_eq(&self.recording.get_untracked(), &recording) {
            self.recording.set(recording);
        }
    }

    /// Whether the playhead, which stood at the end of the last run, is due at the end of this one.
    fn settle_at_end(self, recording: &Recording) -> bool {
        self.backstage
            .try_update_value(|stage| {
                let is_due =
                    stage.sticks_to_end && recording.summary().is_some() && stage.run.is_current();
                stage.sticks_to_end &= !is_due;
                is_due
            })
            .unwrap_or(false)
    }
}

fn same(one: Option<&Arc<Project>>, other: Option<&Arc<Project>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn send(stage: &mut Backstage, message: &ToWorker) {
    if let Some(engine) = &stage.engine
        && let Err(reason) = engine.send(&encode(message))
    {
        stage.run.lose(reason);
    }
}

fn now_millis() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
