//! Clusters, density and flows: pure functions of records and numbers.
