//! How a short text reaches a telephone: by a webhook of the county's own provider, or on the screen for trials.
//!
//! Never logs a number or a text.

use std::time::Duration;

use crate::{error::Stop, floor::Floor};

/// How long the provider may take.
const WAIT: Duration = Duration::from_secs(5);

/// What the settings name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// Nothing is connected.
    Nowhere,
    /// The page itself shows the text.
    Screen,
    /// The address that takes `{"phone": …, "text": …}` as JSON and answers 2xx.
    Webhook(String),
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Away,
    /// It is to be shown on the page.
    Shown(String),
}

impl Sender {
    /// As the settings say; a demo county without any shows texts on the screen.
    #[must_use]
    pub fn of(floor: &Floor) -> Self {
        match floor.config.text_sender.as_str() {
            "" if floor.clock.is_demo() => Self::Screen,
            "" => Self::Nowhere,
            "screen" => Self::Screen,
            address => Self::Webhook(address.to_owned()),
        }
    }

    /// Sends `text` to `phone`.
    ///
    /// # Errors
    /// A refusal in words when the provider cannot be reached or says no, or none is connected.
    pub async fn send(&self, phone: &str, text: &str) -> Result<Sent, Stop> {
        match self {
            Self::Nowhere => Err(Stop::refused("还没有接通短信，请向所在支部要一次性登录链接。")),
            Self::Screen => Ok(Sent::Shown(text.to_owned())),
            Self::Webhook(address) => {
                let body = serde_json::json!({ "phone": phone, "text": text }).to_string();
                let address = address.clone();
                let sent = tokio::task::spawn_blocking(move || post(&address, body)).await;
                match sent.map_err(|error| Stop::Fault(error.into()))? {
                    Ok(()) => Ok(Sent::Away),
                    Err(error) => {
                        // The error names the address and the status, never the body.
                        tracing::warn!(%error, "a short message was not sent");
                        Err(Stop::refused("短信没有发出去，请过几分钟再试，或向所在支部要一次性登录链接。"))
                    }
                }
            }
        }
    }
}

fn post(address: &str, body: String) -> Result<(), Box<ureq::Error>> {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(WAIT)).build().into();
    agent.post(address).header("content-type", "application/json").send(body).map(drop).map_err(Box::new)
}
