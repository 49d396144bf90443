//! Where in a compound something is, in a resident's words.

/// The building of `names` that `spot` speaks of, such as `3栋` of `3栋2单元电梯口`; the longest name where several fit.
///
/// A name stands for itself only where no digit stands before it: `13栋` is not `3栋`.
#[must_use]
pub fn building_of<'a>(spot: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let spot = plain(spot);
    let is_meant = |name: &&str| {
        let name = plain(name);
        let stands_alone =
            |at: usize| spot.get(..at).is_none_or(|before| !before.ends_with(|c: char| c.is_ascii_digit()));
        !name.is_empty() && spot.match_indices(&name).any(|(at, _)| stands_alone(at))
    };
    names.filter(is_meant).max_by_key(|name| name.chars().count())
}

/// Without blanks, digits and letters as they stand on a keyboard; `幢` and `号楼` are other words for `栋`.
fn plain(words: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
        }
        other => other,
    };
    let narrow = words.chars().filter(|c| !c.is_whitespace()).map(|c| narrow(c).to_ascii_lowercase());
    narrow.collect::<String>().replace('幢', "栋").replace("号楼", "栋")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_building_is_found_where_it_is_named() {
        let names = ["1栋", "3栋", "13栋", "A座", "3栋东楼"];
        let found = |spot: &str| building_of(spot, names.into_iter());
        assert_eq!(found("3栋2单元电梯口"), Some("3栋"));
        assert_eq!(found("13栋楼顶"), Some("13栋"));
        assert_eq!(found("小区北门旁边，１ 幢前"), Some("1栋"));
        assert_eq!(found("13号楼顶层"), Some("13栋"));
        assert_eq!(found("a座大厅"), Some("A座"));
        assert_eq!(found("3栋东楼地下室"), Some("3栋东楼"));
        assert_eq!((found("21栋"), found("北门"), found("")), (None, None, None));
    }
}
