//! The traffic picture: users, router, pods by version.
