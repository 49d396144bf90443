//! Deliberation for everybody: what is deliberated on, where it stands, what was decided; and the form to say what one thinks.
//! Nobody's name, nobody's words.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    deliberation::DeliberationState,
    ids::{DeliberationId, MilestoneId},
    money::Fen,
    place::PlaceCode,
    voice::Satisfaction,
};
use jiff::civil::Date;
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{done, refused, too_often},
    pictures::numbered,
    shell::{Crumb, PortalShell, Problems, Step},
    throttle::{ClientAddress, TooOften},
};

use super::{
    frame::{Reader, Scope, public_page},
    urls,
};
use crate::{
    branches::options,
    deliberations::{
        NAME, PublicMatter, PublicThread, TEXT, TITLE, give_rating, give_view, public_matters, public_thread,
        read_rating, read_view, steps, tone, urls as hall,
    },
    owner_votes::urls as polls,
    places,
};

#[derive(Template)]
#[template(path = "portal/deliberations/list.html")]
struct ListPage {
    shell: PortalShell,
    crumbs: Vec<Crumb>,
    scope: Scope,
    branch: String,
    matters: Vec<PublicMatter>,
}

impl ListPage {
    fn href(&self, matter: &PublicMatter) -> String {
        self.scope.at(&hall::of_thread(hall::PUBLIC, matter.id))
    }

    fn tone(&self, matter: &PublicMatter) -> &'static str {
        tone(matter.state)
    }
}

/// The matters of a branch that were taken up.
pub async fn list(reader: Reader, Path(branch): Path<String>) -> Result<Response, Stop> {
    let branch: PlaceCode = branch.parse().map_err(|_| Stop::Missing)?;
    let found = places::branch(reader.op.reader(), &branch).await?.ok_or(Stop::Missing)?;
    public_page(&ListPage {
        shell: reader.shell("红色议事厅"),
        crumbs: vec![Crumb { label: found.place.name.clone(), href: reader.scope.at(&urls::branch(&branch)) }],
        matters: public_matters(&reader.op, &branch).await?,
        scope: reader.scope.clone(),
        branch: found.place.name,
    })
}

#[derive(Template)]
#[template(path = "portal/deliberations/show.html")]
struct ThreadPage {
    shell: PortalShell,
    scope: Scope,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    thread: PublicThread,
    steps: Vec<Step>,
    /// The public page of the owners' vote.
    poll: Option<String>,
}

impl ThreadPage {
    fn tone(&self) -> &'static str {
        tone(self.thread.matter.state)
    }

    fn rated_until(&self) -> String {
        self.thread.line.row.rates_until.map(|day| chinese_date(day.0)).unwrap_or_default()
    }

    fn satisfactions(&self) -> Vec<(String, String)> {
        options!(Satisfaction)
    }

    fn rating_at(&self) -> String {
        self.scope.at(&hall::of_thread(hall::PUBLIC_RATING, self.thread.matter.id))
    }

    /// Where the account of the money is, when that is an address and not a place.
    fn accounts_href(&self) -> Option<&str> {
        let accounts = self.thread.line.row.accounts.as_str();
        ["https://", "http://"].iter().any(|scheme| accounts.starts_with(scheme)).then_some(accounts)
    }

    fn photos(&self, milestone: &MilestoneId) -> Vec<(String, String)> {
        let own = self.thread.photos.iter().filter(|photo| photo.milestone_id.0 == *milestone);
        numbered(own.map(|photo| hall::public_photo(photo.id.0)))
    }

    fn until(&self) -> String {
        self.thread.line.row.collects_until.map(|day| chinese_date(day.0)).unwrap_or_default()
    }

    fn is_ended(&self) -> bool {
        self.thread.matter.state == DeliberationState::Ended
    }

    fn is_announced(&self) -> bool {
        self.thread.matter.state == DeliberationState::Announced
    }

    fn is_published(&self) -> bool {
        self.thread.matter.state.is_published()
    }

    fn day_of(&self, day: &Date) -> String {
        chinese_date(*day)
    }

    fn amount(&self, amount: &Option<platform::db::column::Int<Fen>>) -> String {
        amount.map(|amount| amount.0.to_string()).unwrap_or_else(|| "—".to_owned())
    }

    // R-PRI-01: told before anything is collected.
    /// What the name is for, who sees it, and whom to ask.
    fn privacy(&self) -> String {
        format!(
            "称呼可以不填。填写的，只有{}为了核实和回复能查看，加密保存，每次查看都有记录，业委会、物业和上级都看不到，议题办结一年后删除。意见的内容只在内部看，这里只公布条数。要查询的，请到支部当面提出；不想留姓名的，请不要填。",
            self.thread.line.place
        )
    }

    const fn most(&self) -> (usize, usize, usize) {
        (NAME, TEXT, TITLE)
    }
}

async fn thread_page(reader: &Reader, id: DeliberationId, form: Form, problems: Problems) -> Result<ThreadPage, Stop> {
    let thread = public_thread(&reader.op, id).await?;
    let row = &thread.line.row;
    Ok(ThreadPage {
        shell: reader.shell(row.title.clone()),
        scope: reader.scope.clone(),
        crumbs: vec![Crumb {
            label: "红色议事厅".to_owned(), href: reader.scope.at(&hall::public_at(&row.place.0))
        }],
        problems,
        form,
        steps: steps(&row.thread(), reader.op.now()),
        poll: thread.poll.map(|poll| reader.scope.at(&polls::of_poll(polls::PUBLIC, poll))),
        thread,
    })
}

fn id_of(typed: &str) -> Result<DeliberationId, Stop> {
    typed.parse().map_err(|_| Stop::Missing)
}

/// One of them.
pub async fn show(reader: Reader, Path(id): Path<String>) -> Result<Response, Stop> {
    public_page(&thread_page(&reader, id_of(&id)?, Form::default(), Problems::default()).await?)
}

/// Takes in what somebody thinks.
pub async fn give(reader: Reader, client: ClientAddress, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let given = match read_view(&form) {
        Ok(new) => {
            // Counted only now: mending what one typed is no further view.
            if let Err(wait) = reader.op.floor.throttles.objections.take(client) {
                return wait_a_while(&reader, id, form, wait).await;
            }
            give_view(&reader.op, id, new).await
        }
        Err(stop) => Err(stop),
    };
    answered(&reader, id, form, given, "您的意见已收到，支部会在议事前汇总。谢谢您。").await
}

/// Takes in what somebody says of what was done.
pub async fn rate(reader: Reader, client: ClientAddress, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = id_of(&id)?;
    let given = match read_rating(&form) {
        Ok(new) => {
            if let Err(wait) = reader.op.floor.throttles.objections.take(client) {
                return wait_a_while(&reader, id, form, wait).await;
            }
            give_rating(&reader.op, id, new).await
        }
        Err(stop) => Err(stop),
    };
    answered(&reader, id, form, given, "您的评价已收到，谢谢您。").await
}

async fn wait_a_while(reader: &Reader, id: DeliberationId, form: Form, wait: TooOften) -> Result<Response, Stop> {
    let problems = Problems(vec![Problem::whole(format!("{wait}。"))]);
    too_often(&thread_page(reader, id, form, problems).await?, wait)
}

async fn answered(
    reader: &Reader,
    id: DeliberationId,
    form: Form,
    given: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match given {
        Ok(()) => Ok(done(&reader.scope.at(&hall::of_thread(hall::PUBLIC, id)), words)),
        Err(Stop::Refused(problems)) => refused(&thread_page(reader, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
