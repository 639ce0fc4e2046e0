//! What the platform takes its time for, how it splits traffic, and how it scales.

use coalmine_controller::{Limit, Millis, Pods};
use serde::{Deserialize, Serialize};

/// What decides the canary's share of traffic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Split {
    /// The router, by the weight it was given.
    #[default]
    Weighted,
    /// The ready pods of each version, as behind a plain service; weights decide only whether there is any traffic.
    PodRatio,
}

/// A horizontal autoscaler: it looks at the mean CPU of each version's ready pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autoscaler {
    /// CPU over limit that it aims at (millionths).
    pub target: Limit,
    /// It scales the service to no fewer pods than this.
    pub least: Pods,
    /// And to no more.
    pub most: Pods,
    /// From one look to the next.
    pub period: Millis,
    /// It takes pods away only if it would have done so all through this time.
    pub calm: Millis,
}

/// What the platform takes its time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    /// Pods that serve all traffic.
    pub replicas: Pods,
    /// Building the image.
    pub build: Millis,
    /// Pushing the image.
    pub push: Millis,
    /// From asking for a pod until it is ready, about half of it fixed, the rest chance.
    pub pod_start: Millis,
    /// From asking the router until traffic follows.
    pub router_delay: Millis,
    /// From asking a pod to go until it is gone.
    pub drain: Millis,
    /// Connections that stay with the canary when it is rolled back (millionths of its share); they close one by one
    /// while its pods drain. At zero all traffic returns at once.
    pub lingering: Limit,
    /// What decides the canary's share of traffic.
    pub split: Split,
    /// Scales with the load; without, there are always as many pods as were asked for.
    pub autoscaler: Option<Autoscaler>,
}

/// Twenty pods behind a router.
impl Default for Platform {
    fn default() -> Self {
        Self {
            replicas: Pods(20),
            build: Millis::from_secs(90),
            push: Millis::from_secs(30),
            pod_start: Millis::from_secs(20),
            router_delay: Millis::from_secs(2),
            drain: Millis::from_secs(30),
            lingering: Limit(0),
            split: Split::Weighted,
            autoscaler: None,
        }
    }
}
