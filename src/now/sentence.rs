//! What goes on, in a sentence.

use crate::{
    events::row::node_name,
    format,
    playback::{InFlight, Moment},
};
use coalmine_controller::{Command, Outcome, Time};
use coalmine_flow::Diagram;

/// What goes on at an instant, as in `25 % on canary; observing, 3:20 left`.
pub fn headline(moment: &Moment, diagram: &Diagram, at: Time) -> String {
    if let Some(ended) = &moment.ended {
        return match ended.outcome {
            Outcome::Succeeded => "Succeeded: the new version serves all traffic".to_owned(),
            Outcome::Aborted | Outcome::RolledBack => {
                "Rolled back: stable serves all traffic".to_owned()
            }
            Outcome::Failed => "Failed".to_owned(),
        };
    }
    let Some(token) = moment.token else {
        return "Ready to start".to_owned();
    };
    let doing = if moment.paused {
        "paused by a person".to_owned()
    } else if let Some(observing) = moment.observing {
        format!(
            "observing, {} left",
            format::countdown(observing.until.since(at))
        )
    } else if let Some(command) = &moment.command {
        command_going_on(command, moment)
    } else {
        node_name(diagram, token)
    };
    let routed = moment.traffic.routed;
    if routed.basis_points() == 0 {
        format::sentence_case(&doing)
    } else {
        format!("{} on canary; {doing}", format::weight(routed))
    }
}

/// What a command does while it is carried out.
fn command_going_on(flight: &InFlight, moment: &Moment) -> String {
    match flight.command {
        Command::BuildImage => "building the image".to_owned(),
        Command::PushImage => "pushing the image".to_owned(),
        Command::ScaleCanary(pods) => {
            let ready = moment
                .pod_counts(coalmine_controller::Version::Canary)
                .ready;
            format!("waiting for pods, {ready} of {} ready", pods.0)
        }
        Command::ScaleStable(_) => "changing the pods of stable".to_owned(),
        Command::SetWeight(weight) => format!("asking the router for {}", format::weight(weight)),
        Command::Measure(query) => format!("measuring {}", format::metric(query.metric)),
        Command::Count(query) => format!("counting {}", format::metric(query.metric)),
        Command::RollBack => "rolling back to stable".to_owned(),
        Command::Promote => "making the new version stable".to_owned(),
        Command::Complete(_) => "completing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playback::{Ended, Observation};
    use coalmine_controller::{CommandId, Pods, Weight};
    use coalmine_flow::NodeId;

    fn check(moment: &Moment, text: &str) {
        let told = headline(moment, &Diagram::default(), Time(100_000));
        assert_eq!(told.replace(format::THIN, " "), text);
    }

    #[test]
    fn the_sentence_follows_the_run() {
        let mut moment = Moment::default();
        check(&moment, "Ready to start");

        moment.token = Some(NodeId(6));
        check(&moment, "n6");
        moment.command = Some(InFlight {
            id: CommandId(1),
            command: Command::ScaleCanary(Pods(5)),
            since: Time(0),
        });
        check(&moment, "Waiting for pods, 0 of 5 ready");

        moment.traffic.routed = Weight::from_basis_points(2_500).unwrap();
        moment.observing = Some(Observation {
            node: NodeId(8),
            from: Time(0),
            until: Time(300_000),
        });
        check(&moment, "25 % on canary; observing, 3:20 left");

        moment.paused = true;
        check(&moment, "25 % on canary; paused by a person");

        moment.ended = Some(Ended {
            at: Time(1),
            outcome: Outcome::Aborted,
            reason: String::new(),
        });
        check(&moment, "Rolled back: stable serves all traffic");
    }
}
