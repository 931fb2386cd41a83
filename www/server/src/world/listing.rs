//! Which flows stand in which list.

use std::borrow::Cow;

use serde_json::Value;

use super::{Access, World, id_of};
use crate::estate::Listed;

/// Which flows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The signed-in person's own.
    pub mine: bool,
    /// Those that are shared, by her or with her.
    pub shared: bool,
    /// Those in solutions too.
    pub with_solutions: bool,
}

/// A flow of which a list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// One of a large environment, by its number.
    Planted(usize),
    /// One of those that are written down, by its place.
    Written(usize),
}

impl World {
    /// The flows in a list.
    pub fn listed(&self, wanted: Wanted) -> Vec<Row> {
        if self.access == Access::None {
            return Vec::new();
        }
        let is_listed = |listed| match listed {
            Listed::Mine => wanted.mine,
            Listed::MineAndShared => wanted.mine || wanted.shared,
            Listed::WithMe => wanted.shared,
        };
        let planted = self.estate.iter().flat_map(|estate| estate.listed(is_listed, wanted.with_solutions));
        let planted = planted.filter(|number| !self.deleted.contains(number)).map(Row::Planted);
        let is_planted = |flow: &Value| self.estate.as_ref().is_some_and(|estate| estate.number(&id_of(flow)).is_some());
        let is_wanted = |flow: &Value| {
            let properties = &flow["properties"];
            let is_mine = properties["creator"]["objectId"] == self.me.id;
            (if is_mine { wanted.mine } else { wanted.shared }) && (wanted.with_solutions || !properties["workflowEntityId"].is_string())
        };
        let written = self.flows.iter().enumerate().filter(|(_, flow)| !is_planted(flow) && is_wanted(flow)).map(|(at, _)| Row::Written(at));
        planted.chain(written).collect()
    }

    /// As much of a flow as lists tell; of one that is gone since, too.
    pub fn row(&self, row: Row) -> Cow<'_, Value> {
        let none = || Cow::Owned(Value::Null);
        match (row, &self.estate) {
            (Row::Written(at), _) => self.flows.get(at).map_or_else(none, Cow::Borrowed),
            (Row::Planted(number), Some(estate)) => {
                let told = estate.told(number);
                self.flows.iter().find(|flow| flow["name"] == told["name"]).map_or(Cow::Owned(told), Cow::Borrowed)
            }
            (Row::Planted(_), None) => none(),
        }
    }
}
