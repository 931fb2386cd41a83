//! Which rows the table lists, in which order, under which heads.

use super::{Column, Filter, Group, Known, View};
use crate::model::Account;
use crate::sweep::{Change, Row, RowState};

/// A row, under a head; the head's words are somebody's name, or nothing where nobody knows.
pub struct Placed<'a> {
    /// Its place among the heads.
    pub group: usize,
    /// The head; none where the table isn't grouped.
    pub head: Option<String>,
    /// The row.
    pub row: &'a Row,
}

/// Whether the filter lets a row through.
pub fn passes(filter: Filter, row: &Row) -> bool {
    match filter {
        Filter::All => true,
        Filter::Found => matches!(row.state, RowState::Uses | RowState::Left | RowState::Done),
        Filter::Uses => row.state == RowState::Uses,
        Filter::Left => row.state == RowState::Left,
        Filter::Broken => row.broken,
        Filter::Unknown => row.state == RowState::Unknown,
        Filter::Unreadable => row.state == RowState::Unreadable,
        Filter::Changed => matches!(row.change, Some(Change::Fixed | Change::New)),
        Filter::Stops => row.state == RowState::Uses && !row.off,
        Filter::Off => row.state == RowState::Uses && row.off,
        Filter::GoesOn => matches!(row.state, RowState::Clean | RowState::Left | RowState::Done),
        Filter::Unsaid => matches!(row.state, RowState::Unknown | RowState::Unreadable | RowState::Waiting),
    }
}

/// The rows that are listed, in their order.
pub fn listed<'a>(known: &Known<'a>, view: &View) -> Vec<Placed<'a>> {
    let search = view.search.trim().to_lowercase();
    let mut rows: Vec<(&Row, String)> = Vec::new();
    for row in known.answer.rows.iter().filter(|row| passes(view.filter, row)) {
        if search.is_empty() || haystack(known, row).contains(&search) {
            rows.push((row, String::new()));
        }
    }
    match view.sort {
        Some((column, _)) => {
            for (row, key) in &mut rows {
                *key = key_of(known, row, column);
            }
            rows.sort_by(|(one, a), (other, b)| match column {
                Column::Operations => one.operations.cmp(&other.operations).reverse(),
                Column::State => one.state.cmp(&other.state),
                _ => a.cmp(b),
            });
        }
        None => rows.sort_by_key(|(row, _)| (row.state, std::cmp::Reverse(row.operations))),
    }
    if view.sort.is_some_and(|(_, back)| back) {
        rows.reverse();
    }
    if view.group == Group::Flow {
        return rows.into_iter().map(|(row, _)| Placed { group: 0, head: None, row }).collect();
    }
    let mut heads: Vec<(String, Vec<&Row>)> = Vec::new();
    for (row, _) in rows {
        for head in heads_of(known, row, view.group) {
            match heads.iter_mut().find(|(known, _)| *known == head) {
                Some((_, under)) => under.push(row),
                None => heads.push((head, vec![row])),
            }
        }
    }
    heads.sort_by_key(|(head, under)| (head.is_empty(), std::cmp::Reverse(under.len())));
    let placed =
        heads.into_iter().enumerate().flat_map(|(group, (head, under))| under.into_iter().map(move |row| Placed { group, head: Some(head.clone()), row }));
    placed.collect()
}

fn heads_of(known: &Known, row: &Row, group: Group) -> Vec<String> {
    let Some(flow) = known.sight.flows.get(row.place) else { return Vec::new() };
    let mut heads: Vec<String> = match group {
        Group::Connector => flow.used.iter().map(|used| used.connector.clone()).collect(),
        _ => flow
            .used
            .iter()
            .flat_map(|used| [used.sign_in, used.owner])
            .flatten()
            .filter_map(|person| known.sight.people.get(person))
            .map(Account::short_name)
            .collect(),
    };
    heads.sort();
    heads.dedup();
    if heads.is_empty() {
        heads.push(String::new());
    }
    heads
}

fn key_of(known: &Known, row: &Row, column: Column) -> String {
    match column {
        Column::Name => known.sweep.entries().get(row.place).and_then(|entry| entry.name.clone()).unwrap_or_default().to_lowercase(),
        Column::Account => heads_of(known, row, Group::Account).into_iter().next().unwrap_or_default().to_lowercase(),
        Column::Connector => heads_of(known, row, Group::Connector).into_iter().next().unwrap_or_default().to_lowercase(),
        Column::Operations | Column::State => String::new(),
    }
}

/// Everything of a row that a search looks through, in lower case.
fn haystack(known: &Known, row: &Row) -> String {
    let Some((entry, flow)) = known.sweep.entries().get(row.place).zip(known.sight.flows.get(row.place)) else { return String::new() };
    let people = flow.used.iter().flat_map(|used| [used.sign_in, used.owner]).flatten().filter_map(|person| known.sight.people.get(person));
    let people = people.flat_map(|account| account.identities.iter().chain(&account.display_name)).map(String::as_str);
    let connectors = flow.used.iter().map(|used| used.connector.as_str());
    let names = entry.uses.iter().flat_map(|used| &used.names).map(String::as_str);
    entry.name.as_deref().into_iter().chain([entry.id.as_str()]).chain(people).chain(connectors).chain(names).collect::<Vec<_>>().join("\n").to_lowercase()
}
