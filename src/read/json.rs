//! Bytes → JSON values, bounded: encodings, size, depth, and the swagger documents that nobody here reads.
//!
//! A tree of our own, and not `serde_json::Value`: its texts are borrowed from the document, and objects, which mostly have three or four entries, are lists. That
//! took the time to read a flow by half (`cargo xtask bench`).

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::{Kind, ReadError};
use super::limits::{LONGEST_TEXT, MOST_VALUES};
use super::part::Part;

/// The longest document that is read, in bytes. Real flow files end at 350 kB; an API answer with swagger documents has megabytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// From so many entries on an object is looked up by halves.
const MANY: usize = 16;

/// A value of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Json<'a> {
    #[default]
    Null,
    Bool(bool),
    /// Which one is nobody's question.
    Number,
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
}

impl<'a> Json<'a> {
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    pub fn as_object(&self) -> Option<&Object<'a>> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(value) = self { Some(*value) } else { None }
    }

    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// An object's entries in the document's order. Of a key given twice the last value counts, at the first one's place, as in every browser.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Object<'a> {
    entries: Vec<(Cow<'a, str>, Json<'a>)>,
    /// The entries' places by their keys, where there are many.
    sorted: Vec<u32>,
}

impl<'a> Object<'a> {
    fn new(mut entries: Vec<(Cow<'a, str>, Json<'a>)>) -> Self {
        if entries.len() <= MANY {
            let mut at = 1;
            while let Some((key, _)) = entries.get(at) {
                let first = entries.iter().take(at).position(|(known, _)| known == key);
                match first {
                    Some(first) => {
                        let (_, value) = entries.remove(at);
                        if let Some(known) = entries.get_mut(first) {
                            known.1 = value;
                        }
                    }
                    None => at += 1,
                }
            }
            return Self { entries, sorted: Vec::new() };
        }
        let mut sorted = places(&entries);
        let is_same = |pair: &[u32]| matches!(pair, [one, other] if key(&entries, *one) == key(&entries, *other));
        if sorted.windows(2).any(is_same) {
            let mut seen = std::collections::HashMap::new();
            let mut once: Vec<(Cow<'a, str>, Json<'a>)> = Vec::with_capacity(entries.len());
            for (name, value) in entries {
                if let Some(known) = seen.get(&name).and_then(|at: &usize| once.get_mut(*at)) {
                    known.1 = value;
                } else {
                    seen.insert(name.clone(), once.len());
                    once.push((name, value));
                }
            }
            entries = once;
            sorted = places(&entries);
        }
        Self { entries, sorted }
    }

    pub fn get(&self, wanted: &str) -> Option<&Json<'a>> {
        if self.sorted.is_empty() {
            return self.entries.iter().find(|(known, _)| known == wanted).map(|(_, value)| value);
        }
        let at = self.sorted.binary_search_by(|at| key(&self.entries, *at).cmp(&Some(wanted))).ok()?;
        self.sorted.get(at).and_then(|at| self.entries.get(*at as usize)).map(|(_, value)| value)
    }

    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn key<'e>(entries: &'e [(Cow<'_, str>, Json<'_>)], at: u32) -> Option<&'e str> {
    entries.get(at as usize).map(|(key, _)| &**key)
}

fn places(entries: &[(Cow<'_, str>, Json<'_>)]) -> Vec<u32> {
    let mut sorted: Vec<u32> = (0..).take(entries.len()).collect();
    sorted.sort_by_key(|at| key(entries, *at));
    sorted
}

/// Reads a document's [`text`]. Objects keep its order.
///
/// Depth is bounded by the parser's own limit of 128 levels: the deepest of 1,214 real flows has 9 actions within one another, about 30 levels.
pub(super) fn value(text: &str) -> Result<Json<'_>, ReadError> {
    part(text, Part::Any)
}

/// Reads of a document what a reader looks at. All else is passed over: looked through for its end, and neither built nor understood.
pub(super) fn part(text: &str, part: Part) -> Result<Json<'_>, ReadError> {
    let mut source = serde_json::Deserializer::from_str(text);
    let left = Cell::new(MOST_VALUES);
    let read = Lean { part, left: &left }.deserialize(&mut source).and_then(|value| source.end().map(|()| value));
    read.map_err(|error| {
        if left.get() == 0 {
            return ReadError::new(Kind::TooMany { of: "values", most: MOST_VALUES });
        }
        let too_deep = error.is_syntax() && error.to_string().starts_with("recursion limit");
        ReadError::new(if too_deep { Kind::TooDeep } else { Kind::NotJson(error.line()) })
    })
}

/// The text, whatever Windows tools saved it as: UTF-8 or UTF-16, with or without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::new(Kind::TooLong(MOST_BYTES)));
    }
    let not_text = || ReadError::new(Kind::NotText);
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit)).collect();
        if bytes.len().is_multiple_of(2) { String::from_utf16(&units).map(Cow::Owned).map_err(|_| not_text()) } else { Err(not_text()) }
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [_, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, _, ..] => wide(bytes, u16::from_be_bytes),
        _ => {
            let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bare).map(Cow::Borrowed).map_err(|_| not_text())
        }
    }
}

/// Builds a value and leaves out while reading what nobody looks at, so that it costs no memory. It counts down how many values may still come.
#[derive(Clone, Copy)]
struct Lean<'l> {
    part: Part,
    left: &'l Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Lean<'_> {
    type Value = Json<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Json<'de>, D::Error> {
        let left = self.left.get().saturating_sub(1);
        self.left.set(left);
        if left == 0 {
            return Err(D::Error::custom("more values than are read"));
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lean<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number)
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let mut list = Vec::new();
        if self.part == Part::Closed {
            while items.next_element::<IgnoredAny>()?.is_some() {}
        }
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json<'de>, A::Error> {
        let mut found = Vec::new();
        while let Some(key) = entries.next_key_seed(Key)? {
            match self.part.below(&key) {
                Some(part) => found.push((key, entries.next_value_seed(Self { part, ..self })?)),
                None => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Json::Object(Object::new(found)))
    }
}

/// A key, borrowed where nothing in it is escaped.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Cow<'de, str>, D::Error> {
        source.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// A text under a key, if it is one and says something to a person.
pub(super) fn string<'j>(value: &'j Json<'_>, key: &str) -> Option<&'j str> {
    value.get(key).and_then(Json::as_str).filter(|text| text.len() <= LONGEST_TEXT && !text.trim().is_empty())
}

/// The last part of an id with slashes: `/providers/Microsoft.PowerApps/apis/shared_x` → `shared_x`.
pub(super) fn last_part(id: &str) -> Option<&str> {
    id.trim_end_matches('/').rsplit('/').next().filter(|part| !part.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as `serde_json` makes of it, whose order and last values are those of every browser.
    #[test]
    fn of_a_key_given_twice_the_last_value_counts_at_the_first_place() {
        for many in [2, 9, 15, 16, 40] {
            let entries: Vec<String> = (0..many).map(|at| format!("\"k{}\": \"{at}\"", at % 7)).chain([r#""\u006b1": "last""#.to_owned()]).collect();
            let text = format!("{{{}}}", entries.join(","));
            let read = value(&text).expect("JSON");
            let wanted: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let wanted = wanted.as_object().expect("an object");
            let object = read.as_object().expect("an object");
            let told: Vec<(&str, Option<&str>)> = object.iter().map(|(key, value)| (key, value.as_str())).collect();
            assert_eq!(told, wanted.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect::<Vec<_>>(), "{text}");
            for key in wanted.keys() {
                assert_eq!(object.get(key).and_then(Json::as_str), wanted[key].as_str(), "{key} of {text}");
            }
            assert!(!object.contains_key("k") && !object.contains_key("zz"));
        }
        let many: Vec<String> = (0..500).rev().map(|at| format!("\"k{at}\": {}", at % 2 == 0)).collect();
        let text = format!("{{{}}}", many.join(","));
        let read = value(&text).expect("JSON");
        assert_eq!(read.as_object().map(Object::len), Some(500));
        assert!((0..500).all(|at| read.get(&format!("k{at}")).and_then(Json::as_bool) == Some(at % 2 == 0)));
        assert_eq!(read.get("k500"), None);
    }
}
