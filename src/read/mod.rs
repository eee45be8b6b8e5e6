//! Files → records: native tables and the formats that people already have.
