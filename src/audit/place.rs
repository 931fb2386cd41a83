//! Where an operation stands in its flow, in the designer's words: `Approved › If yes`.

use std::collections::HashMap;

use super::{Judged, title};
use crate::model::OperationKind;
use crate::words::{Text, Words};

/// The operations by name, to look up what encloses what.
pub struct Places<'a>(HashMap<&'a str, &'a Judged>);

impl<'a> Places<'a> {
    /// All operations of the flow.
    #[must_use]
    pub fn new(operations: &'a [Judged]) -> Self {
        Self(operations.iter().map(|judged| (judged.name.as_str(), judged)).collect())
    }

    /// What encloses the operation, outermost first, each with the branch that leads on; that it is the trigger stands first. Empty at the top.
    #[must_use]
    pub fn steps(&self, judged: &Judged) -> Vec<Words> {
        let mut steps: Vec<Words> = Vec::new();
        if judged.kind == OperationKind::Trigger {
            steps.push(Words::Say(Text::new("panel_trigger")));
        }
        for (place, enclosing) in judged.path.iter().enumerate() {
            steps.push(Words::Name(title(enclosing)));
            let inner = judged.path.get(place + 1).map_or(Some(judged), |next| self.0.get(next.as_str()).copied());
            steps.extend(inner.and_then(|inner| self.branch(enclosing, &inner.branch)));
        }
        steps
    }

    fn branch(&self, enclosing: &str, branch: &str) -> Option<Words> {
        let is_if = || self.0.get(enclosing).is_some_and(|judged| judged.type_name.eq_ignore_ascii_case("If"));
        let text = match branch {
            "" if is_if() => Text::new("panel_branch_yes"),
            "" => return None,
            "else" => Text::new("panel_branch_no"),
            "default" => Text::new("panel_branch_default"),
            other => match other.split_once(':') {
                Some(("case", case)) => Text::new("panel_branch_case").with(title(case)),
                Some(("tool", tool)) => Text::new("panel_branch_tool").with(title(tool)),
                _ => return Some(Words::Name(other.to_owned())),
            },
        };
        Some(Words::Say(text))
    }
}
