//! The list of a notice: which applications it names, and by which names.

use domain::{
    ids::{ApplicationId, NoticeId},
    place::Level,
    selection::application::Application,
};
use platform::db::column::Text;

use super::store::entry;
use crate::places::Names;

/// The lines of `notice` for `applications`, in the order of the tree (R-NOT-08: names of branches and compounds, and
/// of no person).
#[must_use]
pub fn lines(notice: NoticeId, applications: &[&Application], names: &Names) -> Vec<entry::Model> {
    let mut applications = applications.to_vec();
    applications.sort_by(|one, two| one.branch.cmp(&two.branch));
    let line = |(position, application): (i32, &&Application)| entry::Model {
        notice_id: Text(notice),
        application_id: Text(application.id),
        position,
        place: Text(application.branch.clone()),
        street: names.at(&application.branch, Level::Street).to_owned(),
        community: names.at(&application.branch, Level::Community).to_owned(),
        branch: names.at(&application.branch, Level::Branch).to_owned(),
        compounds: names.compounds(&application.branch),
    };
    (1..).zip(&applications).map(line).collect()
}

/// What the public reads of a list: who, by which names. Another of these is another list (R-NOT-07).
#[must_use]
pub fn as_read(entries: &[entry::Model]) -> Vec<(ApplicationId, &str, &str)> {
    entries.iter().map(|entry| (entry.application_id.0, entry.branch.as_str(), entry.compounds.as_str())).collect()
}
