//! Reading the forms of the supervision.

use domain::{deliberation::ViewChannel, property::Grade};
use platform::{
    error::Stop,
    forms::{Form, Reading},
};

use super::actions::{NewAppraisal, NewCheck, NewContract, NewFinding, NewSaying};

/// Characters of a name.
pub const NAME: usize = 60;
/// Characters of a duty.
pub const DUTY: usize = 80;
/// Characters of a remark.
pub const WORDS: usize = 300;
/// What is chosen where there is no owners' committee.
pub const NO_COMMITTEE: &str = "none";

/// Reads a contract: its duties a line each.
///
/// # Errors
/// Refusals at the fields.
pub fn read_contract(form: &Form) -> Result<NewContract, Stop> {
    let mut reading = form.read();
    let company = reading.required("company", "物业服务企业", NAME);
    let starts_on = reading.date("starts_on", "合同开始日期");
    let ends_on = reading.date("ends_on", "合同到期日期");
    let lines = form.value("duties").lines().map(str::trim).filter(|line| !line.is_empty());
    let duties: Vec<String> = lines.map(str::to_owned).collect();
    if let Some(long) = duties.iter().find(|duty| duty.chars().count() > DUTY) {
        let begins: String = long.chars().take(10).collect();
        reading.note("duties", format!("每项职责最多 {DUTY} 个字，“{begins}……”太长，请精简或分成两项。"));
    }
    let (starts_on, ends_on) = reading.finish_with(starts_on.zip(ends_on))?;
    Ok(NewContract { company, starts_on, ends_on, duties })
}

/// Reads what a check found.
///
/// # Errors
/// Refusals at the fields.
pub fn read_check(form: &Form) -> Result<NewCheck, Stop> {
    let mut reading = form.read();
    let contract = reading.choice("contract", "物业服务合同");
    let duty = reading.choice::<usize>("duty", "检查哪一项");
    let on = reading.date("checked_on", "检查日期");
    let result = reading.choice("result", "检查结果");
    let words = reading.text("words", "检查情况", WORDS);
    let (contract, (duty, (on, result))) = reading.finish_with(contract.zip(duty.zip(on.zip(result))))?;
    Ok(NewCheck { contract, duty, on, result, words })
}

/// Reads which year is appraised, and until when residents answer.
///
/// # Errors
/// Refusals at the fields.
pub fn read_appraisal(form: &Form) -> Result<NewAppraisal, Stop> {
    let mut reading = form.read();
    let year = reading.count("year", "考评年度", 2000..=2100).and_then(|year| i32::try_from(year).ok());
    let rates_until = reading.date("rates_until", "居民评价截止日期");
    let (year, rates_until) = reading.finish_with(year.zip(rates_until))?;
    Ok(NewAppraisal { year, rates_until })
}

/// Reads what the branch and the owners' committee find.
///
/// # Errors
/// Refusals at the fields.
pub fn read_finding(form: &Form) -> Result<NewFinding, Stop> {
    let mut reading = form.read();
    let branch = reading.choice::<Grade>("branch_grade", "小区党支部考评等次");
    let branch_words = reading.required("branch_words", "小区党支部考评意见", WORDS);
    // The committee's paper may come later than the branch's own finding.
    let is_heard = ["committee_grade", "committee_words"].iter().any(|field| !form.value(field).trim().is_empty());
    let has_none = form.value("committee_grade") == NO_COMMITTEE;
    let (committee, committee_words) = if is_heard {
        let grade =
            if has_none { None } else { reading.choice::<Grade>("committee_grade", "业主委员会考评等次") };
        (grade, reading.required("committee_words", "业主委员会考评意见", WORDS))
    } else {
        (None, String::new())
    };
    let branch = reading.finish_with(branch)?;
    Ok(NewFinding { branch, branch_words, committee, committee_words })
}

/// Reads what a resident says.
///
/// # Errors
/// Refusals at the fields.
pub fn read_saying(form: &Form) -> Result<NewSaying, Stop> {
    let mut reading = form.read();
    let saying = saying_in(&mut reading);
    reading.finish_with(saying)
}

/// Reads what a resident told the branch, and how it came.
///
/// # Errors
/// Refusals at the fields.
pub fn read_told_saying(form: &Form) -> Result<(NewSaying, ViewChannel), Stop> {
    let mut reading = form.read();
    let channel = reading.choice("channel", "评价来源");
    let saying = saying_in(&mut reading);
    reading.finish_with(saying.zip(channel))
}

fn saying_in(reading: &mut Reading<'_>) -> Option<NewSaying> {
    let said = reading.choice("said", "对物业服务满意不满意");
    let words = reading.text("remark", "还想说的话", WORDS);
    said.map(|said| NewSaying { said, words })
}
