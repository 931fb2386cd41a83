//! What the product relies on in Power Automate's pages, and how much of it holds in one document. Each part degrades by itself.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Kept, Session};
use crate::portal::View;
use crate::protocol::Asked;
use crate::words::Text;

/// How much of a contract holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// As expected.
    Ok,
    /// In part.
    Degraded,
    /// Not at all.
    Missing,
    /// Not looked for in this place.
    Idle,
}

/// One contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contract {
    /// What is relied on.
    pub title: Text,
    /// How much of it holds.
    pub holds: Holds,
    /// What was found, and what works without it.
    pub says: Text,
}

/// Every contract, as it stands in a document.
#[must_use]
pub fn contracts(session: &Session, kept: &Kept) -> Vec<Contract> {
    let place = session.place.as_ref();
    let facts = session.facts();
    let paint = session.paint(kept);
    let view = place.map(|place| place.view);
    let contract = |name: &'static str, holds: Holds, says: Text| Contract { title: Text::new(name), holds, says };
    let mut all = Vec::new();
    all.push(match view {
        Some(View::Other) | None => contract("contract_address", Holds::Degraded, Text::new("contract_address_degraded")),
        Some(_) => contract("contract_address", Holds::Ok, Text::new("contract_address_ok")),
    });
    all.push(match facts.map(|facts| (&facts.saved, facts.trouble(Asked::Flow))) {
        None => contract("contract_flow", Holds::Idle, Text::new("contract_no_flow")),
        Some((Some(saved), _)) if saved.gaps.is_empty() => contract("contract_flow", Holds::Ok, Text::counted("contract_flow_ok", saved.flow.operations.len())),
        Some((Some(saved), _)) => contract("contract_flow", Holds::Degraded, Text::counted("contract_flow_degraded", saved.gaps.len())),
        Some((None, _)) => contract("contract_flow", Holds::Missing, Text::new("contract_flow_missing")),
    });
    all.push(match facts.map(|facts| &facts.picker) {
        None => contract("contract_connections", Holds::Idle, Text::new("contract_no_flow")),
        Some(Some(picker)) => contract("contract_connections", Holds::Ok, Text::counted("contract_connections_ok", picker.len())),
        Some(None) => contract("contract_connections", Holds::Missing, Text::new("contract_connections_missing")),
    });
    let live = facts.and_then(|facts| facts.live.as_ref());
    all.push(match (view, live) {
        (Some(View::Designer), Some(live)) if live.designer.nodes.is_empty() => {
            contract("contract_store", Holds::Degraded, Text::new("contract_store_degraded"))
        }
        (Some(View::Designer), Some(live)) => contract("contract_store", Holds::Ok, Text::counted("contract_store_ok", live.designer.nodes.len())),
        (Some(View::Designer), None) => contract("contract_store", Holds::Missing, Text::new("contract_store_missing")),
        _ => contract("contract_store", Holds::Idle, Text::new("contract_store_idle")),
    });
    let found = session.found.unwrap_or_default();
    all.push(match paint.marks.len() {
        0 => contract("contract_cards", Holds::Idle, Text::new("contract_cards_idle")),
        expected if found >= expected => contract("contract_cards", Holds::Ok, Text::counted("contract_cards_found", expected).with(found.to_string())),
        _ if found == 0 => contract("contract_cards", Holds::Missing, Text::new("contract_cards_missing")),
        expected => contract("contract_cards", Holds::Degraded, Text::counted("contract_cards_found", expected).with(found.to_string())),
    });
    let listed = facts.is_some_and(|facts| facts.listed_seen.is_some());
    all.push(match (view, session.rows.unwrap_or_default()) {
        (Some(View::Details), 0) if listed => contract("contract_rows", Holds::Missing, Text::new("contract_rows_missing")),
        (Some(View::Details), marked) if marked > 0 => contract("contract_rows", Holds::Ok, Text::counted("contract_rows_ok", marked)),
        _ => contract("contract_rows", Holds::Idle, Text::new("contract_rows_idle")),
    });
    let strange = session.witness.strange().len();
    all.push(match (strange, session.witness.kinds.len()) {
        (0, 0) => contract("contract_answers", Holds::Idle, Text::new("contract_answers_idle")),
        (0, kinds) => contract("contract_answers", Holds::Ok, Text::counted("contract_answers_ok", kinds)),
        (strange, _) => contract("contract_answers", Holds::Degraded, Text::counted("contract_answers_degraded", strange)),
    });
    all
}

/// The document of shapes for a bug report: no name, no id, no value of anybody's. `page`: what the page's side counted, by its own names.
#[must_use]
pub fn shapes(session: &Session, kept: &Kept, versions: &Value, page: &Value) -> Value {
    let place = session.place.as_ref();
    let facts = session.facts();
    let contracts: serde_json::Map<String, Value> =
        contracts(session, kept).into_iter().map(|contract| (contract.title.key.into_owned(), json!(contract.holds))).collect();
    let answers: serde_json::Map<String, Value> = session
        .witness
        .kinds
        .iter()
        .map(|(name, kind)| (name.clone(), json!({ "times": kind.times, "recognised": kind.recognised, "shape": kind.shape })))
        .collect();
    let troubles: Vec<Value> =
        facts.iter().flat_map(|facts| &facts.troubles).map(|trouble| json!({ "what": trouble.what, "status": trouble.status })).collect();
    json!({
        "versions": versions,
        "page": { "view": place.map(|place| place.view), "embedded": place.map(|place| place.embedded), "in_a_solution": place.map(|place| place.solution.is_some()), "counts": counts(page) },
        "contracts": contracts,
        "gaps": facts.and_then(|facts| facts.saved.as_ref()).map(|saved| saved.gaps.iter().map(|gap| gap.what.clone()).collect::<Vec<_>>()),
        "troubles": troubles,
        "answers": answers,
    })
}

/// What a page counted: numbers under plain names, and nothing else.
fn counts(page: &Value) -> Value {
    let plain = |name: &str| name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || "[]^=\"'.#_- ".contains(c));
    let counted = page.as_object().into_iter().flatten().filter(|(name, value)| plain(name) && value.is_u64());
    Value::Object(counted.map(|(name, value)| (name.clone(), value.clone())).collect())
}
