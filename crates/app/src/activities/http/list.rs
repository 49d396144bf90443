//! The activities of a place in a month, as a calendar and as a list.

use axum::{
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    activity::{ActivityKind, ActivityState, TRAININGS_A_YEAR},
    clock::Instant,
    meeting::MeetingState,
    permission::Deed,
    place::{Level, PlaceCode},
};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    pages::{origin, page, workbook},
    shell::Chip,
};

use crate::{
    activities::{
        feed,
        month::{Entry, month_of},
        pages::ListPage,
        queries::{above, trainings_in_year},
        sheets,
        store::{self, activity},
        urls,
    },
    desk::Desk,
    meetings, places,
};

/// On to the activities of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewActivity, place)?;
    Ok(Redirect::to(&urls::of_place(urls::PLACE, place)).into_response())
}

/// What the page is asked for: a month, and perhaps a kind.
#[derive(Clone, Copy)]
struct Asked {
    first: Date,
    /// Whether the whole year is listed, without the month's calendar.
    is_whole_year: bool,
    kind: Option<ActivityKind>,
}

impl Asked {
    fn read(query: &QueryForm, today: Date) -> Self {
        let query = &query.0;
        let year = query.value("year").parse().ok().filter(|year| (2000..=today.year() + 1).contains(year));
        let month = query.value("month").parse().ok().filter(|month| (1..=12).contains(month));
        let first = date(year.unwrap_or(today.year()), month.unwrap_or(today.month()), 1);
        let is_whole_year = query.value("month") == urls::WHOLE_YEAR;
        Self { first, is_whole_year, kind: query.value("kind").parse().ok() }
    }

    fn address(self, place: &PlaceCode) -> String {
        self.at_path(urls::PLACE, place)
    }

    fn at_path(self, path: &str, place: &PlaceCode) -> String {
        Query::at(urls::of_place(path, place))
            .with("year", &self.first.year().to_string())
            .with(
                "month",
                &if self.is_whole_year { urls::WHOLE_YEAR.to_owned() } else { self.first.month().to_string() },
            )
            .with("kind", self.kind.map_or("", ActivityKind::code))
            .address()
    }

    fn at(self, first: Date) -> Self {
        Self { first, ..self }
    }

    /// A month of it.
    fn of_month(self, first: Date) -> Self {
        Self { first, is_whole_year: false, ..self }
    }

    fn span(self) -> (Instant, Instant) {
        if self.is_whole_year {
            return (Instant::start_of(self.first.first_of_year()), Instant::end_of(self.first.last_of_year()));
        }
        (Instant::start_of(self.first), Instant::end_of(self.first.last_of_month()))
    }
}

/// The activities of a place in a month: its own, those above it that are for it too, and those below it.
pub async fn list(
    desk: Desk,
    headers: HeaderMap,
    Path(place): Path<String>,
    query: QueryForm,
) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewActivity, &place)?;
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let asked = Asked::read(&query, today);
    let (from, until) = asked.span();
    let rows = known(&desk, &place, asked.kind, from, until).await?;
    let names = places::names(db, rows.iter().map(|row| row.place.0.clone()).collect()).await?;
    let mut entries: Vec<Entry> =
        rows.iter().filter(|row| is_in_calendar(&place, &row.place.0)).map(Entry::of_activity).collect();
    let below = rows.len() - entries.len();
    if asked.kind.is_none() && !asked.is_whole_year {
        entries.extend(meetings_of(&desk, &place, from, until).await?);
    }
    let trainings = match place.level() {
        Level::County | Level::Street | Level::Community => {
            Some((trainings_in_year(db, &place, asked.first.year()).await?, TRAININGS_A_YEAR))
        }
        _ => None,
    };
    let can_edit = desk.op.can(Deed::EditActivity, &place);
    page(&ListPage {
        shell: desk.shell(format!("{}的活动", here.name)).await?,
        years: years(asked, &place, today),
        months: months(asked, &place),
        kinds: kinds(asked, &place),
        weeks: if asked.is_whole_year { Vec::new() } else { month_of(asked.first, today, entries) },
        previous: asked.at(asked.first.saturating_sub(1.month())).address(&place),
        next: asked.at(asked.first.saturating_add(1.month())).address(&place),
        title: format!("{}年{}月", asked.first.year(), asked.first.month()),
        below,
        rows: rows
            .into_iter()
            .map(|row| (row.clone(), names.get(row.place.0.as_str()).cloned().unwrap_or_default()))
            .collect(),
        sheet: asked.at_path(urls::EXPORT, &place),
        new: can_edit.then(|| urls::of_place(urls::NEW, &place)),
        feed: feed::of_page(&desk.op, &place).await?.map(|path| format!("{}{path}", origin(&headers))),
        offers_feed: can_edit && feed::may_be_fed(&place),
        name: here.name,
        year: asked.first.year(),
        place,
        trainings,
    })
}

/// The activities at, above and below a place that the office knows of: what is only planned is known to who plans it.
async fn known(
    desk: &Desk,
    place: &PlaceCode,
    kind: Option<ActivityKind>,
    from: Instant,
    until: Instant,
) -> Result<Vec<activity::Model>, Stop> {
    let mut rows = store::activities(desk.op.reader(), place, above(place), from, until).await?;
    let is_keeper = |row: &activity::Model| desk.op.can(Deed::EditActivity, &row.place.0);
    rows.retain(|row| {
        kind.is_none_or(|kind| row.kind.0 == kind) && (row.state.0 != ActivityState::Planned || is_keeper(row))
    });
    Ok(rows)
}

/// The activities of the whole year as an Excel table.
pub async fn export(desk: Desk, Path(place): Path<String>, query: QueryForm) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewActivity, &place)?;
    let db = desk.op.reader();
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let Asked { first, kind, .. } = Asked::read(&query, desk.op.now().date());
    let (from, until) = (Instant::start_of(first.first_of_year()), Instant::end_of(first.last_of_year()));
    let rows = known(&desk, &place, kind, from, until).await?;
    let names = places::names(db, rows.iter().map(|row| row.place.0.clone()).collect()).await?;
    let title = format!("{}{}年{}", here.name, first.year(), kind.map_or("活动", ActivityKind::label));
    workbook(&title, &[sheets::activities(&title, &rows, &names)])
}

/// A branch's or community's calendar holds what is held under it; that of a street or county only its own and what is above it,
/// because hundreds of branches hold theirs below.
fn is_in_calendar(place: &PlaceCode, holder: &PlaceCode) -> bool {
    matches!(place.level(), Level::Branch | Level::Community) || place.is_within(holder)
}

/// The meetings of a branch or of the branches of a community, for those who may see them.
async fn meetings_of(desk: &Desk, place: &PlaceCode, from: Instant, until: Instant) -> Result<Vec<Entry>, Stop> {
    let is_small = matches!(place.level(), Level::Branch | Level::Community);
    if !is_small || !desk.op.can(Deed::ViewMeeting, place) {
        return Ok(Vec::new());
    }
    let mut rows = meetings::meetings_between(desk.op.reader(), place, from, until).await?;
    rows.retain(|row| row.state.0 != MeetingState::Planned || desk.op.can(Deed::EditMeeting, &row.branch.0));
    Ok(rows.iter().map(Entry::of_meeting).collect())
}

fn years(asked: Asked, place: &PlaceCode, today: Date) -> Vec<Chip> {
    let chip = |year: i16| Chip {
        label: format!("{year}年"),
        href: asked.at(date(year, asked.first.month(), 1)).address(place),
        is_on: year == asked.first.year(),
    };
    (today.year() - 2..=today.year() + 1).rev().map(chip).collect()
}

fn months(asked: Asked, place: &PlaceCode) -> Vec<Chip> {
    let chip = |month: i8| Chip {
        label: format!("{month}月"),
        href: asked.of_month(date(asked.first.year(), month, 1)).address(place),
        is_on: !asked.is_whole_year && month == asked.first.month(),
    };
    let whole = Chip {
        label: "全年".to_owned(),
        href: Asked { is_whole_year: true, ..asked }.address(place),
        is_on: asked.is_whole_year,
    };
    std::iter::once(whole).chain((1..=12).map(chip)).collect()
}

fn kinds(asked: Asked, place: &PlaceCode) -> Vec<Chip> {
    let chip = |label: &str, kind: Option<ActivityKind>| Chip {
        label: label.to_owned(),
        href: Asked { kind, ..asked }.address(place),
        is_on: asked.kind == kind,
    };
    let every = chip("全部", None);
    std::iter::once(every).chain(ActivityKind::ALL.iter().map(|kind| chip(kind.label(), Some(*kind)))).collect()
}
