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
    /// How many offices of a kind are offered at most.
    const OF_A_KIND: usize = 12;

    /// A few offices of each kind from all over the county, in the order of the kinds: enough to see every desk, and not a
    /// hundred branches.
    pub fn some_of_each(offices: &[office::Model]) -> Vec<Self> {
        let kinds = OfficeKind::ALL.iter();
        kinds
            .flat_map(|kind| {
                let mut titles = BTreeSet::new();
                let of_kind = offices.iter().filter(|office| office.kind.0 == *kind);
                let of_kind: Vec<_> = of_kind.filter(|office| titles.insert(office.title.clone())).collect();
                let step = of_kind.len().div_ceil(Self::OF_A_KIND).max(1);
                of_kind.into_iter().step_by(step)
            })
            .map(|office| Self {
                id: office.id.0.to_string(),
                title: office.title.clone(),
                kind: office.kind.0.label(),
            })
            .collect()
    }
}
