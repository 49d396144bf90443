//! What the community and the street do with one application.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::{ApplicationId, SubmissionId},
    permission::Deed,
    selection::{
        parameters::Parameters,
        score::{Scores, points},
    },
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{application::refused_page, seen, version_seen};
use crate::{
    desk::Desk,
    selection::{
        InSeason,
        actions::{
            Assessment, CommunityCheck, assess_application, check_application, declare_relation, decline_application,
            return_from_street, screen_application,
        },
        content::Content,
        evidence::{self, Records},
        queries, urls,
    },
};

/// Most characters of an opinion.
const OPINION: usize = 500;

/// The community passes it on, or returns it.
pub async fn check(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    let id = in_season.row.id.0;
    desk.op.permit(Deed::CheckApplication, &in_season.row.branch.0)?;
    let is_passed = form.value("verdict") == "pass";
    let mut reading = form.read();
    let words = reading.text("reason", "意见", OPINION);
    let check = CommunityCheck {
        seen: version_seen(&form)?,
        is_passed,
        materials: form.values("materials").map(str::to_owned).collect(),
        words,
    };
    let checked = match reading.finish() {
        Ok(()) => check_application(&desk.op, id, check).await,
        Err(stop) => Err(stop),
    };
    let words = if is_passed { "已通过，报街道党工委。" } else { "已退回支部，并告知理由。" };
    answer(&desk, id, checked, words, form).await
}

/// Goes on to the application with a sentence, or shows what was refused.
async fn answer(
    desk: &Desk,
    id: ApplicationId,
    deed: Result<(), Stop>,
    words: &str,
    form: Form,
) -> Result<Response, Stop> {
    match deed {
        Ok(()) => Ok(done(&urls::application(id), words)),
        Err(Stop::Refused(problems)) => refused_page(desk, id, problems, form).await,
        Err(stop) => Err(stop),
    }
}

/// The street screens it in, returns it, or does not recommend it.
pub async fn screen(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    let id = in_season.row.id.0;
    desk.op.permit(Deed::ScreenApplication, &in_season.row.branch.0)?;
    let seen = version_seen(&form)?;
    let mut reading = form.read();
    let words = reading.text("reason", "意见", OPINION);
    if let Err(stop) = reading.finish() {
        return answer(&desk, id, Err(stop), "", form).await;
    }
    let (screened, said) = match form.value("verdict") {
        "pass" => (screen_application(&desk.op, id, seen, &words).await, "初选已通过，请在推荐排名中排序上报。"),
        "return" => (return_from_street(&desk.op, id, seen, &words).await, "已退回支部，并告知理由。"),
        "decline" => (decline_application(&desk.op, id, seen, &words).await, "已登记为不予推荐，并告知理由。"),
        _ => (Err(Stop::refused_at("verdict", "请选择“通过”“退回”或“不予推荐”。")), ""),
    };
    answer(&desk, id, screened, said, form).await
}

/// An assessor declares a relation and stands back.
pub async fn relation(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    let id = in_season.row.id.0;
    let mut reading = form.read();
    let relation = reading.text("relation", "关系说明", 200);
    let declared = match reading.finish() {
        Ok(()) => declare_relation(&desk.op, id, &relation).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, id, declared, "已登记回避，这份申报将由其他同志评估。", form).await
}

#[derive(Template)]
#[template(path = "selection/assess.html")]
struct AssessPage {
    shell: Shell,
    problems: Problems,
    id: ApplicationId,
    name: String,
    seen: SubmissionId,
    parameters: Parameters,
    content: Content,
    records: Records,
    given: BTreeMap<String, String>,
    notes: String,
}

impl AssessPage {
    fn back(&self) -> String {
        urls::application(self.id)
    }

    /// What was refused at a field named after an item.
    fn problem(&self, prefix: &str, code: &String) -> &str {
        self.problems.of(&format!("{prefix}.{code}"))
    }

    fn given(&self, code: &String) -> &str {
        self.given.get(code).map_or("", String::as_str)
    }
}

async fn assess_page(
    desk: &Desk,
    in_season: InSeason,
    given: BTreeMap<String, String>,
    notes: String,
    problems: Problems,
) -> Result<AssessPage, Stop> {
    let db = desk.op.reader();
    let submission = queries::latest_submission(db, &in_season.row).await?.ok_or(Stop::Missing)?;
    let name = queries::place_name(db, &in_season.row.branch.0).await?;
    Ok(AssessPage {
        shell: desk.shell(format!("实地评估：{name}")).await?,
        problems,
        id: in_season.row.id.0,
        name,
        seen: submission.id.0,
        content: submission.content.0,
        records: evidence::records(&desk.op, &in_season.row.branch.0, in_season.season.year, &in_season.parameters),
        parameters: in_season.parameters,
        given,
        notes,
    })
}

/// The sheet of one assessor, with what this person gave before.
pub async fn show_assess(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    desk.op.permit(Deed::AssessApplication, &in_season.row.branch.0)?;
    let Some(submission) = in_season.row.submission_id else { return Err(Stop::Missing) };
    let visit = queries::site_visit(desk.op.reader(), &in_season.parameters, in_season.row.id.0, submission.0).await?;
    if visit.recusals.iter().any(|recusal| recusal.account_id.0 == desk.officer.account) {
        return Ok(done(&urls::application(in_season.row.id.0), "您已声明回避，这份申报由其他同志评估。"));
    }
    let own = visit.sheets.into_iter().find(|sheet| sheet.account_id.0 == desk.officer.account);
    let (given, notes) = match own {
        Some(sheet) => {
            (sheet.scores.0.iter().map(|(code, score)| (code.clone(), points(*score))).collect(), sheet.notes)
        }
        None => (BTreeMap::new(), String::new()),
    };
    page(&assess_page(&desk, in_season, given, notes, Problems::default()).await?)
}

/// Keeps the sheet of one assessor.
pub async fn assess(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    desk.op.permit(Deed::AssessApplication, &in_season.row.branch.0)?;
    let id = in_season.row.id.0;
    let mut reading = form.read();
    let mut scores = Scores::new();
    let mut given = BTreeMap::new();
    for item in &in_season.parameters.items {
        let field = format!("score.{}", item.code);
        given.insert(item.code.clone(), form.value(&field).to_owned());
        if let Some(score) = reading.hundredths_if_any(&field, &format!("{} 得分", item.code)) {
            scores.insert(item.code.clone(), score);
        }
    }
    let notes = reading.text("notes", "评估记录", 1_000);
    let assessed = match reading.finish() {
        Ok(()) => {
            let sheet = Assessment { seen: version_seen(&form)?, scores, notes: notes.clone() };
            assess_application(&desk.op, id, sheet).await
        }
        Err(stop) => Err(stop),
    };
    match assessed {
        Ok(()) => Ok(done(&urls::application(id), "实地评估已保存，初选筛查前可以修改。")),
        Err(Stop::Refused(problems)) => {
            refused(&assess_page(&desk, in_season, given, notes, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
