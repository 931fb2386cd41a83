//! What is said to people, as a message name with its parts. The sentences themselves stand in `extension/_locales`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A sentence still to be said: the browser says it through `chrome.i18n`, the command line and the tests in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The message's name in `_locales/*/messages.json`. With a count, `_one`, `_other`, … is added by the language's plural rule.
    pub key: Cow<'static, str>,
    /// What stands for `$1`, `$2`, …; with a count, `$1` is the count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// The number that decides about singular or plural.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

impl Text {
    /// A sentence without a number in it.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: Vec::new(), count: None }
    }

    /// A sentence that depends on a number, its `$1`.
    #[must_use]
    pub fn counted(key: &'static str, count: usize) -> Self {
        Self { key: Cow::Borrowed(key), args: vec![count.to_string()], count: Some(count) }
    }

    /// Adds the next part.
    #[must_use]
    pub fn with(mut self, part: impl Into<String>) -> Self {
        self.args.push(part.into());
        self
    }

    /// The message's full name, by a language's plural rule.
    #[must_use]
    pub fn message(&self, plural: impl FnOnce(usize) -> &'static str) -> Cow<'static, str> {
        match self.count {
            None => self.key.clone(),
            Some(count) => Cow::Owned(format!("{}_{}", self.key, plural(count))),
        }
    }
}

/// Words to show: a sentence of ours, or somebody else's words as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// Said in the reader's language.
    Say(Text),
    /// A name, an address: never more than text.
    Name(String),
}

#[cfg(not(target_arch = "wasm32"))]
mod english {
    use std::collections::HashMap;
    use std::sync::LazyLock;

    use super::Text;

    static CATALOGUE: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        #[derive(serde::Deserialize)]
        struct Entry {
            message: String,
        }
        let entries: HashMap<String, Entry> = serde_json::from_str(include_str!("../extension/_locales/en/messages.json")).unwrap_or_default();
        entries.into_iter().map(|(key, entry)| (key, entry.message)).collect()
    });

    impl Text {
        /// The sentence in English. An unknown name is said as it is, in brackets: a test holds that there is none.
        #[must_use]
        pub fn english(&self) -> String {
            let key = self.message(|count| if count == 1 { "one" } else { "other" });
            let Some(message) = CATALOGUE.get(key.as_ref()) else { return format!("[{key}]") };
            let mut said = String::with_capacity(message.len());
            let mut rest = message.chars().peekable();
            while let Some(c) = rest.next() {
                let digit = if c == '$' { rest.peek().and_then(|next| next.to_digit(10)) } else { None };
                match digit {
                    Some(place) if place > 0 => {
                        rest.next();
                        said.push_str(self.args.get(place as usize - 1).map_or("", String::as_str));
                    }
                    _ => said.push(c),
                }
            }
            said
        }
    }
}
