//! The places within Simulate: on a wide page code and charts share one, on a narrow page each takes the sheet.

/// What is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// What happens, and the charts.
    #[default]
    Run,
    /// What to break.
    Break,
    /// The policy and the traffic.
    Policy,
    /// The code.
    Code,
    /// The event log.
    Events,
}

impl Tab {
    /// All, in the order of the bar.
    pub const ALL: [Self; 5] = [
        Self::Run,
        Self::Break,
        Self::Policy,
        Self::Code,
        Self::Events,
    ];

    /// What the bar says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Run => "Run",
            Self::Break => "Break it",
            Self::Policy => "Policy",
            Self::Code => "Code",
            Self::Events => "Events",
        }
    }

    /// As style sheets know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Break => "break",
            Self::Policy => "policy",
            Self::Code => "code",
            Self::Events => "events",
        }
    }
}
