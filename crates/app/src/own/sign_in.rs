//! Coming in: a one-time code by telephone, or a link that the branch hands out.

use domain::{
    clock::Instant,
    ids::{AccountId, MembershipId, OfficeId},
    members::MemberState,
    permission::Deed,
    selection::query_code::QueryCode,
    sign_in::{CODE_MINUTES, CODE_TRIES, CodeRefusal, LINK_DAYS, check_code_request, one_time_code},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
    sender::Sender,
};
use serde_json::json;

use super::store::{self, LinkKind, link};
use crate::{
    identity,
    people::{self, Membership, Person},
    places,
};

/// Where somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrance {
    /// The account.
    pub account: AccountId,
    /// The office of the member.
    pub office: OfficeId,
}

/// The confirmed member called `name` with this number, with the line of the roll.
async fn member(op: &Op, name: &str, phone: &str) -> Result<Option<(Membership, Person)>, Stop> {
    let index = op.floor.keys.index(phone);
    let mut lines = people::lines_of_phone(op.reader(), name, &index).await?;
    lines.retain(|(line, _)| line.state.0 == MemberState::Confirmed);
    // Where two people share name and number, nobody is let in as the other; the branch hands out a link.
    let is_one = lines.windows(2).all(|pair| matches!(pair, [one, two] if one.1.id == two.1.id));
    Ok(lines.into_iter().next().filter(|_| is_one))
}

/// Sends a code to the member called `name` with this number. Answers with what the page may show; nobody learns whether there
/// is such a member: the pace is that of the question, and what goes wrong on the way to a telephone is not told.
///
/// # Errors
/// Refusals when codes are asked for too often, or none can be sent to anybody.
pub async fn request_code(op: &Op, name: &str, phone: &str) -> Result<Option<String>, Stop> {
    let sender = Sender::of(&op.floor);
    if sender == Sender::Nowhere {
        return sender.send("", "").await.map(|_| None);
    }
    if !op.floor.throttles.codes.take(op.floor.keys.index(&format!("code for:{name}:{phone}")), op.now()) {
        return Err(CodeRefusal::TooOften).or_refuse();
    }
    let Some((line, person)) = member(op, name, phone).await? else { return Ok(None) };
    let mut act = op.act().await?;
    let now = act.now();
    let sent: Vec<Instant> = store::links_since(act.db(), person.id.0, Instant::start_of(now.date()))
        .await?
        .into_iter()
        .filter(|row| row.kind.0 == LinkKind::Code)
        .map(|row| row.made_at.0)
        .collect();
    // The pace forgets at a restart and counts no days; what was sent does not. The page says the same as always.
    if check_code_request(&sent, now).is_err() {
        return Ok(None);
    }
    let code = one_time_code(act.random());
    let hash = code_hash(&act, &person, &code);
    keep(&mut act, LinkKind::Code, &line, &person, hash, now.plus_minutes(CODE_MINUTES)).await?;
    act.commit().await?;
    let text = format!("验证码 {code}，{CODE_MINUTES} 分钟内有效，用于登录红旗小区党员页面。请勿告诉他人。");
    if sender == Sender::Screen {
        return Ok(Some(text));
    }
    // Nobody waits for the provider: how long it takes would tell that there is such a member. It is logged when it fails.
    let phone = phone.to_owned();
    tokio::spawn(async move { sender.send(&phone, &text).await.map(drop) });
    Ok(None)
}

fn code_hash(act: &Act<'_>, person: &Person, code: &str) -> String {
    act.floor().keys.index(&format!("code:{}:{code}", person.id.0))
}

async fn keep(
    act: &mut Act<'_>,
    kind: LinkKind,
    line: &Membership,
    person: &Person,
    hash: String,
    expires_at: Instant,
) -> Result<(), Stop> {
    let row = link::Model {
        id: Text(act.new_id()),
        kind: Text(kind),
        person_id: person.id,
        membership_id: Some(line.id),
        hash,
        made_at: Int(act.now()),
        expires_at: Int(expires_at),
        tries: 0,
        used_at: None,
    };
    let deed = if kind == LinkKind::Code { Deed::SignIn } else { Deed::HandOutLink };
    let subject = Subject::new("membership", line.id.0, &line.branch.0);
    act.record(deed, &subject, json!({ "kind": kind })).await?;
    store::insert_link(act.db(), row).await
}

/// Comes in with the newest code that was sent.
///
/// # Errors
/// [`CodeRefusal::WrongCode`] for whatever does not fit; wrong guesses are counted and recorded.
pub async fn enter_with_code(op: &Op, name: &str, phone: &str, code: &str) -> Result<Entrance, Stop> {
    let Some((line, person)) = member(op, name, phone).await? else {
        return Err(CodeRefusal::WrongCode).or_refuse();
    };
    let mut act = op.act().await?;
    let now = act.now();
    let since = now.plus_minutes(-2 * CODE_MINUTES);
    let rows = store::links_since(act.db(), person.id.0, since).await?;
    let row = rows.into_iter().find(|row| row.kind.0 == LinkKind::Code);
    let row = row.filter(|row| row.used_at.is_none() && row.expires_at.0 > now && row.tries < CODE_TRIES);
    let row = row.filter(|row| row.membership_id == Some(line.id));
    let Some(row) = row else { return Err(CodeRefusal::WrongCode).or_refuse() };
    if row.hash != code_hash(&act, &person, code) {
        store::save_link(act.db(), link::Model { tries: row.tries + 1, ..row }).await?;
        let subject = Subject::new("membership", line.id.0, &line.branch.0);
        act.record(Deed::SignIn, &subject, json!({ "succeeded": false })).await?;
        act.commit().await?;
        return Err(CodeRefusal::WrongCode).or_refuse();
    }
    enter(act, row, line, person).await
}

/// The member is seated and the code or link used up, in one deed.
async fn enter(mut act: Act<'_>, row: link::Model, line: Membership, person: Person) -> Result<Entrance, Stop> {
    let now = act.now();
    store::save_link(act.db(), link::Model { used_at: Some(Int(now)), ..row }).await?;
    let branch = places::place(act.db(), &line.branch.0).await?.ok_or(Stop::Missing)?;
    let known = person.account_id.map(|Text(account)| account);
    let (account, office) = identity::seat_member(&mut act, known, &person.name, &line.branch.0, &branch.name).await?;
    if known != Some(account) {
        people::note_account(&act, person, account).await?;
    }
    act.commit().await?;
    Ok(Entrance { account, office })
}

/// Hands a one-time link out to a member, who has no number or no code. Answers with its token, which is shown once.
///
/// # Errors
/// Refusals for who is not confirmed; [`Stop::Missing`] out of reach.
pub async fn hand_out_link(op: &Op, id: MembershipId) -> Result<QueryCode, Stop> {
    let mut act = op.act().await?;
    let (line, person) = people::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::HandOutLink, &line.branch.0)?;
    if line.state.0 != MemberState::Confirmed {
        return Err(Stop::refused("报到还没有确认或已经结束，不能发放登录链接。"));
    }
    let token = QueryCode::from_random(act.random());
    let hash = act.floor().keys.index(token.letters());
    let expires_at = act.now().plus_days(LINK_DAYS);
    keep(&mut act, LinkKind::Link, &line, &person, hash, expires_at).await?;
    act.commit().await?;
    Ok(token)
}

/// Comes in with a link.
///
/// # Errors
/// [`CodeRefusal::UsedLink`] for whatever does not fit.
pub async fn enter_with_link(op: &Op, token: &str) -> Result<Entrance, Stop> {
    let Ok(token) = token.parse::<QueryCode>() else { return Err(CodeRefusal::UsedLink).or_refuse() };
    let act = op.act().await?;
    let row = store::link_by_hash(act.db(), &act.floor().keys.index(token.letters())).await?;
    let row = row.filter(|row| row.used_at.is_none() && row.expires_at.0 > act.now());
    let Some(row) = row else { return Err(CodeRefusal::UsedLink).or_refuse() };
    let lines = people::lines_of_person(act.db(), row.person_id.0).await?;
    // A link ends with the line it was handed out for: the next branch hands out its own.
    let own = lines
        .into_iter()
        .find(|(line, _)| line.state.0 == MemberState::Confirmed && row.membership_id == Some(line.id));
    let Some((line, person)) = own else { return Err(CodeRefusal::UsedLink).or_refuse() };
    enter(act, row, line, person).await
}
