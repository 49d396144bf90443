//! Pages before signing in.

use std::collections::BTreeSet;

use askama::Template;
use domain::permission::OfficeKind;
use platform::shell::{PortalShell, Problems};

use super::{store::office, urls};

/// The sign-in page.
#[derive(Template)]
#[template(path = "identity/sign_in.html")]
pub struct SignInPage {
    pub shell: PortalShell,
    pub problems: Problems,
    pub name: String,
    pub next: String,
    pub demo_offices: Vec<DemoOffice>,
}

impl SignInPage {
    fn member_sign_in(&self) -> &'static str {
        urls::MEMBER_SIGN_IN
    }

    fn demo_action(&self) -> &'static str {
        urls::DEMO_SIGN_IN
    }
}

/// An office to enter with one click, in demo mode.
pub struct DemoOffice {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
}

impl DemoOffice {
    /// How many offices of a kind are offered where there are many.
    const OF_A_KIND: usize = 12;

    /// The first few offices of each kind, in the order of the kinds: enough to see every desk, and not a hundred branches.
    pub fn first_of_each(offices: Vec<office::Model>) -> Vec<Self> {
        let kinds = OfficeKind::ALL.iter();
        kinds
            .flat_map(|kind| {
                let mut titles = BTreeSet::new();
                let of_kind = offices.iter().filter(move |office| office.kind.0 == *kind);
                of_kind.filter(move |office| titles.insert(office.title.clone())).take(Self::OF_A_KIND)
            })
            .map(|office| Self {
                id: office.id.0.to_string(),
                title: office.title.clone(),
                kind: office.kind.0.label(),
            })
            .collect()
    }
}
