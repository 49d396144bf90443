//! The property companies of a year: a contract in most branches, checks of its duties, last year's appraisal published in some
//! and this year's open in a few.

use domain::{
    clock::Instant,
    ids::PropertyContractId,
    permission::OfficeKind::BranchSecretary,
    property::{DutyResult, Grade, Saying},
};
use jiff::civil::{Date, date};
use platform::{act::Op, actor::Actor, error::Stop, floor::Floor};

use super::life::Life;
use crate::{
    demo::officers::Roll,
    places,
    property::{
        NewAppraisal, NewCheck, NewContract, NewFinding, NewSaying, give_saying, keep_contract, keep_finding,
        open_appraisal, publish_appraisal, record_check,
    },
};

/// What contracts promise.
const DUTIES: [&str; 6] = [
    "每日清扫楼道和公共区域，生活垃圾日产日清",
    "门岗 24 小时值守，外来车辆登记",
    "电梯每半月维保一次，困人 30 分钟内到场",
    "公共照明和排水每周巡查，一般维修三天内完成",
    "绿化每月修剪，每季度消杀一次",
    "物业费、公共收益每半年公示一次",
];

/// What residents say of last year.
const SAYINGS: [(Saying, u32); 5] =
    [(Saying::VeryGood, 9), (Saying::Good, 14), (Saying::Fair, 6), (Saying::Poor, 2), (Saying::Bad, 1)];

/// Plays the supervision of `year` until `until`.
pub(in crate::demo) async fn supervise(floor: &Floor, roll: &Roll, year: i16, until: Instant) -> Result<(), Stop> {
    let county = crate::demo::county()?;
    for (index, branch) in places::branches_under(floor.db.reader(), &county).await?.into_iter().enumerate() {
        let company = branch.branch.property_company;
        let Some(life) = Life::of(floor, roll, branch.place.code.0, index, until).await? else { continue };
        if !company.is_empty() && !index.is_multiple_of(7) || index == 0 {
            life.supervise(&company, year).await?;
        }
    }
    Ok(())
}

impl Life<'_> {
    async fn supervise(&self, company: &str, year: i16) -> Result<(), Stop> {
        let op = |day: Date| self.op(BranchSecretary, self.at(day, 10));
        let signed = date(year, 1, 12);
        if !self.is_past(signed) {
            return Ok(());
        }
        let company = if company.is_empty() { "新平安居物业服务有限公司" } else { company };
        let contract = NewContract {
            company: company.to_owned(),
            starts_on: date(year - 1, 1, 1),
            // In some branches it soon ends.
            ends_on: if self.index % 10 == 3 { date(year, 12, 31) } else { date(year + 1, 12, 31) },
            duties: DUTIES.iter().take(4 + self.index % 3).map(|duty| (*duty).to_owned()).collect(),
        };
        let contract = keep_contract(&op(signed)?, &self.branch, contract).await?;
        for (duty, month) in (0..4).zip([3, 5, 8, 10]) {
            let day = date(year, month, 16);
            if self.is_past(day) {
                record_check(&op(day)?, &self.branch, self.found(contract, duty, day)).await?;
            }
        }
        if self.index.is_multiple_of(10) {
            self.was_appraised(i32::from(year) - 1, date(year, 1, 13)).await?;
        }
        if matches!(self.index % 10, 0 | 4) {
            self.is_appraised(i32::from(year), date(year, 11, 1)).await?;
        }
        Ok(())
    }

    /// What a check of a duty found: mostly that it is kept.
    fn found(&self, contract: PropertyContractId, duty: usize, on: Date) -> NewCheck {
        let (result, words) = match (self.index + duty) % 5 {
            0 => (DutyResult::Partly, "部分楼栋做得不够，已要求一周内整改。"),
            1 if duty == 3 => (DutyResult::Unmet, "报修后五天没有人来，已约谈项目经理。"),
            _ => (DutyResult::Met, "现场查看，符合约定。"),
        };
        NewCheck { contract, duty, on, result, words: words.to_owned() }
    }

    /// The appraisal of a year that is over, published.
    async fn was_appraised(&self, year: i32, opened: Date) -> Result<(), Stop> {
        let after = |days: i64| Instant::start_of(opened).plus_days(days).date();
        if !self.is_past(after(12)) {
            return Ok(());
        }
        let op = |days: i64| self.op(BranchSecretary, self.at(after(days), 10));
        open_appraisal(&op(0)?, &self.branch, NewAppraisal { year, rates_until: after(10) }).await?;
        for (said, times) in SAYINGS {
            for minute in 0..times {
                self.says(year, self.at(after(3), 9).plus_minutes(minute.into()), said).await?;
            }
        }
        let finding = NewFinding {
            branch: Grade::Good,
            branch_words: "基本做到合同约定，维修要再快一些。".to_owned(),
            committee: Some(Grade::Good),
            committee_words: "清扫、门岗做得好，公共收益要按时公示。".to_owned(),
        };
        keep_finding(&op(11)?, &self.branch, year, 0, finding).await?;
        publish_appraisal(&op(12)?, &self.branch, year, 1).await
    }

    /// The appraisal of the year that runs, open.
    async fn is_appraised(&self, year: i32, opened: Date) -> Result<(), Stop> {
        if !self.is_past(opened) {
            return Ok(());
        }
        let until = Instant::start_of(opened).plus_days(40).date();
        let op = self.op(BranchSecretary, self.at(opened, 10))?;
        open_appraisal(&op, &self.branch, NewAppraisal { year, rates_until: until }).await?;
        for (hour, said) in [(11, Saying::Good), (12, Saying::VeryGood), (13, Saying::Poor)] {
            self.says(year, self.at(opened, hour), said).await?;
        }
        Ok(())
    }

    async fn says(&self, year: i32, at: Instant, said: Saying) -> Result<(), Stop> {
        let visitor = Op::at(self.floor, Actor::Visitor, at);
        let words = if said == Saying::Poor { "报修来得慢。" } else { "" };
        give_saying(&visitor, &self.branch, year, NewSaying { said, words: words.to_owned() }).await
    }
}
