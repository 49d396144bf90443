//! Setting the lengths anew.

use domain::{permission::Deed, place::PlaceCode, voice::Terms};
use platform::{
    act::{Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::store::{self, row};
use crate::places;

/// Sets the lengths of a county for what is received from now on; `seen` is the version that the form was drawn from, 0 before
/// the first.
///
/// # Errors
/// [`domain::voice::TermsRefusal`] in words; without a reason; [`Stop::Conflict`] when somebody else set them meanwhile.
pub async fn set_terms(op: &Op, county: &PlaceCode, terms: Terms, reason: &str, seen: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::SetVoiceTerms, county)?;
    terms.check().or_refuse()?;
    if reason.trim().is_empty() {
        return Err(Stop::refused_at("reason", "请写明修改的依据或原因。"));
    }
    // Two who set them at once wait for one another, and the second has seen another version.
    places::lock(act.db(), county).await?;
    let newest = store::versions(act.db(), county).await?.into_iter().next();
    if newest.as_ref().map_or(0, |newest| newest.version) != seen {
        return Err(Stop::Conflict);
    }
    if newest.map(|newest| newest.terms.0).unwrap_or_default() == terms {
        return Err(Stop::refused("时限没有变动，不用保存。"));
    }
    let row = row::Model {
        id: Text(act.new_id()),
        county: Text(county.clone()),
        version: seen + 1,
        terms: Document(terms),
        reason: reason.trim().to_owned(),
        since: Int(act.now()),
        signed: act.signature(),
    };
    let body = json!({ "version": row.version, "terms": terms });
    act.record(Deed::SetVoiceTerms, &Subject::new("voice_terms", row.id.0, county), body).await?;
    store::insert(act.db(), row).await?;
    act.commit().await
}
