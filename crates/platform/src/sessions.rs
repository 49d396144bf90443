//! Sessions in our own table, for `tower-sessions`.

use std::time::Duration;

use async_trait::async_trait;
use domain::clock::Instant;
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, QueryFilter};
use time::OffsetDateTime;
use tower_sessions::{
    Expiry, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::floor::Floor;

mod session {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub data: String,
        pub expires_at: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The table as a session store.
#[derive(Debug, Clone)]
pub struct Sessions {
    floor: Floor,
}

/// The cookie that names a session.
pub(crate) const SESSION_COOKIE: &str = "hongqi";

/// The layer that reads and writes the session cookie.
#[must_use]
pub fn layer(floor: &Floor) -> SessionManagerLayer<Sessions> {
    let idle = Duration::from_secs(u64::try_from(floor.config.session_minutes.max(1)).unwrap_or(1) * 60);
    SessionManagerLayer::new(Sessions { floor: floor.clone() })
        .with_name(SESSION_COOKIE)
        .with_secure(floor.config.tls)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(idle.try_into().unwrap_or(time::Duration::HOUR)))
}

fn backend(error: DbErr) -> Error {
    Error::Backend(error.to_string())
}

impl Sessions {
    fn row(record: &Record) -> Result<session::ActiveModel> {
        Ok(session::ActiveModel {
            id: Set(record.id.to_string()),
            data: Set(serde_json::to_string(record).map_err(|error| Error::Encode(error.to_string()))?),
            expires_at: Set(record.expiry_date.unix_timestamp()),
        })
    }

    /// Forgets the sessions that ended before `now`, by the machine's clock: a moved demo date ends nobody's session.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_expired(floor: &Floor, now: Instant) -> std::result::Result<u64, DbErr> {
        let expired = session::Column::ExpiresAt.lt(now.as_micros().div_euclid(1_000_000));
        let forgotten = session::Entity::delete_many().filter(expired).exec(floor.db.writer()).await?.rows_affected;
        if forgotten > 0 {
            floor.changed();
        }
        Ok(forgotten)
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not meet twice; a clash would be refused by the primary key.
        session::Entity::insert(Self::row(record)?)
            .exec_without_returning(self.floor.db.writer())
            .await
            .map_err(backend)?;
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let row = Self::row(record)?;
        let updated = session::Entity::update_many()
            .set(row.clone())
            .filter(session::Column::Id.eq(record.id.to_string()))
            .exec(self.floor.db.writer())
            .await
            .map_err(backend)?;
        if updated.rows_affected == 0 {
            session::Entity::insert(row).exec_without_returning(self.floor.db.writer()).await.map_err(backend)?;
        }
        self.floor.changed();
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = session::Entity::find_by_id(id.to_string()).one(self.floor.db.reader()).await.map_err(backend)?;
        let Some(row) = row.filter(|row| row.expires_at > OffsetDateTime::now_utc().unix_timestamp()) else {
            return Ok(None);
        };
        serde_json::from_str(&row.data).map(Some).map_err(|error| Error::Decode(error.to_string()))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        session::Entity::delete_by_id(id.to_string()).exec(self.floor.db.writer()).await.map_err(backend)?;
        self.floor.changed();
        Ok(())
    }
}
