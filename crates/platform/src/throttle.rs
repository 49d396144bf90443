//! How often one address may try what is open to everyone: signing in, objecting, asking with a query code.
//!
//! Counts in memory, for each instance by itself; a restart forgets. Promises that a page keeps what was typed when it
//! says "later". Never locks anyone out for longer than it takes to earn one more try.

use std::{
    collections::HashMap,
    convert::Infallible,
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use domain::clock::Instant;
use governor::{
    RateLimiter,
    clock::{Clock as _, MonotonicClock},
    state::keyed::DashMapStateStore,
};

use crate::{config::Config, floor::Floor};

/// Addresses remembered before those that have been quiet are forgotten.
const MANY: usize = 10_000;

/// The throttles of an instance.
#[derive(Debug)]
pub struct Throttles {
    /// Attempts to sign in.
    pub sign_ins: Throttle,
    /// Objections filed over the net.
    pub objections: Throttle,
    /// Questions with a query code, so that nobody can go through the codes.
    pub queries: Throttle,
    /// One-time codes asked for, by the hash of for whom.
    pub codes: Pace,
}

impl Throttles {
    /// As the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            sign_ins: Throttle::per_minute(config.sign_ins_per_minute),
            objections: Throttle::per_minute(config.objections_per_minute),
            queries: Throttle::per_minute(config.queries_per_minute),
            codes: Pace::default(),
        }
    }
}

type Limiter = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, MonotonicClock>;

/// So many tries a minute for each address, all at once or spread.
pub struct Throttle(Option<Limiter>);

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Throttle").field(&self.0.as_ref().map(Limiter::len)).finish()
    }
}

/// One address has tried too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("短时间内提交的次数太多，请 {seconds} 秒后再提交，您填写的内容还在")]
pub struct TooOften {
    /// Until the next try, at least 1.
    pub seconds: u64,
}

impl Throttle {
    /// `tries` a minute; 0 for no limit.
    #[must_use]
    pub fn per_minute(tries: u32) -> Self {
        let quota = NonZeroU32::new(tries).map(governor::Quota::per_minute);
        Self(quota.map(|quota| RateLimiter::new(quota, DashMapStateStore::default(), MonotonicClock)))
    }

    /// Uses one try of `client`.
    ///
    /// # Errors
    /// There is none left.
    pub fn take(&self, client: ClientAddress) -> Result<(), TooOften> {
        let Some(limiter) = &self.0 else { return Ok(()) };
        if limiter.len() > MANY {
            limiter.retain_recent();
        }
        limiter.check_key(&client.0).map_err(|until| {
            let wait = until.wait_time_from(MonotonicClock.now());
            TooOften { seconds: wait.as_secs() + 1 }
        })
    }
}

/// How long until the same thing may be asked for again, in seconds.
const PACE_SECONDS: i64 = 60;

/// One try a minute for each thing that is asked for, from whichever address: what there is and what there is not are paced alike,
/// so that waiting tells nobody which is which.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<String, Instant>>);

impl Pace {
    /// Uses the try of `key` at `now`; whether there was one.
    #[must_use]
    pub fn take(&self, key: String, now: Instant) -> bool {
        let is_recent = |last: Instant| last <= now && now < last.plus_micros(PACE_SECONDS * 1_000_000);
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() > MANY {
            asked.retain(|_, last| is_recent(*last));
        }
        if asked.get(&key).is_some_and(|last| is_recent(*last)) {
            return false;
        }
        asked.insert(key, now);
        true
    }
}

/// Whom a request comes from, as far as it can be known: one address, or the network of one subscriber.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The client at `address`. An IPv6 subscriber has a whole network of 64 bits, which counts as one.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => Self(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()),
            v4 => Self(v4),
        }
    }

    /// Behind a proxy of ours, the last address in `X-Forwarded-For` is the one the proxy saw; those before it are
    /// whatever the client wrote.
    fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
        let line = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse().ok()
    }
}

impl FromRequestParts<Floor> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, floor: &Floor) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let forwarded = floor.config.behind_proxy.then(|| Self::forwarded(&parts.headers)).flatten();
        // A request without a peer is made inside the process; all of those count as one.
        Ok(Self::of(forwarded.or(peer).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> ClientAddress {
        ClientAddress::of(address.parse().unwrap())
    }

    #[test]
    fn each_address_has_its_own_tries() {
        let throttle = Throttle::per_minute(2);
        assert_eq!(throttle.take(client("10.0.0.1")), Ok(()));
        assert_eq!(throttle.take(client("10.0.0.1")), Ok(()));
        let refused = throttle.take(client("10.0.0.1")).unwrap_err();
        assert!((1..=31).contains(&refused.seconds), "{refused}");
        assert_eq!(throttle.take(client("10.0.0.2")), Ok(()));
        let open = Throttle::per_minute(0);
        assert!((0..100).all(|_| open.take(client("10.0.0.1")).is_ok()));
    }

    #[test]
    fn each_thing_is_asked_for_once_a_minute() {
        let (pace, at) = (Pace::default(), |seconds: i64| Instant::from_micros(seconds * 1_000_000));
        let take = |key: &str, seconds| pace.take(key.to_owned(), at(seconds));
        assert!(take("one", 0) && !take("one", 59) && take("two", 59));
        assert!(take("one", 60) && !take("one", 61));
    }

    #[test]
    fn one_subscriber_is_one_client() {
        assert_eq!(client("2001:db8:1:2:3::4"), client("2001:db8:1:2:ffff::1"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:10.0.0.1"), client("10.0.0.1"));
    }

    #[test]
    fn only_the_address_the_proxy_wrote_is_believed() {
        let headers: HeaderMap =
            [("x-forwarded-for".parse().unwrap(), "1.2.3.4, 10.0.0.9".parse().unwrap())].into_iter().collect();
        assert_eq!(ClientAddress::forwarded(&headers), Some("10.0.0.9".parse().unwrap()));
        assert_eq!(ClientAddress::forwarded(&HeaderMap::new()), None);
    }
}
