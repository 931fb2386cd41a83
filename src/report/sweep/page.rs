//! A sweep as a page: the figures, what would stop, every flow that matters, the accounts.

use super::{Left, Mark, Moved, Swept, SweptFlow};
use crate::report::page::{Cell, Page, Section, Table, Tone};
use crate::report::say::Speech;
use crate::report::{Voice, clean};
use crate::words::Text;

pub(super) fn page(swept: &Swept, voice: &dyn Voice) -> Page {
    let speech = Speech(voice);
    let account = swept.looked_for.as_deref();
    let title = about(speech, Text::new(if account.is_some() { "sweep_paper_title" } else { "sweep_paper_title_rules" }), account);
    let counts = swept.counts;
    let figure = |count: usize, key, tone| (count > 0).then(|| (speech.say(&Text::counted(key, count)), tone));
    let first = Text::counted(if account.is_some() { "sweep_uses" } else { "sweep_uses_rules" }, counts.uses).with(counts.all.to_string());
    let others = [
        figure(counts.left_over, "sweep_only_left", Some(Tone::Mismatch)),
        figure(counts.unknown, "sweep_unknown", Some(Tone::Unknown)),
        figure(counts.unreadable, "sweep_unreadable", Some(Tone::Unknown)),
        figure(counts.not_read, "sweep_to_read", Some(Tone::Unknown)),
        figure(counts.broken, "sweep_broken", Some(Tone::Broken)),
        figure(counts.done, "sweep_turned", Some(Tone::Intended)),
    ];
    let summary = std::iter::once((about(speech, first, account), (counts.uses > 0).then_some(Tone::Mismatch)));
    let foot = match swept.made_at {
        Some(at) => speech.say(&Text::new("record_made_at").with(&swept.made_with).with(speech.time(at))),
        None => speech.say(&Text::new("record_made").with(&swept.made_with)),
    };
    let facts = [
        swept.environment.as_ref().map(|id| (speech.key("record_environment"), Cell::plain(id))),
        swept.swept_at.map(|at| (speech.key("sweep_paper_read"), Cell::plain(speech.time(at)))),
        (!swept.whole).then(|| (speech.key("sweep_paper_not_whole"), Cell::plain(speech.key("sweep_more")))),
    ];
    Page {
        title,
        summary: summary.chain(others.into_iter().flatten().map(|(words, tone)| (plain(words), tone))).collect(),
        notice: None,
        facts: facts.into_iter().flatten().collect(),
        sections: [tomorrow(swept, speech), Some(flows(swept, speech)), Some(accounts(swept, speech)), unused(swept, speech)].into_iter().flatten().collect(),
        foot,
    }
}

/// What stands out on a screen has no marks on paper.
fn plain(said: String) -> String {
    if said.contains("**") { said.replace("**", "") } else { said }
}

/// Stands for the account while a sentence is said: a sign that no sentence of ours has.
const ACCOUNT: &str = "\u{e000}";

/// A sentence whose last part is the account. An account that is looked for may have the marks in it that stand for what stands out.
fn about(speech: Speech, sentence: Text, account: Option<&str>) -> String {
    let Some(account) = account else { return plain(speech.say(&sentence)) };
    plain(speech.say(&sentence.with(ACCOUNT))).replace(ACCOUNT, &clean(account))
}

fn tomorrow(swept: &Swept, speech: Speech) -> Option<Section> {
    let account = swept.looked_for.as_deref()?;
    let counts = swept.counts;
    let line = |key, count| plain(speech.say(&Text::counted(key, count)));
    let unsaid = counts.unknown + counts.unreadable + counts.not_read;
    let notes = [
        Some(line("sweep_would_stop", counts.uses - counts.switched_off)),
        (counts.switched_off > 0).then(|| line("sweep_off", counts.switched_off)),
        Some(line("sweep_goes_on", counts.clean + counts.left_over + counts.done)),
        (unsaid > 0).then(|| line("sweep_unsaid", unsaid)),
    ];
    let heading = about(speech, Text::new("sweep_tomorrow"), Some(account));
    Some(Section::new(heading, None).notes(notes.into_iter().flatten().collect()))
}

pub(super) const fn mark_key(mark: Mark) -> &'static str {
    match mark {
        Mark::Uses => "sweep_state_uses",
        Mark::LeftOver => "sweep_state_left",
        Mark::Unreadable => "sweep_state_unreadable",
        Mark::Unknown => "sweep_state_unknown",
        Mark::NotRead => "sweep_state_waiting",
        Mark::Done => "sweep_state_done",
        Mark::Clean => "sweep_state_clean",
    }
}

pub(super) const fn moved_key(moved: Moved) -> &'static str {
    match moved {
        Moved::Fixed => "sweep_change_fixed",
        Moved::New => "sweep_change_new",
        Moved::Unchanged => "sweep_change_unchanged",
    }
}

fn tone(mark: Mark) -> Option<Tone> {
    match mark {
        Mark::Uses | Mark::LeftOver => Some(Tone::Mismatch),
        Mark::Unreadable | Mark::Unknown | Mark::NotRead => Some(Tone::Unknown),
        Mark::Done => Some(Tone::Intended),
        Mark::Clean => None,
    }
}

fn flows(swept: &Swept, speech: Speech) -> Section {
    let rows = swept.flows.iter().map(|flow| row(flow, speech)).collect();
    let head = ["sweep_column_flow", "sweep_column_state", "sweep_column_account", "sweep_column_connector", "sweep_column_operations"];
    Section::new(speech.key("sweep_flows"), Table::new(speech, &head, rows))
}

fn row(flow: &SweptFlow, speech: Speech) -> Vec<Cell> {
    let name = flow.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map_or_else(|| speech.key("panel_unnamed"), clean);
    let off = if flow.switched_off == Some(true) { speech.key("sweep_switched_off") } else { String::new() };
    let mark = Cell::plain(speech.key(mark_key(flow.mark))).tone(tone(flow.mark));
    let mark = mark.below(flow.since.map(|moved| speech.key(moved_key(moved))).unwrap_or_default()).below(flow.trouble.as_deref().unwrap_or_default());
    let meant: Vec<&Left> = flow.runs_on.iter().filter(|one| one.meant).collect();
    let shown: Vec<&Left> = if meant.is_empty() { flow.runs_on.iter().filter(|one| !one.left_over).collect() } else { meant };
    let mut people: Vec<String> = shown.iter().map(|one| speech.who(one.sign_in.as_ref().or(one.owner.as_ref()))).collect();
    let mut connectors: Vec<&str> = shown.iter().map(|one| one.connector.as_str()).collect();
    people.dedup();
    connectors.dedup();
    let count: usize = shown.iter().map(|one| one.operations).sum();
    let names = shown.iter().flat_map(|one| &one.names);
    vec![
        Cell::plain(name).below(off).below(flow.file.as_deref().unwrap_or_default()),
        mark,
        Cell::plain(people.join(", ")),
        Cell::plain(connectors.join(", ")),
        Cell::plain(count.to_string()).names(names),
    ]
}

fn accounts(swept: &Swept, speech: Speech) -> Section {
    let row = |account: &super::Account| {
        vec![Cell::plain(speech.who(Some(&account.who))), Cell::plain(account.flows.to_string()), Cell::plain(account.left_over.to_string())]
    };
    let head = ["sweep_column_account", "sweep_column_flows", "sweep_column_left"];
    Section::new(speech.key("sweep_accounts"), Table::new(speech, &head, swept.accounts.iter().map(row).collect()))
}

fn unused(swept: &Swept, speech: Speech) -> Option<Section> {
    let row = |unused: &super::UnusedReference| {
        vec![Cell::plain(&unused.logical_name), Cell::plain(unused.connector.as_deref().unwrap_or_default()), Cell::plain(&unused.file)]
    };
    let table = Table::new(speech, &["record_reference", "record_connector", "record_file"], swept.unused_references.iter().map(row).collect());
    table.map(|table| Section::new(speech.key("sweep_unused_references"), Some(table)))
}
