//! The environments that can be swept, or were: what open tabs tell, and what is stored.

use serde_json::{Map, Value};

use crate::model::Environment;
use crate::session::Session;
use crate::sweep::{Head, Whereabouts};
use crate::ui::sweep::{Elsewhere, Place};

/// Whether a stored thing belongs to a sweep.
pub fn is_sweep(key: &str) -> bool {
    key == "sweeps" || key.starts_with("sweep:")
}

/// All of them: the one of this tab first, then other tabs' with the newest before the others, then those that were swept before. Beside them those that
/// the portal listed, and no tab of which is open.
pub fn places(local: &Map<String, Value>, session: &Map<String, Value>, tab: Option<i32>) -> (Vec<Place>, Vec<Elsewhere>) {
    let mut found: Vec<Place> = Vec::new();
    let mut listed: Vec<Elsewhere> = Vec::new();
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
        let Some(document) = state.and_then(Session::restored) else { continue };
        let Some(Whereabouts { environment, host, account, tenant, name, .. }) = Whereabouts::of(&document) else { continue };
        let is_private = entry.get("isPrivate").and_then(Value::as_bool).unwrap_or_default();
        listed.extend(document.environments.into_iter().map(|environment| Elsewhere { environment, host: host.clone() }));
        add(Place { environment, title: None, host, account, tenant, name, is_private, is_open: true });
    }
    for (items, is_private) in [(local, false), (session, true)] {
        let heads = items.get("sweeps").and_then(Value::as_object).into_iter().flatten().filter_map(|(key, _)| items.get(key));
        for head in heads.filter_map(|head| serde_json::from_value::<Head>(head.clone()).ok()) {
            let Head { environment, host, account, tenant, .. } = head;
            add(Place { environment, title: None, host, account, tenant, name: None, is_private, is_open: false });
        }
    }
    let is = |one: &str, environment: &Environment| one.eq_ignore_ascii_case(&environment.id);
    for place in &mut found {
        place.title = listed.iter().find(|listed| is(&place.environment, &listed.environment)).map(|listed| listed.environment.name.clone());
    }
    let mut elsewhere: Vec<Elsewhere> = Vec::new();
    for one in listed {
        let is_open = found.iter().any(|place| place.is_open && is(&place.environment, &one.environment));
        if !is_open && !elsewhere.iter().any(|known| is(&known.environment.id, &one.environment)) {
            elsewhere.push(one);
        }
    }
    (found, elsewhere)
}
