//! The pause before the next attempt: longer each time, never the same for two readers, and never shorter than the server
//! asks for.

use std::time::Duration;

/// The first pause, in milliseconds; each further one is twice as long.
const FIRST: u32 = 4_000;

/// The longest pause of our own, in milliseconds.
const LONGEST: u32 = 120_000;

/// The longest pause that a server may ask for, in seconds: an hour.
pub const LONGEST_ASKED_FOR: u32 = 3_600;

/// The pause after so many `attempts`, at least as many seconds as were `asked_for`. `chance` (0 to 1) spreads those who
/// failed in the same moment: over a quarter of the pause, so that a thousand readers do not come back as one.
pub fn pause(attempts: u32, asked_for: Option<u32>, chance: f64) -> Duration {
    let own = FIRST.saturating_mul(1 << attempts.saturating_sub(1).min(8)).min(LONGEST);
    let asked_for = asked_for.unwrap_or(0).min(LONGEST_ASKED_FOR) * 1_000;
    let least = own.max(asked_for);
    // The cast saturates, and what is no number is 0.
    let spread = (f64::from(least / 4) * chance.clamp(0.0, 1.0)) as u32;
    Duration::from_millis(u64::from(least) + u64::from(spread))
}

#[cfg(test)]
mod tests {
    use super::pause;

    fn milliseconds(attempts: u32, asked_for: Option<u32>, chance: f64) -> u128 {
        pause(attempts, asked_for, chance).as_millis()
    }

    #[test]
    fn each_pause_is_longer_until_the_longest() {
        let pauses: Vec<_> = (1..8).map(|attempts| milliseconds(attempts, None, 0.0)).collect();
        assert_eq!(pauses, [4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000]);
        assert_eq!(milliseconds(u32::MAX, None, 0.0), 120_000);
    }

    #[test]
    fn what_a_server_asks_for_is_kept_to_up_to_an_hour() {
        assert_eq!(milliseconds(1, Some(77), 0.0), 77_000);
        assert_eq!(milliseconds(1, Some(u32::MAX), 0.0), 3_600_000);
        assert_eq!(milliseconds(5, Some(1), 0.0), 64_000, "and no server makes us hurry");
    }

    #[test]
    fn readers_who_failed_together_come_back_apart() {
        assert_eq!((milliseconds(1, None, 0.5), milliseconds(1, None, 1.0)), (4_500, 5_000));
        assert_eq!(milliseconds(1, Some(60), 1.0), 75_000);
        assert_eq!(milliseconds(1, None, f64::NAN), 4_000);
    }
}
