//! The scenarios: what a person may want to try, and what tests drive.

mod definition;
mod large;
mod names;
mod small;
mod store;

use serde_json::Value;

use crate::world::Connection;

/// A scenario to pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What is in it.
    pub description: &'static str,
}

static SCENARIOS: [Scenario; 8] = [
    Scenario {
        name: "half",
        title: "Half handed over",
        description: "9 of 12 operations run on the service account, 3 on Ana's and Ben's connections; two connections are left over.",
    },
    Scenario { name: "maker", title: "All in the maker's name", description: "Every operation runs on a connection of Ana's." },
    Scenario { name: "done", title: "Handed over", description: "Everything runs on the service account, nothing is left over." },
    Scenario { name: "leaver", title: "Somebody has left", description: "Four operations run on a connection that Ana can't see." },
    Scenario { name: "large", title: "300 operations", description: "Scopes, conditions, switches and loops up to six deep; 41 operations to change." },
    Scenario {
        name: "names",
        title: "Names of every kind",
        description: "Quotes, brackets, markup, emoji, right-to-left; a run-only reference and a child flow.",
    },
    Scenario { name: "solution", title: "In a solution", description: "References with logical names that point to no connection." },
    Scenario { name: "empty", title: "Nothing to connect", description: "A flow of built-in operations only." },
];

/// All scenarios.
#[must_use]
pub fn scenarios() -> &'static [Scenario] {
    &SCENARIOS
}

/// The connections and flows of a scenario.
pub(crate) fn build(name: &str) -> Option<(Vec<Connection>, Vec<Value>)> {
    let store = match name {
        "half" => small::half(),
        "maker" => small::maker(),
        "done" => small::done(),
        "leaver" => small::leaver(),
        "large" => large::large(),
        "names" => names::names(),
        "solution" => small::solution(),
        "empty" => small::empty(),
        _ => return None,
    };
    Some(store.finished())
}
