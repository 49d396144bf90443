//! The vocabularies of a poll of owners.

use crate::coded_enum;

coded_enum! {
    /// Whether it is shown who voted what; fixed before the register is frozen.
    pub enum Nature {
        /// 实名: the community and the branch see who voted what.
        Named = "named" => "实名表决",
        /// 不公开: only that an owner took part.
        Secret = "secret" => "不公开表决（无记名公布）",
    }
}

coded_enum! {
    /// Whether parking spaces count, as the county's rule has it; fixed before the register is frozen.
    pub enum Parking {
        /// Their areas are added; who owns nothing else is an owner like any other.
        Counted = "counted" => "车位、车库计入面积和人数",
        /// They are listed and weigh nothing.
        NotCounted = "not_counted" => "车位、车库不计入",
    }
}

coded_enum! {
    /// What a unit of the register is.
    pub enum UnitUse {
        /// 住宅.
        Home = "home" => "住宅",
        /// 商铺 and whatever else is no home.
        Business = "business" => "非住宅",
        /// 车位、车库.
        Parking = "parking" => "车位",
    }
}

impl UnitUse {
    /// Whether its area counts under a rule for parking spaces.
    #[must_use]
    pub const fn counts(self, parking: Parking) -> bool {
        !matches!((self, parking), (Self::Parking, Parking::NotCounted))
    }
}

coded_enum! {
    /// Who owns a unit.
    pub enum OwnerKind {
        /// One or several natural persons; several are co-owners with one vote (R-OWN-08).
        Person = "person" => "个人",
        /// 单位: a company or another body.
        Body = "body" => "单位",
    }
}

coded_enum! {
    /// What a ballot says.
    pub enum Choice {
        /// 同意.
        For = "for" => "同意",
        /// 反对.
        Against = "against" => "反对",
        /// 弃权: took part, and is not for it.
        Abstain = "abstain" => "弃权",
    }
}

coded_enum! {
    /// How a ballot came.
    pub enum BallotChannel {
        /// 投票箱.
        Paper = "paper" => "投票箱纸质票",
        /// 上门.
        DoorToDoor = "door_to_door" => "上门收取",
        /// 窗口.
        Window = "window" => "现场窗口投票",
        /// 电话: somebody else listens.
        Telephone = "telephone" => "电话（两人见证）",
        /// 网上: the owner alone, with the code that was given to them (R-OWN-06).
        Online = "online" => "网上投票（已核验身份）",
    }
}

impl BallotChannel {
    /// Those by which officers enter a ballot; online the owner alone does.
    pub fn by_hand() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|channel| *channel != Self::Online)
    }
}

coded_enum! {
    /// How a ballot stands.
    pub enum BallotState {
        /// It counts.
        Valid = "valid" => "有效",
        /// The owner had voted otherwise before; kept, and counts for nothing.
        Conflicting = "conflicting" => "与先前的票不一致，不计",
        /// The owner of a secret poll had voted before; whether the same or not is told to nobody.
        Later = "later" => "先前已投过票，这张不计",
        /// The owner took it back in writing before the end.
        Withdrawn = "withdrawn" => "业主书面撤回，不计",
        /// The owner denies it, or it is found to be none.
        Struck = "struck" => "核实后剔除，不计",
    }
}

coded_enum! {
    /// What an owner says who is called back.
    pub enum CallResult {
        /// It was they.
        Confirmed = "confirmed" => "确认投过票",
        /// It was not.
        Denied = "denied" => "否认投过票",
        /// Called at least twice, nobody answered.
        NotReached = "not_reached" => "两次以上联系不上",
    }
}
