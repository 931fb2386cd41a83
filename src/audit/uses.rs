//! What runs on which connection.

use std::collections::{HashMap, HashSet};

use super::{Judged, draft};
use crate::model::Flow;

/// The names of the operations that run on each connection, by its id in lower case: as they stand, then those that run on it as saved. What the designer has
/// moved away from is still in use until somebody saves.
#[must_use]
pub fn uses(now: &[Judged], saved: Option<&Flow>) -> HashMap<String, Vec<String>> {
    let mut uses: HashMap<String, Vec<String>> = HashMap::new();
    let mut told: HashSet<(String, &str)> = HashSet::new();
    for judged in now {
        if let Some(connection) = judged.connection.as_deref().map(str::to_ascii_lowercase) {
            told.insert((connection.clone(), &judged.name));
            uses.entry(connection).or_default().push(judged.name.clone());
        }
    }
    let (operations, references) = saved.map_or((&[][..], &[][..]), |flow| (&flow.operations, &flow.references));
    for operation in operations {
        let reference = operation.reference.as_deref().and_then(|key| draft::reference(references, key));
        let connection = reference.and_then(|reference| reference.connection.as_deref()).map(str::to_ascii_lowercase);
        if let Some(connection) = connection.filter(|connection| told.insert((connection.clone(), &operation.name))) {
            uses.entry(connection).or_default().push(operation.name.clone());
        }
    }
    uses
}
