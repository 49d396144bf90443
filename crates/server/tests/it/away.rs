//! The database gone for a while: everyone is told in words and in time, and goes on afterwards without a restart.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use domain::permission::{Deed, OfficeKind};
use platform::{act::Subject, error::Stop, settings};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::{
    client::{Answer, Client},
    world::{Engine, World, county, fresh_postgres},
};

/// How long anyone waits for words, at the most.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the line to the database does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It carries.
    Whole,
    /// It is cut: what was open breaks off, and nobody gets through.
    Cut,
    /// It swallows: nothing breaks off, and nothing comes back. This is what a lost network looks like.
    Silent,
}

/// A line between the product and its database that can be cut.
struct Line {
    state: watch::Sender<State>,
}

impl Line {
    /// A line to `target`; answers with its own address too.
    async fn to(target: SocketAddr) -> (Self, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = watch::Sender::new(State::Whole);
        let watched = state.subscribe();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, target, watched.clone()));
            }
        });
        (Self { state }, address)
    }

    fn be(&self, state: State) {
        self.state.send_replace(state);
    }
}

async fn carry(mut near: TcpStream, target: SocketAddr, mut state: watch::Receiver<State>) {
    if *state.borrow() == State::Whole {
        let Ok(mut far) = TcpStream::connect(target).await else { return };
        tokio::select! {
            _ = copy_bidirectional(&mut near, &mut far) => return,
            _ = state.wait_for(|state| *state != State::Whole) => {}
        }
    }
    // Silent lines stay open until they are cut or the world ends.
    let _ = state.wait_for(|state| *state != State::Silent).await;
}

/// The world over such a line.
async fn world_over_a_line() -> (World, Line) {
    let url = fresh_postgres().await;
    let (server, name) = url.rsplit_once('/').expect("a database in the address");
    let (user, place) = server.rsplit_once('@').expect("a server in the address");
    let target = tokio::net::lookup_host(place).await.expect("known").next().expect("an address");
    let (line, address) = Line::to(target).await;
    (World::open_at(Engine::Postgres, format!("{user}@{address}/{name}")).await, line)
}

fn is_told(answer: Answer) {
    assert!(answer.headers.contains_key("retry-after"), "{}", answer.words());
    answer.expect(503).says("系统暂时连不上数据库").says("长辈版");
}

/// Asks for pages and sends forms, all at once; each is told in words and in time.
async fn everyone_is_told(world: &World, officer: &Client) {
    let begun = Instant::now();
    let mut visitors: [_; 5] = std::array::from_fn(|_| world.visitor());
    let [home, directory, sign_in, ready, health] = &mut visitors;
    let mut signed_in = officer.clone();
    let (home, directory, sign_in, desk, ready, health) = tokio::join!(
        home.get("/"),
        directory.get("/directory"),
        sign_in.post("/sign-in", &[("name", "user0"), ("password", "hongqi2022")]),
        signed_in.get("/desk"),
        ready.get("/readyz"),
        health.get("/healthz"),
    );
    for told in [home, directory, sign_in, desk] {
        is_told(told);
    }
    ready.expect(503);
    health.expect(200);
    assert!(begun.elapsed() < PATIENCE, "people waited {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_database_that_is_gone_for_a_while_is_told_and_comes_back() {
    let (world, line) = world_over_a_line().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/desk").await.expect(200);
    for state in [State::Cut, State::Silent, State::Cut] {
        line.be(state);
        everyone_is_told(&world, &officer).await;
        // And those who come later, when every old connection is known to be gone.
        everyone_is_told(&world, &officer).await;
        line.be(State::Whole);
        officer.get("/desk").await.expect(200);
        world.visitor().get("/").await.expect(200);
        world.visitor().get("/readyz").await.expect(200);
        world.visitor().sign_in("user0", crate::world::PASSWORD).await.expect(303);
    }
}

#[tokio::test]
async fn a_deed_that_is_cut_off_is_not_a_fault_of_ours() {
    let (world, line) = world_over_a_line().await;
    let op = world.system();
    for is_written in [false, true] {
        let mut act = op.act().await.expect("a deed");
        settings::set(act.db(), "colour", "red").await.expect("written");
        if is_written {
            act.record(Deed::MoveDemoDate, &Subject::new("setting", "colour", None), "red").await.expect("recorded");
        }
        line.be(State::Cut);
        let stopped = if is_written {
            act.commit().await
        } else {
            act.record(Deed::MoveDemoDate, &Subject::new("setting", "colour", None), "red").await
        };
        assert!(matches!(stopped, Err(Stop::Away(_))), "{stopped:?}");
        line.be(State::Whole);
        assert_eq!(settings::get(world.floor.db.reader(), "colour").await.expect("read"), None);
    }
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}
