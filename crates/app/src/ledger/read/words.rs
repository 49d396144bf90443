//! The words that stand in cells for the values of our vocabularies.

use domain::organisation::{Affiliation, BranchKind, Gender, MemberKind, OwnersCommittee, PartyPost, Service};

/// The words for one vocabulary.
pub(super) struct Words<T: 'static> {
    /// The usual ones, which messages offer.
    offered: &'static [(&'static str, T)],
    /// Others that offices write for the same.
    understood: &'static [(&'static str, T)],
}

impl<T: Copy> Words<T> {
    /// The value of a word, blanks and the width of brackets not considered.
    pub fn find(&self, text: &str) -> Option<T> {
        let wanted = super::likeness(text);
        let all = self.offered.iter().chain(self.understood);
        all.into_iter().find(|(word, _)| super::likeness(word) == wanted).map(|(_, value)| *value)
    }

    /// `“正式”“功能型”或“联合”`.
    pub fn listed(&self) -> String {
        let words: Vec<String> = self.offered.iter().map(|(word, _)| format!("“{word}”")).collect();
        match words.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{}或{last}", rest.concat()),
            _ => words.concat(),
        }
    }
}

/// 性别.
pub(super) const GENDERS: Words<Gender> = Words {
    offered: &[("男", Gender::Male), ("女", Gender::Female)],
    understood: &[("男性", Gender::Male), ("女性", Gender::Female)],
};

/// 党支部类型.
pub(super) const KINDS: Words<BranchKind> = Words {
    offered: &[("正式", BranchKind::Formal), ("功能型", BranchKind::Functional), ("联合", BranchKind::Joint)],
    understood: &[
        ("正式党支部", BranchKind::Formal),
        ("功能型党支部", BranchKind::Functional),
        ("联合党支部", BranchKind::Joint),
        ("联合型", BranchKind::Joint),
    ],
};

/// 业主委员会.
pub(super) const OWNERS: Words<OwnersCommittee> = Words {
    offered: &[
        ("已成立", OwnersCommittee::Established),
        ("未成立", OwnersCommittee::Missing),
        ("物业管理委员会", OwnersCommittee::Interim),
    ],
    understood: &[
        ("有", OwnersCommittee::Established),
        ("无", OwnersCommittee::Missing),
        ("物管会", OwnersCommittee::Interim),
        ("物管委", OwnersCommittee::Interim),
    ],
};

/// 党内职务.
pub(super) const POSTS: Words<PartyPost> = Words {
    offered: &[
        ("书记", PartyPost::Secretary),
        ("副书记", PartyPost::DeputySecretary),
        ("组织委员", PartyPost::Organisation),
        ("宣传委员", PartyPost::Publicity),
        ("纪检委员", PartyPost::Discipline),
        ("生活委员", PartyPost::Welfare),
        ("青年委员", PartyPost::Youth),
        ("统战委员", PartyPost::UnitedFront),
        ("委员", PartyPost::Member),
        ("兼职委员", PartyPost::Adjunct),
    ],
    understood: &[
        ("党支部书记", PartyPost::Secretary),
        ("支部书记", PartyPost::Secretary),
        ("党支部副书记", PartyPost::DeputySecretary),
        ("支部副书记", PartyPost::DeputySecretary),
        ("纪律检查委员", PartyPost::Discipline),
        ("支部委员", PartyPost::Member),
        ("支委", PartyPost::Member),
    ],
};

/// 身份.
pub(super) const SERVICES: Words<Service> = Words {
    offered: &[("在职", Service::InService), ("非在职", Service::NonService)],
    understood: &[
        ("在职党员", Service::InService),
        ("非在职党员", Service::NonService),
        ("是", Service::InService),
        ("否", Service::NonService),
    ],
};

/// 党员类型.
pub(super) const MEMBER_KINDS: Words<MemberKind> = Words {
    offered: &[("正式党员", MemberKind::Full), ("预备党员", MemberKind::Probationary)],
    understood: &[("正式", MemberKind::Full), ("预备", MemberKind::Probationary)],
};

/// 组织关系.
pub(super) const AFFILIATIONS: Words<Affiliation> = Words {
    offered: &[
        ("本支部", Affiliation::Here),
        ("单位支部", Affiliation::Unit),
        ("外地（流动党员）", Affiliation::Mobile),
    ],
    understood: &[("单位党支部", Affiliation::Unit), ("外地", Affiliation::Mobile), ("流动党员", Affiliation::Mobile)],
};
