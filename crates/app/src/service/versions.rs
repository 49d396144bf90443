//! Reports as they were sent: a report that is given back and sent again leaves what it said before.
//!
//! Holds the table `report_versions`. Nobody else touches it.

use std::collections::BTreeMap;

use domain::{
    ids::{DutyReportId, ReportVersionId},
    place::PlaceCode,
    service::{Figures, ReportKind},
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Document, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::store::report;

/// How many values one condition lists; both databases limit the number in a statement.
const CHUNK: usize = 500;

/// Versions.
pub mod version {
    use super::{Date, Document, DutyReportId, Figures, ReportVersionId, Text};
    use sea_orm::entity::prelude::*;

    /// A report as it was sent (报送的版本).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ReportVersionId>,
        pub report_id: Text<DutyReportId>,
        /// Counted from 1.
        pub number: i32,
        pub body: String,
        pub plan: String,
        pub figures: Document<Figures>,
        pub signed: String,
        pub sent_on: Text<Date>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The versions of a report, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn versions_of(db: &impl ConnectionTrait, id: DutyReportId) -> Result<Vec<version::Model>, Stop> {
    let found = version::Entity::find().filter(version::Column::ReportId.eq(Text(id)));
    Ok(found.order_by_desc(version::Column::Number).all(db).await?)
}

/// Keeps a new version.
pub async fn insert(db: &impl ConnectionTrait, row: version::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// A report with what was sent of it last.
pub type Received = (report::Model, version::Model);

/// What was sent of the reports of a kind and year in a county about these subjects, by place and subject; drafts are nobody's
/// but their writer's.
pub async fn received(
    db: &impl ConnectionTrait,
    kind: ReportKind,
    year: i16,
    county: &PlaceCode,
    subjects: &[String],
) -> Result<Vec<Received>, Stop> {
    let mut reports = Vec::new();
    for chunk in subjects.chunks(CHUNK) {
        let found = report::Entity::find()
            .filter(report::Column::Kind.eq(Text(kind)))
            .filter(report::Column::Year.eq(i32::from(year)))
            .filter(within(report::Column::Place, county))
            .filter(report::Column::Subject.is_in(chunk.iter().map(String::as_str)))
            .order_by_asc(report::Column::Place)
            .order_by_asc(report::Column::Subject);
        reports.extend(found.all(db).await?);
    }
    let ids: Vec<Text<DutyReportId>> = reports.iter().map(|row| row.id).collect();
    let mut last: BTreeMap<DutyReportId, version::Model> = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let found = version::Entity::find()
            .filter(version::Column::ReportId.is_in(chunk.iter().copied()))
            .order_by_asc(version::Column::Number);
        last.extend(found.all(db).await?.into_iter().map(|row| (row.report_id.0, row)));
    }
    Ok(reports.into_iter().filter_map(|row| last.remove(&row.id.0).map(|sent| (row, sent))).collect())
}
