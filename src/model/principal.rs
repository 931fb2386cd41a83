//! Somebody with rights on a flow.

use serde::{Deserialize, Serialize};

use super::Account;

/// An owner or a user of a flow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// `Owner`, `CanEdit`, `CanView`, …
    pub role: Option<String>,
    /// Who; none where the answer gives nothing that identifies somebody.
    pub account: Option<Account>,
    /// `User`, `Group`, …
    pub kind: Option<String>,
}

impl Principal {
    /// Whether it may edit the flow: Power Automate calls those co-owners, the service calls them `Owner` or `CanEdit`.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.role.as_deref().is_some_and(|role| role.eq_ignore_ascii_case("owner") || role.eq_ignore_ascii_case("canedit"))
    }
}
