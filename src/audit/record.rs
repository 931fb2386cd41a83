//! What people decided about one flow: kept between visits, apart from what the data says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::StepId;
use crate::model::AccountPattern;

/// The decisions about one flow. Times are milliseconds since 1970, as the browser gives them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Who should stand behind this flow; none: the default for all flows holds.
    pub accounts: Option<Vec<AccountPattern>>,
    /// Steps ticked by hand, with the time.
    pub ticks: BTreeMap<StepId, f64>,
    /// Leftovers that somebody says are none, by the leftover's id.
    pub dismissals: BTreeMap<String, Dismissal>,
    /// The figures when the flow was first judged against an intention.
    pub first_look: Option<FirstLook>,
}

/// Why something isn't to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dismissal {
    /// In the person's own words; may be empty.
    pub reason: String,
    /// When.
    pub at: f64,
}

/// The state at the first look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FirstLook {
    /// Operations to change.
    pub mismatch: usize,
    /// Leftovers that were counted.
    pub leftovers: usize,
    /// When.
    pub at: f64,
}
