//! Patients registered at a practice.
