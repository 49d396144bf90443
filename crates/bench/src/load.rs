//! A small HTTP/1.1 client that keeps its connections, and the same load for everything that is compared.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context as _;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

/// One connection.
pub struct Connection(BufReader<TcpStream>);

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The page as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The cookies that were set, as one header value.
    pub fn cookies(&self) -> String {
        let set = self.headers.iter().filter(|(name, _)| name == "set-cookie");
        set.filter_map(|(_, value)| value.split(';').next()).collect::<Vec<_>>().join("; ")
    }
}

impl Connection {
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a request as it is written, and reads the answer.
    pub async fn send(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        self.0.get_mut().write_all(request).await?;
        let mut line = String::new();
        self.0.read_line(&mut line).await?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("no status line, but {line:?}"))?;
        let (mut headers, mut length, mut is_chunked) = (Vec::new(), 0_usize, false);
        loop {
            line.clear();
            self.0.read_line(&mut line).await?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse()?;
            }
            is_chunked |= name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case("chunked");
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        while is_chunked {
            line.clear();
            self.0.read_line(&mut line).await?;
            let size = usize::from_str_radix(line.trim_end(), 16).with_context(|| format!("no chunk, but {line:?}"))?;
            // Each chunk ends with a line break, and the last is empty.
            let mut chunk = vec![0; size + 2];
            self.0.read_exact(&mut chunk).await?;
            body.extend_from_slice(&chunk[..size]);
            is_chunked = size > 0;
        }
        Ok(Answer { status, headers, body })
    }
}

/// A GET as a browser sends it.
pub fn get(path: &str, cookies: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nCookie: {cookies}\r\n\r\n").into_bytes()
}

/// A GET whose answer is to be read here.
pub fn get_plain(path: &str, cookies: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n\r\n").into_bytes()
}

/// A form as a browser posts it, from a client address of its own.
pub fn post(path: &str, client: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nX-Forwarded-For: {client}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

/// Answers a second that `clients` connections got in `length`; `request` makes the n-th request. Every answer must have
/// the status `wanted`.
pub async fn rate(
    address: SocketAddr,
    clients: usize,
    length: Duration,
    wanted: u16,
    request: impl Fn(u64) -> Vec<u8> + Send + Sync + 'static,
) -> anyhow::Result<f64> {
    let (request, number) = (Arc::new(request), Arc::new(AtomicU64::new(0)));
    let begun = Instant::now();
    let client = || {
        let (request, number) = (Arc::clone(&request), Arc::clone(&number));
        tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut answers = 0_u64;
            while begun.elapsed() < length {
                let bytes = request(number.fetch_add(1, Ordering::Relaxed));
                let answer = connection.send(&bytes).await?;
                anyhow::ensure!(answer.status == wanted, "status {} instead of {wanted}", answer.status);
                answers += 1;
            }
            anyhow::Ok(answers)
        })
    };
    let clients: Vec<_> = (0..clients).map(|_| client()).collect();
    let mut answers = 0;
    for client in clients {
        answers += client.await??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate needs no 53 bits")]
    Ok(answers as f64 / begun.elapsed().as_secs_f64())
}
