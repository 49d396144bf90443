//! A corrected workbook updates what is known, and never adds it twice.

use super::{SmallLedger, carried_out, planned, small_county};
use crate::ledger::{ChangeKind, LedgerSheet, preview::RowChange};

/// The changes as `label: field old → new`.
fn changes(ledger: &SmallLedger) -> Vec<String> {
    let present = small_county();
    let plan = planned(&present, &ledger.bytes());
    assert_eq!(plan.preview.errors, []);
    let shown = plan.preview.changes.iter().flat_map(shown).collect();
    let after = carried_out(&present, plan);
    let again = planned(&after, &ledger.bytes()).preview;
    assert!(again.errors.is_empty() && again.changes_nothing(), "a second time changes nothing: {:?}", again.changes);
    shown
}

fn shown(change: &RowChange) -> Vec<String> {
    match change.kind {
        ChangeKind::Added => vec![format!("{} 新增", change.label)],
        ChangeKind::Changed => {
            let field = |field: &crate::ledger::FieldChange| {
                format!("{}：{} {} → {}", change.label, field.label, field.old, field.new)
            };
            change.fields.iter().map(field).collect()
        }
    }
}

#[test]
fn a_corrected_cell_changes_that_field_alone() {
    let new = SmallLedger::new;
    let cases: Vec<(SmallLedger, &[&str])> = vec![
        (new(), &[]),
        (new().with("小区台账", 3, "户数", "５５"), &["阳光里联合党支部：户数 54 → 55"]),
        (new().with("小区台账", 4, "服务品牌", "无"), &["桂花园党支部：服务品牌 “桂花红管家” → "]),
        (new().with("小区台账", 4, "业委会党员数", "3"), &["桂花园党支部：业委会党员数 2 → 3"]),
        (new().with("小区台账", 4, "成立日期", "2020.3"), &[]),
        (new().with("小区台账", 4, "社区", "锦秀社区居民委员会"), &[]),
        (new().without_column("小区台账", "服务品牌"), &[]),
        (
            new().with("小区台账", 3, "覆盖小区", "盛世名邸，阳光里,新城"),
            &["阳光里联合党支部：覆盖小区 阳光里、盛世名邸 → 盛世名邸、阳光里、新城"],
        ),
        (new().with("楼栋", 4, "党员中心户", "鲁静"), &["阳光里联合党支部 · 盛世名邸 1栋：党员中心户  → 鲁静"]),
        (
            new().with("楼栋", 4, "楼栋长电话", "13800000009"),
            &["阳光里联合党支部 · 盛世名邸 1栋：楼栋长电话 138****0002 → 138****0009"],
        ),
        (new().with("支部班子", 4, "党内职务", "副书记"), &["桂花园党支部 · 朱怡：党内职务 书记 → 副书记"]),
        // The telephone was corrected.
        (
            new().with("党员名册", 4, "联系电话", "13800000022"),
            &["阳光里联合党支部 · 李明：联系电话 138****0021 → 138****0022"],
        ),
        // The name was corrected.
        (new().with("党员名册", 4, "姓名", "李明雨"), &["阳光里联合党支部 · 李明雨：姓名 李明 → 李明雨"]),
        // A blank does not take a number away; padding is no other name.
        (new().with("党员名册", 4, "联系电话", "").with("党员名册", 4, "姓名", "李　明"), &[]),
        // A number where there was none.
        (new().with("党员名册", 5, "联系电话", "13800000023"), &["阳光里联合党支部 · 王芳：联系电话  → 138****0023"]),
        // A member takes on a post: the person is the same.
        (
            new().and(
                "支部班子",
                &[
                    "阳光里联合党支部",
                    "李明",
                    "男",
                    "1973.01",
                    "组织委员",
                    "在职",
                    "供电局",
                    "2022-01-01",
                    "13800000021",
                ],
            ),
            &["阳光里联合党支部 · 李明 新增"],
        ),
    ];
    for (index, (ledger, expected)) in cases.into_iter().enumerate() {
        assert_eq!(changes(&ledger), expected, "case {index}");
    }
}

#[test]
fn one_person_in_two_sheets_is_one_person() {
    let present = small_county();
    // 周强 is in both sheets; 朱怡 stands in no roll.
    assert_eq!(present.persons.len(), 4);
    let ledger = SmallLedger::new().and(
        "支部班子",
        &["阳光里联合党支部", "李明", "男", "1973.01", "组织委员", "在职", "", "2022-01-01", "13800000021"],
    );
    assert_eq!(carried_out(&present, planned(&present, &ledger.bytes())).persons.len(), 4);
}

#[test]
fn the_roll_counts_more_than_the_committee() {
    let ledger =
        SmallLedger::new().with("支部班子", 3, "出生年月", "1960.01").with("支部班子", 4, "出生年月", "1956.05");
    assert_eq!(changes(&ledger), ["桂花园党支部 · 朱怡：出生年月 1955.05 → 1956.05"]);
    let warnings = planned(&small_county(), &ledger.bytes()).preview.warnings;
    let [warning] = warnings.as_slice() else { panic!("one warning, not {warnings:?}") };
    assert_eq!((warning.sheet.as_str(), warning.cell.as_str()), ("支部班子", "B3"));
}

#[test]
fn what_a_workbook_does_not_mention_is_left_alone() {
    let present = small_county();
    let ledger = SmallLedger::new().without("党员名册", 4).without("楼栋", 4);
    let plan = planned(&present, &ledger.bytes());
    assert!(plan.preview.changes_nothing());
    assert_eq!(plan.preview.summary(LedgerSheet::Members).absent, ["阳光里联合党支部 · 李明"]);
    assert_eq!(plan.preview.summary(LedgerSheet::Buildings).absent, ["阳光里联合党支部 · 盛世名邸 1栋"]);
    assert_eq!(carried_out(&present, plan).memberships.len(), 3);
}

#[test]
fn a_compound_with_buildings_is_not_taken_away() {
    let present = small_county();
    let ledger = SmallLedger::new().with("小区台账", 3, "覆盖小区", "阳光里").without("楼栋", 4);
    let plan = planned(&present, &ledger.bytes());
    assert!(plan.preview.changes_nothing());
    assert!(plan.preview.warnings.iter().any(|warning| warning.message.contains("保留不动")));
    // An empty one is.
    let with_empty = SmallLedger::new().with("小区台账", 3, "覆盖小区", "阳光里、盛世名邸、新城");
    let present = carried_out(&present, planned(&present, &with_empty.bytes()));
    let plan = planned(&present, &SmallLedger::new().bytes());
    assert_eq!(plan.places.dropped_compounds.len(), 1);
}

#[test]
fn the_digest_stands_for_what_was_shown() {
    let (present, changed) = (small_county(), SmallLedger::new().with("小区台账", 3, "户数", "55"));
    let shown = planned(&present, &changed.bytes()).preview.digest;
    assert_eq!(planned(&present, &changed.bytes()).preview.digest, shown);
    let other = SmallLedger::new().with("小区台账", 3, "户数", "56");
    let meanwhile = carried_out(&present, planned(&present, &other.bytes()));
    assert_ne!(planned(&meanwhile, &changed.bytes()).preview.digest, shown);
}
