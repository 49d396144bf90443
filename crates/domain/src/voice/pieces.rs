//! A voice about several things, worked on in pieces at several desks (分开办理).

use super::{Desk, Voice, VoiceRefusal, VoiceState, life::Next};
use crate::{clock::Instant, ids::VoiceId};

/// Into how many pieces a voice is split at most.
pub const MOST_PIECES: usize = 6;

impl Voice {
    /// A piece of it for the desk `to`, which has to sign for it; the own desk takes it on at once. The voice stays where it is,
    /// with its deadline, and the piece has the same one, extended or not. Nobody but that desk hears of who spoke, and the resident is asked about
    /// the whole alone, so that a piece is in no rate (R-VOI-07).
    ///
    /// # Errors
    /// Nobody works on the voice, or it is a piece itself; there is no such desk over it.
    pub fn split_off(&self, id: VoiceId, to: Desk, now: Instant) -> Next {
        self.must_stand(&[VoiceState::InProgress])?;
        if self.is_piece {
            return Err(VoiceRefusal::PieceOfAPiece);
        }
        if self.place.at(to.level()).is_none() {
            return Err(VoiceRefusal::NotThere);
        }
        let state = if to == self.desk { VoiceState::InProgress } else { VoiceState::Assigned };
        let piece = Self {
            id,
            is_piece: true,
            desk: to,
            first_desk: self.desk,
            dispatcher: (to != self.desk).then_some(self.desk),
            hands: 0,
            reopenings: 0,
            is_prompt: None,
            was_late: false,
            version: 0,
            ..self.clone()
        };
        Ok(piece.moved(state, now))
    }

    /// Whether it may be told to be done, or to be the same as another, while so many of its pieces are open.
    ///
    /// # Errors
    /// Some are.
    pub fn must_be_whole(open_pieces: u64) -> Result<(), VoiceRefusal> {
        if open_pieces == 0 { Ok(()) } else { Err(VoiceRefusal::PiecesOpen(open_pieces)) }
    }
}
