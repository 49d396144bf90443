//! What the county and its residents do in the play.

use domain::{
    clock::Instant,
    permission::OfficeKind,
    selection::{
        application::Stage,
        notice::NoticeContent,
        objection::Finding,
        parameters::{LegalBasis, Parameters},
        programme::programme,
        review::{ConsultationReply, Verdict},
    },
};
use jiff::civil::date;
use platform::{act::Op, actor::Actor, error::Stop};

use super::Play;
use crate::{
    notices::{self, NewCircular, NewObjection, NoticeDraft, Reporter},
    review::{self, ConsultationResult, Meeting, PanelAnswer, PreliminaryOpinion, Resolution, VetoCheck},
    selection,
};

/// The programme's parameters with the county's legal basis.
pub(super) fn parameters(year: i16) -> Parameters {
    let legal_basis = LegalBasis {
        number: "《关于在小区党组织中争创“红旗小区”的方案》（新组通〔2021〕12号）".to_owned(),
        approver: "中共新平县委".to_owned(),
        valid_until: date(2025, 12, 31),
    };
    Parameters { legal_basis: Some(legal_basis), ..programme(year) }
}

impl Play<'_> {
    fn org_dept(&self, at: Instant) -> Result<Op, Stop> {
        self.op(OfficeKind::CountyOrgDept, &self.county, 0, at)
    }

    pub(super) async fn open(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.org_dept(at)?;
        let version = selection::save_parameters(&op, &self.county, self.parameters.clone()).await?;
        self.season = Some(selection::open_season(&op, version, "").await?);
        Ok(())
    }

    /// Applications of the season at `stage`, with the version on the screen.
    pub(super) async fn at_stage(&self, stage: Stage) -> Result<Vec<selection::Application>, Stop> {
        selection::applications_under(self.floor.db.reader(), self.season()?, &self.county, &[stage]).await
    }

    pub(super) async fn reply(&mut self, unit: usize, at: Instant) -> Result<(), Stop> {
        let op = self.op(OfficeKind::PanelUnit, &self.county, unit, at)?;
        let mut answers = Vec::new();
        for (index, row) in self.at_stage(Stage::Recommended).await?.into_iter().enumerate() {
            let verdict = if (index + unit).is_multiple_of(6) { Verdict::NoComment } else { Verdict::Agree };
            let seen = self.seen(row.id.0).await?;
            answers.push(PanelAnswer { application: row.id.0, seen, verdict, reason: String::new() });
        }
        review::reply_as_panel_unit(&op, self.season()?, &answers).await?;
        Ok(())
    }

    pub(super) async fn opine(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.org_dept(at)?;
        let checks: Vec<VetoCheck> = self
            .parameters
            .vetoes
            .iter()
            .map(|veto| VetoCheck {
                code: veto.code.clone(),
                is_upheld: false,
                note: String::new(),
                source_document: String::new(),
            })
            .collect();
        for row in self.at_stage(Stage::Recommended).await? {
            review::check_veto(&op, row.id.0, &checks).await?;
            let opinion = PreliminaryOpinion {
                seen: self.seen(row.id.0).await?,
                is_passed: true,
                reason: "符合条件。".to_owned(),
                late_reason: String::new(),
            };
            review::give_preliminary_opinion(&op, row.id.0, opinion).await?;
        }
        Ok(())
    }

    pub(super) async fn consult(&mut self, at: Instant) -> Result<(), Stop> {
        review::send_consultation(&self.org_dept(at)?, self.season()?).await?;
        Ok(())
    }

    pub(super) async fn hear(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.org_dept(at)?;
        for row in review::season_consultations(self.floor.db.reader(), self.season()?).await? {
            let result = ConsultationResult {
                reply: ConsultationReply::NoComment,
                text: String::new(),
                replied_on: Some(at.date()),
            };
            review::record_consultation(&op, row.id.0, result).await?;
        }
        Ok(())
    }

    pub(super) async fn decide(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.op(OfficeKind::StandingCommittee, &self.county, 0, at)?;
        let mut resolutions = Vec::new();
        for row in self.at_stage(Stage::PanelPassed).await? {
            let seen = self.seen(row.id.0).await?;
            resolutions.push(Resolution { application: row.id.0, seen, is_approved: true, reason: String::new() });
        }
        let minutes_number = format!("新常纪〔{}〕2号", self.year + 1);
        let meeting = Meeting { meeting_on: at.date(), minutes_number, resolutions };
        review::decide_selection(&op, self.season()?, meeting).await?;
        Ok(())
    }

    pub(super) async fn publish(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.org_dept(at)?;
        let year = self.year;
        let draft = NoticeDraft {
            title: format!("关于{year}年度县级“红旗小区”拟认定名单的公示"),
            content: NoticeContent {
                basis: "《关于在小区党组织中争创“红旗小区”的方案》（新组通〔2021〕12号）".to_owned(),
                procedure: "小区党支部申报、社区把关、街道审核、评选组评选、征求意见、县委常委会审定".to_owned(),
                accepting_body: "中共新平县委组织部干部监督科".to_owned(),
                phone: "0877-7011234".to_owned(),
                address: "新平县桂山街道平山路 1 号".to_owned(),
                postcode: Some("653400".to_owned()),
                mailbox: "jiandu@example.org".to_owned(),
                objection_rule: "如有异议，请在公示期内以书面、电话、来访或网上方式反映；提倡署名，对反映人严格保密。"
                    .to_owned(),
                issuer: "中共新平县委组织部".to_owned(),
            },
        };
        let id = notices::draft_notice(&op, self.season()?, draft, None).await?;
        let row = notices::season_notice(self.floor.db.reader(), self.season()?).await?.ok_or(Stop::Missing)?;
        notices::publish_notice(&op, id, row.version).await?;
        self.notice = Some(id);
        Ok(())
    }

    /// One resident names herself, another does not.
    pub(super) async fn object(&mut self, at: Instant) -> Result<(), Stop> {
        let op = Op::at(self.floor, Actor::Visitor, at);
        let notice = self.notice.ok_or_else(|| Stop::fault("the play has no notice yet"))?;
        let entries = notices::notice_entries(self.floor.db.reader(), notice).await?;
        let about = |index: usize| entries.get(index).map(|entry| entry.application_id.0);
        let named = Reporter { name: "王女士".to_owned(), contact: "13900000001".to_owned() };
        let objections = [
            (about(3), Some(named), "申报的议事会次数与实际不符，去年只开过一次三方议事会，请核实。"),
            (about(8), None, "小区北门垃圾清运不及时，请核实环境卫生得分。"),
        ];
        for (application, reporter, text) in objections {
            let new = NewObjection { notice, application, reporter, text: text.to_owned() };
            self.objections.push(notices::file_objection(&op, new).await?.id);
        }
        Ok(())
    }

    /// The first objection is upheld, and the place stays empty; the second is not.
    pub(super) async fn verify(&mut self, at: Instant) -> Result<(), Stop> {
        let op = self.op(OfficeKind::Verifier, &self.county, 0, at)?;
        let findings = [
            (Finding::Upheld, "经查阅纪要和走访，申报材料所列议事会有三次无法印证，反映属实。"),
            (Finding::NotUpheld, "经三次现场查看，清运正常，评估得分无误。"),
        ];
        for (id, (finding, grounds)) in self.objections.iter().zip(findings) {
            notices::acknowledge_objection(&op, *id).await?;
            notices::verify_objection(&op, *id).await?;
            notices::decide_objection(&op, *id, finding, None, grounds).await?;
            notices::answer_objection(&op, *id, grounds).await?;
        }
        Ok(())
    }

    pub(super) async fn confirm(&mut self, at: Instant) -> Result<(), Stop> {
        let chosen: Vec<_> = self.at_stage(Stage::Noticed).await?.into_iter().map(|row| row.id.0).collect();
        notices::confirm_awards(&self.org_dept(at)?, self.season()?, &chosen).await
    }

    pub(super) async fn commend(&mut self, at: Instant) -> Result<(), Stop> {
        let circular = NewCircular { number: format!("新组通〔{}〕3号", self.year + 1), issued_on: at.date() };
        notices::issue_circular(&self.org_dept(at)?, self.season()?, circular).await?;
        Ok(())
    }
}
