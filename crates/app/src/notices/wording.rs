//! What a notice says unless somebody writes it otherwise (`domain.md` §9), and the fields of its form.

use domain::selection::notice::NoticeContent;
use platform::forms::{Form, Reading};

use super::actions::NoticeDraft;

/// Characters of a short field.
const LINE: usize = 120;
/// Characters of a long one.
const TEXT: usize = 1_000;

/// The first draft of a season's notice; who takes objections, and where, is as in the last one.
#[must_use]
pub fn first_draft(year: i32, before: Option<&NoticeContent>) -> NoticeDraft {
    let known = before.cloned().unwrap_or_default();
    let or = |known: String, usual: &str| if known.trim().is_empty() { usual.to_owned() } else { known };
    NoticeDraft {
        title: format!("关于{year}年度县级“红旗小区”拟认定名单的公示"),
        content: NoticeContent {
            basis: or(known.basis, "《在小区党组织中争创“红旗小区”的方案》及年度评选安排"),
            procedure: "经小区党支部申报、社区把关、街道审核、评选组评选、征求意见、县委常委会审定".to_owned(),
            accepting_body: or(known.accepting_body, "中共新平彝族傣族自治县委员会组织部"),
            phone: known.phone,
            address: known.address,
            postcode: known.postcode,
            mailbox: known.mailbox,
            objection_rule: or(
                known.objection_rule,
                "公示期间，任何单位和个人均可通过网上、来信、来电、来访等方式反映情况和问题。反映问题应实事求是、客观公正；以个人名义反映的，提倡署报真实姓名和联系方式，匿名反映同样受理；以单位名义反映的应加盖公章。对反映人和反映情况严格保密。",
            ),
            issuer: or(known.issuer, "中共新平彝族傣族自治县委员会组织部"),
        },
    }
}

/// Reads the fields of a notice's form. Nothing is required here: a draft may have gaps, and publishing tells them all.
pub(super) fn read_draft(reading: &mut Reading<'_>) -> NoticeDraft {
    let title = reading.text("title", "公示标题", LINE);
    let postcode = reading.text("postcode", "邮政编码", 6);
    let is_postcode = postcode.len() == 6 && postcode.bytes().all(|byte| byte.is_ascii_digit());
    if !postcode.is_empty() && !is_postcode {
        reading.note("postcode", "邮政编码应为 6 位数字，没有可以不填。");
    }
    let phone = reading.text("phone", "受理电话", LINE);
    if !phone.is_empty() && !may_be_called(&phone) {
        reading.note("phone", "受理电话不像电话号码，请写成“0877-7011234”或 11 位手机号，几个号码用顿号隔开。");
    }
    let mailbox = reading.text("mailbox", "受理邮箱", LINE);
    if !mailbox.is_empty() && !may_be_written_to(&mailbox) {
        reading.note("mailbox", "受理邮箱不像邮箱地址，请写成“名称@单位域名”这样。");
    }
    NoticeDraft {
        title,
        content: NoticeContent {
            basis: reading.text("basis", "公示依据", TEXT),
            procedure: reading.text("procedure", "评选程序", TEXT),
            accepting_body: reading.text("accepting_body", "受理单位", LINE),
            phone,
            address: reading.text("address", "受理地址", LINE),
            postcode: (!postcode.is_empty()).then_some(postcode),
            mailbox,
            objection_rule: reading.text("objection_rule", "异议提出办法", TEXT),
            issuer: reading.text("issuer", "发布单位", LINE),
        },
    }
}

/// Every number of several is one that can be dialled; an extension may follow (`0877-7011234 转 8001`).
fn may_be_called(phones: &str) -> bool {
    phones.split(['、', '，', ',', '；', ';', '/']).all(|phone| {
        let number = phone.split_once('转').map_or(phone, |(number, _)| number);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let is_sign = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-—–()（）+".contains(c);
        (7..=13).contains(&digits) && number.chars().all(is_sign)
    })
}

fn may_be_written_to(mailbox: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    mailbox.split_once('@').is_some_and(|(name, host)| is_plain(name) && is_plain(host) && host.contains('.'))
}

/// A draft as the fields of its form.
pub(super) fn as_form(draft: &NoticeDraft) -> Form {
    let NoticeDraft { title, content } = draft;
    Form::of([
        ("title", title.as_str()),
        ("basis", &content.basis),
        ("procedure", &content.procedure),
        ("accepting_body", &content.accepting_body),
        ("phone", &content.phone),
        ("address", &content.address),
        ("postcode", content.postcode.as_deref().unwrap_or_default()),
        ("mailbox", &content.mailbox),
        ("objection_rule", &content.objection_rule),
        ("issuer", &content.issuer),
    ])
}
