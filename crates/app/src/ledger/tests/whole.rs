//! The county's own ledger, in and out and in again; and any bytes at all.

use office::sheet::write_workbook;
use proptest::prelude::*;

use super::{SmallLedger, carried_out, empty_county, keys, planned};
use crate::ledger::{LedgerSheet, present::Present, read, sheets};

fn county_ledger() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/小区党组织台账.xlsx");
    std::fs::read(path).expect("the ledger is in the repository's data folder")
}

/// The county with all communities that the ledger names.
fn whole_county() -> Present {
    let mut present = empty_county();
    for (code, name) in [
        ("530427001003", "青龙社区"),
        ("530427001004", "太平社区"),
        ("530427001005", "亚尼社区"),
        ("530427002002", "古城社区"),
        ("530427002003", "纳溪社区"),
        ("530427002004", "昌源社区"),
        ("530427002005", "他拉社区"),
    ] {
        let mut place = present.places[2].clone();
        place.code.0 = code.parse().expect("a code");
        place.name = name.to_owned();
        present.places.push(place);
    }
    present.places.sort_by(|one, two| one.code.cmp(&two.code));
    present
}

fn sums(present: &Present, bytes: &[u8]) -> Vec<(usize, usize, usize, usize)> {
    let preview = planned(present, bytes).preview;
    assert_eq!(preview.errors, []);
    LedgerSheet::ALL
        .into_iter()
        .map(|sheet| preview.summary(sheet))
        .map(|sum| (sum.added, sum.changed, sum.unchanged, sum.absent.len()))
        .collect()
}

#[test]
fn the_same_ledger_again_changes_nothing_nor_does_its_export() {
    let (empty, bytes) = (whole_county(), county_ledger());
    assert_eq!(sums(&empty, &bytes), [(100, 0, 0, 0), (583, 0, 0, 0), (364, 0, 0, 0), (4079, 0, 0, 0)]);
    let full = carried_out(&empty, planned(&empty, &bytes));
    let unchanged = [(0, 0, 100, 0), (0, 0, 583, 0), (0, 0, 364, 0), (0, 0, 4079, 0)];
    assert_eq!(sums(&full, &bytes), unchanged);
    let exported = write_workbook(&sheets::export(&full, &keys()).expect("tables")).expect("a workbook");
    assert_eq!(sums(&full, &exported), unchanged);
    assert_eq!(full.persons.len(), 4079, "a committee member is the member of the same telephone and name");
}

#[test]
fn an_export_tells_branches_of_one_name_apart() {
    let ledger = SmallLedger::new()
        .and("小区台账", &["桂山街道", "凤凰社区", "桂花园党支部", "桂花苑", "", "功能型", "0", "0", ""])
        .without_sheet("楼栋")
        .without_sheet("支部班子")
        .without_sheet("党员名册");
    let empty = empty_county();
    let full = carried_out(&empty, planned(&empty, &ledger.bytes()));
    let exported = write_workbook(&sheets::export(&full, &keys()).expect("tables")).expect("a workbook");
    assert_eq!(sums(&full, &exported), [(0, 0, 3, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0)]);
}

#[test]
fn the_template_is_an_empty_ledger() {
    let template = write_workbook(&sheets::template()).expect("a workbook");
    let told = planned(&empty_county(), &template).preview.errors;
    assert!(matches!(told.as_slice(), [only] if only.message.contains("只有表头")), "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..4_000)) {
        prop_assert!(read::read(&bytes).is_err());
    }

    #[test]
    fn any_texts_in_cells_are_planned(
        sheet in 0..4_usize, row in 3..5_usize, column in 0..8_usize, text in any::<String>(),
    ) {
        let mut ledger = SmallLedger::new();
        let (_, _, rows) = &mut ledger.sheets[sheet];
        if let Some(cell) = rows.get_mut(row - 3).and_then(|row| row.get_mut(column)) {
            *cell = text;
        }
        let preview = planned(&super::small_county(), &ledger.bytes()).preview;
        prop_assert!(preview.errors.iter().all(|error| !error.cell.is_empty() && !error.message.is_empty()));
    }
}
