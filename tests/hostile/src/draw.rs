//! Bytes → choices. A fuzzer that changes a byte changes one choice; bytes that have run out choose what is smallest.

use crate::shapes;

/// Choices still to be made.
pub struct Draw<'a>(&'a [u8]);

impl<'a> Draw<'a> {
    /// Choices from these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left to choose from.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; 0 once they have run out.
    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number below this one.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(self.byte()) % bound.max(1)
    }

    /// Yes once in so many times; no once the bytes have run out.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    /// One of these; the first once the bytes have run out.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Some or none.
    pub fn maybe<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (!self.byte().is_multiple_of(4)).then(|| one(self))
    }

    /// A list of up to so many.
    pub fn list<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| one(self)).collect()
    }

    /// The next bytes as text, up to so many; what is no text becomes the sign for that.
    pub fn raw(&mut self, most: usize) -> String {
        let (text, rest) = self.0.split_at(self.below(most + 1).min(self.0.len()));
        self.0 = rest;
        shapes::text(text)
    }

    /// A name: mostly one of few, so that the same come together; sometimes anything.
    pub fn name(&mut self) -> String {
        match self.byte() {
            byte if byte < 200 => NAMES[usize::from(byte) % NAMES.len()].to_owned(),
            byte if byte < 240 => self.raw(24),
            _ => self.raw(8) + NAMES[self.below(NAMES.len())],
        }
    }

    /// Somebody, or a label that identifies nobody.
    pub fn who(&mut self) -> String {
        match self.byte() {
            byte if byte < 230 => WHO[usize::from(byte) % WHO.len()].to_owned(),
            _ => self.raw(24),
        }
    }

    /// A time in milliseconds since 1970, also from no calendar.
    pub fn time(&mut self) -> f64 {
        let ordinary = 1_795_270_200_000.0 + 1_000.0 * f64::from(self.byte());
        self.pick(&[ordinary, ordinary, ordinary, 0.0, -1.0, 0.1 + ordinary, 9e15, 1e300])
    }
}

/// Names of operations, references, connectors and connections. Some differ in case only; some try what papers are made of.
pub const NAMES: [&str; 40] = [
    "shared_office365",
    "shared_office365_1",
    "SHARED_OFFICE365",
    "shared_sql",
    "Send",
    "send",
    "Send_it",
    "If",
    "Scope",
    "root",
    "case",
    "manual",
    "c1",
    "C1",
    "c2",
    "shared-office365-8323f7fe-e8a4-46c4-b5ea-f4864887d160",
    "0123456789abcdef0123456789abcdef",
    "/providers/Microsoft.PowerApps/apis/shared_office365",
    "/providers/Microsoft.PowerApps/apis/shared_office365/connections/c1",
    "/providers/Microsoft.PowerApps/apis/Shared_sql/connections/C1/",
    "@parameters('$connections')['shared_office365']['connectionId']",
    "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']['it''s']['connectionId']",
    "it's",
    "it\"s [a] *name* = | : , é ß İ ǆ",
    "=HYPERLINK(\"https://evil.example\")",
    "\u{feff}\u{200b}+1",
    "＝1;2",
    "\t-1\r\n@x",
    "'quoted",
    "</td><script>alert(1)</script>",
    "\"><img onerror=x>",
    "<!-- & &amp; ]]> -->",
    "| a | `b` | [x](https://evil.example) ![y](z)",
    "# heading\n- list\n1. one\n> quote\n---\n    code",
    "\u{202e}gnihton\u{2066}\u{0}\u{1b}[31m\u{85}\u{fffe}",
    "__proto__",
    "constructor",
    "-",
    " ",
    "",
];

/// People, as the services name them; some are the same person.
pub const WHO: [&str; 14] = [
    "ana@contoso.com",
    "ANA@Contoso.com",
    "ana_contoso.com#EXT#@fabrikam.onmicrosoft.com",
    "8323f7fe-e8a4-46c4-b5ea-f4864887d160",
    "svc-flows@contoso.com",
    "fe36f75e-c103-410b-a18a-2bf6df06ac3a",
    "bob@contoso.com",
    "MSFT Dynamics",
    "",
    "Ana <ana@contoso.com>",
    "İ@contoso.com",
    "+1@contoso.com",
    "a@b@c.com",
    "=cmd|'/C calc'!A0@contoso.com",
];
