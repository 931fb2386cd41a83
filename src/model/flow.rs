//! A flow, its operations, and the references they name.

use serde::{Deserialize, Serialize};

use super::Account;

/// In which of its shapes a flow was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowForm {
    /// The answer of the flow service's GET, either generation.
    Api,
    /// `definition.json` of an export package.
    Package,
    /// A file of a solution's `Workflows` folder, or the `clientdata` of a Dataverse row.
    Solution,
    /// A Logic Apps workflow: welcome, not asked for. It declares its references elsewhere.
    LogicApps,
}

/// What kind of process the file describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// A cloud flow: what the product is for.
    Cloud,
    /// Something else that is stored the same way (a form-fill process, a macro), with the name it gives itself.
    Other(String),
}

/// A flow as it was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The shape it was found in.
    pub form: FlowForm,
    /// Cloud flow or not.
    pub kind: FlowKind,
    /// The flow's own id (`name` in the API), where the shape carries it.
    pub id: Option<String>,
    /// Id of its Dataverse row (`workflowEntityId`); a solution's address may name the flow by it.
    pub workflow_id: Option<String>,
    /// Name of its environment.
    pub environment: Option<String>,
    /// The tenant of its creator.
    pub tenant: Option<String>,
    /// The name people gave it.
    pub display_name: Option<String>,
    /// Who made the flow.
    pub creator: Option<Account>,
    /// What the reader may do with it, as the service says: `Owner`, else run or look at it only; none where it isn't said.
    pub role: Option<String>,
    /// When it was last saved, as the service wrote it (RFC 3339).
    pub modified: Option<String>,
    /// Triggers, then actions, each container before what it contains, in the file's order.
    pub operations: Vec<Operation>,
    /// Declared references, in the file's order.
    pub references: Vec<Reference>,
    /// Whether the file has a container for references at all. Without one, a missing declaration means nothing.
    pub declares_references: bool,
}

impl Flow {
    /// Whether a text could be a flow's id: a GUID, or what has its letters and is no longer. Words like `new` are none.
    #[must_use]
    pub fn is_id(text: &str) -> bool {
        (32..=36).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
    }
}

/// Trigger or action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// Starts the flow.
    Trigger,
    /// A step of it.
    Action,
}

/// A trigger or an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Its key in the definition: unique in the flow; people see it with `_` shown as a space.
    pub name: String,
    /// Trigger or action.
    pub kind: OperationKind,
    /// `OpenApiConnection`, `If`, … as the file spells it; empty where it has none.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The actions that enclose it, outermost first.
    pub path: Vec<String>,
    /// Which part of the innermost enclosing action it stands in: empty, `else`, `case:<name>`, `default` or `tool:<name>`.
    pub branch: String,
    /// The reference it names, in the declared spelling where it is declared; none for operations without a connection.
    pub reference: Option<String>,
    /// The connector, e.g. `shared_office365`: the one it names itself, else its reference's.
    pub connector: Option<String>,
    /// True where the operation itself asks for the run-only user's sign-in (`$ConnectionKey`), whatever its reference says.
    pub invoker: bool,
}

/// Whose connection a reference runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The connection stored in the flow.
    Embedded,
    /// The run-only user's own: nobody's name is in the flow for it.
    Invoker,
}

/// A connection reference: the key operations name, pointing to a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The key, as declared (`shared_office365_1`).
    pub key: String,
    /// The connector (`shared_office365`).
    pub connector: Option<String>,
    /// `Embedded` where the file doesn't say: that is the service's own default.
    pub source: Source,
    /// `source` as the file spells it, where it has one.
    pub source_as_written: Option<String>,
    /// Id of the connection it points to; none in most solution files.
    pub connection: Option<String>,
    /// The solution's logical name of the reference.
    pub logical_name: Option<String>,
    /// The connector's name as people know it ("Office 365 Outlook"), where the answer carries it.
    pub connector_name: Option<String>,
    /// Who owns the solution's reference, by name, where its Dataverse row was read: it may be somebody else than the connection's owner.
    pub owner: Option<String>,
    /// True where it was declared under `installedConnectionReferences` only.
    pub installed: bool,
}

/// The Dataverse row of a solution's connection reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceRow {
    /// The logical name by which flows of the solution name it.
    pub logical_name: String,
    /// Id of the connection it points to; none while nobody has set one.
    pub connection: Option<String>,
    /// The connector.
    pub connector: Option<String>,
    /// Who owns the row, by name, where the answer carries it.
    pub owner: Option<String>,
}
