//! What a record was made from, and what was wanted for it and isn't there.

use serde::Serialize;

use crate::report::At;

/// Something that was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// What.
    pub what: SourceKind,
    /// By which way.
    pub by: Way,
    /// When.
    pub at: Option<At>,
    /// The address with every id replaced, or the file's name.
    pub from: Option<String>,
}

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// The flow as saved.
    Flow,
    /// The flow as it was before the last save.
    FlowBeforeSave,
    /// The designer, with changes that aren't saved.
    DesignerUnsaved,
    /// The designer.
    Designer,
    /// The designer's list of connections for this flow.
    Picker,
    /// The environment's connections.
    Environment,
    /// The flow's connections pane.
    Listed,
    /// A list of connections that somebody gave.
    Connections,
    /// What an export package says of its connections.
    Package,
}

/// How something came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// Power Automate loaded or held it.
    Page,
    /// It was asked for.
    Asked,
    /// From a file.
    File,
}

/// Something that was wanted and isn't there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// What.
    pub what: SourceKind,
    /// The status of the answer; 0: no answer; none where nothing was tried.
    pub status: Option<u16>,
    /// The service's own code, or what kept the request from being made.
    pub code: Option<String>,
    /// When it was tried.
    pub at: Option<At>,
}
