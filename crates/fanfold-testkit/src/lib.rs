//! Dev-only: builders, fixture loading, golden comparison, seeded chance, throw-away databases.
pub mod mutate;
pub mod postgres;
pub mod retold;
