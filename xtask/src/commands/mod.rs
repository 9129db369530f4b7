//! One file for each task.

pub mod bench;
pub mod build;
pub mod doctor;
pub mod package;
pub mod serve;
pub mod shots;
pub mod size;
pub mod stage;
pub mod test;
