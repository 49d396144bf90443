//! What neighbours quarrel about in a year, and how it is mediated.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    dispute::{
        AgreementForm, DisputeKind, DisputeOrigin, EndCause, ItemOutcome, NotAccepted, UpwardCause, VisitResult,
    },
    ids::DisputeId,
    permission::OfficeKind::{self, BranchSecretary, CommunityOfficer},
};
use jiff::civil::Date;
use platform::error::Stop;

use super::life::Life;
use crate::disputes::{
    NewAgreement, NewDispute, Party, Terms, Told, accept_dispute, check_performance, decline_dispute, end_mediation,
    hand_up_dispute, items_to_check, open_dispute, record_agreement, record_mediation, visit_parties,
};

/// A quarrel: what kind, between whom, about what, and what is agreed on.
struct Quarrel {
    kind: DisputeKind,
    parties: [(&'static str, &'static str); 2],
    matter: &'static str,
    terms: &'static str,
    item: &'static str,
}

const QUARRELS: &[Quarrel] = &[
    Quarrel {
        kind: DisputeKind::Works,
        parties: [("赵先生", "3栋201"), ("钱女士", "3栋301")],
        matter: "301 卫生间漏水，201 天花板起皮发霉，双方为修缮费用争执。",
        terms: "一、301 住户负责重做防水。二、201 天花板由双方各承担一半修缮费用。",
        item: "钱女士重做卫生间防水，试水 48 小时不漏",
    },
    Quarrel {
        kind: DisputeKind::Noise,
        parties: [("孙女士", "5栋102"), ("周先生", "5栋202")],
        matter: "楼上孩子晚间跑跳、拍球，楼下老人睡不好，多次上门争吵。",
        terms: "一、晚上九点后不拍球、不跑跳。二、客厅铺设地垫。三、有事先由楼栋长转告，不再上门争吵。",
        item: "周先生在客厅铺好地垫",
    },
    Quarrel {
        kind: DisputeKind::Parking,
        parties: [("吴先生", "2栋"), ("郑先生", "6栋")],
        matter: "为地面车位先来后到发生口角，互相堵车。",
        terms: "一、双方互相道歉。二、按物业登记的车位停放，不再堵车。",
        item: "双方到物业办理车位登记",
    },
    Quarrel {
        kind: DisputeKind::Property,
        parties: [("王女士", "1栋"), ("物业服务处", "小区门岗")],
        matter: "电动车充电棚漏雨，业主要求维修后再交物业费。",
        terms: "一、物业修好充电棚。二、修好后业主补交所欠物业费。",
        item: "物业服务处修好充电棚顶",
    },
];

impl Life<'_> {
    fn quarrel(&self, number: usize) -> &'static Quarrel {
        QUARRELS.get((self.index + number) % QUARRELS.len()).unwrap_or(&QUARRELS[0])
    }

    async fn open_file(&self, number: usize, at: Instant) -> Result<DisputeId, Stop> {
        let quarrel = self.quarrel(number);
        let party = |(name, home): &(&str, &str)| Party {
            name: (*name).to_owned(),
            phone: String::new(),
            home: (*home).to_owned(),
        };
        let new = NewDispute {
            place: self.branch.clone(),
            kind: quarrel.kind,
            origin: if number.is_multiple_of(2) { DisputeOrigin::Application } else { DisputeOrigin::Found },
            voice: None,
            is_confidential: true,
            parties: quarrel.parties.iter().map(party).collect(),
            matter: quarrel.matter.to_owned(),
        };
        open_dispute(&self.op(BranchSecretary, at)?, new).await
    }

    /// The parties sit together with somebody of an office.
    async fn sit_together(&self, id: DisputeId, kind: OfficeKind, at: Instant, result: &str) -> Result<(), Stop> {
        let told = Told {
            venue: "红色议事厅".to_owned(),
            present: "双方当事人、调解员、楼栋长".to_owned(),
            course: "先分别听双方说，再坐到一起把话说开。".to_owned(),
            result: result.to_owned(),
        };
        record_mediation(&self.op(kind, at)?, id, at.date(), told).await
    }

    async fn come_to_terms(
        &self,
        id: DisputeId,
        number: usize,
        kind: OfficeKind,
        at: Instant,
        due_in: i64,
    ) -> Result<(), Stop> {
        let quarrel = self.quarrel(number);
        let new = NewAgreement {
            agreed_on: at.date(),
            form: AgreementForm::Written,
            terms: Terms { facts: quarrel.matter.to_owned(), terms: quarrel.terms.to_owned() },
            items: vec![(quarrel.item.to_owned(), at.plus_days(due_in).date())],
            was_done_at_once: false,
        };
        record_agreement(&self.op(kind, at)?, id, new).await
    }

    async fn look_and_visit(
        &self,
        id: DisputeId,
        kind: OfficeKind,
        check: Instant,
        visit: Instant,
    ) -> Result<(), Stop> {
        let op = self.op(kind, check)?;
        let items = items_to_check(&op, id).await?;
        let kept: BTreeMap<_, _> = items.into_iter().map(|item| (item, ItemOutcome::Kept)).collect();
        check_performance(&op, id, &kept, "已到现场看过。").await?;
        visit_parties(&self.op(kind, visit)?, id, VisitResult::Calm, "问过双方，都说没有再吵。").await
    }

    /// Some months neighbours quarrel: most make it up before the branch, some before the community, and a few do not.
    pub(super) async fn mediate(&self, day: Date, month: usize) -> Result<(), Stop> {
        let number = self.index + month;
        if !number.is_multiple_of(6) {
            return Ok(());
        }
        let at = |days: i64| self.at(day, 10).plus_days(days);
        let id = self.open_file(month, at(0)).await?;
        let branch = |days: i64| self.op(BranchSecretary, at(days));
        match self.index % 8 {
            3 => return decline_dispute(&branch(1)?, id, NotAccepted::NoConsent, "").await,
            5 => {
                accept_dispute(&branch(1)?, id, true).await?;
                self.sit_together(id, BranchSecretary, at(5), "双方各不相让。").await?;
                end_mediation(&branch(9)?, id, EndCause::NotReached, "调解两次，对费用分担谈不拢。").await?;
                let told = "当事人已向法院起诉，由法院处理。";
                return visit_parties(&branch(20)?, id, VisitResult::Elsewhere, told).await;
            }
            7 => {
                accept_dispute(&branch(1)?, id, true).await?;
                hand_up_dispute(&branch(6)?, id, UpwardCause::Hard, "涉及物业企业，需要社区出面。").await?;
                accept_dispute(&self.op(CommunityOfficer, at(7))?, id, true).await?;
                self.sit_together(id, CommunityOfficer, at(9), "达成一致。").await?;
                self.come_to_terms(id, month, CommunityOfficer, at(9), 8).await?;
                return self.look_and_visit(id, CommunityOfficer, at(17), at(22)).await;
            }
            _ => {}
        }
        accept_dispute(&branch(1)?, id, true).await?;
        self.sit_together(id, BranchSecretary, at(4), "双方同意先把情况弄清楚，三天后再谈。").await?;
        self.sit_together(id, BranchSecretary, at(7), "达成一致。").await?;
        self.come_to_terms(id, month, BranchSecretary, at(7), 10).await?;
        self.look_and_visit(id, BranchSecretary, at(17), at(23)).await
    }

    /// Files that lie on the desks when the visitor comes in.
    pub(super) async fn quarrel_lately(&self, until: Instant) -> Result<(), Stop> {
        let minutes = i64::try_from(self.index % 60).unwrap_or(0);
        let at = |days: i64| until.plus_minutes(-24 * 60 * days - minutes - 60);
        let number = self.index;
        match self.index % 10 {
            0 => self.open_file(number, at(1)).await.map(drop),
            3 => {
                let id = self.open_file(number, at(9)).await?;
                accept_dispute(&self.op(BranchSecretary, at(8))?, id, true).await?;
                let result = "双方愿意再谈，约定下周继续。";
                self.sit_together(id, BranchSecretary, at(3), result).await
            }
            6 => {
                let id = self.open_file(number, at(20)).await?;
                accept_dispute(&self.op(BranchSecretary, at(19))?, id, true).await?;
                self.sit_together(id, BranchSecretary, at(12), "达成一致。").await?;
                self.come_to_terms(id, number, BranchSecretary, at(12), 15).await
            }
            8 => {
                let id = self.open_file(number, at(6)).await?;
                accept_dispute(&self.op(BranchSecretary, at(5))?, id, true).await?;
                let up = self.op(BranchSecretary, at(2))?;
                hand_up_dispute(&up, id, UpwardCause::Hard, "双方要求社区出面调解。").await
            }
            _ => Ok(()),
        }
    }
}
