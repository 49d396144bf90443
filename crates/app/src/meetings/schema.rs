//! Tables of the meetings.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text},
};

/// Migration of the meetings.
pub struct M0021Meetings;

impl MigrationName for M0021Meetings {
    fn name(&self) -> &'static str {
        "m0021_meetings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0021Meetings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let meetings = Table::create()
            .table("meetings")
            .col(id())
            .col(place(manager, "branch"))
            .col(string("kind"))
            .col(string("title"))
            .col(big_integer("starts_at"))
            .col(string("venue"))
            .col(string("state"))
            .col(big_integer_null("published_at"))
            .col(big_integer_null("closed_at"))
            .col(string("closed_by"))
            .col(text("summary"))
            .col(text("addenda"))
            .col(text("reason"))
            .col(integer("version"))
            .foreign_key(
                ForeignKey::create()
                    .from("meetings", "branch")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(meetings).await?;
        manager.create_index(index("meetings", "meetings_branch", &["branch", "starts_at"], false)).await?;
        let topics = Table::create()
            .table("meeting_topics")
            .col(id())
            .col(string("meeting_id"))
            .col(integer("position"))
            .col(string("title"))
            .col(text("text"))
            .col(string("matter"))
            .col(integer_null("yes"))
            .col(integer_null("no"))
            .col(integer_null("abstained"))
            .col(string_null("resolution_id"))
            .foreign_key(ForeignKey::create().from("meeting_topics", "meeting_id").to("meetings", "id"))
            .take();
        manager.create_table(topics).await?;
        manager
            .create_index(index("meeting_topics", "meeting_topics_meeting", &["meeting_id", "position"], true))
            .await?;
        let attendance = Table::create()
            .table("meeting_attendance")
            .col(string("meeting_id"))
            .col(string("membership_id"))
            .col(string("presence"))
            .primary_key(Index::create().col("meeting_id").col("membership_id"))
            .foreign_key(ForeignKey::create().from("meeting_attendance", "meeting_id").to("meetings", "id"))
            .foreign_key(ForeignKey::create().from("meeting_attendance", "membership_id").to("memberships", "id"))
            .take();
        manager.create_table(attendance).await?;
        manager
            .create_index(index(
                "meeting_attendance",
                "meeting_attendance_member",
                &["membership_id", "meeting_id"],
                false,
            ))
            .await
    }
}

/// Migration of who came to a committee meeting without a line in the branch's roll.
pub struct M0051MeetingOthers;

impl MigrationName for M0051MeetingOthers {
    fn name(&self) -> &'static str {
        "m0051_meeting_others"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0051MeetingOthers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let others = Table::create()
            .table("meeting_others")
            .col(string("meeting_id"))
            .col(string("person_id"))
            .col(string("presence"))
            .primary_key(Index::create().col("meeting_id").col("person_id"))
            .foreign_key(ForeignKey::create().from("meeting_others", "meeting_id").to("meetings", "id"))
            .foreign_key(ForeignKey::create().from("meeting_others", "person_id").to("persons", "id"))
            .take();
        manager.create_table(others).await
    }
}

/// Migration of meetings of one group.
pub struct M0076GroupMeetings;

impl MigrationName for M0076GroupMeetings {
    fn name(&self) -> &'static str {
        "m0076_group_meetings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0076GroupMeetings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("party_group");
        manager.alter_table(Table::alter().table("meetings").add_column(column).take()).await
    }
}

/// Migration of elections with candidates.
pub struct M0054Elections;

impl MigrationName for M0054Elections {
    fn name(&self) -> &'static str {
        "m0054_elections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0054Elections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [integer_null("seats"), string_null("outcome")] {
            manager.alter_table(Table::alter().table("meeting_topics").add_column(column).take()).await?;
        }
        let candidates = Table::create()
            .table("meeting_candidates")
            .col(id())
            .col(string("meeting_id"))
            .col(string("topic_id"))
            .col(integer("position"))
            .col(string("name"))
            .col(integer_null("votes"))
            .col(boolean("is_elected"))
            .col(boolean("is_tied"))
            .foreign_key(ForeignKey::create().from("meeting_candidates", "topic_id").to("meeting_topics", "id"))
            .take();
        manager.create_table(candidates).await?;
        let unique = ["meeting_id", "topic_id", "position"];
        manager.create_index(index("meeting_candidates", "meeting_candidates_order", &unique, true)).await
    }
}
