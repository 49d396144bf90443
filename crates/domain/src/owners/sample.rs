//! Whom to call back: drawn by a seed, so that anybody can draw the same again.

use sha2::{Digest as _, Sha256};

/// Owners drawn at least, where there are as many.
const FEWEST: usize = 5;
/// One of so many is drawn.
const ONE_OF: usize = 20;

/// How many of `ballots` owners are called back: one of twenty, five at least.
#[must_use]
pub fn sample_size(ballots: usize) -> usize {
    ballots.div_ceil(ONE_OF).max(FEWEST).min(ballots)
}

/// Draws among owners by their numbers in the register: those whose SHA-256 of `seed-number` in hexadecimal digits comes
/// first in the order of the digits. Answers in the order of the register.
#[must_use]
pub fn draw(seed: &str, numbers: &[i32]) -> Vec<i32> {
    let mut ranked: Vec<(String, i32)> =
        numbers.iter().map(|number| (hex::encode(Sha256::digest(format!("{seed}-{number}"))), *number)).collect();
    ranked.sort_unstable();
    let mut drawn: Vec<i32> = ranked.into_iter().take(sample_size(numbers.len())).map(|(_, number)| number).collect();
    drawn.sort_unstable();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_twenty_and_five_at_least_are_called() {
        for (ballots, called) in [(0, 0), (3, 3), (5, 5), (24, 5), (100, 5), (101, 6), (400, 20)] {
            assert_eq!(sample_size(ballots), called, "{ballots}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_owners() {
        let numbers: Vec<i32> = (1..=40).collect();
        let backwards: Vec<i32> = (1..=40).rev().collect();
        assert_eq!(draw("7f3a", &numbers), draw("7f3a", &backwards));
        assert_ne!(draw("7f3a", &numbers), draw("7f3b", &numbers));
        assert_eq!(draw("7f3a", &numbers).len(), 5);
        assert!(draw("7f3a", &[]).is_empty());
    }
}
