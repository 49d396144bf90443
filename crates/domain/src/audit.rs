//! The chain of the audit record: what is hashed, and how a broken chain is found. Storage is the platform's business.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::clock::Instant;

/// The hash before the first event of a chain.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One recorded deed (操作记录), as it is hashed. It holds identifiers and decisions, never personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Which chain it belongs to: a county's code, or `system`.
    pub chain: String,
    /// Position in the chain, from 1 without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Instant,
    /// The account that acted; empty for a visitor or the system itself.
    pub account: String,
    /// The office it acted under; empty likewise.
    pub office: String,
    /// Where.
    pub place: String,
    /// The deed, `verb_object`.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject_kind: String,
    /// Which thing.
    pub subject: String,
    /// Canonical JSON with what was decided.
    pub body: String,
}

impl Event {
    /// SHA-256 over the hash before and this event, in lower-case hex.
    ///
    /// Every part is preceded by its length, so that no two different events can be written as the same bytes.
    #[must_use]
    pub fn hash(&self, previous: &str) -> String {
        let mut hasher = Sha256::new();
        let (seq, at) = (self.seq.to_string(), self.at.as_micros().to_string());
        let parts: [&str; 11] = [
            previous,
            &self.chain,
            &seq,
            &at,
            &self.account,
            &self.office,
            &self.place,
            &self.action,
            &self.subject_kind,
            &self.subject,
            &self.body,
        ];
        for part in parts {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        hex::encode(hasher.finalize())
    }
}

/// Where a chain is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// A number is missing, doubled or out of order.
    #[error("第 {expected} 条缺失或顺序不对（读到第 {found} 条）")]
    Gap {
        /// The number that should have come.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// The event does not match its hash, or does not follow the one before.
    #[error("第 {seq} 条内容与校验值不符")]
    Changed {
        /// Its number.
        seq: i64,
    },
    /// The chain ends before or after what its head says.
    #[error("记录末尾与链头不符：链头为第 {head} 条，读到第 {found} 条")]
    Tail {
        /// The last number by the head.
        head: i64,
        /// The last number found.
        found: i64,
    },
}

/// Walks one chain, event by event, in order.
#[derive(Debug, Clone)]
pub struct Walk {
    seq: i64,
    hash: String,
}

impl Default for Walk {
    fn default() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

impl Walk {
    /// Takes the next event with the hash stored beside it.
    ///
    /// # Errors
    /// The first break found; the walk should stop there.
    pub fn step(&mut self, event: &Event, stored_hash: &str) -> Result<(), Break> {
        let expected = self.seq + 1;
        if event.seq != expected {
            return Err(Break::Gap { expected, found: event.seq });
        }
        let hash = event.hash(&self.hash);
        if hash != stored_hash {
            return Err(Break::Changed { seq: event.seq });
        }
        self.seq = event.seq;
        self.hash = hash;
        Ok(())
    }

    /// Compares where the walk ended with the head stored for the chain.
    ///
    /// # Errors
    /// [`Break::Tail`] when events were cut off or added behind the head.
    pub fn finish(&self, head_seq: i64, head_hash: &str) -> Result<i64, Break> {
        if self.seq == head_seq && self.hash == head_hash {
            Ok(self.seq)
        } else {
            Err(Break::Tail { head: head_seq, found: self.seq })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: i64, body: &str) -> Event {
        Event {
            chain: "530427".into(),
            seq,
            at: Instant::from_micros(seq),
            account: String::new(),
            office: String::new(),
            place: "530427".into(),
            action: "submit_application".into(),
            subject_kind: "application".into(),
            subject: "1".into(),
            body: body.into(),
        }
    }

    fn chain(length: i64) -> (Vec<(Event, String)>, String) {
        let mut previous = GENESIS.to_owned();
        let mut rows = Vec::new();
        for seq in 1..=length {
            let event = event(seq, "{}");
            previous = event.hash(&previous);
            rows.push((event, previous.clone()));
        }
        (rows, previous)
    }

    fn walk(rows: &[(Event, String)], head: (i64, &str)) -> Result<i64, Break> {
        let mut walk = Walk::default();
        for (event, hash) in rows {
            walk.step(event, hash)?;
        }
        walk.finish(head.0, head.1)
    }

    #[test]
    fn an_untouched_chain_is_whole_and_every_tampering_is_found() {
        let (rows, head) = chain(5);
        assert_eq!(walk(&rows, (5, &head)), Ok(5));

        let mut changed = rows.clone();
        changed[2].0.body = "{\"a\":1}".into();
        assert_eq!(walk(&changed, (5, &head)), Err(Break::Changed { seq: 3 }));

        let mut deleted = rows.clone();
        deleted.remove(2);
        assert_eq!(walk(&deleted, (5, &head)), Err(Break::Gap { expected: 3, found: 4 }));

        let mut swapped = rows.clone();
        swapped.swap(1, 2);
        assert_eq!(walk(&swapped, (5, &head)), Err(Break::Gap { expected: 2, found: 3 }));

        assert_eq!(walk(&rows[..4], (5, &head)), Err(Break::Tail { head: 5, found: 4 }));
    }

    #[test]
    fn parts_cannot_run_into_each_other() {
        let mut left = event(1, "");
        left.place = "53".into();
        left.action = "0427".into();
        let mut right = left.clone();
        right.place = "530".into();
        right.action = "427".into();
        assert_ne!(left.hash(GENESIS), right.hash(GENESIS));
    }
}
