//! Everything that is kept of the member, as one workbook (R-PRI-05).

use axum::response::Response;
use domain::permission::Deed;
use platform::{error::Stop, pages::workbook};

use crate::{
    desk::Desk,
    own::{kept, queries::own_line},
};

/// Takes everything away.
pub async fn export(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, person) = own_line(&desk).await?;
    let mut tables = vec![kept::facts_table(kept::facts(&desk, &line, &person).await?)];
    tables.extend(kept::tables(&desk, &person).await?);
    workbook("我的资料", &tables)
}
