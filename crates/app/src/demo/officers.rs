//! The people of the demo county and their offices.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use domain::{
    clock::Instant,
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::{Date, date};
use platform::{
    act::Op,
    actor::{Actor, Office, Officer},
    error::Stop,
    floor::Floor,
};

use crate::{
    identity::{self, NewAccount, NewOffice},
    ledger::{Attempt, import_ledger_at_once},
    people, places,
};

/// The password of every demo account.
pub const PASSWORD: &str = "hongqi2022";

const FROM: Date = date(2021, 1, 1);
const UNTIL: Date = date(2026, 12, 31);
/// The county is installed on the first working morning of 2021.
const INSTALLED: Date = date(2021, 1, 4);

const LEDGER_NAME: &str = "小区党组织台账.xlsx";

/// Sign-in name, name, kind, organ and title of the county's officers.
const COUNTY: &[(&str, &str, OfficeKind, &str, &str)] = &[
    ("zuzhibu", "李文清", OfficeKind::CountyOrgDept, "县委组织部", "县委组织部 组织科"),
    ("buzhang", "普建国", OfficeKind::CountyLeader, "县委组织部", "县委组织部 分管副部长"),
    ("zhujian", "方志远", OfficeKind::HousingBureau, "县住房和城乡建设局", "县住建局 物业科"),
    ("changwei", "刀丽萍", OfficeKind::StandingCommittee, "县委办公室", "县委常委会 会议秘书"),
    ("jiwei", "白云峰", OfficeKind::PanelUnit, "县纪委监委", "评选组 县纪委监委"),
    ("zhengfawei", "杨正明", OfficeKind::PanelUnit, "县委政法委", "评选组 县委政法委"),
    ("xuanchuanbu", "李春燕", OfficeKind::PanelUnit, "县委宣传部", "评选组 县委宣传部"),
    ("pxzhujian", "王家福", OfficeKind::PanelUnit, "县住房和城乡建设局", "评选组 县住建局"),
    ("chengguan", "赵立新", OfficeKind::PanelUnit, "县城市管理局", "评选组 县城市管理局"),
    ("pxzuzhibu", "周海燕", OfficeKind::PanelUnit, "县委组织部", "评选组 县委组织部"),
    ("hecha", "沐国强", OfficeKind::Verifier, "县委组织部", "县委组织部 干部监督科（异议核查）"),
    ("caiwu", "易秀珍", OfficeKind::FinanceOfficer, "县委组织部", "县委组织部 财务室"),
    ("shenji", "鲁志刚", OfficeKind::Auditor, "县委网信办", "安全审计员"),
    ("guanli", "孙晓东", OfficeKind::Administrator, "县委组织部", "系统管理员"),
];

/// Names of the communities' secretaries, in turn.
const COMMUNITY: [&str; 10] =
    ["段明华", "李玉珍", "杨文昌", "普秀英", "刀世荣", "王丽琼", "罗开明", "白艳芬", "方德志", "矣晓燕"];
/// Names of the streets' officers, three to a street.
const STREET: [[&str; 3]; 2] = [["张学良", "罗秀兰", "普永昌"], ["陈志刚", "李桂芳", "白学文"]];

/// Every officer of the county by kind and place, to act as them.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    officers: BTreeMap<(OfficeKind, PlaceCode), Vec<Officer>>,
}

impl Roll {
    /// How many places have officers of `kind`.
    fn places_of(&self, kind: OfficeKind) -> usize {
        self.officers.keys().filter(|(of, _)| *of == kind).count()
    }

    /// The officers of `kind` at `place`, in the order they were sworn in.
    #[must_use]
    pub fn all(&self, kind: OfficeKind, place: &PlaceCode) -> &[Officer] {
        self.officers.get(&(kind, place.clone())).map_or(&[], Vec::as_slice)
    }

    /// An operation at `at` by the `index`-th officer of `kind` at `place`.
    ///
    /// # Errors
    /// A fault when there is none.
    pub fn op(
        &self,
        floor: &Floor,
        kind: OfficeKind,
        place: &PlaceCode,
        index: usize,
        at: Instant,
    ) -> Result<Op, Stop> {
        let officer = self.all(kind, place).get(index);
        let officer =
            officer.ok_or_else(|| Stop::fault(format!("the demo has no {kind} number {index} at {place}")))?;
        Ok(Op::at(floor, Actor::Officer(officer.clone()), at))
    }
}

impl Roll {
    /// Swears in the contact of a work unit.
    ///
    /// # Errors
    /// When the sign-in name is taken.
    pub async fn add_unit_contact(&mut self, op: &Op, number: usize, unit: &PlaceCode, name: &str) -> Result<(), Stop> {
        let (login, title) = (format!("dw{number:03}"), format!("{name} 党组织联络员"));
        let kind = OfficeKind::UnitContact;
        swear_in(op, self, Newcomer { login: &login, name: "何文斌", kind, organ: name, title: &title, place: unit })
            .await
    }
}

/// The morning on which the county is installed.
pub(super) fn installed() -> Instant {
    Instant::at(INSTALLED.at(9, 0, 0, 0))
}

/// Imports the ledger and swears in the officers.
pub(super) async fn install(floor: &Floor, ledger: Bytes) -> Result<Roll, Stop> {
    let op = Op::at(floor, Actor::System, installed());
    let county = super::county()?;
    match import_ledger_at_once(&op, &county, LEDGER_NAME, ledger).await? {
        Attempt::Done(_) | Attempt::NothingNew(_) => {}
        Attempt::Wrong(errors) => return Err(Stop::fault(format!("the demo's ledger has {} errors", errors.len()))),
    }
    let mut roll = Roll::default();
    for (login, name, kind, organ, title) in COUNTY {
        swear_in(&op, &mut roll, Newcomer { login, name, kind: *kind, organ, title, place: &county }).await?;
    }
    let in_use: BTreeSet<PlaceCode> = places::branches_under(op.reader(), &county)
        .await?
        .iter()
        .flat_map(|branch| [Level::Street, Level::Community].map(|level| branch.place.code.0.at(level)))
        .flatten()
        .collect();
    for place in places::places_under(op.reader(), &county).await? {
        let code = &place.code.0;
        match code.level() {
            // Townships without a compound branch take no part (R-ORG-02).
            Level::Street if in_use.contains(code) => street(&op, &mut roll, code, &place.name).await?,
            Level::Community if in_use.contains(code) => community(&op, &mut roll, code, &place.name).await?,
            _ => {}
        }
    }
    branches(&op, &mut roll, &county).await?;
    Ok(roll)
}

/// Someone to be sworn in.
struct Newcomer<'a> {
    login: &'a str,
    name: &'a str,
    kind: OfficeKind,
    organ: &'a str,
    title: &'a str,
    place: &'a PlaceCode,
}

async fn swear_in(op: &Op, roll: &mut Roll, new: Newcomer<'_>) -> Result<(), Stop> {
    let account = NewAccount {
        login: new.login.to_owned(),
        name: new.name.to_owned(),
        phone: String::new(),
        password: PASSWORD.to_owned(),
        is_lasting: true,
    };
    let account = identity::create_account(op, new.place, account).await?;
    let (organ, title) = (new.organ.to_owned(), new.title.to_owned());
    let office = NewOffice {
        account,
        kind: new.kind,
        organ: organ.clone(),
        title: title.clone(),
        place: new.place.clone(),
        starts_on: FROM,
        ends_on: UNTIL,
    };
    let id = identity::grant_office(op, office).await?;
    let office = Office { id, kind: new.kind, organ, place: new.place.clone(), title };
    let officer = Officer { account, name: new.name.to_owned(), office };
    roll.officers.entry((new.kind, new.place.clone())).or_default().push(officer);
    Ok(())
}

/// A street has three officers, so that two can assess and the third can decide.
async fn street(op: &Op, roll: &mut Roll, place: &PlaceCode, name: &str) -> Result<(), Stop> {
    let organ = format!("{name}党工委");
    let names = STREET.get(roll.places_of(OfficeKind::StreetOfficer) % STREET.len()).copied().unwrap_or_default();
    let posts = [("1", "党工委副书记"), ("2", "组织委员"), ("3", "党建办")];
    for ((number, post), person) in posts.into_iter().zip(names) {
        let login = format!("jd{}-{number}", tail(place, 3));
        let (title, kind) = (format!("{organ} {post}"), OfficeKind::StreetOfficer);
        swear_in(op, roll, Newcomer { login: &login, name: person, kind, organ: &organ, title: &title, place }).await?;
    }
    Ok(())
}

async fn community(op: &Op, roll: &mut Roll, place: &PlaceCode, name: &str) -> Result<(), Stop> {
    let organ = format!("{}党总支", places::common_name(name));
    let (login, title) = (format!("sq{}", tail(place, 6)), format!("{organ}书记"));
    let kind = OfficeKind::CommunityOfficer;
    let name = COMMUNITY.get(roll.places_of(kind) % COMMUNITY.len()).copied().unwrap_or_default();
    swear_in(op, roll, Newcomer { login: &login, name, kind, organ: &organ, title: &title, place }).await
}

/// Secretaries and one committee member of every branch, by the ledger's names.
async fn branches(op: &Op, roll: &mut Roll, county: &PlaceCode) -> Result<(), Stop> {
    for branch in places::branches_under(op.reader(), county).await? {
        let (place, organ) = (branch.place.code.0, branch.place.name);
        let committee = people::committee_of(op.reader(), &place).await?;
        for (number, kind) in [OfficeKind::BranchSecretary, OfficeKind::BranchCommittee].into_iter().enumerate() {
            let Some((_, person)) = committee.get(number) else { continue };
            let login = format!("zb{}-{}", tail(&place, 10), number + 1);
            let title = format!("{organ} {}", kind_title(kind));
            let name = &person.name;
            swear_in(op, roll, Newcomer { login: &login, name, kind, organ: &organ, title: &title, place: &place })
                .await?;
        }
    }
    Ok(())
}

const fn kind_title(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::BranchSecretary => "书记",
        _ => "支部委员",
    }
}

/// The last `digits` digits of a code, which tell it apart within the county.
fn tail(place: &PlaceCode, digits: usize) -> &str {
    let code = place.as_str();
    code.get(code.len().saturating_sub(digits)..).unwrap_or(code)
}
