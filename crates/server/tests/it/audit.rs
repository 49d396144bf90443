//! A changed, deleted, swapped or cut audit row is found.

use domain::permission::{Deed, OfficeKind};
use platform::{act::Subject, audit::verify};
use sea_orm::{ConnectionTrait as _, Database};

use crate::{
    stories,
    world::{Engine, World, county},
};

stories!(every_tampering_is_found, deeds_at_once_keep_the_chain_whole, the_auditor_reads_and_others_do_not);

async fn is_whole(world: &World) -> bool {
    verify(world.floor.db.reader()).await.expect("walked").broken.is_empty()
}

/// Does to the database what no door allows, over a connection of its own.
async fn tamper(world: &World, sql: &str) {
    let url = match world.engine {
        Engine::Sqlite => format!("sqlite:{}", world.floor.config.data_dir.join("hongqi.db").display()),
        Engine::Postgres => world.floor.config.database_url.clone(),
    };
    let connection = Database::connect(url).await.expect("a connection");
    let done = connection.execute_unprepared(sql).await.expect("tampered");
    assert!(done.rows_affected() > 0, "nothing was tampered with by {sql}");
    connection.close().await.expect("closed");
}

async fn every_tampering_is_found(world: &World) {
    for _ in 0..4 {
        world.swear_in(OfficeKind::Auditor, &county()).await;
    }
    assert!(is_whole(world).await);
    let place = county();
    for (tampering, mending) in [
        (
            format!("UPDATE audit_events SET body = '{{\"x\":1}}' WHERE chain = '{place}' AND seq = 3"),
            format!("UPDATE audit_events SET body = '{{}}' WHERE chain = '{place}' AND seq = 3"),
        ),
        (
            format!("UPDATE audit_events SET seq = seq + 1000 WHERE chain = '{place}' AND seq = 3"),
            format!("UPDATE audit_events SET seq = seq - 1000 WHERE chain = '{place}' AND seq = 1003"),
        ),
        (
            format!("UPDATE audit_heads SET seq = seq - 1 WHERE chain = '{place}'"),
            format!("UPDATE audit_heads SET seq = seq + 1 WHERE chain = '{place}'"),
        ),
    ] {
        tamper(world, &tampering).await;
        assert!(!is_whole(world).await, "not found: {tampering}");
        tamper(world, &mending).await;
        assert!(is_whole(world).await, "not whole again after: {mending}");
    }
    let swap = format!(
        "UPDATE audit_events SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE chain = '{place}' AND seq IN (2, 3)"
    );
    tamper(world, &swap).await;
    tamper(world, &format!("UPDATE audit_events SET seq = -seq WHERE chain = '{place}' AND seq < 0")).await;
    assert!(!is_whole(world).await, "a swap was not found");
    tamper(world, &format!("DELETE FROM audit_events WHERE chain = '{place}' AND seq = 2")).await;
    assert!(!is_whole(world).await, "a deletion was not found");
    tamper(world, &format!("DELETE FROM audit_heads WHERE chain = '{place}'")).await;
    assert!(!is_whole(world).await, "a chain without its head was not found");
}

async fn deeds_at_once_keep_the_chain_whole(world: &World) {
    let place = county();
    let deed = |number: usize| {
        let (op, place) = (world.system(), place.clone());
        async move {
            let mut act = op.act().await.expect("a deed");
            act.record(Deed::MoveDemoDate, &Subject::new("setting", number, &place), number).await.expect("recorded");
            act.commit().await.expect("committed");
        }
    };
    let deeds: Vec<_> = (0..40).map(|number| tokio::spawn(deed(number))).collect();
    for done in deeds {
        done.await.expect("done");
    }
    let found = verify(world.floor.db.reader()).await.expect("walked");
    assert_eq!(found.whole.get(place.as_str()), Some(&40));
    assert!(found.broken.is_empty());
}

async fn the_auditor_reads_and_others_do_not(world: &World) {
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit?deed=create_account").await.expect(200).says("新建账号");
    auditor.get("/audit?place=abc").await.expect(200).says("地点代码应为");
    auditor.get("/audit.xlsx").await.expect(200);
    let mut other = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    other.get("/audit").await.expect(404);
}
