//! What an operation or a leftover runs on, and who stands behind it.

use serde::Serialize;

use crate::audit::{Judged, Leftover};
use crate::model::{Account, Health, connector_name};

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The mail address, UPN or object id to know them by.
    pub address: Option<String>,
    /// The name people know them by.
    pub name: Option<String>,
}

/// Whether a connection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the model's health")]
pub enum HealthWord {
    Connected,
    Broken,
    Unknown,
}

/// What an operation or a leftover runs on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunsOn {
    /// The reference's key.
    pub reference: Option<String>,
    /// The connector's id.
    pub connector: Option<String>,
    /// The connector's name as people know it.
    pub connector_name: Option<String>,
    /// The connection's id.
    pub connection: Option<String>,
    /// The connection's label.
    pub label: Option<String>,
    /// The account it acts as.
    pub sign_in: Option<Who>,
    /// Who created the connection.
    pub owner: Option<Who>,
    /// Whether it works; none where the connection isn't known.
    pub health: Option<HealthWord>,
    /// The service's own code for what is wrong with it.
    pub health_code: Option<String>,
}

impl Who {
    /// What is known of an account; none where nobody could know it again.
    #[must_use]
    pub fn of(account: &Account) -> Option<Self> {
        let name = account.display_name.clone().filter(|name| !name.trim().is_empty());
        let who = Self { address: account.address().map(str::to_owned), name };
        (who.address.is_some() || who.name.is_some()).then_some(who)
    }
}

impl RunsOn {
    pub(super) fn of(judged: &Judged) -> Self {
        let (health, health_code) = health(judged.health.as_ref());
        Self {
            reference: judged.reference.clone(),
            connector: judged.connector.clone(),
            connector_name: named(judged.connector.as_deref(), judged.connector_name.as_deref()),
            connection: judged.connection.clone(),
            label: judged.label.clone(),
            sign_in: judged.sign_in.as_ref().and_then(Who::of),
            owner: judged.owner.as_ref().and_then(Who::of),
            health,
            health_code,
        }
    }

    pub(super) fn left(leftover: &Leftover) -> Self {
        let (health, health_code) = health(leftover.health.as_ref());
        Self {
            reference: leftover.reference.clone(),
            connector: leftover.connector.clone(),
            connector_name: named(leftover.connector.as_deref(), leftover.connector_name.as_deref()),
            connection: leftover.connection.clone(),
            label: leftover.label.clone(),
            sign_in: leftover.sign_in.as_ref().and_then(Who::of),
            owner: leftover.owner.as_ref().and_then(Who::of),
            health,
            health_code,
        }
    }
}

pub(super) fn named(id: Option<&str>, told: Option<&str>) -> Option<String> {
    Some(connector_name(id, told)).filter(|name| !name.is_empty())
}

fn health(health: Option<&Health>) -> (Option<HealthWord>, Option<String>) {
    match health {
        None => (None, None),
        Some(Health::Connected) => (Some(HealthWord::Connected), None),
        Some(Health::Broken(code)) => (Some(HealthWord::Broken), code.clone()),
        Some(Health::Unknown) => (Some(HealthWord::Unknown), None),
    }
}
