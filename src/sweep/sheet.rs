//! What was found, as the plain values that every paper is written from.

use super::head::Phase;
use super::parts::Sweep;
use super::question::{Answer, Change, Question, Row, RowState};
use super::sight::{Sight, Used};
use crate::report::{Account, At, Left, Mark, Moved, SWEEP_SCHEMA, Swept, SweptFlow, Who};

/// The sheet. `address` gives where a flow is opened, and `file` where it was read from; each for a row's place.
#[must_use]
pub fn sheet(
    sweep: &Sweep,
    sight: &Sight,
    question: &Question,
    answer: &Answer,
    made_at: Option<At>,
    address: &dyn Fn(usize, bool) -> Option<String>,
) -> Swept {
    let mut rows: Vec<&Row> = answer.rows.iter().collect();
    rows.sort_by_key(|row| (row.state, std::cmp::Reverse(row.operations)));
    let flows: Vec<SweptFlow> = rows.into_iter().filter_map(|row| flow(sweep, sight, question, answer, row, address)).collect();
    let accounts = answer.people.iter().filter_map(|person| {
        let who = Who::of(sight.people.get(person.person)?)?;
        Some(Account { who, flows: person.flows, left_over: person.left })
    });
    let head = &sweep.head;
    Swept {
        schema: SWEEP_SCHEMA,
        made_with: concat!("connection-lens ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_at,
        environment: Some(head.environment.clone()).filter(|id| !id.is_empty()),
        looked_for: match question {
            Question::Account(pattern) => Some(pattern.as_str().to_owned()),
            Question::Rules => None,
        },
        swept_at: head.ended.map(At),
        whole: head.phase == Phase::Done && head.not_whole().next().is_none(),
        counts: Swept::counted(&flows),
        accounts: accounts.collect(),
        flows,
        unused_references: Vec::new(),
    }
}

fn flow(sweep: &Sweep, sight: &Sight, question: &Question, answer: &Answer, row: &Row, address: &dyn Fn(usize, bool) -> Option<String>) -> Option<SweptFlow> {
    let entry = sweep.entries().get(row.place)?;
    let used = &sight.flows.get(row.place)?.used;
    let who = |person: Option<usize>| person.and_then(|person| sight.people.get(person)).and_then(Who::of);
    let left = |used: &Used| Left {
        connector: used.connector.clone(),
        sign_in: who(used.sign_in),
        owner: who(used.owner),
        meant: answer.means(used, question),
        left_over: used.operations == 0,
        operations: used.operations,
        names: entry.uses.get(used.place).map(|used| used.names.clone()).unwrap_or_default(),
        broken: used.broken,
    };
    let trouble = entry.trouble.as_ref().map(|trouble| match (&trouble.code, trouble.status) {
        (Some(code), 0) => code.clone(),
        (Some(code), status) => format!("{status} {code}"),
        (None, status) => status.to_string(),
    });
    Some(SweptFlow {
        id: Some(entry.id.clone()).filter(|id| !id.is_empty()),
        name: entry.name.clone(),
        file: None,
        address: address(row.place, row.state == RowState::Left),
        mark: match row.state {
            RowState::Uses => Mark::Uses,
            RowState::Left => Mark::LeftOver,
            RowState::Unreadable => Mark::Unreadable,
            RowState::Unknown => Mark::Unknown,
            RowState::Waiting => Mark::NotRead,
            RowState::Done => Mark::Done,
            RowState::Clean => Mark::Clean,
        },
        switched_off: entry.state.as_ref().map(|_| entry.is_off()),
        operations: row.operations,
        since: row.change.map(|change| match change {
            Change::Fixed => Moved::Fixed,
            Change::New => Moved::New,
            Change::Unchanged => Moved::Unchanged,
        }),
        trouble,
        modified: entry.modified.clone(),
        runs_on: used.iter().map(left).collect(),
    })
}
