//! The diagram, alive: what the controller's token has lit, travelled and decided.
