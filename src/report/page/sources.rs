//! What the record was made from, and what is missing.

use super::{Cell, Section, Table, Tone};
use crate::report::clean;
use crate::report::record::Report;
use crate::report::say::Speech;
use crate::words::Text;

pub fn section(report: &Report, speech: Speech) -> Section {
    let read = report
        .sources
        .iter()
        .map(|source| vec![Cell::plain(speech.what(source.what)), Cell::plain(speech.by(source)), Cell::plain(source.from.as_deref().unwrap_or_default())]);
    let missing = report
        .missing
        .iter()
        .map(|missing| vec![Cell::plain(speech.what(missing.what)), Cell::plain(speech.lack(missing)).tone(Some(Tone::Unknown)), Cell::default()]);
    let rows = read.chain(missing).collect();
    let notes = report.gaps.iter().map(|gap| speech.say(&Text::new("details_gap").with(clean(&gap.place)).with(clean(&gap.what)))).collect();
    Section::new(speech.key("record_sources"), Table::new(speech, &["record_what", "record_how", "record_from"], rows)).notes(notes)
}
