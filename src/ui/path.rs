//! Where an operation stands in its flow, in the designer's words: `Approved › If yes`.

use std::collections::HashMap;

use super::node::{Element, Node, Tag, el, name};
use crate::audit::{Judged, title};
use crate::model::OperationKind;
use crate::words::Text;

/// The operations by name, to look up what encloses what.
pub struct Paths<'a>(HashMap<&'a str, &'a Judged>);

impl<'a> Paths<'a> {
    /// All operations of the flow.
    #[must_use]
    pub fn new(operations: &'a [Judged]) -> Self {
        Self(operations.iter().map(|judged| (judged.name.as_str(), judged)).collect())
    }

    /// The line under an operation's name; none where there is nothing to tell.
    #[must_use]
    pub fn line(&self, judged: &Judged) -> Option<Element> {
        let mut steps: Vec<Node> = Vec::new();
        if judged.kind == OperationKind::Trigger {
            steps.push(Text::new("panel_trigger").into());
        }
        for (place, enclosing) in judged.path.iter().enumerate() {
            steps.push(name(title(enclosing)));
            let inner = judged.path.get(place + 1).map_or(Some(judged), |next| self.0.get(next.as_str()).copied());
            steps.extend(inner.and_then(|inner| self.branch(enclosing, &inner.branch)));
        }
        if steps.is_empty() {
            return None;
        }
        Some(el(Tag::Span, "path").all(steps.into_iter().map(|step| el(Tag::Span, "at").with(step))))
    }

    fn branch(&self, enclosing: &str, branch: &str) -> Option<Node> {
        let is_if = || self.0.get(enclosing).is_some_and(|judged| judged.type_name.eq_ignore_ascii_case("If"));
        let text = match branch {
            "" if is_if() => Text::new("panel_branch_yes"),
            "" => return None,
            "else" => Text::new("panel_branch_no"),
            "default" => Text::new("panel_branch_default"),
            other => match other.split_once(':') {
                Some(("case", case)) => Text::new("panel_branch_case").with(title(case)),
                Some(("tool", tool)) => Text::new("panel_branch_tool").with(title(tool)),
                _ => return Some(name(other)),
            },
        };
        Some(text.into())
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
