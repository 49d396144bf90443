//! Every minute: short messages go out. Every ten minutes: what is late goes one level up, what nobody answered is closed, who spoke a year ago is forgotten, and what
//! comes again and again becomes one issue.

use domain::{
    ids::VoiceId,
    voice::{KEPT_DAYS, LAST_SAY_DAYS},
};
use platform::{act::Op, error::Stop, jobs::JobKind};

use super::{
    actions::{close_voice, escalate_voice, forget_voicer},
    recurring::gather_voices,
    store::voice,
    texts::send_texts,
};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] = &[
    JobKind { name: "mind_voices", every_minutes: Some(10), run: |op, _| Box::pin(mind_voices(op)) },
    JobKind {
        name: "send_voice_texts",
        every_minutes: Some(1),
        run: |op, _| Box::pin(async move { send_texts(&op).await }),
    },
];

/// Voices of one kind that a run takes; the next takes the rest.
const MOST: u64 = 500;

/// Each voice is a deed of its own, so that a run that was broken off leaves nothing half done and is simply gone on with.
async fn mind_voices(op: Op) -> Result<(), Stop> {
    let (db, now) = (op.reader(), op.now());
    let late = voice::late_below_county(db, now, MOST).await?;
    let undated = voice::undated_below_county(db, MOST).await?;
    for id in late.into_iter().chain(undated) {
        passed(id, escalate_voice(&op, id).await)?;
    }
    for id in voice::to_close(db, now.plus_days(-LAST_SAY_DAYS), MOST).await? {
        passed(id, close_voice(&op, id).await)?;
    }
    for id in voice::to_forget(db, now.plus_days(-KEPT_DAYS), MOST).await? {
        passed(id, forget_voicer(&op, id).await)?;
    }
    match gather_voices(&op).await {
        // Somebody worked on one of them just now; the next run takes them.
        Err(Stop::Conflict) => Ok(()),
        gathered => {
            tracing::debug!(issues = gathered?, "voices gathered");
            Ok(())
        }
    }
}

/// Somebody else, an officer or another instance, may have been quicker.
fn passed(id: VoiceId, ended: Result<(), Stop>) -> Result<(), Stop> {
    match ended {
        Err(Stop::Refused(_) | Stop::Conflict) => {
            tracing::debug!(voice = %id, "left as it is");
            Ok(())
        }
        ended => ended,
    }
}
