//! One owner: units, ballots, and entering one.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::{PollId, PollOwnerId},
    owners::{BallotChannel, BallotState, Choice, IdentityProof, Nature, PollState, area_words},
    permission::Deed,
};
use platform::{
    error::Stop,
    files::fetch,
    forms::Form,
    pages::{done, download, page, page_for_one, refused},
    pictures,
    shell::{Crumb, Problems, Shell},
};

use super::{at, parse};
use crate::{
    branches::options,
    desk::Desk,
    owner_votes::{
        actions::{OwnerTold, issued_mark, record_ballot, reveal_owner, strike_ballot, unit_sold, withdraw_ballot},
        queries::{BallotLine, OwnerFile, line_for, owner_file, owner_of_ballot, scan_of},
        read::{REASON, read_ballot},
        store::{code, poll::natural, register::unit},
        urls,
    },
};

#[derive(Template)]
#[template(path = "owner_votes/owner.html")]
pub(super) struct OwnerPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    file: OwnerFile,
    /// Who it is, shown once on asking.
    told: Option<OwnerTold>,
    can_record: bool,
    can_issue: bool,
    can_strike: bool,
    can_note_sale: bool,
    is_open: bool,
    today: String,
}

impl OwnerPage {
    fn url(&self, path: &str) -> String {
        urls::of_owner(path, self.file.poll.row.id.0, self.file.row.id.0)
    }

    fn of_ballot(&self, path: &str, ballot: &BallotLine) -> String {
        urls::of_ballot(path, self.file.poll.row.id.0, ballot.row.id.0)
    }

    fn area(&self, area: &i64) -> String {
        area_words(natural(*area))
    }

    fn counts(&self, unit: &unit::Model) -> bool {
        unit.usage.0.counts(self.file.poll.row.parking.0)
    }

    fn is_named(&self) -> bool {
        self.file.poll.row.nature.0 == Nature::Named
    }

    fn is_valid(&self, ballot: &BallotLine) -> bool {
        ballot.row.state.0 == BallotState::Valid
    }

    fn tone(&self, ballot: &BallotLine) -> &'static str {
        if self.is_valid(ballot) { "good" } else { "calm" }
    }

    fn says(&self, ballot: &BallotLine) -> &'static str {
        ballot.choice.map_or("不公开", |choice| choice.label())
    }

    fn recorded(&self, ballot: &BallotLine) -> String {
        format!("{} {}", ballot.row.recorded_at.0, ballot.row.signed)
    }

    fn not_open(&self) -> String {
        format!("现在是“{}”，不收票。", self.file.poll.state.label())
    }

    fn cast_on(&self, ballot: &BallotLine) -> String {
        chinese_date(ballot.row.cast_on.0)
    }

    fn sold(&self, unit: &unit::Model) -> String {
        unit.sold_on.map(|day| format!("，{}转让", chinese_date(day.0))).unwrap_or_default()
    }

    fn choices(&self) -> Vec<(String, String)> {
        options!(Choice)
    }

    fn channels(&self) -> Vec<(String, String)> {
        BallotChannel::by_hand().map(|channel| (channel.code().to_owned(), channel.label().to_owned())).collect()
    }

    /// How it may be seen who a person or a body is.
    fn proofs(&self) -> Vec<(String, String)> {
        let fitting = IdentityProof::ALL.iter().filter(|proof| proof.fits(self.file.row.kind.0));
        fitting.map(|proof| (proof.code().to_owned(), proof.label().to_owned())).collect()
    }

    fn issued_mark(&self) -> String {
        issued_mark(self.file.code.as_ref())
    }

    fn issued(&self, code: &code::row::Model) -> String {
        format!("{} {}（{}）", code.issued_at.0, code.signed, code.proof.0.label())
    }

    fn day<'a>(&'a self, field: &str) -> &'a str {
        match self.form.value(field) {
            "" => &self.today,
            typed => typed,
        }
    }

    /// Units of which it may be noted that they were sold.
    fn unsold(&self) -> Vec<(String, String)> {
        let left = self.file.units.iter().filter(|unit| unit.sold_on.is_none());
        left.map(|unit| (unit.id.0.to_string(), unit.address())).collect()
    }
}

pub(super) async fn owner_page(
    desk: &Desk,
    (id, owner): (PollId, PollOwnerId),
    form: Form,
    problems: Problems,
    told: Option<OwnerTold>,
) -> Result<OwnerPage, Stop> {
    let file = owner_file(&desk.op, id, owner).await?;
    let (state, place) = (file.poll.state, &file.poll.row.place.0);
    let is_alive = matches!(state, PollState::Announced | PollState::Open | PollState::Closed);
    let title = file.units.iter().map(unit::Model::address).collect::<Vec<_>>().join("、");
    let of_poll = |path| urls::of_poll(path, id);
    Ok(OwnerPage {
        shell: desk.shell(title).await?,
        crumbs: vec![
            Crumb { label: file.poll.row.title.clone(), href: of_poll(urls::POLL) },
            Crumb { label: "业主和选票".to_owned(), href: of_poll(urls::OWNERS) },
        ],
        problems,
        form,
        told,
        can_record: state == PollState::Open && desk.op.can(Deed::RecordBallot, place),
        can_issue: matches!(state, PollState::Announced | PollState::Open)
            && file.row.area > 0
            && !file.row.is_sold
            && file.row.ballot_id.is_none()
            && desk.op.can(Deed::IssueBallotCode, place),
        can_strike: is_alive && desk.op.can(Deed::StrikeBallot, place),
        can_note_sale: is_alive && desk.op.can(Deed::NoteSale, place),
        is_open: state == PollState::Open,
        today: desk.op.now().date().to_string(),
        file,
    })
}

/// One owner.
pub async fn show(desk: Desk, Path((id, owner)): Path<(String, String)>) -> Result<Response, Stop> {
    let ids = (parse(&id)?, parse(&owner)?);
    page_for_one(&owner_page(&desk, ids, Form::default(), Problems::default(), None).await?)
}

async fn answered(
    desk: &Desk,
    ids: (PollId, PollOwnerId),
    form: Form,
    ended: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match ended {
        Ok(()) => Ok(done(&urls::of_owner(urls::OWNER, ids.0, ids.1), words)),
        Err(Stop::Refused(problems)) => refused(&owner_page(desk, ids, form, Problems(problems), None).await?),
        Err(stop) => Err(stop),
    }
}

/// Enters a ballot.
pub async fn record(desk: Desk, Path((id, owner)): Path<(String, String)>, mut form: Form) -> Result<Response, Stop> {
    let ids = (line_for(&desk.op, parse(&id)?, Deed::RecordBallot).await?.row.id.0, parse(&owner)?);
    let scan = form.take_file("file");
    let scan = match scan {
        Some(file) => pictures::scan(file, "file").await.map(Some),
        None => Ok(None),
    };
    let ended = match (read_ballot(&form), scan) {
        (Ok(new), Ok(scan)) => record_ballot(&desk.op, ids.0, ids.1, new, scan).await,
        (Err(stop), _) | (_, Err(stop)) => Err(stop),
    };
    let words = match ended {
        Ok(BallotState::Conflicting) => {
            "这户业主先前的票意见不同：先投的那张有效，这张已留存备查，不计票。业主要改意见的，请在截止前书面撤回先前那张，再重新投票。"
        }
        Ok(BallotState::Later) => "这户业主先前已经投过票，以先投的为准，这张已留存备查，不计票。",
        _ => "选票已登记。",
    };
    answered(&desk, ids, form, ended.map(drop), words).await
}

/// Shows who it is, once; each time is recorded.
pub async fn reveal(desk: Desk, Path((id, owner)): Path<(String, String)>) -> Result<Response, Stop> {
    let ids = (parse(&id)?, parse(&owner)?);
    let told = reveal_owner(&desk.op, ids.0, ids.1).await?;
    page(&owner_page(&desk, ids, Form::default(), Problems::default(), Some(told)).await?)
}

/// Notes that a unit was sold.
pub async fn sale(desk: Desk, Path((id, owner)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let ids = (line_for(&desk.op, parse(&id)?, Deed::NoteSale).await?.row.id.0, parse(&owner)?);
    let mut reading = form.read();
    let unit = reading.choice("unit", "转让的房屋");
    let day = reading.date("sold_on", "转让日期");
    let ended = match reading.finish_with(unit.zip(day)) {
        Ok((unit, day)) => unit_sold(&desk.op, ids.0, ids.1, unit, day).await,
        Err(stop) => Err(stop),
    };
    answered(&desk, ids, form, ended, "已登记转让，总面积和总人数不变。").await
}

fn reason(form: &Form, field: &str, label: &str) -> Result<String, Stop> {
    let mut reading = form.read();
    let words = reading.required(field, label, REASON);
    reading.finish().map(|()| words)
}

/// The owner a ballot is of, for the page that a refused deed on it goes back to.
async fn owner_of(desk: &Desk, id: &str, ballot: &str, deed: Deed) -> Result<(PollId, PollOwnerId), Stop> {
    let id = line_for(&desk.op, parse(id)?, deed).await?.row.id.0;
    Ok((id, owner_of_ballot(&desk.op, id, parse(ballot)?).await?))
}

/// Takes a ballot back.
pub async fn withdraw(desk: Desk, Path((id, ballot)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let ids = owner_of(&desk, &id, &ballot, Deed::WithdrawBallot).await?;
    let ended = match reason(&form, "withdraw", "撤回说明") {
        Ok(words) => at("withdraw", withdraw_ballot(&desk.op, ids.0, parse(&ballot)?, &words).await.map(drop)),
        Err(stop) => Err(stop),
    };
    answered(&desk, ids, form, ended, "已撤回，业主可以重新投票。").await
}

/// Strikes a ballot out.
pub async fn strike(desk: Desk, Path((id, ballot)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let ids = owner_of(&desk, &id, &ballot, Deed::StrikeBallot).await?;
    let ended = match reason(&form, "strike", "剔除原因") {
        Ok(words) => at("strike", strike_ballot(&desk.op, ids.0, parse(&ballot)?, &words).await.map(drop)),
        Err(stop) => Err(stop),
    };
    answered(&desk, ids, form, ended, "已剔除，不计票。").await
}

/// The scan of a ballot.
pub async fn scan(desk: Desk, Path((id, ballot)): Path<(String, String)>) -> Result<Response, Stop> {
    let (hash, name) = scan_of(&desk.op, parse(&id)?, parse(&ballot)?).await?;
    let (blob, bytes) = fetch(&desk.op.floor, &hash).await?;
    Ok(download(&name, blob.kind.media_type(), bytes.to_vec()))
}
