//! Queues with Poisson arrivals and exponential service: Erlang's formulas and the exact laws of wait and response.
//!
//! A. K. Erlang 1917; the laws as in Gross and Harris, "Fundamentals of Queueing Theory".

use crate::special::smallest;

/// The share of arrivals that find `servers` busy and are lost, where `offered` is the load in erlang: the rate of
/// arrivals times the mean service time.
pub fn erlang_b(servers: u32, offered: f64) -> f64 {
    mmck_blocking(servers, servers, offered)
}

/// The share of arrivals that find `servers` busy and wait, where `offered` is the load in erlang; all of them where it
/// is no less than `servers`.
pub fn erlang_c(servers: u32, offered: f64) -> f64 {
    let load = offered / f64::from(servers);
    if 1.0 <= load {
        return 1.0;
    }
    let lost = erlang_b(servers, offered);
    lost / (1.0 - load * (1.0 - lost))
}

/// The share of arrivals that are turned away by a queue with `servers` and room for `capacity` requests, those in
/// service included, where `offered` is the load in erlang.
///
/// The recursion of Erlang B, which neither overflows nor cancels, carried on into the queue.
pub fn mmck_blocking(servers: u32, capacity: u32, offered: f64) -> f64 {
    let mut blocking = 1.0;
    for present in 1..=capacity {
        let fuller = offered / f64::from(present.min(servers)) * blocking;
        blocking = fuller / (1.0 + fuller);
    }
    blocking
}

/// A queue with Poisson arrivals, exponential service and `servers` servers (M/M/c).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MMc {
    /// Servers, at least one.
    pub servers: u32,
    /// Arrivals per unit of time.
    pub arrival: f64,
    /// Requests that one busy server completes per unit of time.
    pub service: f64,
}

impl MMc {
    /// The share of the servers that is busy; one or more where the queue grows without end.
    pub fn utilization(self) -> f64 {
        self.arrival / (f64::from(self.servers) * self.service)
    }

    /// The rate at which a wait ends, given that there is one; zero where the queue grows without end.
    fn drain(self) -> f64 {
        (f64::from(self.servers) * self.service - self.arrival).max(0.0)
    }

    /// The share of requests that wait.
    pub fn p_wait(self) -> f64 {
        erlang_c(self.servers, self.arrival / self.service)
    }

    /// The mean wait of all requests, those that do not wait included.
    pub fn mean_wait(self) -> f64 {
        self.p_wait() / self.drain()
    }

    /// The mean time from arrival to completion.
    pub fn mean_response(self) -> f64 {
        self.mean_wait() + 1.0 / self.service
    }

    /// How many requests wait, on average over time (Little's law).
    pub fn mean_in_queue(self) -> f64 {
        self.arrival * self.mean_wait()
    }

    /// The share of requests that wait longer than `time`.
    pub fn wait_above(self, time: f64) -> f64 {
        if time < 0.0 {
            return 1.0;
        }
        self.p_wait() * libm::exp(-self.drain() * time)
    }

    /// The wait below which a share `p` of requests stays; zero where fewer than the rest wait.
    pub fn wait_quantile(self, p: f64) -> f64 {
        let waiting = self.p_wait() / (1.0 - p);
        if waiting <= 1.0 {
            0.0
        } else {
            libm::log(waiting) / self.drain()
        }
    }

    /// The share of requests whose response takes longer than `time`.
    ///
    /// A wait is exponential where there is one, and the sum of two exponential times has the law below; it is written so
    /// that it holds where their rates are equal, too.
    pub fn response_above(self, time: f64) -> f64 {
        if time <= 0.0 {
            return 1.0;
        }
        let (service, drain) = (self.service, self.drain());
        let served = libm::exp(-service * time);
        let apart = libm::fabs(drain - service) * time;
        let mean_decay = if apart <= 0.0 {
            1.0
        } else {
            -libm::expm1(-apart) / apart
        };
        let both = service * time * libm::exp(-service.min(drain) * time) * mean_decay;
        served + self.p_wait() * both
    }

    /// The response time below which a share `p` of requests stays; infinite where the queue grows without end.
    pub fn response_quantile(self, p: f64) -> f64 {
        if 1.0 <= self.utilization() {
            return f64::INFINITY;
        }
        smallest(0.0, f64::INFINITY, |time| {
            self.response_above(time) <= 1.0 - p
        })
    }
}
