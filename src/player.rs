//! The player: the picture of the run, and the buttons that move the playhead.
