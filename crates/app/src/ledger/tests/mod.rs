//! Table tests of reading and planning, without a database: what was planned is applied to the present in memory.

mod corrections;
mod errors;
mod whole;

use domain::{
    ids::{BuildingId, PersonId},
    place::PlaceCode,
};
use jiff::civil::{Date, date};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};
use platform::{db::column::Text, keys::Keys};
use uuid::Uuid;

use super::{
    plan::{Grounds, Plan, plan},
    present::Present,
    read,
};
use crate::places::Place;

const TODAY: Date = date(2022, 12, 20);

/// The county with two streets and three communities, and nothing in them.
pub fn empty_county() -> Present {
    let places = [
        ("530427", "新平彝族傣族自治县"),
        ("530427001", "桂山街道"),
        ("530427001001", "五桂社区"),
        ("530427001002", "凤凰社区"),
        ("530427002", "古城街道"),
        ("530427002001", "锦秀社区"),
    ];
    let place = |(code, name): (&str, &str)| {
        let code: PlaceCode = code.parse().expect("a code");
        Place { level: Text(code.level()), code: Text(code), name: name.to_owned(), is_active: true, version: 0 }
    };
    Present {
        units: Vec::new(),
        county: "530427".parse().expect("a code"),
        places: places.into_iter().map(place).collect(),
        branches: Vec::new(),
        compounds: Vec::new(),
        buildings: Vec::new(),
        persons: std::collections::HashMap::new(),
        posts: Vec::new(),
        memberships: Vec::new(),
        elsewhere: std::collections::HashSet::new(),
    }
}

pub fn keys() -> Keys {
    Keys::load(&"07".repeat(32), std::path::Path::new("")).expect("keys")
}

pub fn planned(present: &Present, bytes: &[u8]) -> Plan {
    let ledger = read::read(bytes).expect("a workbook");
    let grounds = Grounds { ledger: &ledger, present, keys: &keys(), today: TODAY };
    plan(&grounds, &mut Uuid::now_v7)
}

/// The present as it is after the plan was carried out.
pub fn carried_out(present: &Present, plan: Plan) -> Present {
    let keys = keys();
    let mut after = present.clone();
    for (place, branch) in plan.places.added_branches {
        after.places.push(place);
        after.branches.push(branch);
    }
    after.places.sort_by(|one, two| one.code.cmp(&two.code));
    after.branches.sort_by(|one, two| one.place.cmp(&two.place));
    for row in plan.places.changed_branches {
        replace(&mut after.branches, row, |row| row.place.clone());
    }
    after.compounds.extend(plan.places.added_compounds);
    for row in plan.places.changed_compounds {
        replace(&mut after.compounds, row, |row| row.id);
    }
    after.compounds.retain(|row| !plan.places.dropped_compounds.contains(&row.id.0));
    after.compounds.sort_by_key(|row| (row.branch.clone(), row.position));
    after.buildings.extend(plan.places.added_buildings);
    for row in plan.places.changed_buildings {
        replace(&mut after.buildings, row, |row| row.id);
    }
    for building in &mut after.buildings {
        let id: BuildingId = building.id.0;
        if let Some(phone) = plan.steward_phones.get(&id) {
            building.steward_phone_sealed = Some(keys.seal(phone).expect("sealed"));
        }
    }
    for row in plan.people.added_persons.into_iter().chain(plan.people.changed_persons) {
        after.persons.insert(row.id.0, row);
    }
    for (id, phone) in &plan.phones {
        let person: Option<&mut crate::people::Person> = after.persons.get_mut::<PersonId>(id);
        person.expect("a person").phone_sealed = Some(keys.seal(phone).expect("sealed"));
    }
    after.posts.extend(plan.people.added_posts);
    for row in plan.people.changed_posts {
        replace(&mut after.posts, row, |row| row.id);
    }
    after.memberships.extend(plan.people.added_memberships);
    for row in plan.people.changed_memberships {
        replace(&mut after.memberships, row, |row| row.id);
    }
    after
}

fn replace<T, K: PartialEq>(rows: &mut [T], row: T, key: impl Fn(&T) -> K) {
    let old = rows.iter_mut().find(|old| key(old) == key(&row)).expect("a row to be changed");
    *old = row;
}

/// Name, columns and rows of a sheet.
type SmallSheet = (&'static str, Vec<&'static str>, Vec<Vec<String>>);

/// A small workbook; cells are addressed as `("楼栋", row, "户数")`, rows counted as Excel shows them.
#[derive(Clone)]
pub struct SmallLedger {
    sheets: Vec<SmallSheet>,
}

impl SmallLedger {
    pub fn new() -> Self {
        let sheet = |name, columns: &[&'static str], rows: &[&[&str]]| {
            let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
            (name, columns.to_vec(), rows)
        };
        Self {
            sheets: vec![
                sheet(
                    "小区台账",
                    &[
                        "街道",
                        "社区",
                        "小区党支部名称",
                        "覆盖小区",
                        "成立日期",
                        "党支部类型",
                        "楼栋数",
                        "户数",
                        "服务品牌",
                        "业委会成员数",
                        "业委会党员数",
                    ],
                    &[
                        &[
                            "桂山街道",
                            "五桂社区",
                            "阳光里联合党支部",
                            "阳光里、盛世名邸",
                            "2021-09-04",
                            "联合",
                            "2",
                            "54",
                            "",
                            "",
                            "",
                        ],
                        &[
                            "古城街道",
                            "锦秀社区",
                            "桂花园党支部",
                            "桂花园",
                            "2020年3月1日",
                            "正式",
                            "1",
                            "30",
                            "“桂花红管家”",
                            "5",
                            "2",
                        ],
                    ],
                ),
                sheet(
                    "楼栋",
                    &[
                        "小区党支部名称",
                        "小区",
                        "楼栋",
                        "户数",
                        "总专有面积（㎡）",
                        "楼栋长",
                        "楼栋长电话",
                        "党员中心户",
                    ],
                    &[
                        &["阳光里联合党支部", "阳光里", "1栋", "24", "2986.2", "杨雨", "13800000001", "师兰"],
                        &["阳光里联合党支部", "盛世名邸", "1栋", "30", "3179.82", "周凤", "13800000002", ""],
                        &["桂花园党支部", "桂花园", "1栋", "30", "3000", "林辉", "13800000003", "周建"],
                    ],
                ),
                sheet(
                    "支部班子",
                    &[
                        "小区党支部名称",
                        "姓名",
                        "性别",
                        "出生年月",
                        "党内职务",
                        "身份",
                        "工作单位",
                        "任职时间",
                        "联系电话",
                    ],
                    &[
                        &[
                            "阳光里联合党支部",
                            "周强",
                            "女",
                            "1966.11",
                            "书记",
                            "非在职",
                            "",
                            "2021-01-05",
                            "13800000011",
                        ],
                        &[
                            "桂花园党支部",
                            "朱怡",
                            "男",
                            "1955.05",
                            "书记",
                            "在职",
                            "县第一中学",
                            "2021-06-18",
                            "13800000012",
                        ],
                    ],
                ),
                sheet(
                    "党员名册",
                    &[
                        "小区党支部名称",
                        "姓名",
                        "性别",
                        "出生年月",
                        "党员类型",
                        "组织关系",
                        "身份",
                        "居住楼栋",
                        "报到日期",
                        "联系电话",
                    ],
                    &[
                        &[
                            "阳光里联合党支部",
                            "周强",
                            "女",
                            "1966.11",
                            "正式党员",
                            "本支部",
                            "非在职",
                            "1栋",
                            "2021-07-25",
                            "13800000011",
                        ],
                        &[
                            "阳光里联合党支部",
                            "李明",
                            "男",
                            "1973.01",
                            "正式党员",
                            "单位支部",
                            "在职",
                            "1栋",
                            "2021-03-16",
                            "13800000021",
                        ],
                        &[
                            "阳光里联合党支部",
                            "王芳",
                            "女",
                            "1950.02",
                            "正式党员",
                            "外地（流动党员）",
                            "非在职",
                            "1栋",
                            "",
                            "",
                        ],
                    ],
                ),
            ],
        }
    }

    fn sheet(&mut self, name: &str) -> &mut SmallSheet {
        self.sheets.iter_mut().find(|sheet| sheet.0 == name).expect("a sheet")
    }

    /// The same with one cell changed.
    pub fn with(mut self, sheet: &str, row: usize, column: &str, text: &str) -> Self {
        let (_, columns, rows) = self.sheet(sheet);
        let column = columns.iter().position(|label| *label == column).expect("a column");
        rows[row - 3][column] = text.to_owned();
        self
    }

    /// The same with one more row.
    pub fn and(mut self, sheet: &str, cells: &[&str]) -> Self {
        self.sheet(sheet).2.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
        self
    }

    /// The same without a row.
    pub fn without(mut self, sheet: &str, row: usize) -> Self {
        self.sheet(sheet).2.remove(row - 3);
        self
    }

    /// The same without a column.
    pub fn without_column(mut self, sheet: &str, column: &str) -> Self {
        let (_, columns, rows) = self.sheet(sheet);
        let index = columns.iter().position(|label| *label == column).expect("a column");
        columns.remove(index);
        rows.iter_mut().for_each(|row| drop(row.remove(index)));
        self
    }

    /// The same without a sheet.
    pub fn without_sheet(mut self, sheet: &str) -> Self {
        self.sheets.retain(|(name, ..)| *name != sheet);
        self
    }

    /// The same with nothing below its headings.
    pub fn without_rows(mut self) -> Self {
        self.sheets.iter_mut().for_each(|(_, _, rows)| rows.clear());
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        let table = |(name, columns, rows): &SmallSheet| SheetTable {
            name: (*name).to_owned(),
            title: Some("小区党组织台账".to_owned()),
            note: None,
            columns: columns.iter().map(|label| SheetColumn::new(*label, 12.0, ColumnKind::Text)).collect(),
            rows: rows.iter().map(|row| row.iter().map(|cell| CellValue::from(cell.as_str())).collect()).collect(),
            totals: None,
        };
        let tables: Vec<SheetTable> = self.sheets.iter().map(table).collect();
        write_workbook(&tables).expect("a workbook")
    }
}

/// The county after the small ledger was imported.
pub fn small_county() -> Present {
    let present = empty_county();
    let plan = planned(&present, &SmallLedger::new().bytes());
    assert_eq!(plan.preview.errors, []);
    carried_out(&present, plan)
}
