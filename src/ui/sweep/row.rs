//! A flow in the table.

use super::{Scene, words};
use crate::audit::Verdict;
use crate::sweep::{Change, Entry, Row, RowState, Trouble, Used};
use crate::ui::node::{Attr, Element, Node, Tag, el};
use crate::words::Text;

/// The most operations that a row names; the others are counted.
const MOST_NAMES: usize = 6;

/// A row's state, in a word for the style.
pub const fn state(state: RowState) -> &'static str {
    match state {
        RowState::Uses => "uses",
        RowState::Left => "left",
        RowState::Unreadable => "unreadable",
        RowState::Unknown => "unknown",
        RowState::Waiting => "waiting",
        RowState::Done => "done",
        RowState::Clean => "clean",
    }
}

fn state_words(state: RowState) -> &'static str {
    match state {
        RowState::Uses => "sweep_state_uses",
        RowState::Left => "sweep_state_left",
        RowState::Unreadable => "sweep_state_unreadable",
        RowState::Unknown => "sweep_state_unknown",
        RowState::Waiting => "sweep_state_waiting",
        RowState::Done => "sweep_state_done",
        RowState::Clean => "sweep_state_clean",
    }
}

/// Why something could not be read.
pub fn why(trouble: Option<&Trouble>) -> Text {
    let code = trouble.and_then(|trouble| trouble.code.as_deref()).unwrap_or_default();
    match trouble.map_or(0, |trouble| trouble.status) {
        0 if code == "too_large" => Text::new("trouble_too_large"),
        0 if code == "timeout" => Text::new("trouble_timeout"),
        0 if code == "no_token" => Text::new("trouble_no_token"),
        0 => Text::new("trouble_no_answer"),
        200..=299 => Text::new("trouble_unreadable"),
        403 => Text::new("sweep_why_403"),
        404 => Text::new("sweep_why_404"),
        status => Text::new("sweep_why_status").with(status.to_string()),
    }
}

/// The row.
pub fn row(scene: &Scene, row: &Row, group: usize) -> Option<Element> {
    let known = scene.known?;
    let entry = known.sweep.entries().get(row.place)?;
    let flow = known.sight.flows.get(row.place)?;
    let question = known.question;
    let meant: Vec<&Used> = flow.used.iter().filter(|used| question.is_none_or(|question| known.answer.means(used, question))).collect();
    // Where nothing of it is meant, the row tells what else the flow runs on.
    let shown: Vec<&Used> = if meant.is_empty() { flow.used.iter().filter(|used| used.operations > 0).collect() } else { meant };
    let accounts = people(scene, &shown);
    let mut connectors: Vec<&str> = shown.iter().map(|used| used.connector.as_str()).filter(|name| !name.is_empty()).collect();
    connectors.dedup();
    let cell = || el(Tag::Td, "");
    let list = |names: Vec<Node>| names.into_iter().fold(cell(), |cell, name| cell.with(el(Tag::Div, "").with(name)));
    Some(
        el(Tag::Tr, "flow")
            .key(format!("flow:{group}:{}", entry.id))
            .attr(Attr::Data("data-flow", entry.id.clone()))
            .attr(Attr::Data("data-state", state(row.state).to_owned()))
            .with(title(scene, entry, row))
            .with(told(entry, row))
            .with(list(accounts))
            .with(list(connectors.into_iter().map(words).collect()))
            .with(operations(entry, row, &shown)),
    )
}

fn title(scene: &Scene, entry: &Entry, row: &Row) -> Element {
    let name: Node = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map_or_else(|| Text::new("panel_unnamed").into(), words);
    let head = el(Tag::Th, "").attr(Attr::Scope("row"));
    let head = match scene.address(entry, row.state == RowState::Left) {
        Some(address) => head.with(el(Tag::A, "").attr(Attr::Link(address)).with(name)),
        None => head.with(name),
    };
    head.maybe(entry.is_off().then(|| el(Tag::Small, "").with(Text::new("sweep_switched_off"))))
}

fn told(entry: &Entry, row: &Row) -> Element {
    let chip = el(Tag::Span, "chip").with(Text::new(state_words(row.state)));
    let change = row.change.map(|change| {
        el(Tag::Small, "").with(Text::new(match change {
            Change::Fixed => "sweep_change_fixed",
            Change::New => "sweep_change_new",
            Change::Unchanged => "sweep_change_unchanged",
        }))
    });
    let why = entry.trouble.as_ref().map(|trouble| el(Tag::Small, "").with(why(Some(trouble))));
    let broken = row.broken.then(|| el(Tag::Small, "broken").with(Text::new("sweep_connection_broken")));
    let gaps = (entry.gaps > 0).then(|| el(Tag::Small, "").with(Text::counted("sweep_gaps", entry.gaps)));
    el(Tag::Td, "state").with(chip).maybe(change).maybe(why).maybe(broken).maybe(gaps)
}

/// Who stands behind it: who it acts as, and who owns the connection where that is somebody else.
fn people(scene: &Scene, shown: &[&Used]) -> Vec<Node> {
    let mut told: Vec<(Option<usize>, bool)> = Vec::new();
    for used in shown {
        let pair = [(used.sign_in, false), (used.owner.filter(|owner| Some(*owner) != used.sign_in), true)];
        let known = pair.into_iter().filter(|(person, _)| person.is_some());
        let unknown = matches!(used.verdict, Verdict::Unknown { .. }) && used.sign_in.is_none() && used.owner.is_none();
        for one in known.chain(unknown.then_some((None, false))) {
            if !told.contains(&one) {
                told.push(one);
            }
        }
    }
    let name = |(person, owns): (Option<usize>, bool)| match person.and_then(|person| scene.account(person)) {
        None => Text::new("sweep_nobody_knows").into(),
        Some(account) if owns => Text::new("sweep_owned_by").with(account.short_name()).into(),
        Some(account) => words(account.short_name()),
    };
    told.into_iter().map(name).collect()
}

fn operations(entry: &Entry, row: &Row, shown: &[&Used]) -> Element {
    let count: usize = if row.operations > 0 { row.operations } else { shown.iter().map(|used| used.operations).sum() };
    let names: Vec<&str> =
        shown.iter().filter_map(|used| entry.uses.get(used.place)).flat_map(|used| &used.names).map(String::as_str).take(MOST_NAMES).collect();
    let more = count.saturating_sub(names.len());
    let small = names.iter().fold(el(Tag::Small, "names"), |small, name| small.with(el(Tag::Span, "").with(words(*name))));
    let small = small.maybe((more > 0 && !names.is_empty()).then(|| el(Tag::Span, "").with(Text::counted("sweep_more_operations", more))));
    let cell = el(Tag::Td, "operations").with(el(Tag::Span, "number").with(words(count.to_string())));
    if names.is_empty() { cell } else { cell.with(small) }
}
