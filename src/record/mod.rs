//! The words of the domain: what a count, a date, a place and an incident are. No input or output.
