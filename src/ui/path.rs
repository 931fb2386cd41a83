//! Where an operation stands in its flow, as a line: `Approved › If yes`.

use super::node::{Element, Tag, el};
use crate::audit::{Judged, Places, title};

/// Where operations stand.
pub struct Paths<'a>(Places<'a>);

impl<'a> Paths<'a> {
    /// All operations of the flow.
    #[must_use]
    pub fn new(operations: &'a [Judged]) -> Self {
        Self(Places::new(operations))
    }

    /// The line under an operation's name; none where there is nothing to tell.
    #[must_use]
    pub fn line(&self, judged: &Judged) -> Option<Element> {
        let steps = self.0.steps(judged);
        (!steps.is_empty()).then(|| el(Tag::Span, "path").all(steps.into_iter().map(|step| el(Tag::Span, "at").with(step))))
    }
}

/// Everything of an operation that a search looks through, in lower case.
#[must_use]
pub fn haystack(judged: &Judged) -> String {
    let accounts = judged.sign_in.iter().chain(&judged.owner);
    let words = accounts.flat_map(|account| account.identities.iter().chain(&account.display_name).cloned());
    let connector = crate::model::connector_name(judged.connector.as_deref(), judged.connector_name.as_deref());
    let names = [judged.title(), judged.name.clone(), connector].into_iter().chain(judged.path.iter().map(|name| title(name)));
    names.chain(words).chain(judged.label.clone()).collect::<Vec<_>>().join("\n").to_lowercase()
}
