//! `kill -9` under load, again and again: what was acknowledged is there, the record is whole, and the next start is at once.

use std::{
    net::SocketAddr,
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};

use platform::{act::Subject, settings};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    process::{Child, Command},
    sync::mpsc,
    task::JoinSet,
};

use crate::{
    season::{decided, published, recommended},
    stories,
    world::World,
};

stories!(what_was_acknowledged_survives_being_killed);

/// How many objections and voices have been acknowledged when the server of each round is killed, with others under way.
const ROUNDS: [usize; 7] = [1, 3, 8, 2, 21, 13, 34];
/// Residents who object and speak at the same time.
const RESIDENTS: usize = 4;
/// A start on data that is there takes a moment, even without optimisation and with the other tests beside it.
const AT_ONCE: Duration = Duration::from_secs(20);

/// The product as its own process over a world's data.
struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    /// Starts it, and waits until it says where it listens.
    async fn start(world: &World) -> Self {
        let begun = Instant::now();
        let mut child = product(world)
            .args(["demo", "--today", "2022-11-09", "--listen", "127.0.0.1:0", "--data"])
            .arg(&world.floor.config.data_dir)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = loop {
            let line = lines.next_line().await.expect("text").expect("it says where it listens before it ends");
            if let Some((_, address)) = line.split_once("http://") {
                break address.trim().parse().expect("an address");
            }
        };
        assert!(begun.elapsed() < AT_ONCE, "the start took {:?}", begun.elapsed());
        Self { child, address }
    }

    /// `kill -9`.
    async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }
}

fn product(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hongqi"));
    command
        .env("HONGQI_DATA_DIR", &world.floor.config.data_dir)
        .env("HONGQI_DATABASE_URL", &world.floor.config.database_url)
        .env("HONGQI_OBJECTIONS_PER_MINUTE", "0")
        .env("HONGQI_QUERIES_PER_MINUTE", "0")
        .env("HONGQI_LOG", "error");
    command
}

/// A form over a connection of its own; `None` when the connection broke off.
async fn post(address: SocketAddr, path: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let length = body.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

/// What was acknowledged: where it is asked for, and by which code.
type Acknowledged = (&'static str, String);

/// Sends a form that is answered with a code, which is asked for at `asked`.
async fn acknowledged(address: SocketAddr, path: &str, body: &str, asked: &'static str) -> Option<Acknowledged> {
    let answer = post(address, path, body).await?;
    let code = answer.split_once("class=\"code\">")?.1.split_once('<')?.0;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    Some((asked, code.to_owned()))
}

async fn object(address: SocketAddr, notice: &str) -> Option<Acknowledged> {
    let path = format!("/notices/{notice}/object");
    acknowledged(address, &path, "is_named=no&text=%E4%B8%8D%E5%AE%9E", "/objections").await
}

async fn speak(address: SocketAddr) -> Option<Acknowledged> {
    let form = "kind=help&topic=repairs&text=%E6%BC%8F%E6%B0%B4";
    acknowledged(address, "/voices/at/5304270010010001", form, "/voices/follow").await
}

async fn what_was_acknowledged_survives_being_killed(world: &World) {
    let (season, applications) = recommended(world).await;
    let mut officer = decided(world, &season, &applications).await;
    let notice: Arc<str> = published(&mut officer, &season).await.into();
    take_for_a_made_demo(world).await;
    let mut acknowledged: Vec<Acknowledged> = Vec::new();
    for enough in ROUNDS {
        let served = Served::start(world).await;
        check(served.address, &acknowledged).await;
        let (sender, mut codes) = mpsc::unbounded_channel();
        let mut residents = JoinSet::new();
        for _ in 0..RESIDENTS {
            let (address, notice, sender) = (served.address, Arc::clone(&notice), sender.clone());
            residents.spawn(async move {
                while let Some(objection) = object(address, &notice).await {
                    sender.send(objection).expect("the story listens");
                    let Some(voice) = speak(address).await else { break };
                    sender.send(voice).expect("the story listens");
                }
            });
        }
        drop(sender);
        let before = acknowledged.len();
        while acknowledged.len() - before < enough {
            acknowledged.push(codes.recv().await.expect("they are acknowledged until the server is killed"));
        }
        served.kill().await;
        residents.join_all().await;
        while let Some(code) = codes.recv().await {
            acknowledged.push(code);
        }
        let verified = product(world).args(["audit", "verify"]).output().await.expect("it runs");
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
    }
    let served = Served::start(world).await;
    check(served.address, &acknowledged).await;
    served.kill().await;
}

/// The demo takes a county that says it has been made as it is; and from here on it is alone with the database.
async fn take_for_a_made_demo(world: &World) {
    let op = world.system();
    let mut act = op.act().await.expect("a deed");
    settings::set(act.db(), "demo_made", "1").await.expect("written");
    let subject = Subject::new("setting", "demo_made", None);
    act.record(domain::permission::Deed::MoveDemoDate, &subject, "1").await.expect("recorded");
    act.commit().await.expect("committed");
    world.floor.db.clone().close().await.expect("closed");
}

/// All that was acknowledged is found by its code.
async fn check(address: SocketAddr, acknowledged: &[Acknowledged]) {
    for (asked, code) in acknowledged {
        let answer = post(address, asked, &format!("code={code}")).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("已收到，等待受理"), "{code} is lost: {answer}");
    }
}
