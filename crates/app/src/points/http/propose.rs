//! The form for entries by hand.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::MembershipId,
    permission::Deed,
    place::PlaceCode,
    points::{Category, ItemCode},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Crumb, Problems, Shell},
};

use super::{parse, parse_place, this_year};
use crate::{
    desk::Desk,
    places,
    points::{
        actions::{NewEntry, propose_by_hand},
        queries, urls,
    },
};

#[derive(Template)]
#[template(path = "points/propose.html")]
struct ProposePage {
    shell: Shell,
    problems: Problems,
    crumbs: Vec<Crumb>,
    action: String,
    items: Vec<(String, String)>,
    members: Vec<(String, String)>,
    chosen: Vec<String>,
    typed: Form,
    today: String,
}

impl ProposePage {
    fn value(&self, field: &str) -> &str {
        self.typed.value(field)
    }

    fn quantity(&self) -> &str {
        match self.typed.value("quantity") {
            "" => "1",
            typed => typed,
        }
    }

    fn occurred_on(&self) -> &str {
        match self.typed.value("occurred_on") {
            "" => &self.today,
            typed => typed,
        }
    }
}

/// The form.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    page(&propose_page(&desk, &place, Problems::default(), Form::default()).await?)
}

async fn propose_page(desk: &Desk, place: &PlaceCode, problems: Problems, typed: Form) -> Result<ProposePage, Stop> {
    desk.op.permit(Deed::ProposePoints, place)?;
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let here = places::branch(db, place).await?.ok_or(Stop::Missing)?;
    let catalogues = queries::Catalogues::of_branch(db, place).await?;
    let items = catalogues.on(today).map(|row| row.items.0.clone()).unwrap_or_default();
    let members = queries::members_in_year(db, place, this_year(desk)).await?;
    Ok(ProposePage {
        shell: desk.shell(format!("{}提出计分", here.place.name)).await?,
        problems,
        crumbs: vec![Crumb { label: here.place.name, href: urls::branch(place, this_year(desk)) }],
        action: urls::of_place(urls::PROPOSE, place, this_year(desk)),
        items: items
            .iter()
            .filter(|item| item.code.category() != Category::Base)
            .map(|item| (item.code.to_string(), format!("{}：{}", item.title, item.words())))
            .collect(),
        members: members.into_iter().map(|member| (member.membership.id.0.to_string(), member.name)).collect(),
        chosen: typed.values("member").map(str::to_owned).collect(),
        today: today.to_string(),
        typed,
    })
}

/// Proposes.
pub async fn submit(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = parse_place(&place)?;
    desk.op.permit(Deed::ProposePoints, &place)?;
    let outcome = match read(&form) {
        Ok(new) => propose_by_hand(&desk.op, &place, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(count) => {
            let words = format!("已提出 {count} 笔计分，由支部另一名同志审核后生效。");
            Ok(done(&urls::branch(&place, this_year(&desk)), &words))
        }
        Err(Stop::Refused(problems)) => refused(&propose_page(&desk, &place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewEntry, Stop> {
    let members: Result<Vec<MembershipId>, Stop> = form.values("member").map(parse).collect();
    let mut reading = form.read();
    let item = reading.choice::<ItemCode>("item", "项目");
    let quantity = reading.hundredths_if_any("quantity", "数量");
    if quantity.is_none_or(|quantity| !(1..=100_000).contains(&quantity)) {
        reading.note("quantity", "“数量”应大于 0、不超过 1000，例如 1 或 3.5。");
    }
    let occurred_on = reading.date("occurred_on", "发生日期");
    let note = reading.required("note", "说明", 200);
    let document = reading.text("document", "依据文书", 80);
    let notified_on = reading.date_if_any("notified_on", "告知日期");
    reading.finish()?;
    match (item, quantity, occurred_on) {
        (Some(item), Some(quantity), Some(occurred_on)) => {
            Ok(NewEntry { members: members?, item, quantity, occurred_on, note, document, notified_on })
        }
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}
