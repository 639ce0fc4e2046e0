//! Queues whose service times are not exponential: how much the spread of the service costs.

use super::MMc;

/// A queue with Poisson arrivals, any service time and one server (M/G/1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MG1 {
    /// Arrivals per unit of time.
    pub arrival: f64,
    /// The mean service time.
    pub service_mean: f64,
    /// The squared coefficient of variation of the service time; one for an exponential one.
    pub service_cv2: f64,
}

impl MG1 {
    /// The share of time that the server is busy; one or more where the queue grows without end.
    pub fn utilization(self) -> f64 {
        self.arrival * self.service_mean
    }

    /// The mean wait, exactly: `rho / (1 - rho) * (1 + cv2) / 2` mean service times (Pollaczek 1930, Khinchine 1932).
    pub fn mean_wait(self) -> f64 {
        let load = self.utilization();
        if 1.0 <= load {
            return f64::INFINITY;
        }
        load / (1.0 - load) * f64::midpoint(1.0, self.service_cv2) * self.service_mean
    }

    /// The mean time from arrival to completion.
    pub fn mean_response(self) -> f64 {
        self.mean_wait() + self.service_mean
    }
}

/// A queue with any arrivals, any service time and `servers` servers (G/G/c), by approximation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GGc {
    /// Servers, at least one.
    pub servers: u32,
    /// Arrivals per unit of time.
    pub arrival: f64,
    /// The squared coefficient of variation of the time between arrivals; one for Poisson arrivals.
    pub arrival_cv2: f64,
    /// The mean service time.
    pub service_mean: f64,
    /// The squared coefficient of variation of the service time; one for an exponential one.
    pub service_cv2: f64,
}

impl GGc {
    /// The mean wait: that of M/M/c times `(arrival_cv2 + service_cv2) / 2` (Kingman 1961 for one server, Allen 1990
    /// after Cunneen for more). Exact for M/M/c and M/G/1.
    pub fn mean_wait(self) -> f64 {
        let memoryless = MMc {
            servers: self.servers,
            arrival: self.arrival,
            service: 1.0 / self.service_mean,
        };
        memoryless.mean_wait() * f64::midpoint(self.arrival_cv2, self.service_cv2)
    }

    /// The mean time from arrival to completion.
    pub fn mean_response(self) -> f64 {
        self.mean_wait() + self.service_mean
    }
}
