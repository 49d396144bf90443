//! What is said in a file, as it is sealed: nobody reads it in the database, in a copy of it, or in the record.

use platform::{error::Stop, keys::Keys};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A party of a dispute (当事人).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Name; of a person or of a company.
    pub name: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they live; may be empty.
    pub home: String,
}

/// What a session came to.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Told {
    /// Where.
    pub venue: String,
    /// Who was there.
    pub present: String,
    /// How it went.
    pub course: String,
    /// What it came to.
    pub result: String,
}

/// What the parties agreed on.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// The main facts and what was in dispute.
    pub facts: String,
    /// What was agreed on.
    pub terms: String,
}

impl Party {
    /// The name as lists show it: the first letter and stars.
    #[must_use]
    pub fn masked_name(&self) -> String {
        let mut letters = self.name.chars();
        letters.next().map(|first| format!("{first}{}", "*".repeat(letters.count().clamp(1, 2)))).unwrap_or_default()
    }
}

/// The masked names of parties, `张*与李**`.
#[must_use]
pub fn masked(parties: &[Party]) -> String {
    parties.iter().map(Party::masked_name).collect::<Vec<_>>().join("与")
}

/// Seals what is said.
pub fn seal<T: Serialize>(keys: &Keys, told: &T) -> Result<String, Stop> {
    let text = serde_json::to_string(told).map_err(anyhow::Error::from)?;
    Ok(keys.seal(&text)?)
}

/// Opens it again.
pub fn open<T: DeserializeOwned>(keys: &Keys, sealed: &str) -> Result<T, Stop> {
    Ok(serde_json::from_str(&keys.open(sealed)?).map_err(anyhow::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_show_the_first_letter_of_a_name() {
        let party = |name: &str| Party { name: name.to_owned(), ..Party::default() };
        for (name, shown) in [("", ""), ("张", "张*"), ("张三", "张*"), ("李桂芬", "李**"), ("某某物业公司", "某**")]
        {
            assert_eq!(party(name).masked_name(), shown);
        }
        assert_eq!(masked(&[party("张三"), party("李桂芬")]), "张*与李**");
    }
}
