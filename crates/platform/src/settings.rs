//! A few values that belong to the installation itself, by name.

use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

mod setting {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub value: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The value of `name`, if one was set.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(db: &impl ConnectionTrait, name: &str) -> Result<Option<String>, DbErr> {
    Ok(setting::Entity::find_by_id(name.to_owned()).one(db).await?.and_then(|row| row.value))
}

/// Sets `name` to `value`.
///
/// # Errors
/// When the database cannot be written.
pub async fn set(db: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), DbErr> {
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(Some(value.to_owned())) };
    if setting::Entity::find_by_id(name.to_owned()).one(db).await?.is_some() {
        setting::Entity::update(row).exec(db).await?;
    } else {
        setting::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}
