//! Parse the command line, run, print the error.
#![forbid(unsafe_code)]

mod cli;

/// Frames of a batch are made of many small things, on several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
