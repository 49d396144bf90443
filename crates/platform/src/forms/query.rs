//! Addresses with a query, built name by name.

/// An address being built; empty values are left out, so that filters that are off do not lengthen it.
#[derive(Debug, Clone)]
pub struct Query {
    base: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    /// An address at `base`, which has no query of its own.
    pub fn at(base: impl Into<String>) -> Self {
        Self { base: base.into(), pairs: Vec::new() }
    }

    /// With one more pair, unless `value` is empty.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The address.
    #[must_use]
    pub fn address(self) -> String {
        if self.pairs.is_empty() {
            return self.base;
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs).finish();
        format!("{}?{query}", self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_values_are_left_out_and_others_encoded() {
        let address = Query::at("/x").with("q", "五桂 社区").with("stage", "").address();
        assert_eq!(address, "/x?q=%E4%BA%94%E6%A1%82+%E7%A4%BE%E5%8C%BA");
        assert_eq!(Query::at("/x").with("q", "").address(), "/x");
    }
}
