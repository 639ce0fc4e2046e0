//! Queues agree with formulas that are known for special cases, and with each other.

use super::{GGc, MG1, MMc, erlang_b, erlang_c, mmck_blocking};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn is_close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs()
}

#[test]
fn one_server_responds_exponentially() {
    let queue = MMc {
        servers: 1,
        arrival: 0.8,
        service: 1.0,
    };
    assert!(is_close(queue.p_wait(), 0.8));
    assert!(is_close(queue.mean_response(), 5.0));
    for p in [0.5, 0.99, 0.9999] {
        let expected = -libm::log(1.0 - p) / 0.2;
        assert!(is_close(queue.response_quantile(p), expected), "{p}");
    }
    assert!(queue.wait_quantile(0.2) <= 0.0 && 0.0 < queue.wait_quantile(0.21));
}

#[test]
fn two_servers_wait_as_the_fraction_says() {
    let queue = MMc {
        servers: 2,
        arrival: 1.6,
        service: 1.0,
    };
    assert!(is_close(queue.p_wait(), 32.0 / 45.0));
    assert!(is_close(queue.mean_in_queue(), 1.6 * queue.mean_wait()));
    assert!(is_close(queue.wait_above(queue.wait_quantile(0.99)), 0.01));
}

#[test]
fn the_law_of_the_response_has_no_seam_where_its_rates_meet() {
    // Here a wait drains exactly as fast as a server serves.
    let at = |arrival: f64| {
        MMc {
            servers: 4,
            arrival,
            service: 1.0,
        }
        .response_above(2.0)
    };
    let (below, on, above) = (at(3.0 - 1e-7), at(3.0), at(3.0 + 1e-7));
    assert!(below < on && on < above);
    assert!((f64::midpoint(below, above) - on).abs() < 1e-12);
}

#[test]
fn the_response_has_the_mean_that_it_should() {
    for (servers, arrival) in [(1, 0.5), (3, 2.0), (8, 7.6)] {
        let queue = MMc {
            servers,
            arrival,
            service: 1.0,
        };
        let step = 0.001;
        let sum: f64 = (0..200_000)
            .map(|at| queue.response_above((f64::from(at) + 0.5) * step))
            .sum();
        let mean = queue.mean_response();
        assert!((sum * step / mean - 1.0).abs() < 1e-6, "{servers}: {mean}");
    }
}

#[test]
fn a_queue_that_is_offered_too_much_waits_without_end() {
    let queue = MMc {
        servers: 2,
        arrival: 2.0,
        service: 1.0,
    };
    assert!(is_close(queue.p_wait(), 1.0));
    assert!(queue.mean_wait().is_infinite() && queue.response_quantile(0.5).is_infinite());
    assert!(queue.wait_quantile(0.5).is_infinite());
    let queue = MG1 {
        arrival: 2.0,
        service_mean: 0.5,
        service_cv2: 0.2,
    };
    assert!(queue.mean_wait().is_infinite());
}

#[test]
fn a_queue_without_room_loses_as_erlang_says_and_one_with_much_room_loses_little() {
    assert!(is_close(erlang_b(2, 1.0), 0.2));
    assert!(is_close(mmck_blocking(2, 2, 1.0), 0.2));
    // M/M/1/3 at half load: 1/8 of 15/8.
    assert!(is_close(mmck_blocking(1, 3, 0.5), 1.0 / 15.0));
    assert!(mmck_blocking(4, 400, 2.0) < 1e-100);
    assert!(is_close(erlang_b(0, 3.0), 1.0));
    // A thousand servers neither overflow nor vanish.
    let waiting = erlang_c(1_000, 970.0);
    assert!(0.2 < waiting && waiting < 0.4, "{waiting}");
}

#[test]
fn queues_of_any_law_meet_those_that_are_known() {
    let one = MG1 {
        arrival: 0.8,
        service_mean: 1.0,
        service_cv2: 4.0,
    };
    assert!(is_close(one.mean_wait(), 10.0));
    let same = GGc {
        servers: 1,
        arrival: 0.8,
        arrival_cv2: 1.0,
        service_mean: 1.0,
        service_cv2: 4.0,
    };
    assert!(is_close(same.mean_wait(), one.mean_wait()));
    let regular = GGc {
        arrival_cv2: 0.0,
        service_cv2: 0.0,
        ..same
    };
    assert!(regular.mean_wait() <= 0.0 && is_close(regular.mean_response(), 1.0));
}
