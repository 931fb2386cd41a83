//! Sign-in tokens: they look like real ones, and each is for one service.

use serde_json::{Value, json};

/// Which service a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The flow service, on both generations' hosts.
    Flow,
    /// The Power Platform API (`/connectivity/…`).
    Platform,
    /// The older connections service.
    Apps,
}

impl Audience {
    /// The audience that a page asks for by name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "flow" => Some(Self::Flow),
            "platform" => Some(Self::Platform),
            "apps" => Some(Self::Apps),
            _ => None,
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::Flow => "https://service.flow.microsoft.com/",
            Self::Platform => "https://api.powerplatform.com/",
            Self::Apps => "https://service.powerapps.com/",
        }
    }
}

/// A token of its own for each call: the number makes it so.
pub(crate) fn issue(audience: Audience, person: &Value, number: usize) -> String {
    let header = json!({ "typ": "JWT", "alg": "RS256" });
    let claims = json!({ "aud": audience.address(), "oid": person["objectId"], "tid": person["tenantId"], "upn": person["mail"], "exp": 4_102_444_800_u64 });
    let signature = format!("practice-signature-{number:04}-{audience:?}-never-leaves-the-page");
    [header.to_string(), claims.to_string(), signature].map(|part| base64(part.as_bytes())).join(".")
}

/// base64url without padding: what tokens are written in.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().enumerate().fold(0_usize, |bits, (at, byte)| bits | usize::from(*byte) << (16 - 8 * at));
        for at in 0..=chunk.len() {
            let letter = LETTERS.get(bits >> (18 - 6 * at) & 63).copied().unwrap_or(b'A');
            text.push(char::from(letter));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64url() {
        assert_eq!([&b""[..], b"f", b"fo", b"foo", b"\xff\xfe\xfd"].map(base64), ["", "Zg", "Zm8", "Zm9v", "__79"]);
    }
}
