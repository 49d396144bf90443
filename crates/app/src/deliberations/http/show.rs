//! One thread: where it stands, what was said and decided, and what the branch can do now.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    deliberation::{COLLECT_DAYS, DeliberationState, DeliberationTopic, NOTICE_DAYS, Party, Stance, ViewChannel},
    ids::{DeliberationId, DeliberationViewId},
    money::Fen,
    permission::Deed,
    voice::Satisfaction,
};
use platform::{
    error::Stop,
    files::fetch,
    forms::{Form, Query, QueryForm},
    pages::{download, letter, page},
    shell::{Crumb, Problems, Shell, Step},
};

use super::{deeds::answered, thread_id};
use crate::{
    branches::options,
    deliberations::{
        actions::reveal_view_givers,
        letters,
        pages::{steps, tone},
        queries::{SessionTold, ThreadFile, counted, drafted, opinions_for, polls_for, thread_file},
        read::{NAME, TEXT, TITLE, field},
        store::{
            parts::{milestone, rating, view},
            photo,
        },
        urls,
    },
    desk::Desk,
    owner_votes, resolutions, voices,
};

#[derive(Template)]
#[template(path = "deliberations/show.html")]
pub struct ThreadPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    file: ThreadFile,
    /// Whether the office runs the thread.
    can_run: bool,
    /// Whether it may send back what is closed.
    can_return: bool,
    can_read_minutes: bool,
    /// The page of the voice it was taken up from, where the office may see it.
    voice: Option<String>,
    /// The resolutions to choose from, where an opinion is waited for.
    opinions: Vec<(String, String)>,
    /// The polls to choose from, where a vote is waited for.
    polls: Vec<(String, String)>,
    /// Who gave the views, shown once on asking.
    givers: Option<BTreeMap<DeliberationViewId, String>>,
    now: Instant,
}

impl ThreadPage {
    fn state(&self) -> DeliberationState {
        self.file.line.row.state.0
    }

    fn is_at(&self, codes: &str) -> bool {
        codes.split(' ').any(|code| code == self.state().code())
    }

    fn is_rated(&self) -> bool {
        self.file.line.row.thread().is_rated(self.now)
    }

    fn rated_until(&self) -> String {
        self.file.line.row.rates_until.map(|day| chinese_date(day.0)).unwrap_or_default()
    }

    fn ratings(&self) -> String {
        counted(&self.file.ratings).words()
    }

    /// The ratings with words, which the branch reads and nobody else.
    fn remarks(&self) -> Vec<&rating::Model> {
        self.file.ratings.iter().filter(|rating| self.can_run && !rating.words.is_empty()).collect()
    }

    fn satisfactions(&self) -> Vec<(String, String)> {
        options!(Satisfaction)
    }

    fn needs_accounts(&self) -> &'static str {
        match self.file.line.row.topic.0 {
            DeliberationTopic::Fund => "网址或公布地点，如 维修资金管理中心网站、小区公示栏；本系统不经手资金",
            _ => "花公共的钱的，写网址或公布地点；不花钱的不用填",
        }
    }

    fn hears(&self) -> bool {
        self.file.line.row.thread().hears(self.now)
    }

    fn label(&self) -> &'static str {
        self.file.line.row.thread().label(self.now)
    }

    /// Whether the owners' vote that is linked has a result.
    fn has_result(&self) -> bool {
        self.file.poll.as_ref().is_some_and(|poll| poll.outcome.is_some())
    }

    fn tone(&self) -> &'static str {
        tone(self.state())
    }

    fn steps(&self) -> Vec<Step> {
        steps(&self.file.line.row.thread(), self.now)
    }

    fn at(&self, path: &str) -> String {
        urls::of_thread(path, self.file.line.row.id.0)
    }

    fn is_public(&self) -> bool {
        self.state().is_public()
    }

    fn vote(&self) -> String {
        self.file
            .line
            .row
            .vote
            .map_or_else(|| "不需要，各方商定就能办".to_owned(), |it| format!("需要：{}", it.0.label()))
    }

    fn until(&self) -> String {
        self.file.line.row.collects_until.map(|day| chinese_date(day.0)).unwrap_or_default()
    }

    /// When and where the session is.
    fn session(&self) -> String {
        let row = &self.file.line.row;
        row.session_on.map(|day| format!("{}{}", chinese_date(day.0), row.session_time)).unwrap_or_default()
    }

    /// Whether the day of the session has come.
    fn is_session_day(&self) -> bool {
        self.file.line.row.session_on.is_some_and(|day| self.now.date() >= day.0)
    }

    fn day_of(&self, day: &jiff::civil::Date) -> String {
        chinese_date(*day)
    }

    fn resolution_href(&self) -> String {
        self.file.resolution.as_ref().map(|it| resolutions::urls::resolution(it.id.0)).unwrap_or_default()
    }

    fn poll_href(&self) -> String {
        let poll = self.file.poll.as_ref();
        poll.map(|it| owner_votes::urls::of_poll(owner_votes::urls::POLL, it.id)).unwrap_or_default()
    }

    fn minutes(&self, session: &SessionTold) -> String {
        Query::at(self.at(urls::MINUTES)).with("number", &session.row.number.to_string()).address()
    }

    fn signed(&self, session: &SessionTold) -> Option<String> {
        let at = || Query::at(self.at(urls::SIGNED)).with("number", &session.row.number.to_string()).address();
        session.row.scan_hash.as_ref().map(|_| at())
    }

    /// Whether the form for the signed minutes of a session is the one that was refused.
    fn is_scanned(&self, session: &SessionTold) -> bool {
        self.problems.any_of("scan") && self.form.value("number") == session.row.number.to_string()
    }

    fn result(&self, session: &SessionTold) -> (&'static str, &'static str) {
        if session.row.is_agreed { ("good", "达成一致") } else { ("warn", "未达成一致") }
    }

    fn giver(&self, view: &view::Model) -> &str {
        self.givers
            .as_ref()
            .and_then(|givers| givers.get(&view.id.0))
            .map_or("没有留称呼，或已到期删除", String::as_str)
    }

    /// The photos of a milestone, each with its number.
    fn photos(&self, milestone: &milestone::Model) -> Vec<(usize, &photo::row::Model)> {
        (1..).zip(self.file.photos.iter().filter(|photo| photo.milestone_id == milestone.id)).collect()
    }

    fn of_photo(&self, path: &str, photo: &photo::row::Model) -> String {
        urls::of_photo(path, photo.id.0)
    }

    fn amount(&self, milestone: &milestone::Model) -> Option<Fen> {
        milestone.amount.map(|amount| amount.0)
    }

    fn parties(&self) -> &'static [Party] {
        Party::ALL
    }

    fn field(&self, party: &Party, name: &str) -> String {
        field(*party, name)
    }

    fn typed(&self, party: &Party, name: &str) -> &str {
        self.form.value(&field(*party, name))
    }

    fn names_label(&self, party: &Party) -> String {
        format!("{}到会人员", party.label())
    }

    fn names_hint(&self, party: &Party) -> &'static str {
        match party {
            Party::Residents => "至少三人，用顿号隔开；姓名加密保存，不对外公布",
            Party::Branch => "用顿号隔开",
            Party::Committee | Party::Property => "用顿号隔开；没有到会的不填",
        }
    }

    fn stance_label(&self, party: &Party) -> String {
        format!("{}的意见", party.label())
    }

    fn words_label(&self, party: &Party) -> String {
        format!("{}意见的内容", party.label())
    }

    fn words_hint(&self, party: &Party) -> &'static str {
        match party {
            Party::Branch | Party::Residents => "有条件赞成的，写明条件",
            Party::Committee => "有条件赞成的，写明条件；未到会的写明原因，例如“小区还没有成立业委会”",
            Party::Property => "有条件赞成的，写明条件；未到会的写明原因",
        }
    }

    /// What a party may say: the branch chairs and residents must be there.
    fn stances(&self, party: &Party) -> Vec<(String, String)> {
        let must_be = matches!(party, Party::Branch | Party::Residents);
        let offered = Stance::ALL.iter().filter(|stance| !(must_be && **stance == Stance::Absent));
        offered.map(|stance| (stance.code().to_owned(), stance.label().to_owned())).collect()
    }

    fn results(&self) -> [(&'static str, &'static str); 2] {
        [("true", "达成一致"), ("false", "未达成一致")]
    }

    fn channels(&self) -> Vec<(String, String)> {
        let inside = ViewChannel::ALL.iter().filter(|channel| **channel != ViewChannel::Web);
        inside.map(|channel| (channel.code().to_owned(), channel.label().to_owned())).collect()
    }

    /// What was typed, or a day that is soon enough.
    fn day(&self, field: &str) -> String {
        let proposed = match field {
            "until" => self.now.plus_days(COLLECT_DAYS + 4),
            "session_on" => self.now.plus_days(NOTICE_DAYS),
            "rates_until" => self.now.plus_days(COLLECT_DAYS + 4),
            _ => self.now,
        };
        match self.form.value(field) {
            "" => proposed.date().to_string(),
            typed => typed.to_owned(),
        }
    }

    /// What was typed, or what is known of the last session.
    fn or_known<'page>(&'page self, field: &str, known: &'page str) -> &'page str {
        match self.form.value(field) {
            "" => known,
            typed => typed,
        }
    }

    /// What was typed, or the decision as all that is known makes it.
    fn decision(&self) -> String {
        match self.form.value("decision") {
            "" => drafted(&self.file),
            typed => typed.to_owned(),
        }
    }

    fn can_step_back(&self) -> bool {
        self.state().before().is_some()
    }

    /// Whether going back begins another round of views.
    fn collects_again(&self) -> bool {
        self.state().before() == Some(DeliberationState::Collecting)
    }

    fn back_label(&self) -> &'static str {
        if self.collects_again() { "退回，再次征集意见" } else { "退回上一步" }
    }

    const fn most(&self) -> (usize, usize, usize) {
        (NAME, TITLE, TEXT)
    }
}

/// The page with what was refused and typed.
pub async fn thread_page(
    desk: &Desk,
    id: DeliberationId,
    form: Form,
    problems: Problems,
    givers: Option<BTreeMap<DeliberationViewId, String>>,
) -> Result<ThreadPage, Stop> {
    let file = thread_file(&desk.op, id).await?;
    let (row, op) = (&file.line.row, &desk.op);
    let place = row.place.0.clone();
    let can_run = op.can(Deed::ScreenDeliberation, &place);
    let opinions = match row.state.0 {
        DeliberationState::Collecting if can_run => opinions_for(op.reader(), row).await?,
        _ => Vec::new(),
    };
    let polls = match row.state.0 {
        DeliberationState::Voting if can_run => polls_for(op, row).await?,
        _ => Vec::new(),
    };
    // What is linked already is not offered again.
    let polls = polls.into_iter().filter(|poll| row.poll_id.is_none_or(|linked| linked.0 != poll.id));
    let opinion =
        |it: resolutions::Resolution| (it.id.0.to_string(), format!("{} {}", chinese_date(it.decided_on.0), it.title));
    let poll = |it: owner_votes::PollFact| (it.id.to_string(), format!("{}（{}）", it.title, it.words()));
    Ok(ThreadPage {
        shell: desk.shell(row.title.clone()).await?,
        crumbs: vec![Crumb { label: "议事".to_owned(), href: urls::DELIBERATIONS.to_owned() }],
        problems,
        form,
        can_run,
        can_return: op.can(Deed::ReturnDeliberation, &place) && row.state.0 == DeliberationState::Closed,
        can_read_minutes: op.can(Deed::ReadMinutes, &place),
        voice: row.voice_id.filter(|_| op.can(Deed::ViewVoice, &place)).map(|voice| voices::urls::voice(voice.0)),
        opinions: opinions.into_iter().map(opinion).collect(),
        polls: polls.map(poll).collect(),
        givers,
        now: op.now(),
        file,
    })
}

/// One thread.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&thread_page(&desk, thread_id(&id)?, Form::default(), Problems::default(), None).await?)
}

/// Shows who gave the views, once; each time is recorded.
pub async fn view_givers(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = thread_id(&id)?;
    match reveal_view_givers(&desk.op, id).await {
        Ok(givers) => page(&thread_page(&desk, id, Form::default(), Problems::default(), Some(givers)).await?),
        Err(stop) => answered(&desk, id, Form::default(), Err(stop), "").await,
    }
}

/// The minutes of a session as the parties signed them.
pub async fn signed(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let file = thread_file(&desk.op, thread_id(&id)?).await?;
    desk.op.permit(Deed::ReadMinutes, &file.line.row.place.0)?;
    let number = query.value("number");
    let session = file.sessions.into_iter().find(|session| session.row.number.to_string() == number);
    let scan = session.and_then(|session| Some((session.row.scan_hash?, session.row.scan_name)));
    let Some((hash, name)) = scan else {
        return Err(Stop::refused("这次议事还没有上传各方签名的记录。"));
    };
    let (blob, bytes) = fetch(&desk.op.floor, &hash).await?;
    Ok(download(&name, blob.kind.media_type(), bytes.to_vec()))
}

/// The minutes of a session as a Word document; without a number the sheet for the next.
pub async fn minutes(desk: Desk, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let file = thread_file(&desk.op, thread_id(&id)?).await?;
    desk.op.permit(Deed::ReadMinutes, &file.line.row.place.0)?;
    let session = match query.value("number") {
        "" => None,
        number => {
            let of_number = |session: &&SessionTold| session.row.number.to_string() == number;
            Some(file.sessions.iter().find(of_number).ok_or(Stop::Missing)?)
        }
    };
    letter(&format!("议事记录{}", file.line.row.called()), &letters::minutes(&file, session))
}
