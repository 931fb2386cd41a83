//! Bytes → JSON values, bounded: encodings, size, depth, and the swagger documents that nobody here reads.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::error::{Kind, ReadError};
use super::limits::{LONGEST_TEXT, MOST_VALUES};
use super::part::Part;

/// The longest document that is read, in bytes. Real flow files end at 350 kB; an API answer with swagger documents has megabytes.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Reads a document. Objects keep the file's order; of a key given twice the last value counts, as in every browser.
///
/// Depth is bounded by the parser's own limit of 128 levels: the deepest of 1,214 real flows has 9 actions within one another, about 30 levels.
pub(super) fn value(bytes: &[u8]) -> Result<Value, ReadError> {
    part(bytes, Part::Any)
}

/// Reads of a document what a reader looks at. All else is passed over: looked through for its end, and neither built nor understood.
pub(super) fn part(bytes: &[u8], part: Part) -> Result<Value, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::new(Kind::TooLong(MOST_BYTES)));
    }
    let text = text(bytes)?;
    let mut source = serde_json::Deserializer::from_str(&text);
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
struct Lean<'a> {
    part: Part,
    left: &'a Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Lean<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        let left = self.left.get().saturating_sub(1);
        self.left.set(left);
        if left == 0 {
            return Err(D::Error::custom("more values than are read"));
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lean<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        if self.part == Part::Closed {
            while items.next_element::<IgnoredAny>()?.is_some() {}
        }
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            match self.part.below(&key) {
                Some(part) => {
                    map.insert(key, entries.next_value_seed(Self { part, ..self })?);
                }
                None => {
                    entries.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(map))
    }
}

/// A text under a key, if it is one and says something to a person.
pub(super) fn string<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str).filter(|text| text.len() <= LONGEST_TEXT && !text.trim().is_empty())
}

/// The last part of an id with slashes: `/providers/Microsoft.PowerApps/apis/shared_x` → `shared_x`.
pub(super) fn last_part(id: &str) -> Option<&str> {
    id.trim_end_matches('/').rsplit('/').next().filter(|part| !part.trim().is_empty())
}
