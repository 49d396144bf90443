//! What gives points and what takes them (积分明细的项目), and how far a branch may vary the county's template.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{coded::UnknownCode, coded_enum};

use super::{FinePoints, Points};

coded_enum! {
    /// What an item does to the year.
    pub enum Category {
        /// 基础分: registered and confirmed.
        Base = "base" => "基础分",
        /// 加分.
        Bonus = "bonus" => "加分",
        /// 扣分: only with a document and prior notice.
        Deduction = "deduction" => "扣分",
        /// 处分: sets a ceiling and calls for a review (D07).
        Sanction = "sanction" => "处分",
    }
}

/// The code of an item: `P01` base, `P02`… bonuses, `X01`… bonuses of a branch's own, `D01`… deductions, `D07` sanctions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemCode(String);

impl ItemCode {
    /// A code of the county's template; wrong codes are a mistake in the code and become an own item that no catalogue has.
    #[must_use]
    pub fn standard(code: &'static str) -> Self {
        Self(code.to_owned())
    }

    /// What items of this code do.
    #[must_use]
    pub fn category(&self) -> Category {
        match self.0.as_bytes() {
            b"P01" => Category::Base,
            b"D07" => Category::Sanction,
            [b'D', ..] => Category::Deduction,
            _ => Category::Bonus,
        }
    }

    /// Whether a branch made it up itself.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.0.starts_with('X')
    }

    /// The item whose cap of the year it shares: a problem solved shares that of one reported, praise by the county that of
    /// praise by the street (§8). Itself for every other item.
    #[must_use]
    pub fn shares_cap_of(&self) -> Self {
        match self.as_str() {
            "P13" => Self::standard("P07"),
            "P14" => Self::standard("P12"),
            _ => self.clone(),
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ItemCode {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        match text.as_bytes() {
            [b'P' | b'D' | b'X', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] if (*tens, *ones) != (b'0', b'0') => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(UnknownCode),
        }
    }
}

impl TryFrom<String> for ItemCode {
    type Error = UnknownCode;

    fn try_from(text: String) -> Result<Self, UnknownCode> {
        text.parse()
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.0
    }
}

/// One item of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its code.
    pub code: ItemCode,
    /// What it is for, as people read it.
    pub title: String,
    /// Points for one `per`; negative for deductions.
    pub points: Points,
    /// How much makes one: 1 time or, say, 2 hours, in hundredths.
    pub per: i64,
    /// What is counted: 次, 小时, 半年 …
    pub unit: String,
    /// The most a year gives or takes, as a positive number; `None` for sanctions.
    pub cap: Option<Points>,
}

impl Item {
    /// The points of `quantity` hundredths of the item's unit: exact for every `per` that divides a million, such as 2 hours,
    /// so that sums do not depend on how a quantity was cut; half up to the millionth otherwise.
    #[must_use]
    pub fn points_for(&self, quantity: i64) -> FinePoints {
        let per = i128::from(self.per.max(1));
        let whole = i128::from(self.points.0) * i128::from(quantity) * 10_000;
        FinePoints(i64::try_from((whole * 2 + per).div_euclid(per * 2)).unwrap_or(i64::MAX))
    }

    /// `每 2 小时 +1 分，全年最多 15 分`.
    #[must_use]
    pub fn words(&self) -> String {
        let sign = if self.points > Points::ZERO { "+" } else { "" };
        let per = if self.per == 100 {
            format!("每{}", self.unit)
        } else {
            format!("每 {} {}", Points(self.per).short(), self.unit)
        };
        match (self.code.category(), self.cap) {
            (Category::Base, _) => format!("{} 分，年中报到的按月折算", self.points.short()),
            (Category::Sanction, _) => "小区得分不超过 59 分，并提请组织复核".to_owned(),
            (_, Some(cap)) => {
                let head = self.code.shares_cap_of();
                let with = if head == self.code { String::new() } else { format!("与 {head} 合计") };
                format!("{per} {sign}{} 分，全年{with}最多 {} 分", self.points.short(), cap.short())
            }
            (_, None) => format!("{per} {sign}{} 分", self.points.short()),
        }
    }
}

/// What is wrong with one line of a drafted catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ItemProblem {
    /// The same code twice.
    #[error("{0} 出现了两次，请只留一行")]
    Twice(ItemCode),
    /// No title, or too long a one.
    #[error("{0} 的内容应为 1 到 60 个字")]
    Title(ItemCode),
    /// The base and the sanctions are the county's.
    #[error("{0} 由县里统一规定，不能修改或删除")]
    Fixed(ItemCode),
    /// Points beyond the template's.
    #[error("{code} 的分值应在 {} 分之间（县里规定的范围{}）", between(code, *most), if takes(code) { "，扣分写负数" } else { "" })]
    Points {
        /// The item.
        code: ItemCode,
        /// Most points, as a positive number.
        most: Points,
    },
    /// A cap beyond the template's.
    #[error("{code} 的全年{}应在 0 到 {} 分之间（县里规定的上限）", if takes(code) { "扣分封顶" } else { "封顶" }, most.short())]
    Cap {
        /// The item.
        code: ItemCode,
        /// Most, as a positive number.
        most: Points,
    },
    /// Counting presence on a screen, or people against each other (R-PTS-10).
    #[error("{code} 不能计分：登录、打卡、点赞、转发、在线时长、排名一类的内容（“{word}”）不作为积分项目")]
    Banned {
        /// The item.
        code: ItemCode,
        /// The word.
        word: &'static str,
    },
    /// A code that is neither the county's nor an own one.
    #[error("{0} 不在县里的积分明细里；支部自设的加分项请用 X01 至 X05")]
    Unknown(ItemCode),
}

// R-PTS-10
/// What is never counted, as people call it.
const BANNED: [&str; 14] = [
    "登录",
    "打卡",
    "点赞",
    "转发",
    "在线时长",
    "学习时长",
    "排名",
    "阅读量",
    "关注公众号",
    "安装APP",
    "安装软件",
    "下载APP",
    "每日签到",
    "网上签到",
];

fn takes(code: &ItemCode) -> bool {
    code.category() == Category::Deduction
}

fn between(code: &ItemCode, most: Points) -> String {
    if takes(code) { format!("-{} 到 0", most.short()) } else { format!("0 到 {}", most.short()) }
}

/// The county's template with what it allows (县里规定的范围).
#[derive(Debug, Clone, Copy)]
pub struct Bounds<'t>(pub &'t [Item]);

impl Bounds<'_> {
    /// How many items of its own a branch may add.
    pub const OWN_ITEMS: usize = 5;
    /// The most an own item gives at once and in a year.
    const OWN_MOST: Points = Points::whole(6);

    /// Everything that is wrong with a branch's items (R-PTS-05): bonuses may be lowered or left out, deductions may not be
    /// harsher, the base and sanctions stay, and at most five bonuses of its own are added.
    #[must_use]
    pub fn problems(&self, items: &[Item]) -> Vec<ItemProblem> {
        let mut problems = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if items.iter().take(index).any(|other| other.code == item.code) {
                problems.push(ItemProblem::Twice(item.code.clone()));
            } else if item.title.trim().is_empty() || item.title.chars().count() > 60 {
                problems.push(ItemProblem::Title(item.code.clone()));
            } else {
                problems.extend(self.problem(item));
            }
        }
        let fixed = self.0.iter().filter(|item| is_fixed(&item.code) || item.code.category() == Category::Deduction);
        let missing = fixed.filter(|fixed| !items.iter().any(|item| item.code == fixed.code));
        problems.extend(missing.filter(|item| is_fixed(&item.code)).map(|item| ItemProblem::Fixed(item.code.clone())));
        problems
    }

    fn problem(&self, item: &Item) -> Option<ItemProblem> {
        let code = item.code.clone();
        let known = self.0.iter().find(|known| known.code == item.code);
        let is_own_title = known.is_none_or(|known| known.title != item.title);
        if let Some(word) = BANNED.into_iter().find(|word| is_own_title && item.title.contains(word)) {
            return Some(ItemProblem::Banned { code, word });
        }
        let (most, cap) = match known {
            Some(known) if is_fixed(&code) => return (known != item).then_some(ItemProblem::Fixed(code)),
            Some(known) => (Points(known.points.0.abs()), known.cap.unwrap_or(Points::FULL)),
            None if code.is_own() && code.as_str() <= "X05" => (Self::OWN_MOST, Self::OWN_MOST),
            None => return Some(ItemProblem::Unknown(code)),
        };
        let points = if takes(&code) { -item.points } else { item.points };
        if !(Points::ZERO..=most).contains(&points) {
            return Some(ItemProblem::Points { code, most });
        }
        let is_within = item.cap.is_some_and(|own| (Points::ZERO..=cap).contains(&own));
        (!is_within).then_some(ItemProblem::Cap { code, most: cap })
    }
}

fn is_fixed(code: &ItemCode) -> bool {
    matches!(code.category(), Category::Base | Category::Sanction)
}

/// The county's template as the programme gives it (§8).
#[must_use]
pub fn county_template() -> Vec<Item> {
    const ITEMS: &[(&str, &str, i64, i64, &str, i64)] = &[
        ("P01", "完成报到并经支部确认", 60, 1, "年", 60),
        ("P02", "按时参加支部会议或主题党日", 1, 1, "次", 8),
        ("P03", "参加议事会并发表意见", 1, 1, "次", 4),
        ("P04", "参加志愿服务（按确认的时长）", 1, 2, "小时", 15),
        ("P05", "认领岗位并履职满半年", 3, 1, "个半年", 6),
        ("P06", "完成微心愿", 2, 1, "个", 6),
        ("P07", "反映居民问题", 1, 1, "件", 9),
        ("P08", "担任楼栋长或党员中心户", 4, 1, "年", 4),
        ("P09", "成功调解矛盾纠纷", 3, 1, "件", 6),
        ("P10", "开展技能讲座或义诊等", 2, 1, "次", 6),
        ("P11", "参加应急值守", 3, 1, "次", 6),
        ("P12", "受到街道表扬并经核实", 2, 1, "次", 4),
        ("P13", "解决居民问题", 3, 1, "件", 9),
        ("P14", "受到县级以上表扬并经核实", 4, 1, "次", 4),
        ("D01", "无故缺席", -2, 1, "次", 8),
        ("D02", "认领任务无故未完成", -2, 1, "次", 6),
        ("D03", "违反管理规约，经查实且未改正", -5, 1, "次", 10),
        ("D04", "恶意拖欠物业费，经查实", -10, 1, "次", 10),
        ("D05", "违法搭建，经查实且未改正", -15, 1, "次", 15),
        ("D06", "虚报服务记录", -10, 1, "次", 20),
        ("D07", "受到纪律处分或法律制裁", -1, 1, "次", 0),
    ];
    let item = |(code, title, points, per, unit, cap): &(&'static str, &str, i64, i64, &str, i64)| Item {
        code: ItemCode::standard(code),
        title: (*title).to_owned(),
        points: Points::whole(*points),
        per: per * 100,
        unit: (*unit).to_owned(),
        cap: (*cap > 0).then(|| Points::whole(*cap)),
    };
    ITEMS.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_what_items_do() {
        let category = |code: &str| code.parse::<ItemCode>().map(|code| code.category());
        assert_eq!(category("P01"), Ok(Category::Base));
        assert_eq!((category("P12"), category("X03")), (Ok(Category::Bonus), Ok(Category::Bonus)));
        assert_eq!((category("D06"), category("D07")), (Ok(Category::Deduction), Ok(Category::Sanction)));
        for bad in ["", "P", "P1", "P00", "p01", "P001", "Q01", "P0１"] {
            assert_eq!(category(bad), Err(UnknownCode), "{bad}");
        }
    }

    #[test]
    fn points_follow_the_quantity() {
        let template = county_template();
        let service = template.iter().find(|item| item.code.as_str() == "P04").expect("service");
        let points = |quantity| service.points_for(quantity).rounded();
        assert_eq!((points(200), points(350), points(225)), (Points::whole(1), Points(175), Points(113)));
        // However four and a half hours are cut, they are 2.25 points.
        for cut in [&[450][..], &[225, 225], &[150, 150, 150], &[1, 449], &[433, 17]] {
            let sum = cut.iter().fold(FinePoints::ZERO, |sum, quantity| sum + service.points_for(*quantity));
            assert_eq!(sum.rounded(), Points(225), "{cut:?}");
        }
        assert_eq!(
            (service.points_for(225).to_string(), service.points_for(400).to_string()),
            ("1.125".into(), "2".into())
        );
        assert_eq!(service.points_for(225) + -service.points_for(225), FinePoints::ZERO);
        assert_eq!(service.words(), "每 2 小时 +1 分，全年最多 15 分");
        let absent = template.iter().find(|item| item.code.as_str() == "D01").expect("absence");
        assert_eq!(absent.points_for(100), Points::whole(-2).into());
        assert_eq!(absent.words(), "每次 -2 分，全年最多 8 分");
        let solved = template.iter().find(|item| item.code.as_str() == "P13").expect("solved");
        assert_eq!(solved.words(), "每件 +3 分，全年与 P07 合计最多 9 分");
    }

    #[test]
    fn a_branch_varies_within_the_countys_bounds() {
        let county = county_template();
        let bounds = Bounds(&county);
        assert!(bounds.problems(&county).is_empty());
        let with = |change: fn(&mut Vec<Item>)| {
            let mut items = county.clone();
            change(&mut items);
            bounds.problems(&items)
        };
        assert!(with(|items| items.retain(|item| item.code.as_str() != "P10")).is_empty());
        assert_eq!(with(|items| items[1].points = Points::whole(2)).len(), 1);
        assert_eq!(with(|items| items[1].cap = None).len(), 1);
        assert_eq!(with(|items| items[14].points = Points::whole(-3)).len(), 1);
        assert_eq!(with(|items| items[0].points = Points::whole(70)).len(), 1);
        assert_eq!(with(|items| drop(items.remove(0))).len(), 1);
        assert_eq!(with(|items| items.push(items[1].clone())).len(), 1);
        let own =
            |code: &str| Item {
                code: code.parse().expect("a code"), title: "护苗行动".into(), ..county[1].clone()
            };
        let adds = |item: Item| bounds.problems(&[county.clone(), vec![item]].concat()).len();
        assert_eq!((adds(own("X01")), adds(own("X06")), adds(own("P40"))), (1, 1, 1), "its cap of 8 is too high");
        let fits = Item { cap: Some(Points::whole(6)), ..own("X01") };
        assert_eq!(adds(fits.clone()), 0);
        assert_eq!(adds(Item { title: "每天打卡".into(), ..fits.clone() }), 1);
        assert_eq!(adds(Item { title: "读书分享会、帮老人安装扶手".into(), ..fits }), 0);
        assert_eq!(with(|items| items[5].title = "每天打卡".into()).len(), 1);
        let harsher = with(|items| items[14].points = Points::whole(-3));
        assert_eq!(harsher[0].to_string(), "D01 的分值应在 -2 到 0 分之间（县里规定的范围，扣分写负数）");
        let dearer = with(|items| items[1].points = Points::whole(2));
        assert_eq!(dearer[0].to_string(), "P02 的分值应在 0 到 1 分之间（县里规定的范围）");
    }
}
