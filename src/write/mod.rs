//! What lands on disk: every file whole or not at all.
