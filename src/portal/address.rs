//! The parts of an address. Small and our own: a general URL library brings tables for international names that would double the download.

/// An `https` address in parts.
pub(super) struct Address {
    /// Lower case, without a port.
    pub host: String,
    /// The path's parts, unescaped, empty ones left out.
    pub path: Vec<String>,
    /// The query's pairs, unescaped, in order.
    pub query: Vec<(String, String)>,
}

impl Address {
    /// Takes an address apart; none where it isn't an `https` one.
    pub fn new(address: &str) -> Option<Self> {
        let (scheme, rest) = address.trim().split_once("://")?;
        if !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let rest = rest.split('#').next()?;
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = before.split_once('/').unwrap_or((before, ""));
        let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
        let path = path.split('/').filter(|part| !part.is_empty()).map(unescaped).collect();
        let query = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (unescaped(key), unescaped(value)))
            .collect();
        // A browser writes a host in these signs only, whatever was typed; anything else isn't what a browser would go to.
        let is_host = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
        is_host.then_some(Self { host, path, query })
    }

    /// A value of the query, its name compared without case.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// What follows a part of the path, the part compared without case.
    pub fn after(&self, part: &str) -> Option<&str> {
        let at = self.path.iter().position(|known| known.eq_ignore_ascii_case(part))?;
        self.path.get(at + 1).map(String::as_str)
    }

    /// A part of the path, lower case; empty beyond its end.
    pub fn part(&self, at: usize) -> String {
        self.path.get(at).map(|part| part.to_ascii_lowercase()).unwrap_or_default()
    }
}

/// `%41` → `A`; what isn't a valid escape stays as it is.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = match (first, after) {
            (b'%', [high, low, after @ ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| (high * 16 + low, after)),
            _ => None,
        };
        let (byte, after) = escape.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
