//! The permission matrix, printed so that a person can read it, and compared with the checked-in file.

use std::{fmt::Write as _, fs, path::Path};

use domain::permission::{Deed, OfficeKind, Relation, Verdict, judge_relation};
use platform::route::Access;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permission-matrix.txt");

#[test]
fn the_printed_matrix_is_the_one_in_force() {
    let printed = print();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(FILE, &printed).expect("written");
    }
    let kept = fs::read_to_string(Path::new(FILE)).unwrap_or_default();
    assert!(
        kept == printed,
        "docs/permission-matrix.txt is not the matrix in force: run `make matrix` and read the difference"
    );
}

fn print() -> String {
    let mut text = String::from(
        "Who may do what, where. Printed by the tests from domain::permission; run `make matrix` after a change.\n\
         Each cell has four letters: the thing lies at the office's own place, below it, above it, elsewhere.\n\
         A allowed · F forbidden (may be seen, 403) · . hidden (404)\n\nColumns:\n",
    );
    for (index, kind) in OfficeKind::ALL.iter().enumerate() {
        let _ = writeln!(text, "  {:>2} {kind} {}", index + 1, kind.label());
    }
    let _ = write!(text, "\n{:<28}", "deed");
    for index in 1..=OfficeKind::ALL.len() {
        let _ = write!(text, " {index:>4}");
    }
    text.push('\n');
    for deed in Deed::ALL {
        let _ = write!(text, "{:<28}", deed.code());
        for kind in OfficeKind::ALL {
            let cell: String = Relation::ALL.iter().map(|relation| letter(*kind, *deed, *relation)).collect();
            let _ = write!(text, " {cell}");
        }
        let _ = writeln!(text, "  {}{}", deed.label(), if deed.is_public() { " (anyone)" } else { "" });
    }
    text.push_str("\nRoutes:\n");
    let mut routes = app::modules::routes();
    routes.sort_by_key(|route| (route.path, route.method));
    for route in routes {
        let access = match route.access {
            Access::Public => "anyone".to_owned(),
            Access::For(deed) => deed.to_string(),
        };
        let _ = writeln!(text, "  {:<4} {:<56} {access}", route.method, route.path);
    }
    text
}

fn letter(kind: OfficeKind, deed: Deed, relation: Relation) -> char {
    match judge_relation(kind, deed, relation) {
        Verdict::Allowed => 'A',
        Verdict::Forbidden => 'F',
        Verdict::Hidden => '.',
    }
}
