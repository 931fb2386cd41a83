use serde::{Deserialize, Serialize};

/// An environment as the portal lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// Its id, as it stands in addresses: a GUID, or `Default-` and the tenant's.
    pub id: String,
    /// The name people gave it.
    pub name: String,
}

impl Environment {
    /// Whether a text could be an environment's id: nothing else may come into an address or a key.
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    }
}
