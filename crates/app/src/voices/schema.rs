//! Tables of voices.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, boolean_null, integer, string, string_null, text, text_null},
};

/// Migration of the module.
pub struct M0061Voices;

impl MigrationName for M0061Voices {
    fn name(&self) -> &'static str {
        "m0061_voices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0061Voices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(voices(manager)).await?;
        manager.create_table(entries()).await?;
        for (table, name, columns, is_unique) in [
            ("voices", "voices_code", &["code_index"][..], true),
            ("voices", "voices_place", &["place", "received_at", "id"], false),
            ("voices", "voices_desk", &["desk", "state", "place"], false),
            ("voices", "voices_due", &["state", "due_at"], false),
            ("voice_entries", "voice_entries_voice", &["voice_id", "id"], false),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

/// Photos of voices.
pub struct M0066VoicePhotos;

impl MigrationName for M0066VoicePhotos {
    fn name(&self) -> &'static str {
        "m0066_voice_photos"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0066VoicePhotos {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(photos()).await?;
        manager.create_index(index("voice_photos", "voice_photos_voice", &["voice_id", "id"], false)).await
    }
}

/// Issues, which voices belong to.
pub struct M0067VoiceIssues;

impl MigrationName for M0067VoiceIssues {
    fn name(&self) -> &'static str {
        "m0067_voice_issues"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0067VoiceIssues {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(issues(manager)).await?;
        let column = string_null("issue_id");
        manager.alter_table(Table::alter().table("voices").add_column(column).take()).await?;
        for (table, name, columns) in [
            ("voice_issues", "voice_issues_place", &["place", "state"][..]),
            ("voices", "voices_issue", &["issue_id"]),
            ("voices", "voices_received", &["received_at", "id"]),
        ] {
            manager.create_index(index(table, name, columns, false)).await?;
        }
        Ok(())
    }
}

/// Voices that follow another about the same.
pub struct M0070VoiceMerging;

impl MigrationName for M0070VoiceMerging {
    fn name(&self) -> &'static str {
        "m0070_voice_merging"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0070VoiceMerging {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("merged_into");
        manager.alter_table(Table::alter().table("voices").add_column(column).take()).await?;
        manager.create_index(index("voices", "voices_merged", &["merged_into"], false)).await
    }
}

/// Voices that were ever late.
pub struct M0071VoiceWasLate;

impl MigrationName for M0071VoiceWasLate {
    fn name(&self) -> &'static str {
        "m0071_voice_was_late"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0071VoiceWasLate {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = boolean("was_late").default(false).take();
        manager.alter_table(Table::alter().table("voices").add_column(column).take()).await?;
        let handed_up = Query::select()
            .column("voice_id")
            .from("voice_entries")
            .and_where(Expr::col("step").eq("escalated"))
            .take();
        let mark = Query::update()
            .table("voices")
            .value("was_late", true)
            .and_where(Expr::col("id").in_subquery(handed_up))
            .take();
        manager.execute(mark).await
    }
}

/// Where voices stand, for lists and counts of what is open among ever more that is over.
pub struct M0074VoiceStanding;

impl MigrationName for M0074VoiceStanding {
    fn name(&self) -> &'static str {
        "m0074_voice_standing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0074VoiceStanding {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = &["state", "place", "due_at", "desk", "state_since"];
        manager.create_index(index("voices", "voices_standing", columns, false)).await
    }
}

/// Voices that were split.
pub struct M0077VoicePieces;

impl MigrationName for M0077VoicePieces {
    fn name(&self) -> &'static str {
        "m0077_voice_pieces"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0077VoicePieces {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("split_from");
        manager.alter_table(Table::alter().table("voices").add_column(column).take()).await?;
        manager.create_index(index("voices", "voices_pieces", &["split_from", "id"], false)).await
    }
}

/// How long each step may take, as counties have it.
pub struct M0078VoiceTerms;

impl MigrationName for M0078VoiceTerms {
    fn name(&self) -> &'static str {
        "m0078_voice_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0078VoiceTerms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to_county = ForeignKey::create()
            .from("voice_terms", "county")
            .to("places", "code")
            .on_update(ForeignKeyAction::Cascade)
            .take();
        let terms = Table::create()
            .table("voice_terms")
            .col(id())
            .col(place(manager, "county"))
            .col(integer("version"))
            .col(text("terms"))
            .col(text("reason"))
            .col(big_integer("since"))
            .col(string("signed"))
            .foreign_key(&mut to_county.clone())
            .take();
        manager.create_table(terms).await?;
        manager.create_index(index("voice_terms", "voice_terms_version", &["county", "version"], true)).await
    }
}

/// Others called in.
pub struct M0073VoiceCalls;

impl MigrationName for M0073VoiceCalls {
    fn name(&self) -> &'static str {
        "m0073_voice_calls"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0073VoiceCalls {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(calls()).await?;
        for (name, columns) in [
            ("voice_calls_voice", &["voice_id", "called_at"][..]),
            ("voice_calls_state", &["state", "due_at"]),
            ("voice_calls_called", &["called_at"]),
        ] {
            manager.create_index(index("voice_calls", name, columns, false)).await?;
        }
        Ok(())
    }
}

fn calls() -> TableCreateStatement {
    Table::create()
        .table("voice_calls")
        .col(id())
        .col(string("voice_id"))
        .col(string("callee"))
        .col(string("called"))
        .col(text("words"))
        .col(string("desk"))
        .col(string("signed"))
        .col(big_integer("called_at"))
        .col(big_integer_null("due_at"))
        .col(string("state"))
        .col(big_integer("state_since"))
        .col(text("answer"))
        .col(boolean_null("is_theirs"))
        .col(string_null("solved"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("voice_calls", "voice_id").to("voices", "id"))
        .take()
}

fn issues(manager: &SchemaManager<'_>) -> TableCreateStatement {
    // A branch that moves takes its issues along.
    let mut to_place = ForeignKey::create()
        .from("voice_issues", "place")
        .to("places", "code")
        .on_update(ForeignKeyAction::Cascade)
        .take();
    Table::create()
        .table("voice_issues")
        .col(id())
        .col(place(manager, "place"))
        .col(string_null("compound_id"))
        .col(string("topic"))
        .col(string("state"))
        .col(text("owner"))
        .col(text("outcome"))
        .col(big_integer("opened_at"))
        .col(big_integer("state_since"))
        .col(integer("version"))
        .foreign_key(&mut to_place)
        .foreign_key(ForeignKey::create().from("voice_issues", "compound_id").to("compounds", "id"))
        .take()
}

/// Migration of the short messages to who spoke.
pub struct M0086VoiceTexts;

impl MigrationName for M0086VoiceTexts {
    fn name(&self) -> &'static str {
        "m0086_voice_texts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0086VoiceTexts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let texts = Table::create()
            .table("voice_texts")
            .col(id())
            .col(string("voice_id"))
            .col(text("shown"))
            .col(text_null("words_sealed"))
            .col(big_integer("made_at"))
            .col(big_integer_null("next_at"))
            .col(integer("tries"))
            .col(big_integer_null("sent_at"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("voice_texts", "voice_id").to("voices", "id"))
            .take();
        manager.create_table(texts).await?;
        manager.create_index(index("voice_texts", "voice_texts_of", &["voice_id", "id"], false)).await?;
        manager.create_index(index("voice_texts", "voice_texts_next", &["next_at", "id"], false)).await
    }
}

fn photos() -> TableCreateStatement {
    Table::create()
        .table("voice_photos")
        .col(id())
        .col(string("voice_id"))
        .col(string("blob_hash"))
        .col(string_null("desk"))
        .col(big_integer("sent_at"))
        .col(boolean("is_public"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("voice_photos", "voice_id").to("voices", "id"))
        .foreign_key(ForeignKey::create().from("voice_photos", "blob_hash").to("blobs", "hash"))
        .take()
}

fn voices(manager: &SchemaManager<'_>) -> TableCreateStatement {
    // A branch that moves takes its voices along.
    let mut to_place =
        ForeignKey::create().from("voices", "place").to("places", "code").on_update(ForeignKeyAction::Cascade).take();
    Table::create()
        .table("voices")
        .col(id())
        .col(place(manager, "place"))
        .col(string_null("compound_id"))
        .col(text("spot"))
        .col(string("kind"))
        .col(string("topic"))
        .col(string("channel"))
        .col(text("text"))
        .col(text_null("voicer_name_sealed"))
        .col(text_null("voicer_phone_sealed"))
        .col(string("code_index"))
        .col(string_null("entered_by"))
        .col(big_integer("received_at"))
        .col(string("term"))
        .col(string("state"))
        .col(big_integer("state_since"))
        .col(string("desk"))
        .col(string("first_desk"))
        .col(string_null("dispatcher"))
        .col(big_integer("counted_from"))
        .col(integer("extra"))
        .col(boolean("is_extended"))
        .col(integer("hands"))
        .col(integer("reopenings"))
        .col(boolean_null("is_prompt"))
        .col(string_null("review_on"))
        .col(string_null("solved"))
        .col(string_null("satisfaction"))
        .col(big_integer_null("due_at"))
        .col(integer("version"))
        .foreign_key(&mut to_place)
        .foreign_key(ForeignKey::create().from("voices", "compound_id").to("compounds", "id"))
        .foreign_key(ForeignKey::create().from("voices", "entered_by").to("offices", "id"))
        .take()
}

fn entries() -> TableCreateStatement {
    Table::create()
        .table("voice_entries")
        .col(id())
        .col(string("voice_id"))
        .col(big_integer("at"))
        .col(string("step"))
        .col(string_null("desk"))
        .col(string("signed"))
        .col(text("words"))
        .foreign_key(ForeignKey::create().from("voice_entries", "voice_id").to("voices", "id"))
        .take()
}
