//! What the list of applications is asked for; all of it lives in the address.

use domain::{place::PlaceCode, selection::application::Stage};
use platform::{
    forms::{Form, Query},
    shell::{SortLink, SortOrder},
};

use crate::selection::{store::listed::Sort, urls};

/// Filters, order and page of the list.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The season's year; the newest when `None`.
    pub year: Option<i32>,
    /// At or under which place.
    pub place: PlaceCode,
    /// At which stage; any when `None`.
    pub stage: Option<Stage>,
    /// By what it is sorted.
    pub sort: Sort,
    /// The largest first.
    pub is_descending: bool,
    /// How many rows come before the page.
    pub from: u64,
}

impl Filter {
    /// Reads what was asked for; what makes no sense, or lies outside `own`, is as if it had not been asked.
    pub fn read(query: &Form, own: &PlaceCode) -> Self {
        let place = query.value("place").parse().ok().filter(|place: &PlaceCode| place.is_within(own));
        Self {
            year: query.value("year").parse().ok(),
            place: place.unwrap_or_else(|| own.clone()),
            stage: query.value("stage").parse().ok(),
            sort: query.value("sort").parse().unwrap_or(Sort::Branch),
            is_descending: query.value("order") == "desc",
            from: query.value("from").parse().unwrap_or(0),
        }
    }

    /// The address of the list that is asked for so.
    pub fn address(&self, base: &str) -> String {
        let or_none = |is_default: bool, text: String| if is_default { String::new() } else { text };
        Query::at(base)
            .with("year", &self.year.map(|year| year.to_string()).unwrap_or_default())
            .with("place", self.place.as_str())
            .with("stage", self.stage.map_or("", Stage::code))
            .with("sort", &or_none(self.sort == Sort::Branch, self.sort.to_string()))
            .with("order", if self.is_descending { "desc" } else { "" })
            .with("from", &or_none(self.from == 0, self.from.to_string()))
            .address()
    }

    /// The same list from its beginning at one stage, or at any.
    pub fn at_stage(&self, stage: Option<Stage>) -> String {
        Self { stage, from: 0, ..self.clone() }.address(urls::APPLICATIONS)
    }

    /// The same list from its beginning for another place.
    pub fn at_place(&self, place: &PlaceCode) -> String {
        Self { place: place.clone(), from: 0, ..self.clone() }.address(urls::APPLICATIONS)
    }

    /// The same list from its beginning in another year.
    pub fn in_year(&self, year: i32) -> String {
        Self { year: Some(year), from: 0, ..self.clone() }.address(urls::APPLICATIONS)
    }

    /// The same list further on.
    pub fn from(&self, from: u64) -> String {
        Self { from, ..self.clone() }.address(urls::APPLICATIONS)
    }

    /// The heading that sorts by `sort`; figures begin with the largest, except ranks, of which 1 is the best.
    pub fn heading(&self, sort: Sort) -> SortLink {
        let is_on = self.sort == sort;
        let is_descending = if is_on { !self.is_descending } else { matches!(sort, Sort::SelfTotal | Sort::Average) };
        let order = match (is_on, self.is_descending) {
            (false, _) => SortOrder::Unsorted,
            (true, false) => SortOrder::Ascending,
            (true, true) => SortOrder::Descending,
        };
        let href = Self { sort, is_descending, from: 0, ..self.clone() }.address(urls::APPLICATIONS);
        SortLink { label: sort.label().to_owned(), href, order, is_number: sort.is_figure() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> PlaceCode {
        "530427001".parse().expect("a code")
    }

    #[test]
    fn an_address_says_what_was_asked_and_nothing_more() {
        let plain = Filter::read(&Form::default(), &own());
        assert_eq!(plain.address("/x"), "/x?place=530427001");
        let pairs = [("sort", "self"), ("order", "desc"), ("from", "50"), ("stage", "screened"), ("year", "2022")];
        let form = Form::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let asked = Filter::read(&form, &own());
        assert_eq!(asked.address("/x"), "/x?year=2022&place=530427001&stage=screened&sort=self&order=desc&from=50");
        assert!(!asked.at_stage(None).contains("from"));
    }

    #[test]
    fn places_elsewhere_and_nonsense_are_not_asked_for() {
        let pairs = [("place", "530427002"), ("stage", "x"), ("sort", "draft"), ("from", "-1")];
        let form = Form::of(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        assert_eq!(Filter::read(&form, &own()).address("/x"), "/x?place=530427001");
    }

    #[test]
    fn a_heading_turns_round_what_it_already_sorts() {
        let plain = Filter::read(&Form::default(), &own());
        assert!(plain.heading(Sort::SelfTotal).href.ends_with("sort=self&order=desc"));
        assert!(plain.heading(Sort::Branch).href.ends_with("order=desc"));
        assert_eq!(plain.heading(Sort::Branch).order, SortOrder::Ascending);
    }
}
