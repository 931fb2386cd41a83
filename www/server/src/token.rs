//! Sign-in tokens: they look like real ones, and each is for one service.

use serde_json::{Value, json};

use crate::cloud::Cloud;

/// Which service a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// The flow service, on both generations' hosts.
    Flow,
    /// The Power Platform API (`/connectivity/…`).
    Platform,
    /// The older connections service.
    Apps,
    /// The organisation's Dataverse.
    Dataverse,
}

impl Audience {
    /// The audience that a page asks for by name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "flow" => Some(Self::Flow),
            "platform" => Some(Self::Platform),
            "apps" => Some(Self::Apps),
            "dataverse" => Some(Self::Dataverse),
            _ => None,
        }
    }

    const fn address(self, cloud: Cloud) -> &'static str {
        match (self, cloud) {
            (Self::Flow, Cloud::Public) => "https://service.flow.microsoft.com/",
            (Self::Flow, Cloud::Gcc) => "https://gov.service.flow.microsoft.us/",
            (Self::Flow, Cloud::GccHigh) => "https://high.service.flow.microsoft.us/",
            (Self::Flow, Cloud::Dod) => "https://service.flow.appsplatform.us/",
            (Self::Flow, Cloud::China) => "https://service.powerautomate.cn/",
            (Self::Platform, Cloud::Public) => "https://api.powerplatform.com/",
            (Self::Platform, Cloud::Gcc) => "https://api.gov.powerplatform.microsoft.us/",
            (Self::Platform, Cloud::GccHigh) => "https://api.high.powerplatform.microsoft.us/",
            (Self::Platform, Cloud::Dod) => "https://api.appsplatform.us/",
            (Self::Platform, Cloud::China) => "https://api.powerplatform.partner.microsoftonline.cn/",
            (Self::Apps, Cloud::Public) => "https://service.powerapps.com/",
            (Self::Apps, Cloud::Gcc) => "https://gov.service.powerapps.us/",
            (Self::Apps, Cloud::GccHigh) => "https://high.service.powerapps.us/",
            (Self::Apps, Cloud::Dod) => "https://service.apps.appsplatform.us/",
            (Self::Apps, Cloud::China) => "https://service.powerapps.cn/",
            (Self::Dataverse, Cloud::Public) => "https://contoso.crm4.dynamics.com/",
            (Self::Dataverse, Cloud::Gcc) => "https://contoso.crm9.dynamics.com/",
            (Self::Dataverse, Cloud::GccHigh) => "https://contoso.crm.microsoftdynamics.us/",
            (Self::Dataverse, Cloud::Dod) => "https://contoso.crm.appsplatform.us/",
            (Self::Dataverse, Cloud::China) => "https://contoso.crm.dynamics.cn/",
        }
    }
}

/// A token of its own for each call: the number makes it so.
pub(crate) fn issue(audience: Audience, cloud: Cloud, person: &Value, number: usize) -> String {
    let header = json!({ "typ": "JWT", "alg": "RS256" });
    let claims =
        json!({ "aud": audience.address(cloud), "oid": person["objectId"], "tid": person["tenantId"], "upn": person["mail"], "exp": 4_102_444_800_u64 });
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
