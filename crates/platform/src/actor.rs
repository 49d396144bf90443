//! Who is acting: a visitor, the system itself, or a person under one office.

use domain::{
    ids::{AccountId, OfficeId},
    permission::{Deed, OfficeKind, Verdict, judge},
    place::PlaceCode,
};

use crate::error::Stop;

/// One office, as it is acted under (身份). Offices are never added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Its identifier.
    pub id: OfficeId,
    /// What kind of office.
    pub kind: OfficeKind,
    /// The body it belongs to, such as `古城街道党工委`.
    pub organ: String,
    /// The place it answers for.
    pub place: PlaceCode,
    /// How the header shows it, such as `古城街道党工委 组织委员`.
    pub title: String,
}

/// A signed-in person under one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The account signed in.
    pub account: AccountId,
    /// The person's name.
    pub name: String,
    /// The office in use.
    pub office: Office,
}

/// Who does a deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Anyone, without an account.
    Visitor,
    /// The system itself: jobs, and commands on the machine.
    System,
    /// A person under an office.
    Officer(Officer),
}

impl Actor {
    /// The officer, or the person is asked to sign in.
    ///
    /// # Errors
    /// [`Stop::SignedOut`] for a visitor.
    pub const fn officer(&self) -> Result<&Officer, Stop> {
        match self {
            Self::Officer(officer) => Ok(officer),
            Self::Visitor | Self::System => Err(Stop::SignedOut),
        }
    }

    /// Whether this actor may do `deed` to a thing at `place`; by the one table of [`domain::permission`].
    ///
    /// # Errors
    /// [`Stop::Missing`] when even its existence is not their business, [`Stop::Forbidden`] when it may be seen but not done.
    pub fn permit(&self, deed: Deed, place: &PlaceCode) -> Result<(), Stop> {
        let verdict = match self {
            Self::System => Verdict::Allowed,
            Self::Visitor if deed.is_public() => Verdict::Allowed,
            Self::Visitor => return Err(Stop::SignedOut),
            Self::Officer(officer) => judge(officer.office.kind, deed, &officer.office.place, place),
        };
        match verdict {
            Verdict::Allowed => Ok(()),
            Verdict::Forbidden => Err(Stop::Forbidden),
            Verdict::Hidden => Err(Stop::Missing),
        }
    }

    /// Whether a page should offer `deed` on a thing at `place`.
    #[must_use]
    pub fn can(&self, deed: Deed, place: &PlaceCode) -> bool {
        self.permit(deed, place).is_ok()
    }
}
