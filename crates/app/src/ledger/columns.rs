//! The four sheets of the county's workbook and their columns: one list for reading, template and export.

use office::{
    sheet::{ColumnKind, SheetColumn},
    table::ColumnSpec,
};

/// A sheet of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerSheet {
    /// 小区台账: one row a branch.
    Branches,
    /// 楼栋: one row a building.
    Buildings,
    /// 支部班子: one row a post.
    Committee,
    /// 党员名册: one row a member.
    Members,
}

/// A column of a sheet: how it is found, and how it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct LedgerColumn {
    pub spec: ColumnSpec,
    width: f64,
    kind: ColumnKind,
}

impl LedgerColumn {
    /// The column as it is written.
    pub fn written(&self) -> SheetColumn {
        SheetColumn::new(self.spec.label(), self.width, self.kind)
    }
}

const fn must(key: &'static str, labels: &'static [&'static str], width: f64, kind: ColumnKind) -> LedgerColumn {
    LedgerColumn { spec: ColumnSpec::required(key, labels), width, kind }
}

const fn may(key: &'static str, labels: &'static [&'static str], width: f64, kind: ColumnKind) -> LedgerColumn {
    LedgerColumn { spec: ColumnSpec::optional(key, labels), width, kind }
}

use ColumnKind::{Centred, Count, Date, Decimal, Text};

const BRANCH_LABELS: &[&str] = &["小区党支部名称", "小区党支部", "党支部名称", "支部名称", "所在党支部", "所属党支部"];

const BRANCHES: &[LedgerColumn] = &[
    may("number", &["序号"], 6.0, Count),
    may("street", &["街道", "乡镇", "街道(乡镇)", "所属街道", "乡镇(街道)"], 12.0, Centred),
    must("community", &["社区", "所属社区", "社区(村)"], 12.0, Centred),
    must("branch", BRANCH_LABELS, 26.0, Text),
    must("compounds", &["覆盖小区", "小区", "覆盖小区名称", "小区名称"], 24.0, Text),
    may("founded", &["成立日期", "成立时间"], 12.0, Date),
    must("kind", &["党支部类型", "支部类型", "类型"], 10.0, Centred),
    may("buildings", &["楼栋数", "楼栋"], 8.0, Count),
    may("stairwells", &["单元数", "单元"], 8.0, Count),
    may("households", &["户数", "总户数"], 8.0, Count),
    may("residents", &["居民数", "居民人数", "人口数"], 8.0, Count),
    may("owners", &["业主委员会", "业委会"], 14.0, Centred),
    may("company", &["物业服务企业", "物业公司", "物业企业"], 26.0, Text),
    may("grids", &["网格数", "网格"], 8.0, Count),
    may("venue", &["活动阵地面积（㎡）", "活动阵地面积", "阵地面积"], 12.0, Decimal),
    may("brand", &["服务品牌", "品牌"], 18.0, Text),
    may("owners_term", &["业委会届期", "届期"], 24.0, Text),
    may("owners_members", &["业委会成员数", "业委会人数"], 10.0, Count),
    may("owners_party", &["业委会党员数", "业委会中党员数"], 10.0, Count),
    may("company_terms", &["物业资质和合同期", "物业合同期", "资质和合同期"], 26.0, Text),
    may("grid_workers", &["网格员", "网格员姓名"], 18.0, Text),
];

const BUILDINGS: &[LedgerColumn] = &[
    must("branch", BRANCH_LABELS, 26.0, Text),
    may("community", &["社区", "所属社区"], 12.0, Centred),
    must("compound", &["小区", "小区名称"], 16.0, Text),
    must("building", &["楼栋", "楼栋号", "楼栋名称", "幢号", "栋号"], 10.0, Centred),
    may("stairwells", &["单元数", "单元"], 8.0, Count),
    may("households", &["户数", "总户数"], 8.0, Count),
    may("area", &["总专有面积（㎡）", "总专有面积", "专有面积"], 14.0, Decimal),
    may("steward", &["楼栋长", "楼栋长姓名"], 12.0, Centred),
    may("steward_phone", &["楼栋长电话", "楼栋长联系电话", "联系电话"], 16.0, Centred),
    may("hub", &["党员中心户", "中心户"], 12.0, Centred),
];

const COMMITTEE: &[LedgerColumn] = &[
    must("branch", BRANCH_LABELS, 26.0, Text),
    may("community", &["社区", "所属社区"], 12.0, Centred),
    must("name", &["姓名"], 10.0, Centred),
    may("gender", &["性别"], 6.0, Centred),
    may("birth", &["出生年月", "出生日期"], 10.0, Centred),
    must("post", &["党内职务", "职务"], 12.0, Centred),
    must("service", &["身份", "是否在职"], 10.0, Centred),
    may("unit", &["工作单位", "单位"], 24.0, Text),
    may("since", &["任职时间", "任职日期"], 12.0, Date),
    may("phone", &["联系电话", "电话", "手机", "手机号", "手机号码"], 16.0, Centred),
];

const MEMBERS: &[LedgerColumn] = &[
    must("branch", BRANCH_LABELS, 26.0, Text),
    may("community", &["社区", "所属社区"], 12.0, Centred),
    must("name", &["姓名"], 10.0, Centred),
    may("gender", &["性别"], 6.0, Centred),
    may("birth", &["出生年月", "出生日期"], 10.0, Centred),
    must("kind", &["党员类型", "党员类别"], 10.0, Centred),
    must("affiliation", &["组织关系", "组织关系所在"], 18.0, Centred),
    must("service", &["身份", "是否在职"], 10.0, Centred),
    may("unit_branch", &["单位党支部", "单位党组织", "所在单位党支部"], 26.0, Text),
    may("building", &["居住楼栋", "楼栋"], 10.0, Centred),
    may("speciality", &["特长"], 14.0, Text),
    may("claimed_post", &["认领岗位", "岗位"], 14.0, Text),
    may("registered", &["报到日期", "报到时间"], 12.0, Date),
    may("phone", &["联系电话", "电话", "手机", "手机号", "手机号码"], 16.0, Centred),
];

impl LedgerSheet {
    /// In the order of the workbook's tabs.
    pub const ALL: [Self; 4] = [Self::Branches, Self::Buildings, Self::Committee, Self::Members];

    /// The name on the tab.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Branches => "小区台账",
            Self::Buildings => "楼栋",
            Self::Committee => "支部班子",
            Self::Members => "党员名册",
        }
    }

    /// What one row is, for counting: 100 个支部.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Branches => "个支部",
            Self::Buildings => "栋楼",
            Self::Committee => "名班子成员",
            Self::Members => "名党员",
        }
    }

    /// The heading above the table.
    #[must_use]
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Branches => "小区党组织台账",
            Self::Buildings => "楼栋、楼栋长和党员中心户",
            Self::Committee => "小区党支部班子成员",
            Self::Members => "小区党员名册（含在职报到党员）",
        }
    }

    /// The columns, left to right.
    pub(super) const fn columns(self) -> &'static [LedgerColumn] {
        match self {
            Self::Branches => BRANCHES,
            Self::Buildings => BUILDINGS,
            Self::Committee => COMMITTEE,
            Self::Members => MEMBERS,
        }
    }

    /// The columns as the reader looks for them.
    pub(super) fn specs(self) -> Vec<ColumnSpec> {
        self.columns().iter().map(|column| column.spec).collect()
    }
}
