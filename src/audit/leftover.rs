//! Connections still attached to a flow that no operation uses, each with its evidence.
//!
//! Nobody has published the request behind the portal's own list "Connections not actively in use", so evidence is
//! combined and graded; the list behind the designer's picker alone proves nothing, as it holds all the person's connections.

use serde::{Deserialize, Serialize};

use crate::model::{Account, Health};

/// How sure it is. The order is that of certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Worth a look; not counted, and removal isn't suggested.
    Hint,
    /// The saved flow still declares it.
    Likely,
    /// Power Automate itself listed it for this flow.
    Certain,
}

/// Why it is thought to be left over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Power Automate listed it on an address of this flow while the connections pane was open.
    Listed,
    /// The flow declares a reference to it that no operation names.
    ReferenceUnused,
    /// The flow's installed references name it and no operation does.
    InstalledUnused,
    /// It stands in the designer's list for this flow though somebody else made it.
    OthersInPicker,
}

impl Evidence {
    /// How much it proves.
    #[must_use]
    pub const fn grade(self) -> Grade {
        match self {
            Self::Listed => Grade::Certain,
            Self::ReferenceUnused | Self::InstalledUnused => Grade::Likely,
            Self::OthersInPicker => Grade::Hint,
        }
    }
}

/// A connection, or a reference without a known connection, that nothing in the flow uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leftover {
    /// Its stable identity: `connection:<id>`, or `reference:<key>` where no connection is known.
    pub id: String,
    /// The connection's id.
    pub connection: Option<String>,
    /// The reference's key.
    pub reference: Option<String>,
    /// The connector's id.
    pub connector: Option<String>,
    /// The connector's name as people know it.
    pub connector_name: Option<String>,
    /// The connection's label.
    pub label: Option<String>,
    /// The account it acts as.
    pub sign_in: Option<Account>,
    /// Who created it.
    pub owner: Option<Account>,
    /// Whether it works.
    pub health: Option<Health>,
    /// Everything that speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// How sure it is, by the strongest evidence.
    pub grade: Grade,
    /// Operations that run on the same connection through another reference: removing the connection would break them.
    pub connection_used_by: Vec<String>,
}

impl Leftover {
    /// Whether the product suggests its removal: sure enough, and nothing would break.
    #[must_use]
    pub fn is_removable(&self) -> bool {
        self.grade > Grade::Hint && self.connection_used_by.is_empty()
    }
}
