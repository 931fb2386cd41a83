//! Which parts of a document are read. A flow's own texts are most of it, and nothing here looks at them.

/// Whole swagger documents travel under this key. They are megabytes, and nothing in them is needed.
const SKIPPED: &str = "swagger";

/// What is known well enough, or is a person's own work: its shape is nobody's business.
pub(super) const CLOSED: [&str; 8] = ["definition", "clientdata", "swagger", "apidefinition", "parameters", "inputs", "body", "connectionparameters"];

/// A part of a document: what in it is read, and as which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All but swagger documents.
    Any,
    /// All that tells a document's shape.
    Shape,
    /// That it is an object or a list, and nothing in it.
    Closed,
    /// A flow in whichever of its forms, its properties, or a row that holds one.
    Flow,
    /// A flow's definition.
    Definition,
    /// Operations by their names.
    Operations,
    /// One operation.
    Operation,
    /// What an operation is given.
    Inputs,
    /// Cases or tools by their names.
    Branches,
    /// What holds actions within an operation.
    Branch,
}

impl Part {
    /// As which part the value under a key is read; none: it isn't.
    pub(super) fn below(self, key: &str) -> Option<Self> {
        match self {
            Self::Closed => None,
            // Of a Logic Apps workflow the document itself is the definition.
            Self::Flow => match key {
                "properties" | "value" => Some(Self::Flow),
                "definition" => Some(Self::Definition),
                "triggers" | "actions" => Some(Self::Operations),
                _ => Self::Any.below(key),
            },
            Self::Definition | Self::Branch => matches!(key, "triggers" | "actions").then_some(Self::Operations),
            Self::Operations => Some(Self::Operation),
            Self::Operation => match key {
                "type" => Some(Self::Any),
                "inputs" => Some(Self::Inputs),
                "actions" => Some(Self::Operations),
                "else" | "default" => Some(Self::Branch),
                "cases" | "tools" => Some(Self::Branches),
                _ => None,
            },
            Self::Inputs => {
                matches!(key, "host" | "authentication" | "modelConfigurations" | "connectionReference" | "serviceProviderConfiguration").then_some(Self::Any)
            }
            Self::Branches => Some(Self::Branch),
            Self::Any | Self::Shape if key == SKIPPED => None,
            Self::Shape if CLOSED.iter().any(|closed| closed.eq_ignore_ascii_case(key)) => Some(Self::Closed),
            Self::Any | Self::Shape => Some(self),
        }
    }
}
