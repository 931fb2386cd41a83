//! A large environment, drawn from a seed: each flow is made when somebody asks for it, and what was planted in it is told beforehand.

mod draw;
mod planted;
mod pool;
mod write;

use std::collections::HashMap;

use serde_json::Value;

use self::draw::Outline;
pub use self::planted::{Held, Listed, Planted, Reads};
use crate::dice::Dice;
use crate::world::{Connection, Reference, guid};

/// What is drawn first where nobody says otherwise.
pub(crate) const SEED: u64 = 7;

/// A large environment.
#[derive(Debug, Clone)]
pub(crate) struct Estate {
    seed: u64,
    outlines: Vec<Outline>,
    /// By the flows' ids, and those of their rows in Dataverse.
    numbers: HashMap<String, usize>,
    connections: Vec<Connection>,
}

impl Estate {
    pub fn new(seed: u64, size: usize) -> Self {
        let mut estate = Self { seed, outlines: Vec::new(), numbers: HashMap::new(), connections: pool::connections() };
        for number in 0..size {
            let outline = draw::outline(&mut estate.dice(number));
            estate.numbers.insert(estate.id(number), number);
            if outline.is_in_solution {
                estate.numbers.insert(estate.row(number), number);
            }
            estate.outlines.push(outline);
        }
        estate
    }

    fn dice(&self, number: usize) -> Dice {
        Dice::of(self.seed, number as u64)
    }

    fn id(&self, number: usize) -> String {
        guid(&("flow", self.seed, number))
    }

    fn row(&self, number: usize) -> String {
        guid(&("row", self.seed, number))
    }

    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    pub fn references(&self) -> Vec<Reference> {
        pool::references(&self.connections)
    }

    pub fn size(&self) -> usize {
        self.outlines.len()
    }

    /// The number of a flow, by its id or its row's.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(&id.to_ascii_lowercase()).copied()
    }

    /// The numbers of the flows in a list.
    pub fn listed(&self, wanted: impl Fn(Listed) -> bool, with_solutions: bool) -> Vec<usize> {
        let is_in = |outline: &Outline| wanted(outline.listed) && (with_solutions || !outline.is_in_solution);
        self.outlines.iter().enumerate().filter(|(_, outline)| is_in(outline)).map(|(number, _)| number).collect()
    }

    /// What was planted.
    pub fn planted(&self, number: usize) -> Planted {
        draw::planted(self, number)
    }

    /// The flow of this number, whatever comes of reading it.
    pub fn flow(&self, number: usize) -> Value {
        let logical_name = |id: &str| self.connections.iter().find(|connection| connection.id == id).map(pool::logical_name).unwrap_or_default();
        write::flow(&self.planted(number), Dice::of(!self.seed, number as u64), logical_name)
    }

    /// What lists tell of it.
    pub fn told(&self, number: usize) -> Value {
        write::row(&self.planted(number), Dice::of(!self.seed, number as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{ANA, uses};

    #[test]
    fn what_is_planted_is_what_the_flow_holds() {
        for seed in [SEED, 1, 2] {
            let estate = Estate::new(seed, 300);
            for number in 0..estate.size() {
                let (planted, flow) = (estate.planted(number), estate.flow(number));
                let properties = &flow["properties"];
                let keys = uses::keys(&properties["definition"]);
                for held in &planted.holds {
                    assert_eq!(keys.iter().filter(|key| **key == held.key).count(), held.operations, "{seed} {number} {}", held.key);
                    let reference = &properties["connectionReferences"][&held.key];
                    let told = reference["connectionName"].as_str().unwrap_or_default();
                    assert_eq!(told, if held.is_told { held.connection.as_str() } else { "" }, "{seed} {number} {}", held.key);
                    assert_eq!(reference["connectionReferenceLogicalName"].is_string(), planted.row.is_some());
                }
                assert_eq!(properties["connectionReferences"].as_object().map(serde_json::Map::len), Some(planted.holds.len()));
                assert_eq!(keys.len(), planted.holds.iter().map(|held| held.operations).sum::<usize>());
                assert_eq!((flow["name"].as_str(), properties["workflowEntityId"].as_str()), (Some(planted.id.as_str()), planted.row.as_deref()));
                assert_eq!(
                    [Some(number), Some(number)],
                    [Some(planted.id.as_str()), planted.row.as_deref().or(Some(&planted.id))].map(|id| estate.number(id?))
                );
            }
        }
    }

    #[test]
    fn there_is_some_of_everything() {
        let estate = Estate::new(SEED, 1_000);
        let planted: Vec<Planted> = (0..estate.size()).map(|number| estate.planted(number)).collect();
        assert_eq!(planted.first().map(|first| (first.used_by(ANA.mail).count(), first.left_of(ANA.mail).count())), Some((2, 1)));
        let many = |what: &str, is: &dyn Fn(&Planted) -> bool| {
            let count = planted.iter().filter(|flow| is(flow)).count();
            assert!(count >= 5, "{what}: {count}");
        };
        let only_left = |flow: &Planted| flow.used_by(ANA.mail).count() == 0 && flow.left_of(ANA.mail).count() > 0;
        many("used", &|flow| flow.used_by(ANA.mail).count() > 0);
        many("only left over", &only_left);
        many("broken", &|flow| flow.holds.iter().any(|held| !held.works));
        many("nobody can see", &|flow| flow.holds.iter().any(|held| held.account.is_empty()));
        many("run-only", &|flow| flow.holds.iter().any(|held| held.connection.is_empty()));
        many("in a solution, told", &|flow| flow.row.is_some() && flow.holds.iter().any(|held| held.is_told));
        many("in a solution, not told", &|flow| flow.row.is_some() && flow.holds.iter().any(|held| !held.is_told));
        many("plain", &|flow| flow.holds.is_empty());
        for listed in [Listed::Mine, Listed::MineAndShared, Listed::WithMe] {
            many("listed", &|flow| flow.listed == listed);
        }
        for reads in [Reads::Well, Reads::Forbidden, Reads::Gone] {
            many("read", &|flow| flow.reads == reads);
        }
        for state in ["Started", "Stopped", "Suspended"] {
            many(state, &|flow| flow.state == state);
        }
    }
}
