//! The lab: thousands of rollouts say what one cannot.
//!
//! A [`Laboratory`] runs studies on all cores; the components ask it for one and show what it found so far. What the
//! numbers mean is decided in `coalmine_lab`, in which words they are told in [`words`].

pub mod answer;
pub mod apart;
pub mod apply;
pub mod buys;
pub mod cell;
pub mod cell_table;
pub mod chosen_cell;
pub mod compare;
pub mod compare_table;
pub mod coverage;
pub mod coverage_look;
pub mod curve;
pub mod difference;
pub mod ensemble;
pub mod grid;
pub mod heat;
pub mod heat_map;
pub mod histogram;
pub mod laboratory;
pub mod progress;
pub mod proposals;
pub mod release_row;
pub mod releases;
pub mod replay;
pub mod rivals;
pub mod run_bar;
pub mod scale;
pub mod settings;
pub mod stops;
pub mod strips;
pub mod sweep;
pub mod tune;
pub mod tuner;
pub mod turns;
pub mod view;
pub mod wanted;
pub mod whisker;
pub mod words;

pub use laboratory::{Laboratory, Pace, Question};

pub use view::Lab;
pub use wanted::Wanted;
