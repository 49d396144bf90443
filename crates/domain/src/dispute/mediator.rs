//! Who may mediate.

use super::DisputeRefusal;

/// Whether somebody may mediate between `parties`: not one of them, and no relation declared. Names are compared without
/// blanks; a namesake's name is entered with something that tells them apart.
///
/// # Errors
/// [`DisputeRefusal::StandsBack`] or [`DisputeRefusal::IsParty`].
pub fn must_be_free<'a>(
    name: &str,
    stands_back: bool,
    parties: impl IntoIterator<Item = &'a str>,
) -> Result<(), DisputeRefusal> {
    let bare = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if stands_back {
        return Err(DisputeRefusal::StandsBack);
    }
    let own = bare(name);
    if !own.is_empty() && parties.into_iter().any(|party| bare(party) == own) {
        return Err(DisputeRefusal::IsParty);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_and_whoever_stands_back_do_not_mediate() {
        let parties = ["张 三", "李桂芬（5栋）"];
        for (name, stands_back, expected) in [
            ("王五", false, Ok(())),
            ("王五", true, Err(DisputeRefusal::StandsBack)),
            ("张三", false, Err(DisputeRefusal::IsParty)),
            (" 张三", false, Err(DisputeRefusal::IsParty)),
            ("李桂芬", false, Ok(())),
            ("", false, Ok(())),
        ] {
            assert_eq!(must_be_free(name, stands_back, parties), expected, "{name} {stands_back}");
        }
        assert_eq!(must_be_free("", false, [""]), Ok(()), "nobody is no party");
    }
}
