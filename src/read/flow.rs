//! A flow, in whichever of its shapes.

use super::error::{Kind, ReadError};
use super::json::{self, Json, string};
use super::operations::Walk;
use super::part::Part;
use super::{connection, reference};
use crate::model::{Flow, FlowForm, FlowKind, Gap, Reading};

/// Reads a flow: the API's answer (either generation), a package's `definition.json`, a solution's `Workflows/*.json`, a Dataverse row with
/// `clientdata` (alone or as the only row of an answer), or a Logic Apps workflow.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, hold no flow, or more in it than any flow has.
pub fn flow(bytes: &[u8]) -> Result<Reading<Flow>, ReadError> {
    let text = json::text(bytes)?;
    let document = json::part(&text, Part::Flow)?;
    let row = match document.get("value").and_then(Json::as_list) {
        Some([row]) => row,
        _ => &document,
    };
    let Some(stored) = row.get("clientdata") else { return from_value(&document) };
    let stored = stored.as_str().ok_or_else(|| ReadError::new(Kind::NotAFlow("a row whose clientdata is no text")))?;
    let mut reading = from_value(&json::part(&json::text(stored.as_bytes())?, Part::Flow)?)?;
    reading.found.workflow_id = string(row, "workflowid").map(str::to_owned);
    reading.found.display_name = string(row, "name").map(str::to_owned).or(reading.found.display_name);
    Ok(reading)
}

fn from_value(document: &Json) -> Result<Reading<Flow>, ReadError> {
    let properties = document.get("properties").filter(|properties| properties.is_object());
    let holder = properties.unwrap_or(document);
    let definition = holder.get("definition").or_else(|| holder.get("triggers").and(Some(holder)));
    let definition = definition.filter(|definition| definition.is_object()).ok_or_else(|| ReadError::new(Kind::NotAFlow("no definition")))?;
    if definition.get("triggers").is_none() && definition.get("actions").is_none() {
        return Err(ReadError::new(Kind::NotAFlow("a definition without triggers and actions")));
    }
    let mut references = Vec::new();
    let mut gaps: Vec<Gap> = Vec::new();
    let declared = holder.get("connectionReferences");
    let installed = holder.get("installedConnectionReferences");
    for (container, name, installed) in [(declared, "connectionReferences", false), (installed, "installedConnectionReferences", true)] {
        if let Some(container) = container {
            reference::container(container, &format!("properties/{name}"), installed, &mut references, &mut gaps)?;
        }
    }
    let mut walk = Walk::new(&references);
    walk.definition(definition)?;
    gaps.append(&mut walk.gaps);
    let operations = walk.operations;
    let form = form(document, properties.is_some());
    let creator = holder.get("creator");
    let api = form == FlowForm::Api;
    Ok(Reading {
        found: Flow {
            form,
            kind: string(document, "subcategory").map_or(FlowKind::Cloud, |kind| FlowKind::Other(kind.to_owned())),
            id: string(document, "name").map(str::to_owned),
            workflow_id: string(holder, "workflowEntityId").map(str::to_owned),
            environment: holder.get("environment").and_then(|environment| string(environment, "name")).map(str::to_owned),
            tenant: creator.and_then(|creator| string(creator, "tenantId")).map(str::to_owned),
            display_name: string(holder, "displayName").map(str::to_owned),
            creator: creator.and_then(connection::person),
            role: string(holder, "userType").map(str::to_owned),
            modified: api.then(|| string(holder, "lastModifiedTime").map(str::to_owned)).flatten(),
            operations,
            references,
            declares_references: declared.is_some_and(|declared| !declared.is_null()) || installed.is_some_and(|installed| !installed.is_null()),
        },
        gaps,
    })
}

fn form(document: &Json, has_properties: bool) -> FlowForm {
    let type_name = string(document, "type").unwrap_or_default().to_ascii_lowercase();
    match () {
        () if !has_properties => FlowForm::LogicApps,
        () if type_name == "microsoft.flow/flows" => FlowForm::Package,
        () if document.get("schemaVersion").is_some() => FlowForm::Solution,
        () if type_name.contains("/environments/flows") || document.get("name").is_some() => FlowForm::Api,
        () => FlowForm::Solution,
    }
}
