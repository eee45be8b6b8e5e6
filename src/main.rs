//! Parse the command line, run, print the error.
#![forbid(unsafe_code)]

fn main() {}
