//! Times in a record.

use jiff::{Timestamp, Unit};
use serde::{Serialize, Serializer};

/// A moment, in milliseconds since 1970, as the browser gives it. A document writes it in RFC 3339, in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At(pub f64);

impl At {
    /// In RFC 3339; empty where no calendar holds it.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.second().map_or_else(String::new, |at| at.to_string())
    }

    /// For people, to the minute: `2026-11-21 14:10 UTC`.
    #[must_use]
    pub fn to_the_minute(self) -> String {
        let said = self.rfc3339();
        match said.split_once('T').and_then(|(day, rest)| Some((day, rest.get(..5)?))) {
            Some((day, minute)) => format!("{day} {minute} UTC"),
            None => said,
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any calendar fit; what doesn't is refused a step later")]
    fn second(self) -> Option<Timestamp> {
        Timestamp::from_millisecond(self.0 as i64).ok()?.round(Unit::Second).ok()
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::At;

    #[test]
    fn in_utc() {
        assert_eq!(At(1_795_270_200_400.0).rfc3339(), "2026-11-21T14:10:00Z");
        assert_eq!(At(1_795_270_200_400.0).to_the_minute(), "2026-11-21 14:10 UTC");
        assert_eq!((At(f64::NAN).rfc3339().as_str(), At(1e300).rfc3339().as_str()), ("1970-01-01T00:00:00Z", ""));
    }
}
