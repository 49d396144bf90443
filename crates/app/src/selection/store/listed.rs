//! Applications as lists show them: without drafts and hands, sorted and cut by the database.

use domain::{
    clock::Instant,
    coded_enum,
    ids::{ApplicationId, SeasonId},
    place::PlaceCode,
    selection::application::Stage,
};
use platform::{
    db::{
        column::{Int, Text},
        within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
    sea_query::{CaseStatement, Expr},
};

use super::application::{row, stage_words};

coded_enum! {
    /// By what the list is sorted.
    pub enum Sort {
        /// By the code of the branch, which keeps streets and communities together.
        Branch = "branch" => "小区党支部",
        /// 自何时起.
        Since = "since" => "自何时起",
        /// 自评分.
        SelfTotal = "self" => "自评分",
        /// 街道评分.
        Average = "average" => "街道评分",
        /// 街道排名.
        Rank = "rank" => "排名",
    }
}

impl Sort {
    const fn column(self) -> row::Column {
        match self {
            Self::Branch => row::Column::Branch,
            Self::Since => row::Column::StageSince,
            Self::SelfTotal => row::Column::SelfTotal,
            Self::Average => row::Column::StreetAverage,
            Self::Rank => row::Column::StreetRank,
        }
    }

    /// Whether it is a figure, of which 0 means that there is none yet.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::SelfTotal | Self::Average | Self::Rank)
    }
}

/// One application of a list.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Listed {
    pub id: Text<ApplicationId>,
    pub branch: Text<PlaceCode>,
    pub stage: Text<Stage>,
    pub stage_since: Int<Instant>,
    pub submission_number: i32,
    pub self_total: i32,
    pub street_average: i32,
    pub street_rank: i32,
}

impl Listed {
    /// How it stands in words.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        stage_words(self.stage.0, self.submission_number)
    }
}

/// Which applications a list shows, and in what order.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of which season.
    pub season: SeasonId,
    /// At or under which place.
    pub place: PlaceCode,
    /// At which stage; any when `None`.
    pub stage: Option<Stage>,
    /// By what.
    pub sort: Sort,
    /// The largest first.
    pub is_descending: bool,
}

impl Wanted {
    fn select(&self) -> Select<row::Entity> {
        let found = row::Entity::find()
            .filter(row::Column::SeasonId.eq(Text(self.season)))
            .filter(within(row::Column::Branch, &self.place));
        match self.stage {
            Some(stage) => found.filter(row::Column::Stage.eq(Text(stage))),
            None => found,
        }
    }

    /// Those after the first `from`, at most `most`; what has no figure yet comes last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn rows(&self, db: &impl ConnectionTrait, from: u64, most: u64) -> Result<Vec<Listed>, Stop> {
        let column = self.sort.column();
        let mut found = self.select();
        if self.sort.is_figure() {
            let is_none = CaseStatement::new().case(column.eq(0), 1).finally(0);
            found = found.order_by(Expr::Case(Box::new(is_none)), Order::Asc);
        }
        let order = if self.is_descending { Order::Desc } else { Order::Asc };
        let sorted = found.order_by(column, order).order_by_asc(row::Column::Branch).order_by_asc(row::Column::Id);
        let columns = [
            row::Column::Id,
            row::Column::Branch,
            row::Column::Stage,
            row::Column::StageSince,
            row::Column::SubmissionNumber,
            row::Column::SelfTotal,
            row::Column::StreetAverage,
            row::Column::StreetRank,
        ];
        let page = sorted.select_only().columns(columns).offset(from).limit(most);
        Ok(page.into_model::<Listed>().all(db).await?)
    }
}
