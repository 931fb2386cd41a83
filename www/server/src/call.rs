//! A request, as the services and pages see it.

use hyper::body::Bytes;

/// A request, as far as answers depend on it.
pub(crate) struct Call {
    pub method: String,
    pub host: String,
    pub path: String,
    pub query: String,
    pub authorization: String,
    pub prefer: String,
    pub body: Bytes,
}

impl Call {
    /// A parameter of the address, decoded; empty where there is none.
    pub fn parameter(&self, name: &str) -> String {
        let pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.map(|(key, value)| (decoded(key), value)).find(|(key, _)| key == name).map(|(_, value)| decoded(value)).unwrap_or_default()
    }
}

/// Text of an address without its `%20` and `+`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'%' => {
                let code = digit(rest.next()).zip(digit(rest.next())).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                bytes.extend(code);
            }
            b'+' => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn addresses_are_decoded() {
        assert_eq!(["a%20b+c", "%24filter", "100%", "%C3%A9"].map(decoded), ["a b c", "$filter", "100", "é"]);
    }
}
