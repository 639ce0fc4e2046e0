//! Shards: joined they are exactly the whole, and what does not fit together is said.

use crate::setting::{complete, failing, plan};
use coalmine_controller::Policy;
use coalmine_lab::{JoinError, Part, Quality, Release, Shard, Study, StudyParts};
use coalmine_sim::{Scenario, Seed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn part(seed: u64, shard: Shard) -> Part {
    let parts = StudyParts {
        plans: vec![plan(&Policy::default())],
        releases: vec![
            Release::new("good", Quality::Good, Scenario::default()),
            Release::new("bad", Quality::Bad, failing(9_000)),
        ],
        seed: Seed(seed),
        rollouts: 230,
        precision: None,
        shard,
    };
    Part::of(&complete(Study::new(parts).expect("it can be run")))
}

fn shard(number: u32, of: u32) -> Part {
    part(7, Shard::new(number, of).expect("a shard"))
}

#[test]
fn joined_shards_are_the_whole_to_the_byte_in_any_order() {
    let bytes = |part: &Part| postcard::to_allocvec(part).expect("a part has a known length");
    let whole = bytes(&part(7, Shard::WHOLE));
    let mut parts = vec![shard(1, 3), shard(2, 3), shard(3, 3)];
    for _ in 0..3 {
        parts.rotate_left(1);
        assert_eq!(bytes(&Part::join(&parts).expect("all are here")), whole);
    }
    // More shards than pieces: some are empty, and that is fine.
    let many: Vec<Part> = (1..=12).map(|number| shard(number, 12)).collect();
    assert_eq!(bytes(&Part::join(&many).expect("all are here")), whole);
}

#[test]
fn parts_that_make_no_whole_are_refused() {
    let (one, two) = (shard(1, 2), shard(2, 2));
    assert_eq!(Part::join(&[]), Err(JoinError::Nothing));
    assert_eq!(
        Part::join(std::slice::from_ref(&two)),
        Err(JoinError::Missing(vec![1], 2))
    );
    assert_eq!(
        Part::join(&[one.clone(), two, one.clone()]),
        Err(JoinError::Twice(0, 2))
    );
    assert_eq!(
        Part::join(&[one.clone(), shard(2, 3)]),
        Err(JoinError::Other(1))
    );
    let other = part(8, Shard::new(2, 2).expect("a shard"));
    assert_eq!(Part::join(&[one, other]), Err(JoinError::Other(1)));
}
