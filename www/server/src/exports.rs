//! A large environment without a server: its flows as files hold them.

use serde_json::{Value, json};

use crate::estate::{Estate, Planted, Reads, SEED};
use crate::world::Connection;

/// A large environment's flows, each made when it is asked for.
#[derive(Debug)]
pub struct Exports(Estate);

impl Exports {
    /// So many flows, those that the portal serves in an environment of that size.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self(Estate::new(SEED, size))
    }

    /// Every flow that can be read, as the service would answer, with what was planted in it.
    pub fn flows(&self) -> impl Iterator<Item = (Planted, Value)> {
        let planted = (0..self.0.size()).map(|number| (number, self.0.planted(number)));
        planted.filter(|(_, planted)| planted.reads == Reads::Well).map(|(number, planted)| (planted, self.0.flow(number)))
    }

    /// The environment's connections as a list of the service, but those that nobody can see.
    #[must_use]
    pub fn connections(&self) -> Value {
        json!({ "value": self.0.connections().iter().filter(|connection| connection.visible).map(Connection::row).collect::<Vec<_>>() })
    }
}
