//! One file for each task.

pub mod doctor;
