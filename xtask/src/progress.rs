//! What a person reads while the machine works.

use std::time::{Duration, Instant};

use anyhow::Result;

/// A heading, set off from the output of other programs.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// Runs `work` under a heading and says how long it took.
///
/// # Errors
/// Those of `work`.
pub fn timed<T>(text: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    heading(text);
    let start = Instant::now();
    let value = work()?;
    println!("== done in {}", spoken(start.elapsed()));
    Ok(value)
}

/// A duration as one says it: `8 s`, `3 min 20 s`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds / 60 {
        0 => format!("{seconds} s"),
        minutes => format!("{minutes} min {} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_minutes_and_seconds() {
        assert_eq!(spoken(Duration::from_millis(8400)), "8 s");
        assert_eq!(spoken(Duration::from_secs(200)), "3 min 20 s");
    }
}
