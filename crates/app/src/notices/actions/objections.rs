//! The verifier's steps on an objection: acknowledge, verify, decide, answer; and learning who reported.

use domain::{
    ids::{ApplicationId, ObjectionId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    selection::{
        application::{Application, Stage},
        objection::{Finding, Objection, ObjectionRefusal},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::file_objection::Reporter;
use crate::{
    messages,
    notices::{
        store::{self, row},
        urls,
    },
    selection::{self, NewOpinion, content::OpinionStep},
};

/// Why a disqualified application is out, for whoever may see the application; the grounds stay with the objection.
const DISQUALIFIED: &str = "公示期间反映的问题经核查属实，取消评选资格，名额空缺不递补";

async fn loaded(act: &Act<'_>, id: ObjectionId, deed: Deed) -> Result<row::Model, Stop> {
    let row = store::objection(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

/// Takes a rule's step, and keeps who verifies.
fn step(
    act: &Act<'_>,
    row: row::Model,
    rule: impl FnOnce(Objection) -> Result<Objection, ObjectionRefusal>,
) -> Result<row::Model, Stop> {
    let objection = rule(row.objection()).or_refuse()?;
    let verifier = act.office_id().map(Text);
    Ok(row::Model { verifier, ..row.moved(&objection) })
}

/// Confirms that it arrived and will be looked into (受理).
///
/// # Errors
/// A refusal when it was acknowledged before.
pub async fn acknowledge_objection(op: &Op, id: ObjectionId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::AcknowledgeObjection).await?;
    let now = act.now();
    let row = step(&act, row, |objection| objection.acknowledge(now))?;
    let place = row.place.0.clone();
    store::save_objection(act.db(), row).await?;
    let subject = Subject::new("objection", id, &place);
    act.record(Deed::AcknowledgeObjection, &subject, serde_json::json!({})).await?;
    act.commit().await
}

/// Begins to verify it (核查).
///
/// # Errors
/// A refusal when it is not acknowledged, or under way already.
pub async fn verify_objection(op: &Op, id: ObjectionId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::VerifyObjection).await?;
    // R-SEL-05: told before the work is done, not after.
    if let Some(Text(application)) = row.application_id {
        let application = loaded_application(&act, application).await?;
        application.may_be_verified_by(act.officer()?.account).or_refuse()?;
    }
    let now = act.now();
    let row = step(&act, row, |objection| objection.start_verifying(now))?;
    let place = row.place.0.clone();
    store::save_objection(act.db(), row).await?;
    act.record(Deed::VerifyObjection, &Subject::new("objection", id, &place), serde_json::json!({})).await?;
    act.commit().await
}

/// Whom an upheld objection against the whole list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// One of the list.
    One(ApplicationId),
    /// The procedure, and none of the list.
    Nobody,
}

/// Says what verification found. An upheld one takes the application out of the selection in the same deed, and nobody
/// takes its place (R-SEL-16).
///
/// # Errors
/// A refusal when it is not being verified, without grounds, or when one that was raised against the whole list is upheld and it
/// is not said against whom.
pub async fn decide_objection(
    op: &Op,
    id: ObjectionId,
    finding: Finding,
    against: Option<Against>,
    grounds: &str,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let mut row = loaded(&act, id, Deed::DecideObjection).await?;
    if row.application_id.is_none() && finding == Finding::Upheld {
        match against {
            Some(Against::One(application)) => {
                let entries = store::entries_of(act.db(), [row.notice_id.0]).await?;
                if !entries.iter().any(|entry| entry.application_id.0 == application) {
                    return Err(Stop::refused_at("against", "请从公示名单中选择所涉及的小区。"));
                }
                row.application_id = Some(Text(application));
            }
            Some(Against::Nobody) => {}
            None => {
                return Err(Stop::refused_at("against", "这件异议是对整个名单提出的，请选择查实的问题涉及哪个小区。"));
            }
        }
    }
    let now = act.now();
    let mut row = step(&act, row, |objection| objection.decide(finding, grounds, now))?;
    row.grounds_sealed = Some(act.floor().keys.seal(grounds)?);
    let (place, application) = (row.place.0.clone(), row.application_id.map(|Text(application)| application));
    store::save_objection(act.db(), row).await?;
    if let Some(application) = application {
        judge(&mut act, application, id, finding).await?;
    }
    let words = format!("一件异议核查完毕，结论：{}", finding.label());
    messages::tell(&act, OfficeKind::CountyOrgDept, &place, &words, &urls::objection(id)).await?;
    let body = serde_json::json!({ "finding": finding, "application": application });
    act.record(Deed::DecideObjection, &Subject::new("objection", id, &place), body).await?;
    act.commit().await
}

async fn loaded_application(act: &Act<'_>, id: ApplicationId) -> Result<Application, Stop> {
    Ok(selection::application(act.db(), id).await?.ok_or(Stop::Missing)?.to_application())
}

/// What the finding does to the application: a hand of the verifier in it (R-SEL-05), and an upheld one takes it out.
async fn judge(act: &mut Act<'_>, id: ApplicationId, objection: ObjectionId, finding: Finding) -> Result<(), Stop> {
    let application = loaded_application(act, id).await?;
    let hand = selection::hand_of(act)?;
    // A second upheld objection finds it out already.
    if finding != Finding::Upheld || application.stage != Stage::Noticed {
        let judged = application.judge_objection(hand).or_refuse()?;
        return selection::save_application(act.db(), &judged).await;
    }
    let application = application.disqualify(hand, DISQUALIFIED).or_refuse()?;
    selection::save_application(act.db(), &application).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Disqualification,
        is_favourable: false,
        words: DISQUALIFIED.to_owned(),
        details: Vec::new(),
    };
    selection::add_opinion(act, &application, opinion).await?;
    tell_line(act, &application.branch, id, DISQUALIFIED).await?;
    let subject = Subject::new("application", id, &application.branch);
    let body = serde_json::json!({ "disqualified_by": objection, "stage": application.stage });
    act.record(Deed::DecideObjection, &subject, body).await
}

/// Tells the branch, its community and its street what became of an application.
pub(super) async fn tell_line(
    act: &Act<'_>,
    branch: &PlaceCode,
    application: ApplicationId,
    words: &str,
) -> Result<(), Stop> {
    let link = selection::urls::application(application);
    let (community, street) = (branch.parent(), branch.parent().and_then(|community| community.parent()));
    messages::tell_branch(act, branch, words, &link).await?;
    let words = format!("{}：{words}", selection::place_name(act.db(), branch).await?);
    if let Some(community) = &community {
        messages::tell(act, OfficeKind::CommunityOfficer, community, &words, &link).await?;
    }
    if let Some(street) = &street {
        messages::tell(act, OfficeKind::StreetOfficer, street, &words, &link).await?;
    }
    Ok(())
}

/// Closes it with the answer (答复); a named objector is owed one in writing (R-NOT-05).
///
/// # Errors
/// A refusal when it is not decided, or a named objector would go without words.
pub async fn answer_objection(op: &Op, id: ObjectionId, answer: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::AnswerObjection).await?;
    let now = act.now();
    let mut row = step(&act, row, |objection| objection.reply(answer, now))?;
    row.answer_sealed = Some(act.floor().keys.seal(answer)?);
    row.replied_at = Some(Int(now));
    let place = row.place.0.clone();
    store::save_objection(act.db(), row).await?;
    act.record(Deed::AnswerObjection, &Subject::new("objection", id, &place), serde_json::json!({})).await?;
    act.commit().await
}

/// Learns who reported, which only verifiers may, and which is recorded each time. `None` for an anonymous one.
///
/// # Errors
/// As the permission table says.
pub async fn reveal_reporter(op: &Op, id: ObjectionId) -> Result<Option<Reporter>, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RevealReporter).await?;
    let keys = &op.floor.keys;
    let open = |sealed: &Option<String>| sealed.as_deref().map(|sealed| keys.open(sealed)).transpose();
    let (name, contact) = (open(&row.reporter_name_sealed)?, open(&row.reporter_contact_sealed)?);
    act.record(Deed::RevealReporter, &Subject::new("objection", id, &row.place.0), serde_json::json!({})).await?;
    act.commit().await?;
    Ok(name.map(|name| Reporter { name, contact: contact.unwrap_or_default() }))
}
