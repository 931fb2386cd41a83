//! Which declared reference an operation means.

use super::key::Named;
use crate::model::Reference;

/// The key in its declared spelling: exactly, else ignoring case if only one matches, else by the connection's id if only one has it;
/// what isn't declared is reported as the operation spells it.
pub(super) fn matched(named: &Named, references: &[Reference]) -> Option<String> {
    let (Named::Key(name) | Named::Connection(name)) = named else { return None };
    let only = |fits: &dyn Fn(&Reference) -> bool| {
        let mut fitting = references.iter().filter(|reference| fits(reference));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    let exact = references.iter().find(|reference| reference.key == *name);
    let found = exact
        .or_else(|| only(&|reference| reference.key.eq_ignore_ascii_case(name)))
        .or_else(|| only(&|reference| reference.connection.as_deref().is_some_and(|connection| connection.eq_ignore_ascii_case(name))));
    Some(found.map_or_else(|| name.clone(), |reference| reference.key.clone()))
}
