//! Relapses: operations that came after the first look and run in a name that was to go. The designer gives a new operation the connection of whoever adds it.

use std::collections::{BTreeMap, HashSet};

use super::{Acting, Audit, FirstLook, Judged, Unsaved, Verdict};

/// By what somebody is known from visit to visit; empty: nobody knows.
fn who(judged: &Judged) -> String {
    judged.face().and_then(|account| account.address()).unwrap_or_default().to_lowercase()
}

/// Flows with more operations than this are remembered by figures alone. The largest real flow seen has 256.
const MOST_NAMES: usize = 1_000;

/// The operations with a connection, by who acts.
#[must_use]
pub fn acting(audit: &Audit) -> Vec<Acting> {
    let mut acting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if audit.counts.with_connection <= MOST_NAMES {
        for judged in audit.operations.iter().filter(|judged| judged.verdict != Verdict::NoConnection) {
            acting.entry(who(judged)).or_default().push(judged.name.clone());
        }
    }
    acting.into_iter().map(|(who, names)| Acting { who, names }).collect()
}

/// The operations to change that weren't there at the first look, and those that aren't saved yet.
///
/// An operation that was renamed looks like a new one: as long as somebody has no more new names than old ones that are gone, nothing is said of that person.
#[must_use]
pub fn relapses<'a>(audit: &'a Audit, first_look: Option<&FirstLook>) -> Vec<&'a Judged> {
    let Some(first) = first_look else { return Vec::new() };
    // What an earlier version kept has figures alone.
    let knows_names = !first.acting.is_empty();
    let old: HashSet<&str> = first.acting.iter().flat_map(|acting| &acting.names).map(String::as_str).collect();
    let there: HashSet<&str> = audit.operations.iter().map(|judged| judged.name.as_str()).collect();
    let gone = |person: &str| {
        let names = first.acting.iter().filter(|acting| acting.who == person).flat_map(|acting| &acting.names);
        names.filter(|name| !there.contains(name.as_str())).count()
    };
    let mut new: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
    for judged in audit.operations.iter().filter(|judged| matches!(judged.verdict, Verdict::Mismatch { .. })) {
        if judged.unsaved == Unsaved::New || (knows_names && !old.contains(judged.name.as_str())) {
            new.entry(who(judged)).or_default().push(judged);
        }
    }
    // In the flow's order again: operations stand in one list, and so do their addresses.
    let mut relapsed: Vec<&Judged> = new.into_iter().filter(|(person, found)| found.len() > gone(person)).flat_map(|(_, found)| found).collect();
    relapsed.sort_by_key(|judged| std::ptr::from_ref(*judged));
    relapsed
}
