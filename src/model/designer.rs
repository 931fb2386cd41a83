//! What the designer holds at this moment, unsaved changes included.

use serde::{Deserialize, Serialize};

use super::Reference;

/// A node on the designer's canvas that stands for an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// The designer's id of it: the operation's key when the flow was opened. The page's elements carry this one.
    pub id: String,
    /// The operation's key as it will be saved: differs from `id` after a rename.
    pub name: String,
    /// The reference it is bound to now; none for operations without a connection.
    pub reference: Option<String>,
    /// `OpenApiConnection`, `If`, …, where the designer knows it.
    #[serde(rename = "type")]
    pub type_name: Option<String>,
    /// The connector, where the designer knows it.
    pub connector: Option<String>,
    /// The ids of the actions that enclose it, outermost first.
    pub path: Vec<String>,
    /// Whether it is the trigger.
    pub trigger: bool,
}

/// The designer's state, as far as connections go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designer {
    /// Every node that is an operation (not the designer's own headers and branch frames).
    pub nodes: Vec<Node>,
    /// The references the designer holds now.
    pub references: Vec<Reference>,
    /// Whether there are unsaved changes.
    pub unsaved: bool,
}
