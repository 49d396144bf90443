//! What pages, the portal and other modules read of notices, objections and awards.

use std::collections::{BTreeMap, btree_map::Entry};

use domain::{
    calendar::Calendar,
    clock::Instant,
    ids::{ApplicationId, NoticeId, ObjectionId, SeasonId},
    permission::Deed,
    place::PlaceCode,
    selection::{
        notice::NoticeKind,
        objection::{ObjectionState, Terms},
        query_code::QueryCode,
    },
};
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::{self, award, circular, entry, notice, row};
use crate::{calendar, selection};

/// How many notices a page of the portal shows at most.
const NEWEST: u64 = 50;

/// Published notices at or under `place` in the version that counts, newest first; those whose period is over included.
///
/// # Errors
/// When the database cannot be read.
pub async fn current_notices(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<notice::Model>, Stop> {
    store::published(db, place, 0, NEWEST).await
}

/// The notice `id` as the public may read it: published, be it in a version that was corrected since.
///
/// # Errors
/// When the database cannot be read.
pub async fn published_notice(db: &impl ConnectionTrait, id: NoticeId) -> Result<Option<notice::Model>, Stop> {
    Ok(store::notice(db, id).await?.filter(|notice| notice.published_at.is_some()))
}

/// The list of a notice, in its order.
///
/// # Errors
/// When the database cannot be read.
pub async fn notice_entries(db: &impl ConnectionTrait, id: NoticeId) -> Result<Vec<entry::Model>, Stop> {
    store::entries(db, id).await
}

/// Every published version of the notice that `notice` is a version of, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn notice_versions(db: &impl ConnectionTrait, notice: &notice::Model) -> Result<Vec<notice::Model>, Stop> {
    let versions = store::versions(db, &notice.chain).await?;
    Ok(versions.into_iter().filter(|version| version.published_at.is_some()).collect())
}

/// The latest version of a season's notice, a draft included.
///
/// # Errors
/// When the database cannot be read.
pub async fn season_notice(db: &impl ConnectionTrait, season: SeasonId) -> Result<Option<notice::Model>, Stop> {
    store::latest(db, &season.to_string()).await
}

/// What an objector learns with the query code: how it stands, and the answer.
#[derive(Debug, Clone)]
pub struct ObjectionStatus {
    /// Heading of the notice.
    pub notice: String,
    /// When it was taken in.
    pub received_at: Instant,
    /// In the words of the public.
    pub state: &'static str,
    /// Since when.
    pub state_since: Instant,
    /// Until when the next step is due; `None` when it is decided, or when the year's table of holidays is missing.
    pub due: Option<Instant>,
    /// The answer, once there is one.
    pub answer: Option<String>,
}

/// The objection that was given `code`; `None` when there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn objection_by_code(op: &Op, code: &QueryCode) -> Result<Option<ObjectionStatus>, Stop> {
    let (db, keys) = (op.reader(), &op.floor.keys);
    let Some(row) = store::objection_by_index(db, &keys.index(code.letters())).await? else { return Ok(None) };
    let notice = store::notice(db, row.notice_id.0).await?.ok_or_else(|| Stop::fault("an objection has no notice"))?;
    let objection = row.objection();
    let terms = terms(db, notice.season_id.0).await?;
    let calendar = calendar::load(db).await?;
    let is_answered = objection.state == ObjectionState::Replied;
    let answer = row.answer_sealed.as_deref().filter(|_| is_answered).map(|sealed| keys.open(sealed)).transpose()?;
    Ok(Some(ObjectionStatus {
        notice: notice.title,
        received_at: objection.received_at,
        state: objection.public_label(),
        state_since: objection.state_since,
        due: objection.due(terms, &calendar).ok().flatten(),
        answer: answer.filter(|answer| !answer.trim().is_empty()),
    }))
}

/// The season's working days for objections (R-NOT-05).
async fn terms(db: &impl ConnectionTrait, season: SeasonId) -> Result<Terms, Stop> {
    let (_, parameters) = selection::season_with_parameters(db, season).await?;
    Ok(Terms { acknowledge_days: parameters.acknowledge_days, verify_days: parameters.verify_days })
}

/// An objection as officers see it in lists: neither what was said nor by whom.
#[derive(Debug, Clone)]
pub struct ObjectionLine {
    /// The row.
    pub row: row::Model,
    /// The branch it is against, or `整个名单`.
    pub against: String,
    /// Heading of the notice.
    pub notice: String,
    /// Until when the next step is due.
    pub due: Option<Instant>,
}

/// Objections at the acting office's place in one of `states`, newest first, with their number in all.
///
/// # Errors
/// As the permission table says.
pub async fn objections(
    op: &Op,
    states: &[ObjectionState],
    offset: u64,
    most: u64,
) -> Result<(Vec<ObjectionLine>, u64), Stop> {
    let place = &op.actor.officer()?.office.place;
    op.permit(Deed::ViewObjection, place)?;
    let db = op.reader();
    let (rows, total) = store::objections_under(db, place, states, offset, most).await?;
    Ok((lines(db, rows).await?, total))
}

/// Rows with their notices, the names in them and their deadlines, in as many statements as there are notices.
pub(super) async fn lines(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<ObjectionLine>, Stop> {
    let mut notices: BTreeMap<NoticeId, NoticeOfLines> = BTreeMap::new();
    for row in &rows {
        if let Entry::Vacant(vacant) = notices.entry(row.notice_id.0) {
            vacant.insert(NoticeOfLines::of(db, row.notice_id.0).await?);
        }
    }
    let calendar = if rows.is_empty() { Calendar::default() } else { calendar::load(db).await? };
    let line = |row: row::Model| {
        let notice = notices.get(&row.notice_id.0)?;
        let named = notice.entries.iter().find(|entry| Some(entry.application_id) == row.application_id);
        Some(ObjectionLine {
            against: named.map_or_else(|| "整个名单".to_owned(), |entry| entry.branch.clone()),
            notice: notice.notice.title.clone(),
            due: row.objection().due(notice.terms, &calendar).ok().flatten(),
            row,
        })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

struct NoticeOfLines {
    notice: notice::Model,
    entries: Vec<entry::Model>,
    terms: Terms,
}

impl NoticeOfLines {
    async fn of(db: &impl ConnectionTrait, id: NoticeId) -> Result<Self, Stop> {
        let notice = store::notice(db, id).await?.ok_or_else(|| Stop::fault("an objection has no notice"))?;
        let terms = terms(db, notice.season_id.0).await?;
        Ok(Self { entries: store::entries(db, id).await?, notice, terms })
    }
}

/// What an officer may read of one objection; the reporter is not part of it.
#[derive(Clone)]
pub struct ObjectionFile {
    /// As in lists.
    pub line: ObjectionLine,
    /// What was said.
    pub text: String,
    /// On what grounds it was decided.
    pub grounds: Option<String>,
    /// The answer.
    pub answer: Option<String>,
}

/// The objection `id`, opened.
///
/// # Errors
/// As the permission table says.
pub async fn objection(op: &Op, id: ObjectionId) -> Result<ObjectionFile, Stop> {
    let db = op.reader();
    let row = store::objection(db, id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewObjection, &row.place.0)?;
    let open = |sealed: &Option<String>| sealed.as_deref().map(|sealed| op.floor.keys.open(sealed)).transpose();
    let (text, grounds, answer) =
        (op.floor.keys.open(&row.text_sealed)?, open(&row.grounds_sealed)?, open(&row.answer_sealed)?);
    let line = lines(db, vec![row]).await?.pop().ok_or(Stop::Missing)?;
    Ok(ObjectionFile { line, text, grounds, answer })
}

// R-SEL-19
/// Why the award was taken back that a revocation notice, in whatever version, is about; empty for other notices.
///
/// # Errors
/// When the database cannot be read.
pub async fn revocation_reason(db: &impl ConnectionTrait, notice: &notice::Model) -> Result<String, Stop> {
    if notice.kind.0 != NoticeKind::Revocation {
        return Ok(String::new());
    }
    let Ok(application) = notice.chain.parse::<ApplicationId>() else { return Ok(String::new()) };
    let award = store::award_of(db, application).await?;
    Ok(award.map(|award| award.revocation_reason).unwrap_or_default())
}

/// The awards of a year at or under `place`, or of all years, the latest first; those taken back included and marked.
///
/// # Errors
/// When the database cannot be read.
pub async fn awards(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: Option<i32>,
) -> Result<Vec<award::Model>, Stop> {
    store::awards(db, place, year).await
}

/// The awards of one branch, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn awards_of_branch(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<award::Model>, Stop> {
    store::awards_of_place(db, branch).await
}

/// The awards of a season, by branch.
///
/// # Errors
/// When the database cannot be read.
pub async fn season_awards(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<award::Model>, Stop> {
    store::awards_of_season(db, season).await
}

/// The circulars of a season, oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn season_circulars(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<circular::Model>, Stop> {
    store::circulars(db, season).await
}

/// How many objections against a notice are not answered, for each of its names and for the list as a whole.
#[derive(Debug, Clone, Default)]
pub struct OpenObjections(Vec<Option<ApplicationId>>);

impl OpenObjections {
    /// Reads them for the notice `chain`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(db: &impl ConnectionTrait, chain: &str) -> Result<Self, Stop> {
        Ok(Self(store::open_by_application(db, chain).await?))
    }

    /// Those that keep `application` waiting; one against the whole list keeps everyone.
    #[must_use]
    pub fn against(&self, application: ApplicationId) -> usize {
        self.0.iter().filter(|against| against.is_none_or(|against| against == application)).count()
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.len()
    }
}
