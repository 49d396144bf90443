//! Learning who spoke.

use domain::{ids::VoiceId, permission::Deed, voice::VoiceRefusal};
use platform::{
    act::Op,
    error::{OrRefuse as _, Stop},
};

use super::step::{loaded, own_desk, record};

/// Who spoke, to be shown once.
#[derive(Clone)]
pub struct Voicer {
    /// Name; empty when none was left.
    pub name: String,
    /// Telephone; empty when none was left.
    pub phone: String,
}

/// Shows who spoke, to the desk that has the voice or received it first, and records that it was shown.
///
/// # Errors
/// A refusal when nobody left a name or a telephone, or the voice lies at another desk.
pub async fn reveal_voicer(op: &Op, id: VoiceId) -> Result<Voicer, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RevealVoicer).await?;
    let own = own_desk(&act);
    if own != Some(row.desk.0) && own != Some(row.first_desk.0) {
        return Err(VoiceRefusal::OtherDesk(row.desk.0)).or_refuse();
    }
    if !row.has_voicer() {
        return Err(Stop::refused("反映人没有留下姓名和电话，请通过“询问反映人”联系，反映人凭查询码可以看到。"));
    }
    let keys = &op.floor.keys;
    let open = |sealed: &Option<String>| sealed.as_deref().map(|sealed| keys.open(sealed)).transpose();
    let (name, phone) = (open(&row.voicer_name_sealed)?, open(&row.voicer_phone_sealed)?);
    record(&mut act, Deed::RevealVoicer, &row.voice()).await?;
    act.commit().await?;
    Ok(Voicer { name: name.unwrap_or_default(), phone: phone.unwrap_or_default() })
}
