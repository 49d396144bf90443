//! The record in words: kinds of things, and what a body holds, as a person can read it.

use domain::{clock::chinese_date, money::Fen, selection::application::Stage};
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

/// What a kind of thing is called; an unknown one keeps its own name.
pub fn kind(kind: &str) -> &str {
    match kind {
        "account" => "账号",
        "application" => "申报",
        "branch" => "小区党支部",
        "calendar" => "节假日表",
        "circular" => "通报",
        "commitment" => "补助",
        "consultation" => "征求意见",
        "decision" => "审定",
        "import" => "台账导入",
        "ledger" => "台账",
        "notice" => "公示",
        "objection" => "异议",
        "office" => "身份",
        "parameters" => "评选参数",
        "recommendation" => "推荐名单",
        "season" => "评选",
        "setting" => "设置",
        other => other,
    }
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
    ("days", "天数"),
    ("decision", "审定"),
    ("disqualified_by", "依据的异议"),
    ("due_on", "期限"),
    ("ends_on", "截止日"),
    ("everywhere", "所有设备"),
    ("file", "文件校验值"),
    ("finding", "认定"),
    ("from", "从"),
    ("has_basis", "有评选依据"),
    ("hash", "校验值"),
    ("import", "导入"),
    ("is_approved", "审定通过"),
    ("is_named", "署名"),
    ("is_new_period", "重新计期"),
    ("is_on", "启用"),
    ("is_passed", "通过"),
    ("item", "项目"),
    ("kind", "类别"),
    ("meeting_on", "会议日期"),
    ("members", "党员数"),
    ("notice", "公示"),
    ("number", "第几次"),
    ("outcome", "结果"),
    ("parameters", "评选参数"),
    ("payee", "收款方"),
    ("person", "人员"),
    ("plan", "预算"),
    ("post", "职务"),
    ("published_on", "发布日"),
    ("quota", "名额"),
    ("rank", "排名"),
    ("reason", "理由"),
    ("recommended", "推荐数"),
    ("replaces", "替代"),
    ("replied_on", "回复日"),
    ("reply", "回复"),
    ("resumed", "恢复填写"),
    ("rows", "行数"),
    ("season", "评选"),
    ("seen_until", "已读到"),
    ("self_total", "自评总分"),
    ("sent", "发出数"),
    ("stage", "环节"),
    ("state", "状态"),
    ("step", "步骤"),
    ("submission", "申报版本"),
    ("succeeded", "成功"),
    ("supersedes", "取代"),
    ("to", "转为"),
    ("total", "总分"),
    ("unit", "单位"),
    ("until", "至"),
    ("upheld", "成立的否决情形"),
    ("value", "值"),
    ("verdict", "意见"),
    ("version", "版本"),
    ("whole", "全部"),
    ("year", "年度"),
];

/// What is kept in hundredths and read as a whole.
const HUNDREDTHS: &[&str] = &["amount", "self_total", "total"];

/// What a body holds, one line for each name that says something; identifiers say nothing to a reader.
pub fn body(body: &str) -> Vec<String> {
    let Ok(Value::Object(body)) = serde_json::from_str(body) else { return Vec::new() };
    let line = |(name, value): (&String, &Value)| {
        let words = match value.as_i64() {
            Some(hundredths) if HUNDREDTHS.contains(&name.as_str()) => Fen(hundredths).to_string(),
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
    use super::*;

    #[test]
    fn a_body_is_told_in_words() {
        let lines = body(r#"{"is_passed":false,"reason":"","number":2,"to":"screened","strange":"x","total":9420}"#);
        assert_eq!(lines, ["通过：否", "第几次：2", "strange：x", "转为：初选通过，待推荐上报", "总分：94.20"]);
        assert_eq!(body(r#"{"submission":"01a208e9-1b3c-705b-b99f-eb66c7523039"}"#), Vec::<String>::new());
        assert_eq!(body("not json"), Vec::<String>::new());
    }
}
