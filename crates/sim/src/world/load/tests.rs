//! A pod under load is the queue of the textbooks.

use super::{Wait, strain};
use crate::scenario::Capacity;
use coalmine_stats::queue::{MMc, erlang_c, mmck_blocking};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn is_near(found: f64, expected: f64) -> bool {
    libm::fabs(found - expected) <= 1e-9 * libm::fabs(expected).max(1e-9)
}

#[test]
fn a_long_queue_waits_as_erlang_c_says() {
    for (slots, arrival) in [(1, 8.0), (2, 16.0), (10, 80.0), (10, 95.0)] {
        let capacity = Capacity {
            in_flight: slots,
            queue: 5_000,
        };
        let found = strain(capacity, arrival, 0.1, 1.0);
        let law = MMc {
            servers: u32::from(slots),
            arrival,
            service: 10.0,
        };
        let waits = erlang_c(u32::from(slots), arrival * 0.1);
        assert!(
            is_near(found.wait.share, waits),
            "{slots} {arrival}: {found:?} {waits}"
        );
        let mean = found.wait.share * found.wait.mean;
        assert!(is_near(mean, law.mean_wait()), "{slots} {arrival}: {mean}");
        assert!(found.shed < 1e-12);
    }
}

#[test]
fn a_short_queue_sheds_as_the_blocking_formula_says() {
    for (slots, queue, arrival) in [(1, 0, 5.0), (4, 0, 40.0), (4, 6, 60.0), (10, 20, 500.0)] {
        let capacity = Capacity {
            in_flight: slots,
            queue,
        };
        let found = strain(capacity, arrival, 0.1, 1.0);
        let room = u32::from(slots) + queue;
        let lost = mmck_blocking(u32::from(slots), room, arrival * 0.1);
        assert!(is_near(found.shed, lost), "{found:?} {lost}");
        assert!((0.0..=1.0).contains(&found.wait.share));
    }
}

#[test]
fn the_spread_of_the_service_time_lengthens_the_wait_and_no_load_does_not_wait() {
    let capacity = Capacity {
        in_flight: 1,
        queue: 5_000,
    };
    let even = strain(capacity, 8.0, 0.1, 0.0);
    let spread = strain(capacity, 8.0, 0.1, 1.0);
    assert!(is_near(even.wait.mean * 2.0, spread.wait.mean));
    for arrival in [0.0, f64::NAN, f64::INFINITY] {
        let none = strain(capacity, arrival, 0.1, 1.0);
        assert_eq!((none.wait.share, none.shed), (0.0, 0.0));
    }
}

#[test]
fn a_wait_has_the_mean_and_the_spread_that_it_was_asked_for() {
    for cv2 in [1.0, 0.9, 0.5, 0.4, 0.1, 0.02] {
        let wait = Wait::new(1.0, 3.0, cv2);
        // Both moments are integrals of the probability to wait longer.
        let (mut mean, mut square) = (0.0, 0.0);
        let step = 0.001;
        for at in 0..200_000_u32 {
            let seconds = (f64::from(at) + 0.5) * step;
            let beyond = wait.beyond(seconds);
            mean += beyond * step;
            square += 2.0 * seconds * beyond * step;
        }
        assert!(libm::fabs(mean - 3.0) < 1e-4, "{cv2}: {mean}");
        let found = square / (mean * mean) - 1.0;
        assert!(libm::fabs(found - cv2) < 1e-4, "{cv2}: {found}");
    }
}

#[test]
fn waits_with_exponential_service_are_those_of_the_queue_whether_it_is_empty_or_full() {
    for (slots, queue, arrival) in [(4, 20, 20.0), (4, 20, 40.0), (4, 20, 60.0), (1, 5, 30.0)] {
        let capacity = Capacity {
            in_flight: slots,
            queue,
        };
        let found = strain(capacity, arrival, 0.1, 1.0).wait;
        let busy = arrival * 0.1 / f64::from(slots);
        // So many stand before one with this weight, and each departure takes an exponential time.
        let rate = f64::from(slots) / 0.1;
        let weight = |before: u32| libm::pow(busy, f64::from(before));
        let total: f64 = (0..queue).map(weight).sum();
        let beyond = |seconds: f64| -> f64 {
            let (mut term, mut sum, mut all) = (libm::exp(-rate * seconds), 0.0, 0.0);
            for before in 0..queue {
                sum += term;
                all += weight(before) / total * sum;
                term *= rate * seconds / f64::from(before + 1);
            }
            all
        };
        for of_the_mean in [0.1, 0.5, 1.0, 1.5, 2.0, 3.0] {
            let seconds = of_the_mean * found.mean;
            // Furthest off where the load is all that the slots can do, and any number of places is taken alike.
            let (found, exact) = (found.beyond(seconds), beyond(seconds));
            assert!(
                libm::fabs(found - exact) < 0.06,
                "{slots} {arrival} {of_the_mean}: {found} {exact}"
            );
        }
    }
}
