//! Who should stand behind a flow's operations.

use serde::{Deserialize, Serialize};

use super::Directory;
use crate::model::{Account, AccountPattern};

/// The intended accounts, and how strictly they are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Any of these is as intended. None: nobody has said yet.
    pub accounts: Vec<AccountPattern>,
    /// The sign-in account alone decides, wherever it is known; the owner may be anybody.
    #[serde(default)]
    pub sign_in_alone: bool,
}

impl Intent {
    /// Whether somebody said who should stand behind the operations.
    #[must_use]
    pub fn is_said(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// Whether the account is one of the intended ones, under any identity the directory knows for it.
    #[must_use]
    pub fn allows(&self, account: &Account, directory: &Directory) -> bool {
        let known = directory.complete(account);
        self.accounts.iter().any(|pattern| pattern.matches(&known))
    }
}
