//! Learning who the parties are, on the page or in the agreement that they sign.

use domain::{
    dispute::{DisputeRefusal, DisputeStep, confirmable_until},
    ids::DisputeId,
    permission::Deed,
};
use office::letter::Letter;
use platform::{
    act::Op,
    error::{OrRefuse as _, Stop},
};

use super::step::{keep, loaded, mediated, record};
use crate::{
    disputes::{
        letters,
        queries::items,
        sealed::{self, Party, Terms},
        store::dispute::row,
    },
    voices::Desks,
};

/// Shows who the parties are, to whoever reads the file, and records that it was shown.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn reveal_parties(op: &Op, id: DisputeId) -> Result<Vec<Party>, Stop> {
    let mut act = op.act().await?;
    let loaded = loaded(&act, id, Deed::RevealParties).await?;
    loaded.must_read()?;
    record(&mut act, Deed::RevealParties, &loaded.row.dispute()).await?;
    act.commit().await?;
    Ok(loaded.parties)
}

/// Puts right who the parties are, or what it is about.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn correct_dispute(op: &Op, id: DisputeId, parties: &[Party], matter: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = mediated(&act, id, Deed::CorrectDispute).await?;
    let after = loaded.row.dispute().correct(parties.len()).or_refuse()?;
    let keys = &op.floor.keys;
    let row = row::Model {
        parties_sealed: sealed::seal(keys, &parties)?,
        matter_sealed: sealed::seal(keys, &matter)?,
        ..loaded.row
    };
    keep(&mut act, Deed::CorrectDispute, row, &after, (DisputeStep::Corrected, String::new())).await?;
    act.commit().await
}

/// The agreement for the parties to sign, with their names; each time is recorded like any other look at them.
///
/// # Errors
/// `DisputeRefusal` in words; a refusal when nothing was agreed on in writing.
pub async fn print_agreement(op: &Op, id: DisputeId) -> Result<(String, Letter), Stop> {
    let mut act = op.act().await?;
    let loaded = loaded(&act, id, Deed::RevealParties).await?;
    loaded.must_read()?;
    let row = &loaded.row;
    let (Some(agreed_on), Some(form), Some(sealed)) = (row.agreed_on, row.agreement_form, &row.agreement_sealed) else {
        return Err(DisputeRefusal::WrongState(row.state.0)).or_refuse();
    };
    let terms: Terms = sealed::open(&op.floor.keys, sealed)?;
    let desks = Desks::over(act.db(), std::iter::once(&row.place.0)).await?;
    let items = items(op, act.db(), id).await?;
    let letter = letters::agreement(&letters::Agreed {
        number: row.called(),
        desk: row.desk.0,
        body: desks.name(&row.place.0, row.desk.0),
        parties: &loaded.parties,
        terms: &terms,
        items: &items,
        form: form.0,
        confirmable_until: confirmable_until(agreed_on.0, form.0, row.desk.0),
    });
    let name = format!("{}{}", letter.title, row.called());
    record(&mut act, Deed::RevealParties, &row.dispute()).await?;
    act.commit().await?;
    Ok((name, letter))
}
