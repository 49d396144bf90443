//! The order of names: by sound in lists, by strokes on ballots.

use std::sync::LazyLock;

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::{Locale, locale};

/// How names are compared, by the tables of the Unicode consortium that come with the library.
type Order = LazyLock<Option<CollatorBorrowed<'static>>>;

static SOUND: Order = LazyLock::new(|| collator(locale!("zh-u-co-pinyin")));
static STROKES: Order = LazyLock::new(|| collator(locale!("zh-u-co-stroke")));

fn collator(locale: Locale) -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
}

/// The place of a name in an alphabetical list: by sound (拼音).
#[must_use]
pub fn by_sound(name: &str) -> Vec<u8> {
    key(&SOUND, name)
}

/// The place of a name on a ballot: by the strokes of the surname, then of what follows (姓氏笔画, R-MTG-05).
#[must_use]
pub fn by_strokes(name: &str) -> Vec<u8> {
    key(&STROKES, name)
}

/// Bytes that compare as the names do; without a table, those of the name itself.
fn key(order: &Order, name: &str) -> Vec<u8> {
    let Some(collator) = order.as_ref() else { return name.as_bytes().to_vec() };
    let mut key = Vec::new();
    let Ok(()) = collator.write_sort_key_to(name, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(key: fn(&str) -> Vec<u8>, names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_by_cached_key(|name| key(name));
        names
    }

    #[test]
    fn lists_are_by_sound_and_ballots_by_strokes() {
        let names = ["赵六", "缪红", "张三", "冼明", "李四", "丁一", "王五", "龚伟"];
        // Neither 缪 nor 冼 is among the common characters of the national standard.
        assert_eq!(sorted(by_sound, &names), ["丁一", "龚伟", "李四", "缪红", "王五", "冼明", "张三", "赵六"]);
        assert_eq!(sorted(by_strokes, &names), ["丁一", "王五", "张三", "李四", "冼明", "赵六", "龚伟", "缪红"]);
        // The same surname: what follows decides. An unknown character, or none, is a name as well.
        assert_eq!(sorted(by_strokes, &["王雪", "王一", "王", ""]), ["", "王", "王一", "王雪"]);
        assert_eq!(sorted(by_sound, &["𠮷田", "阿木"]).len(), 2);
    }
}
