//! The environments that can be swept, or were: what open tabs tell, and what is stored.

use serde_json::{Map, Value};

use crate::session::Session;
use crate::sweep::{Head, Whereabouts};
use crate::ui::sweep::Place;

/// Whether a stored thing belongs to a sweep.
pub fn is_sweep(key: &str) -> bool {
    key == "sweeps" || key.starts_with("sweep:")
}

/// All of them: the one of this tab first, then other tabs' with the newest before the others, then those that were swept before.
pub fn places(local: &Map<String, Value>, session: &Map<String, Value>, tab: Option<i32>) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    let mut add = |place: Place| {
        if let Some(known) = found.iter_mut().find(|known| known.id() == place.id()) {
            known.name = known.name.take().or(place.name);
        } else {
            found.push(place);
        }
    };
    let index = session.get("index").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut open: Vec<(bool, &Value)> = index.iter().rev().map(|entry| (entry.get("tab").and_then(Value::as_i64) != tab.map(i64::from), entry)).collect();
    open.sort_by_key(|(is_other, _)| *is_other);
    for (_, entry) in open {
        let state = entry.get("key").and_then(Value::as_str).and_then(|key| session.get(key)).and_then(Value::as_str);
        let Some(Whereabouts { environment, host, account, tenant, name, .. }) = state.and_then(Session::restored).as_ref().and_then(Whereabouts::of) else {
            continue;
        };
        let is_private = entry.get("isPrivate").and_then(Value::as_bool).unwrap_or_default();
        add(Place { environment, host, account, tenant, name, is_private, is_open: true });
    }
    for (items, is_private) in [(local, false), (session, true)] {
        let heads = items.get("sweeps").and_then(Value::as_object).into_iter().flatten().filter_map(|(key, _)| items.get(key));
        for head in heads.filter_map(|head| serde_json::from_value::<Head>(head.clone()).ok()) {
            add(Place { environment: head.environment, host: head.host, account: head.account, tenant: head.tenant, name: None, is_private, is_open: false });
        }
    }
    found
}
