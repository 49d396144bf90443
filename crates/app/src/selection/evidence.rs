//! The year's records behind the score sheet: the form begins with them, and everyone who reads it can follow them.

use std::collections::BTreeMap;

use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{evidence::Counts, parameters::Parameters},
    voice::VoiceChannel,
};
use platform::{act::Op, error::Stop, forms::Query};

use super::content::Content;
use crate::{activities, deliberations, disputes, meetings, members, people, places, points, service, units, voices};

/// What the records say for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// `A2` …
    pub code: String,
    /// The points that follow, in hundredths.
    pub points: i64,
    /// The counts in words.
    pub words: String,
    /// The pages with the records behind each count, as far as the reader may open them.
    pub links: Vec<(&'static str, String)>,
}

/// What the records of `year` say for the items of the score sheet.
///
/// # Errors
/// [`Stop::Missing`] when there is no such branch.
pub async fn evidence(op: &Op, branch: &PlaceCode, year: i16, parameters: &Parameters) -> Result<Vec<Evidence>, Stop> {
    let counts = counts(op, branch, year).await?;
    let of_item = |item: &domain::selection::parameters::ScoreItem| {
        Some(Evidence {
            points: counts.points(&item.code, item.most)?,
            words: counts.words(&item.code),
            links: links(op, branch, year, &item.code),
            code: item.code.clone(),
        })
    };
    Ok(parameters.items.iter().filter_map(of_item).collect())
}

async fn counts(op: &Op, branch: &PlaceCode, year: i16) -> Result<Counts, Stop> {
    let db = op.reader();
    let found = places::branch(db, branch).await?.ok_or(Stop::Missing)?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let since = domain::members::fresh_since(op.now().date());
    let roll = people::verified_counts_under(db, branch, since).await?.remove(branch).unwrap_or_default();
    // What nobody came to was not held.
    let held = meetings::peopled_in_year(db, branch, year).await?;
    let activities = activities::peopled_in_year(db, branch, year).await?;
    let community = branch.at(Level::Community).ok_or(Stop::Missing)?;
    let units = units::count_reported_in(db, &community, year).await?;
    let disputes = disputes::tally_of_branch(db, branch, year, op.now()).await?;
    let sessions = deliberations::sessions_of_branch(db, branch, year).await?;
    let channels = voices::channels_of_branch(db, branch, year).await?;
    let came = |channel| u32::try_from(channels.of(channel)).unwrap_or(u32::MAX);
    Ok(Counts {
        known: count(roll.known),
        verified: count(roll.verified),
        held: count(held + activities),
        trainings: count(activities::trainings_attended(db, branch, year).await?),
        solved: count(
            points::approved_deeds(db, branch, year.into(), &["P13", "P09"]).await?
                + service::fulfilled_wishes(db, branch, year).await?.len(),
        ),
        has_brand: !found.branch.brand.is_empty(),
        units: count(units),
        joint: count(activities::joint_in_year(db, branch, year).await?),
        window: came(VoiceChannel::Window),
        hall: came(VoiceChannel::Hall),
        group: came(VoiceChannel::Group),
        handled: voices::handled_of_branch(db, branch, year, op.now()).await?,
        sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
        disputes: disputes.due,
        settled: disputes.handled,
        upward: disputes.upward,
    })
}

/// The pages with the records behind each item, as far as the reader may open them: for whoever reads an application, whose
/// words stay as they were submitted.
#[must_use]
pub fn records(op: &Op, branch: &PlaceCode, year: i32, parameters: &Parameters) -> Records {
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    let of_item = |code: &String| (code.clone(), links(op, branch, year, code));
    Records(parameters.items.iter().map(|item| of_item(&item.code)).collect())
}

/// Links to records, by item.
#[derive(Debug, Clone, Default)]
pub struct Records(BTreeMap<String, Vec<(&'static str, String)>>);

impl Records {
    /// Those behind the item `code`.
    #[must_use]
    pub fn of(&self, code: &str) -> &[(&'static str, String)] {
        self.0.get(code).map_or(&[], Vec::as_slice)
    }
}

fn links(op: &Op, branch: &PlaceCode, year: i16, code: &str) -> Vec<(&'static str, String)> {
    use crate::{activities::urls as activity, meetings::urls as meeting, service::urls as wish};
    let of_year = |address: String| Query::at(address).with("year", &year.to_string()).address();
    let held = || {
        let records = Query::at(activity::of_place(activity::PLACE, branch)).with("year", &year.to_string());
        records.with("month", activity::WHOLE_YEAR).address()
    };
    let all = match code {
        "A2" => vec![("党员名册", Deed::ViewMembers, members::urls::of_place(members::urls::OF_PLACE, branch))],
        "A4" => vec![
            ("支部会议", Deed::ViewMeeting, of_year(meeting::of_place(meeting::PLACE, branch))),
            ("活动", Deed::ViewActivity, held()),
        ],
        "A5" => vec![
            ("微心愿", Deed::EditWishes, wish::of_place(wish::WISHES_OF, branch)),
            ("党员积分", Deed::ViewPointsSummary, points::urls::branch(branch, year.into())),
        ],
        "A7" => vec![("小区资料", Deed::ViewPlace, places::urls::place(branch))],
        "B2" => vec![
            ("单位报到", Deed::ConfirmUnit, units::urls::REPORTED.to_owned()),
            ("活动", Deed::ViewActivity, held()),
        ],
        "B3" | "B4" => vec![("诉求办理情况", Deed::ViewVoice, voices::urls::picture(branch, year))],
        "B5" => {
            let records = Query::at(deliberations::urls::DELIBERATIONS).with("year", &year.to_string());
            vec![("议事", Deed::ViewDeliberation, records.with("place", branch.as_str()).address())]
        }
        // Counts alone: the files themselves are read by who mediates.
        "C2" => vec![("矛盾纠纷件数", Deed::ViewDispute, of_year(disputes::urls::COUNTS.to_owned()))],
        _ => Vec::new(),
    };
    let may = |(_, deed, _): &(&str, Deed, String)| op.can(*deed, branch);
    all.into_iter().filter(may).map(|(label, _, href)| (label, href)).collect()
}

/// A draft with what the records say where nothing was written yet. A person still looks, changes and submits.
#[must_use]
pub fn prefilled(mut content: Content, evidence: &[Evidence]) -> Content {
    for item in evidence {
        content.scores.entry(item.code.clone()).or_insert(item.points);
        content.evidence.entry(item.code.clone()).or_insert_with(|| item.words.clone());
    }
    content
}
