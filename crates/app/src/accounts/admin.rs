//! Accounts and offices, for the administrator.

use ::office::sheet::{SheetColumn, SheetTable};
use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::{AccountId, OfficeId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page, refused, workbook},
    shell::{Pager, Problems, Shell},
};

use super::urls;
use crate::{
    desk::Desk,
    identity::{self, Account, Holding, NewAccount, NewOffice, Unseated},
    places::{self, Place},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORTED: u64 = 50_000;

#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    shell: Shell,
    holdings: Vec<Holding>,
    /// On the first page, those that wait for an office.
    unseated: Vec<Unseated>,
    today: Date,
    pager: Pager,
    asked: String,
    can_create: bool,
}

impl ListPage {
    fn account(&self, id: &AccountId) -> String {
        urls::account(*id)
    }

    fn export(&self) -> String {
        Query::at(urls::EXPORT).with("q", &self.asked).address()
    }

    fn new_account(&self) -> &'static str {
        urls::NEW_ACCOUNT
    }
}

/// Offices in reach with their holders.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewAccounts, &place)?;
    let asked = query.value("q").trim().to_owned();
    let offset = query.value("from").parse().unwrap_or(0);
    let (holdings, total) = identity::holdings(&desk.op, &place, &asked, offset, PAGE).await?;
    let unseated = if offset == 0 { identity::unseated(&desk.op, &place, &asked, PAGE).await? } else { Vec::new() };
    let pager = Pager::of(offset, PAGE, total, |row| {
        Query::at(urls::ACCOUNTS).with("q", &asked).with("from", &row.to_string()).address()
    });
    let can_create = desk.op.can(Deed::CreateAccount, &place);
    let today = desk.op.now().date();
    page(&ListPage { shell: desk.shell("账号与身份").await?, holdings, unseated, today, pager, asked, can_create })
}

/// The same as an Excel table, without telephone numbers.
pub async fn export(op: Op, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = op.actor.officer()?.office.place.clone();
    op.permit(Deed::ViewAccounts, &place)?;
    let (holdings, _) = identity::holdings(&op, &place, query.value("q").trim(), 0, EXPORTED).await?;
    let today = op.now().date();
    let names = places::names(op.reader(), holdings.iter().map(|holding| holding.place.clone()).collect()).await?;
    let row = |holding: Holding| {
        let state = if holding.is_in_term(&today) { "在任" } else { "已终止或不在任期" };
        vec![
            holding.name.clone().into(),
            holding.login.clone().into(),
            holding.title.clone().into(),
            holding.kind.label().into(),
            names.get(holding.place.as_str()).cloned().unwrap_or_default().into(),
            holding.place.to_string().into(),
            holding.term().into(),
            state.into(),
        ]
    };
    let table = SheetTable {
        name: "账号与身份".to_owned(),
        title: Some("账号与身份".to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("登录名", 16.0),
            SheetColumn::text("身份", 34.0),
            SheetColumn::text("身份类别", 18.0),
            SheetColumn::text("地点", 24.0),
            SheetColumn::text("地点代码", 20.0),
            SheetColumn::text("任期", 36.0),
            SheetColumn::text("状态", 18.0),
        ],
        rows: holdings.into_iter().map(row).collect(),
        totals: None,
    };
    workbook("账号与身份", &[table])
}

#[derive(Template)]
#[template(path = "accounts/new.html")]
struct NewPage {
    shell: Shell,
    problems: Problems,
    form: Form,
}

/// The form for a new account.
pub async fn show_new(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::CreateAccount, &desk.officer.office.place)?;
    page(&NewPage { shell: desk.shell("新建账号").await?, problems: Problems::default(), form: Form::default() })
}

/// Opens an account; its password must be changed at the first sign-in.
pub async fn create(desk: Desk, form: Form) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::CreateAccount, &place)?;
    let mut reading = form.read();
    let new = NewAccount {
        login: reading.required("login", "登录名", 40),
        name: reading.required("name", "姓名", 40),
        phone: reading.text("phone", "手机号", 20),
        password: form.value("new_password").to_owned(),
        is_lasting: false,
    };
    let created = match reading.finish() {
        Ok(()) => identity::create_account(&desk.op, &place, new).await,
        Err(stop) => Err(stop),
    };
    match created {
        Ok(id) => Ok(done(&urls::account(id), "账号已建好，请为其授予身份，并把初始密码当面告知本人。")),
        Err(Stop::Refused(problems)) => {
            refused(&NewPage { shell: desk.shell("新建账号").await?, problems: Problems(problems), form })
        }
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "accounts/show.html")]
struct AccountPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    account: Account,
    today: Date,
    can_change: bool,
    places: Vec<Place>,
}

impl AccountPage {
    /// The name of the place of an office.
    fn place(&self, code: &PlaceCode) -> String {
        let place = self.places.iter().find(|place| place.code.0 == *code);
        place.map_or_else(|| code.to_string(), |place| places::common_name(&place.name))
    }

    /// Where an office may sit.
    fn seats(&self) -> Vec<String> {
        self.places.iter().filter(|place| place.is_active).map(places::offered).collect()
    }

    fn kinds(&self) -> Vec<(String, String)> {
        OfficeKind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect()
    }

    fn end(&self, id: &OfficeId) -> String {
        urls::end(*id)
    }

    fn grant(&self) -> String {
        urls::grant(self.account.id)
    }

    fn reset(&self) -> String {
        urls::reset_password(self.account.id)
    }
}

async fn account_page(desk: &Desk, id: AccountId, form: Form, problems: Problems) -> Result<AccountPage, Stop> {
    let account = identity::account(&desk.op, id).await?;
    desk.op.permit(Deed::ViewAccounts, &account.home)?;
    let can_change = desk.op.can(Deed::GrantOffice, &account.home);
    let places = places::every_place_under(desk.op.reader(), &desk.officer.office.place).await?;
    let (shell, today) = (desk.shell(account.name.clone()).await?, desk.op.now().date());
    Ok(AccountPage { shell, problems, form, account, today, can_change, places })
}

fn account_id(text: &str) -> Result<AccountId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// One account with its offices.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&account_page(&desk, account_id(&id)?, Form::default(), Problems::default()).await?)
}

/// Gives an account a first password anew.
pub async fn reset_password(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = account_id(&id)?;
    match identity::reset_password(&desk.op, id, form.value("new_password").to_owned()).await {
        Ok(()) => Ok(done(&urls::account(id), "密码已重置，原有登录已失效；本人下次登录时必须修改。")),
        Err(Stop::Refused(problems)) => refused(&account_page(&desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// Gives an account an office.
pub async fn grant(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = account_id(&id)?;
    let home = identity::account(&desk.op, id).await?.home;
    desk.op.permit(Deed::GrantOffice, &home)?;
    let granted = match read_office(&desk, id, &form).await {
        Ok(office) => identity::grant_office(&desk.op, office).await,
        Err(stop) => Err(stop),
    };
    match granted {
        Ok(_) => Ok(done(&urls::account(id), "身份已授予，对方刷新页面即可使用。")),
        Err(Stop::Refused(problems)) => refused(&account_page(&desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// An office sits at a place that there is, at the level of its kind.
async fn read_office(desk: &Desk, account: AccountId, form: &Form) -> Result<NewOffice, Stop> {
    let mut reading = form.read();
    let kind = reading.choice::<OfficeKind>("kind", "身份类别");
    let place = reading.required("place", "地点", 80);
    let organ = reading.required("organ", "所在组织", 60);
    let title = reading.required("title", "身份名称", 60);
    let starts_on = reading.date("starts_on", "任期开始");
    let ends_on = reading.date("ends_on", "任期结束");
    let (kind, (starts_on, ends_on)) = reading.finish_with(kind.zip(starts_on.zip(ends_on)))?;
    let mut places = places::every_place_under(desk.op.reader(), &desk.officer.office.place).await?;
    places.retain(|place| place.is_active);
    let place = places::place_meant(&places, Some(kind.level()), &place)?;
    Ok(NewOffice { account, kind, organ, title, place, starts_on, ends_on })
}

/// Ends an office now.
pub async fn end(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: OfficeId = id.parse().map_err(|_| Stop::Missing)?;
    let account = identity::end_office(&desk.op, id).await?;
    Ok(done(&urls::account(account), "身份已终止，立即失效。"))
}
