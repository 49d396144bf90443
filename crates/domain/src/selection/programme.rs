//! The programme's own text as a first parameter document; a county edits it for its next season.

use crate::money::Fen;

use super::{
    parameters::{MonthDay, Parameters, Part, ScoreItem, VetoItem},
    quota::QuotaPolicy,
};

/// Code, part, name, points and evidence of each item (`domain.md` §6, derived from 项目实施成效).
const ITEMS: &[(&str, Part, &str, i64, &str)] = &[
    (
        "A1",
        Part::Organisation,
        "支部成立，“支部—楼栋长—党员中心户”架构完整、职责明确",
        8,
        "楼栋长、中心户齐备的楼栋占比 6 分，职责上墙 2 分",
    ),
    ("A2", Part::Organisation, "党员底数清，在职、非在职、流动党员名册及时更新", 5, "已核实党员占已知党员的比例"),
    (
        "A3",
        Part::Organisation,
        "领导业主委员会、支持监督物业服务企业",
        8,
        "重大事项先议 3 分，交叉任职 2 分，年度评议 3 分",
    ),
    ("A4", Part::Organisation, "常态化组织党员、居民开展活动", 6, "全年不少于 12 次得满分，不足按比例计"),
    ("A5", Part::Organisation, "党员队伍作用发挥好，为居民解决实际问题", 6, "党员牵头办结的事项，12 件得满分"),
    ("A6", Part::Organisation, "物业服务管理规范", 4, "收费、职责、台账公开，投诉处理及时"),
    ("A7", Part::Organisation, "形成一个及以上小区党建服务品牌", 3, "有名称、有内容、有推广"),
    ("B1", Part::Mechanism, "有效调动居民参与自治的主动性", 6, "居民参与议事和活动的比例"),
    ("B2", Part::Mechanism, "融入街道、社区区域化党建，与结对共建单位良性互动", 6, "结对单位及每年不少于 2 项共建事项"),
    ("B3", Part::Mechanism, "民意表达渠道畅通", 6, "服务窗口、红色议事厅、业主群各 2 分"),
    ("B4", Part::Mechanism, "社情民意收集、反映、解决、反馈机制健全", 8, "按时办结 4 分，回访 4 分"),
    ("B5", Part::Mechanism, "三方议事制度落实", 4, "全年有记录的议事不少于 4 次"),
    ("C1", Part::Results, "业主对支部、业委会、物业服务企业的满意度", 10, "支部 4 分，业委会 3 分，物业 3 分"),
    ("C2", Part::Results, "矛盾纠纷处理有效", 6, "受理办结率，无重复上行"),
    ("C3", Part::Results, "小区环境干净卫生", 5, "实地查看"),
    ("C4", Part::Results, "邻里和谐", 4, "邻里活动、调解情况"),
    ("C5", Part::Results, "治安较好", 5, "政法委、派出所意见"),
];

const VETOES: &[(&str, &str)] = &[
    ("V1", "申报材料弄虚作假"),
    ("V2", "未建立党支部，或逾期未换届且未经批准"),
    ("V3", "支部书记或委员有查实的严重违纪违法问题"),
    ("V4", "涉黑涉恶问题与支部或业委会有关"),
    ("V5", "发生负有责任的较大以上安全事故"),
    ("V6", "因履职不力引发查实的群体性或越级上访事件"),
    ("V7", "违规使用维修资金、公共收益或本项补助"),
    ("V8", "班子成员放任严重违法搭建"),
    ("V9", "为评选向居民收取费用"),
    ("V10", "支部班子人选未经联审或带病任职"),
];

const MATERIALS: &[&str] =
    &["申报表填写完整", "自评得分有依据", "否决情形承诺齐全", "主要做法与成效属实", "支部党员大会讨论通过"];

const PANEL_UNITS: &[&str] =
    &["县委组织部", "县纪委监委", "县委政法委", "县委宣传部", "县住房和城乡建设局", "县城市管理局"];

const CONSULTED: &[&str] = &[
    "县委书记",
    "县委副书记、县长",
    "县委专职副书记",
    "县纪委书记、县监委主任（县纪委监委）",
    "县委组织部部长（县委组织部）",
    "县委宣传部部长（县委宣传部）",
    "县委政法委书记（县委政法委）",
    "常务副县长（县人民政府）",
];

/// The parameters that the programme's text gives for `year`; the legal basis is the county's to fill in.
#[must_use]
pub fn programme(year: i16) -> Parameters {
    let item = |&(code, part, name, points, evidence): &(&str, Part, &str, i64, &str)| ScoreItem {
        code: code.to_owned(),
        part,
        name: name.to_owned(),
        most: points * 100,
        evidence: evidence.to_owned(),
    };
    let veto = |&(code, name): &(&str, &str)| VetoItem { code: code.to_owned(), name: name.to_owned() };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Parameters {
        year,
        seats: 20,
        ratio_percent: 20,
        quota_policy: QuotaPolicy::LargestRemainder,
        opens_on: MonthDay { month: 11, day: 1 },
        recommend_until: MonthDay { month: 12, day: 30 },
        preliminary_until: MonthDay { month: 1, day: 10 },
        community_days: 5,
        notice_days: 5,
        consultation_days: 3,
        acknowledge_days: 1,
        verify_days: 15,
        assessors: 2,
        divergence: 1_000,
        substitution_before_decision: false,
        award: Fen(500_000),
        budget: Fen(30_000_000),
        items: ITEMS.iter().map(item).collect(),
        vetoes: VETOES.iter().map(veto).collect(),
        materials: texts(MATERIALS),
        panel_units: texts(PANEL_UNITS),
        consulted: texts(CONSULTED),
        legal_basis: None,
    }
}
