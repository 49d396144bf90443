//! The record in words: kinds of things, and what a body holds, as a person can read it.

use domain::{
    activity::{ActivityState, RecordState},
    clock::chinese_date,
    deliberation::DeliberationState,
    dispute::DisputeState,
    meeting::MeetingState,
    members::{MemberState, UnitState},
    money::Fen,
    owners::{BallotState, PollState},
    points::{AppealState, CatalogueState, CorrectionState, YearState},
    selection::{application::Stage, funds::CommitmentState},
    service::{ReportState, WishState},
    voice::{CallState, IssueState, VoiceState},
};
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

use super::codes::{self, of};

/// What each kind of thing is called.
const KINDS: &[(&str, &str)] = &[
    ("account", "账号"),
    ("activity", "活动"),
    ("application", "申报"),
    ("ballot", "选票"),
    ("branch", "小区党支部"),
    ("calendar", "节假日表"),
    ("circular", "通报"),
    ("commitment", "补助"),
    ("consultation", "征求意见"),
    ("correction", "更正申请"),
    ("decision", "审定"),
    ("deliberation", "议事议题"),
    ("dispute", "矛盾纠纷"),
    ("duty_report", "双报告"),
    ("import", "台账导入"),
    ("ledger", "台账"),
    ("meeting", "会议"),
    ("membership", "党员名册"),
    ("notice", "公示"),
    ("objection", "异议"),
    ("office", "身份"),
    ("owner_poll", "业主表决"),
    ("parameters", "评选参数"),
    ("points_appeal", "积分申诉"),
    ("property_service", "物业监督"),
    ("points_correction", "年度积分更正"),
    ("points_catalogue", "积分明细"),
    ("points_entry", "积分记录"),
    ("points_source", "积分来源"),
    ("points_year", "积分年度"),
    ("poll_owner", "表决名册业主"),
    ("recommendation", "推荐名单"),
    ("reminders", "催办提醒"),
    ("season", "评选"),
    ("service_post", "服务岗位"),
    ("service_record", "服务记录"),
    ("setting", "设置"),
    ("unit", "工作单位"),
    ("unit_registration", "单位报到"),
    ("voice", "诉求"),
    ("voice_call", "协办"),
    ("voice_issue", "共性问题"),
    ("voice_terms", "办理时限"),
    ("wish", "微心愿"),
];

/// What a kind of thing is called; an unknown one keeps its own name.
pub fn kind(kind: &str) -> &str {
    KINDS.iter().find(|(code, _)| *code == kind).map_or(kind, |(_, label)| label)
}

/// What was done, where one deed has several steps.
const STEPS: &[(&str, &str)] = &[
    ("added", "新增"),
    ("appointed", "任职"),
    ("branch_added", "增加党支部"),
    ("broken_off", "结算中断"),
    ("changed", "修改"),
    ("claimed", "认领"),
    ("confirmed", "确认"),
    ("corrected", "更正"),
    ("dropped", "移除"),
    ("ended", "结束"),
    ("imported", "已导入"),
    ("joined", "并为同一人"),
    ("kept", "履职满半年"),
    ("left", "退出"),
    ("moved", "改时间地点"),
    ("contract_kept", "登记合同"),
    ("duty_checked", "登记检查"),
    ("appraisal_opened", "开始考评"),
    ("appraised", "登记考评等次"),
    ("appraisal_published", "公布考评"),
    ("resident_said", "登记居民评价"),
    ("ordered", "开始结算"),
    ("reopened", "重新认定"),
    ("reported", "反馈单位"),
    ("set_up", "设立"),
    ("settled", "结算完成"),
    ("uploaded", "已上传"),
];

/// A step in words; `None` when there are none for it.
pub(super) fn step(code: &str) -> Option<&'static str> {
    STEPS.iter().find(|(known, _)| *known == code).map(|(_, label)| *label)
}

/// How a thing of `kind` stood afterwards, in the words of its own module; `None` when there are none for it.
pub(super) fn state(kind: &str, code: &str) -> Option<&'static str> {
    match kind {
        "activity" => of(code, ActivityState::label),
        "commitment" => of(code, CommitmentState::label),
        "deliberation" => of(code, DeliberationState::label),
        "dispute" => of(code, DisputeState::label),
        "duty_report" => of(code, ReportState::label),
        "meeting" => of(code, MeetingState::label),
        "ballot" => of(code, BallotState::label),
        "owner_poll" => of(code, PollState::label),
        "points_appeal" => of(code, AppealState::label),
        "points_catalogue" => of(code, CatalogueState::label),
        "points_correction" => of(code, CorrectionState::label),
        "points_year" => of(code, YearState::label),
        "service_record" => of(code, RecordState::label),
        "unit_registration" => of(code, UnitState::label),
        "voice" => of(code, VoiceState::label),
        "voice_call" => of(code, CallState::label),
        "voice_issue" => of(code, IssueState::label),
        "wish" => of(code, WishState::label),
        "correction" => match code {
            "done" => Some("已更正"),
            "refused" => Some("未更正"),
            _ => None,
        },
        _ => None,
    }
}

/// What a deed did to a thing of `kind`, where its body tells a step or a state; empty when it does not.
pub fn outcome(kind: &str, body: &Value) -> &'static str {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    // A line of a roll goes from state to state; a year of points has steps of the same codes.
    let standing = text("step").parse::<MemberState>().ok().filter(|_| kind == "membership").map(MemberState::label);
    standing.or_else(|| step(text("step"))).or_else(|| state(kind, text("state"))).unwrap_or_default()
}

/// What is called by each name in a body.
const NAMES: &[(&str, &str)] = &[
    ("account", "账号"),
    ("added", "新增"),
    ("amount", "金额（元）"),
    ("application", "申报"),
    ("approved", "同意数"),
    ("attachment", "附件"),
    ("branches", "支部数"),
    ("building", "楼栋"),
    ("changed", "修改"),
    ("channel", "渠道"),
    ("circular", "通报"),
    ("community", "社区"),
    ("days", "天数"),
    ("decision", "审定"),
    ("desk", "办理层级"),
    ("disqualified_by", "依据的异议"),
    ("due_on", "期限"),
    ("effective_from", "施行日"),
    ("ends_on", "截止日"),
    ("entries", "积分记录"),
    ("entry", "积分记录"),
    ("everywhere", "所有设备"),
    ("file", "文件校验值"),
    ("finding", "认定"),
    ("from", "从"),
    ("has_basis", "有评选依据"),
    ("hash", "校验值"),
    ("hours", "小时数"),
    ("import", "导入"),
    ("is_approved", "审定通过"),
    ("is_correction", "更正"),
    ("is_named", "署名"),
    ("is_new_period", "重新计期"),
    ("is_on", "启用"),
    ("is_passed", "通过"),
    ("is_public", "公开"),
    ("is_same", "是同一人"),
    ("item", "项目"),
    ("items", "积分项目"),
    ("kind", "类别"),
    ("list", "名单文件校验值"),
    ("meeting_on", "会议日期"),
    ("members", "党员数"),
    ("notice", "公示"),
    ("number", "第几次"),
    ("office", "身份"),
    ("outcome", "结果"),
    ("parameters", "评选参数"),
    ("payee", "收款方"),
    ("person", "人员"),
    ("photo", "照片"),
    ("plan", "预算"),
    ("points", "分值"),
    ("post", "职务"),
    ("published_on", "发布日"),
    ("quota", "名额"),
    ("rank", "排名"),
    ("reason", "理由"),
    ("recommended", "推荐数"),
    ("records", "记录数"),
    ("replaces", "替代"),
    ("replied_on", "回复日"),
    ("reply", "回复"),
    ("resumed", "恢复填写"),
    ("reverses", "冲正的记录"),
    ("rows", "行数"),
    ("scores", "得分数"),
    ("season", "评选"),
    ("second_factor", "动态口令"),
    ("seen_until", "已读到"),
    ("self_total", "自评总分"),
    ("sent", "发出数"),
    ("source", "来源"),
    ("stage", "环节"),
    ("state", "状态"),
    ("step", "步骤"),
    ("submission", "申报版本"),
    ("succeeded", "成功"),
    ("supersedes", "取代"),
    ("table", "文件校验值"),
    ("to", "转为"),
    ("told", "提醒数"),
    ("total", "总分"),
    ("tries", "第几次发送"),
    ("unit", "单位"),
    ("until", "至"),
    ("upheld", "成立的否决情形"),
    ("value", "值"),
    ("verdict", "意见"),
    ("verified", "核对人数"),
    ("version", "版本"),
    ("voices", "诉求数"),
    ("whole", "全部"),
    ("year", "年度"),
];

/// What is kept in hundredths and read as a whole.
const HUNDREDTHS: &[&str] = &["amount", "points", "self_total", "total"];

/// What a body about a thing of `kind` holds, one line for each name that says something; identifiers say nothing to a reader.
pub fn body(kind: &str, body: &str) -> Vec<String> {
    let Ok(Value::Object(body)) = serde_json::from_str(body) else { return Vec::new() };
    let line = |(name, value): (&String, &Value)| {
        let words = match (value.as_i64(), value.as_str().and_then(|code| codes::label(kind, name, code))) {
            (Some(hundredths), _) if HUNDREDTHS.contains(&name.as_str()) => Fen(hundredths).to_string(),
            (_, Some(label)) => label.to_owned(),
            _ => words(value),
        };
        let name = NAMES.iter().find(|(code, _)| code == name).map_or(name.as_str(), |(_, label)| label);
        (!words.is_empty() && words.parse::<Uuid>().is_err()).then(|| format!("{name}：{words}"))
    };
    body.iter().filter_map(line).collect()
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => match (text.parse::<Stage>(), text.parse::<Date>()) {
            (Ok(stage), _) => stage.label().to_owned(),
            (_, Ok(date)) => chinese_date(date),
            _ => text.clone(),
        },
        Value::Array(values) => values.iter().map(words).collect::<Vec<_>>().join("、"),
        Value::Object(values) => {
            let pair = |(name, value): (&String, &Value)| format!("{name} {}", words(value));
            values.iter().map(pair).collect::<Vec<_>>().join("，")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn a_body_is_told_in_words() {
        let lines = body(
            "application",
            r#"{"is_passed":false,"reason":"","number":2,"to":"screened","strange":"x","total":9420}"#,
        );
        assert_eq!(lines, ["通过：否", "第几次：2", "strange：x", "转为：初选通过，待推荐上报", "总分：94.20"]);
        assert_eq!(
            body("application", r#"{"submission":"01a208e9-1b3c-705b-b99f-eb66c7523039"}"#),
            Vec::<String>::new()
        );
        assert_eq!(body("", "not json"), Vec::<String>::new());
        assert_eq!(body("application", r#"{"verdict":"disagree"}"#), ["意见：不同意"]);
        assert_eq!(body("office", r#"{"kind":"street_officer","place":"x"}"#)[0], "类别：街道党工委");
    }

    #[test]
    fn a_step_is_told_where_there_are_several() {
        let told = |kind, body: &str| outcome(kind, &serde_json::from_str(body).expect("JSON"));
        assert_eq!(told("branch", r#"{"post":"x","step":"ended"}"#), "结束");
        assert_eq!(told("points_year", r#"{"state":"closing","step":""}"#), "结算中");
        assert_eq!(told("points_year", r#"{"state":"reported","step":"reported"}"#), "反馈单位");
        assert_eq!(told("membership", r#"{"step":"reported"}"#), "待支部确认");
        assert_eq!(told("membership", r#"{"step":"corrected"}"#), "更正");
        assert_eq!(told("wish", r#"{"state":"claimed"}"#), "已认领");
        assert_eq!(told("application", r#"{"to":"draft"}"#), "");
        assert_eq!(body("meeting", r#"{"state":"closed"}"#), ["状态：已召开"]);
    }

    /// What stands between `before` and the next quotation mark, wherever it occurs in the sources of both crates.
    fn quoted_after(before: &str) -> BTreeSet<String> {
        fn sources(folder: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    sources(&path, found);
                } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("audit_log/words.rs")
                {
                    found.push(fs::read_to_string(path).expect("a source"));
                }
            }
        }
        let mut found = Vec::new();
        for folder in ["src", "../platform/src"] {
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
        }
        let squeezed =
            found.iter().map(|source| source.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "("));
        let words = |source: String| {
            let words = source.split(before).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
            words.collect::<Vec<_>>()
        };
        squeezed.flat_map(words).collect()
    }

    // A deed about a new kind of thing, or with a new step, needs its word here.
    #[test]
    fn every_kind_and_step_has_a_word() {
        let kinds = quoted_after("Subject::new(\"");
        assert!(kinds.len() >= KINDS.len(), "{kinds:?}");
        let unknown: Vec<_> = kinds.iter().filter(|code| kind(code) == code.as_str()).collect();
        assert!(unknown.is_empty(), "no words for the kinds {unknown:?}");
        let mut steps = quoted_after("\"step\": \"");
        for row in ["id", "unit", "&code", "&row", "&branch", "branch"] {
            steps.extend(quoted_after(&format!("record(&mut act, Deed::EditUnit, {row}, \"")));
            steps.extend(quoted_after(&format!("record(&mut act, Deed::ClosePointsYear, {row}, \"")));
            steps.extend(quoted_after(&format!("record(&mut act, Deed::ConfirmRegistration, {row}, \"")));
            steps.extend(quoted_after(&format!("record(&mut act, Deed::EditMembers, {row}, \"")));
            steps.extend(quoted_after(&format!("record(&mut act, {row}, id, \"")));
        }
        let unknown: Vec<_> = steps.iter().filter(|code| !code.is_empty() && step(code).is_none()).collect();
        assert!(steps.len() > 8 && unknown.is_empty(), "no words for the steps {unknown:?} of {steps:?}");
    }
}
