//! A sweep as comma-separated values: a row for each thing that a flow runs on, and one for each flow that runs on nothing.

use super::page::{mark_key, moved_key};
use super::{Left, Swept, SweptFlow};
use crate::report::Voice;
use crate::report::csv::line;
use crate::report::record::Who;
use crate::report::say::Speech;

const HEAD: [&str; 16] = [
    "record_flow_name",
    "record_flow",
    "record_file",
    "sweep_column_state",
    "sweep_switched_off",
    "sweep_column_since",
    "record_connector",
    "record_sign_in",
    "record_sign_in_name",
    "record_owner",
    "record_owner_name",
    "sweep_column_operations",
    "record_operations",
    "record_health",
    "record_reason",
    "record_modified",
];

pub(super) fn csv(swept: &Swept, voice: &dyn Voice) -> String {
    let speech = Speech(voice);
    let head = line(HEAD.iter().map(|key| speech.key(key)));
    let rows = swept.flows.iter().flat_map(|flow| {
        let bare = flow.runs_on.is_empty().then(|| row(flow, None, speech));
        flow.runs_on.iter().map(move |one| row(flow, Some(one), speech)).chain(bare)
    });
    std::iter::once(format!("\u{feff}{head}")).chain(rows).collect()
}

fn row(flow: &SweptFlow, one: Option<&Left>, speech: Speech) -> String {
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let address = |who: Option<&Who>| text(who.and_then(|who| who.address.as_ref()));
    let name = |who: Option<&Who>| text(who.and_then(|who| who.name.as_ref()));
    let (sign_in, owner) = (one.and_then(|one| one.sign_in.as_ref()), one.and_then(|one| one.owner.as_ref()));
    let off = if flow.switched_off == Some(true) { speech.key("sweep_switched_off") } else { String::new() };
    let mark = match one {
        Some(one) if one.left_over => speech.key("sweep_state_left"),
        _ => speech.key(mark_key(flow.mark)),
    };
    line([
        text(flow.name.as_ref()),
        text(flow.id.as_ref()),
        text(flow.file.as_ref()),
        mark,
        off,
        flow.since.map(|moved| speech.key(moved_key(moved))).unwrap_or_default(),
        one.map(|one| one.connector.clone()).unwrap_or_default(),
        address(sign_in),
        name(sign_in),
        address(owner),
        name(owner),
        one.map_or(0, |one| one.operations).to_string(),
        one.map(|one| one.names.join("; ")).unwrap_or_default(),
        one.filter(|one| one.broken).map(|_| speech.key("health_broken")).unwrap_or_default(),
        text(flow.trouble.as_ref()),
        text(flow.modified.as_ref()),
    ])
}
