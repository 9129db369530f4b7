//! What a card weighs: the files of a build, the code by module, and the budget.

pub mod budget;
pub mod code;
pub mod files;
pub mod sizes;
