//! Who should stand behind what, and whose saying that is.

use serde::Serialize;

use super::runs_on::named;
use crate::audit::{Audit, Choice, Intent, Level, connector_key};
use crate::model::AccountPattern;

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// Whoever works with the flow.
    Person,
    /// The organisation, by policy.
    Organisation,
}

/// Whose saying it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SaidBy {
    /// Who says it.
    pub who: Speaker,
    /// How far it reaches.
    pub reach: Level,
    /// Whether the organisation doesn't leave it to the person.
    pub locked: bool,
}

/// Accounts that are intended for one connector alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntendedRow {
    /// The connector's id.
    pub connector: String,
    /// The connector's name as people know it.
    pub connector_name: String,
    /// Any of these is as intended.
    pub accounts: Vec<AccountPattern>,
    /// The sign-in account alone decides.
    pub sign_in_alone: bool,
    /// Whose saying it is.
    pub said_by: Option<SaidBy>,
}

impl SaidBy {
    /// None where it is nobody's saying, or was given for this one time.
    pub(super) fn of(choice: &Choice) -> Option<Self> {
        let origin = choice.from?;
        let who = if origin.managed { Speaker::Organisation } else { Speaker::Person };
        Some(Self { who, reach: origin.level, locked: choice.locked })
    }
}

/// What is said for single connectors of this flow, in the order in which its operations use them.
pub(super) fn by_connector(intent: &Intent, audit: &Audit) -> Vec<IntendedRow> {
    let mut rows: Vec<IntendedRow> = Vec::new();
    for judged in &audit.operations {
        let Some(id) = judged.connector.as_deref() else { continue };
        let Some(choice) = intent.connectors.get(&connector_key(id)) else { continue };
        if rows.iter().any(|row| connector_key(&row.connector) == connector_key(id)) {
            continue;
        }
        rows.push(IntendedRow {
            connector: id.to_owned(),
            connector_name: named(Some(id), judged.connector_name.as_deref()).unwrap_or_else(|| id.to_owned()),
            accounts: choice.accounts.clone(),
            sign_in_alone: choice.sign_in_alone,
            said_by: SaidBy::of(choice),
        });
    }
    rows
}
