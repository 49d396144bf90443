//! What branches, communities and streets do in the play.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    organisation::{Grade, OwnersCommittee},
    permission::OfficeKind,
    place::{Level, PlaceCode},
    selection::{application::Stage, score::Scores},
};
use platform::{act::Op, error::Stop};

use super::Play;

use crate::{
    places::{self, BranchParticulars},
    selection::{self, Assessment, CommunityCheck, Draft, NewList, Ranked, content::Content},
};

/// What branches write of their deeds; each takes one.
const DEEDS: &[&str] = &[
    "支部牵头成立党员服务队，分楼栋包户，每月开展一次环境整治和上门服务；对高龄独居老人实行“一户一册”，全年上门服务 300 余人次。",
    "坚持重大事项支部先议，与业委会、物业每季度召开三方议事会，协商解决停车、充电桩、漏水等问题，做到件件有回音。",
    "以服务品牌为抓手，组织在职党员认领政策宣讲、义诊、维修等岗位，周末开展“邻里集市”，党员带头、居民参与。",
    "建立楼栋长微信群和红色议事厅两个渠道收集诉求，支部每周碰头、每月公示办理情况，小区投诉明显减少。",
];

/// 业委会届期.
const TERMS: &[&str] = &["第一届，2020年6月至2025年6月", "第二届，2021年3月至2026年3月"];
/// 物业资质和合同期.
const CONTRACTS: &[&str] = &["二级，合同到2024年12月31日", "三级，合同到2023年6月30日", "三级，合同到2025年3月31日"];
/// 网格员.
const GRID_WORKERS: &[&str] = &["普云、白晓梅", "方建国", "刀文秀、李自强", "鲁红兰"];

impl Play<'_> {
    pub(super) async fn draft(&mut self, index: usize, at: Instant) -> Result<(), Stop> {
        let branch = self.branch(index)?;
        let op = self.op(OfficeKind::BranchSecretary, &branch, 0, at)?;
        self.complete(&op, index, &branch).await?;
        let id = selection::start_application(&op, self.season()?, &branch).await?;
        self.applications.insert(index, id);
        selection::save_draft(&op, id, Draft { content: self.content(index), read: 0 }).await?;
        Ok(())
    }

    /// Before its first application, a branch completes what the form asks for and the ledger does not tell.
    async fn complete(&self, op: &Op, index: usize, branch: &PlaceCode) -> Result<(), Stop> {
        let told = places::particulars(op.reader(), branch).await?;
        let has_committee = told.owners_committee == OwnersCommittee::Established;
        // The ledger is of 2022: a branch may be younger than the season that it is played in.
        let is_younger = told.founded_on.is_some_and(|day| day > op.now().date());
        if is_younger || !told.grid_workers.is_empty() {
            return Ok(());
        }
        let turn = |names: &[&str]| names.get(index % names.len()).copied().unwrap_or_default().to_owned();
        let told = BranchParticulars {
            owners_term: if has_committee { turn(TERMS) } else { String::new() },
            owners_members: if has_committee { 7 } else { 0 },
            owners_party: if has_committee { i32::try_from(index % 3).unwrap_or(0) + 2 } else { 0 },
            company_terms: if told.property_company.is_empty() { String::new() } else { turn(CONTRACTS) },
            grid_workers: turn(GRID_WORKERS),
            ..told
        };
        places::edit_branch(op, branch, told).await
    }

    pub(super) async fn submit(&mut self, index: usize, at: Instant) -> Result<(), Stop> {
        let op = self.op(OfficeKind::BranchSecretary, &self.branch(index)?, 0, at)?;
        let id = self.application(index)?;
        let row = selection::application(op.reader(), id).await?.ok_or(Stop::Missing)?;
        selection::submit_application(&op, id, Draft { content: self.content(index), read: row.draft_version }).await
    }

    fn content(&self, index: usize) -> Content {
        let deeds = DEEDS.get(index % DEEDS.len()).copied().unwrap_or_default();
        Content {
            scores: self.scores(index, 0),
            evidence: [("A4".to_owned(), "活动记录本和签到表".to_owned()), ("B5".to_owned(), "议事会纪要".to_owned())]
                .into(),
            deeds: deeds.to_owned(),
            declared: self.parameters.vetoes.iter().map(|veto| veto.code.clone()).collect(),
            opinion: "经支部党员大会讨论，同意申报。".to_owned(),
            contact: "支部书记".to_owned(),
            appraisal: Some(Grade::Competent),
            ..Content::default()
        }
    }

    /// Points by item: strong branches lose little, weak ones more; `eye` is who looks.
    fn scores(&self, index: usize, eye: usize) -> Scores {
        let weakness = i64::try_from((index * 13 + usize::from(self.year.unsigned_abs())) % 23).unwrap_or(0);
        let look = i64::try_from(eye).unwrap_or(0);
        let score = |(number, item): (usize, &domain::selection::parameters::ScoreItem)| {
            let turn = i64::try_from((number * 7 + index) % 5).unwrap_or(0);
            // Whole tenths, as people give them.
            let lost = (item.most * (weakness * turn + look * 2) / 150) / 10 * 10;
            (item.code.clone(), (item.most - lost).clamp(0, item.most))
        };
        self.parameters.items.iter().enumerate().map(score).collect()
    }

    pub(super) async fn check(&mut self, index: usize, is_passed: bool, at: Instant) -> Result<(), Stop> {
        let community = self.branch(index)?.at(Level::Community).ok_or(Stop::Missing)?;
        let op = self.op(OfficeKind::CommunityOfficer, &community, 0, at)?;
        let id = self.application(index)?;
        let words = if is_passed {
            "材料齐全，情况属实，同意上报。"
        } else {
            "请补充三方议事会纪要和活动签到表后重新提交。"
        };
        let check = CommunityCheck {
            seen: self.seen(id).await?,
            is_passed,
            materials: if is_passed { self.parameters.materials.clone() } else { Vec::new() },
            words: words.to_owned(),
        };
        selection::check_application(&op, id, check).await
    }

    pub(super) async fn assess(&mut self, index: usize, assessor: usize, at: Instant) -> Result<(), Stop> {
        let street = self.branch(index)?.at(Level::Street).ok_or(Stop::Missing)?;
        let op = self.op(OfficeKind::StreetOfficer, &street, assessor, at)?;
        let id = self.application(index)?;
        let sheet = Assessment {
            seen: self.seen(id).await?,
            scores: self.scores(index, assessor + 1),
            notes: "实地查看公共区域，走访居民三户，查阅台账。".to_owned(),
        };
        selection::assess_application(&op, id, sheet).await
    }

    pub(super) async fn screen(&mut self, index: usize, at: Instant) -> Result<(), Stop> {
        let street = self.branch(index)?.at(Level::Street).ok_or(Stop::Missing)?;
        let op = self.op(OfficeKind::StreetOfficer, &street, 0, at)?;
        let id = self.application(index)?;
        selection::screen_application(&op, id, self.seen(id).await?, "评估扎实，初选通过。").await
    }

    /// The street ranks by the average of its assessors, as many as it has seats.
    pub(super) async fn recommend(&mut self, street: usize, at: Instant) -> Result<(), Stop> {
        let street = self.streets.get(street).cloned().ok_or_else(|| Stop::fault("the play has no such street"))?;
        let op = self.op(OfficeKind::StreetOfficer, &street, 0, at)?;
        let season = self.season()?;
        let db = self.floor.db.reader();
        let mut rows = selection::applications_under(db, season, &street, &[Stage::Screened]).await?;
        rows.sort_by_key(|row| (std::cmp::Reverse(row.street_average), row.branch.0.clone()));
        let seats = selection::streets_of(db, season).await?.into_iter().find(|it| it.street.0 == street);
        let seats = usize::try_from(seats.map_or(0, |it| it.seats)).unwrap_or(0);
        let mut ranked = Vec::new();
        for (row, rank) in rows.into_iter().take(seats).zip(1_u32..) {
            let application = row.id.0;
            let reason = "支部作用发挥好，群众认可度高。".to_owned();
            ranked.push(Ranked { application, seen: self.seen(application).await?, rank, reason });
        }
        let record = "党工委会议听取实地评估和初选情况汇报，集体研究，一致同意推荐。";
        let (met_on, record) = (at.date(), record.to_owned());
        let list = NewList { met_on, record, ranked, reasons: BTreeMap::new(), known: None };
        selection::recommend_applications(&op, season, &street, list).await
    }
}
