//! Solutions. `Workflows/<name>-<GUID>.json` holds the flow; what people call it stands in `customizations.xml`, or, where a solution was unpacked by
//! Microsoft's own tool, in `<the same name>.json.data.xml`.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

use super::unpack::Entry;
use crate::model::ReferenceRow;
use crate::read::error::{Kind, ReadError};
use crate::read::json;
use crate::read::limits::MOST_REFERENCES;

/// What a solution tells of a flow.
#[derive(Debug, Default)]
pub(super) struct Workflow {
    /// Its file, in lower case: `workflows/<name>-<guid>.json`.
    pub file: String,
    /// What people call it.
    pub name: Option<String>,
    /// The id of its row, without braces.
    pub id: Option<String>,
}

/// Whether the entry is a flow of a solution: `…/Workflows/<anything>.json`.
pub(super) fn is_flow(entry: &Entry) -> bool {
    entry.ends_with(".json") && matches!(entry.parts().as_slice(), [.., "workflows", _])
}

/// The files that may list a solution's references.
pub(super) fn lists_references(entry: &Entry) -> bool {
    matches!(entry.parts().as_slice(), [.., "customizations.xml"])
}

/// The files that may tell what a flow is called, the nearest first.
pub(super) fn names_of<'a>(entries: &'a [Entry], flow: &Entry) -> Vec<&'a Entry> {
    let root = flow.folder().strip_suffix("workflows/").unwrap_or_default();
    let places = [format!("{}.data.xml", flow.place), format!("{root}customizations.xml"), format!("{root}other/customizations.xml")];
    places.iter().filter_map(|place| entries.iter().find(|entry| entry.is_at(place))).collect()
}

/// The flows that a file with names tells of.
///
/// # Errors
/// Where it is no text, or no XML.
pub(super) fn workflows(bytes: &[u8]) -> Result<Vec<Workflow>, ReadError> {
    let text = json::text(bytes)?;
    let not_xml = || ReadError::new(Kind::NotXml);
    let mut reader = Reader::from_str(&text);
    let mut found: Vec<Workflow> = Vec::new();
    loop {
        match reader.read_event().map_err(|_| not_xml())? {
            Event::Start(start) if start.name().as_ref() == "Workflow" => {
                let id = attribute(&start, "WorkflowId").map(|id| id.trim_matches(['{', '}']).to_owned());
                found.push(Workflow { name: attribute(&start, "Name"), id, ..Workflow::default() });
            }
            Event::Start(start) if start.name().as_ref() == "JsonFileName" => {
                let written = reader.read_text(start.name()).map_err(|_| not_xml())?.into_inner();
                let place = escape::unescape(&written).map_err(|_| not_xml())?.trim().trim_start_matches('/').to_lowercase();
                if let Some(workflow) = found.last_mut() {
                    workflow.file = place;
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    found.retain(|workflow| !workflow.file.is_empty());
    Ok(found)
}

/// The connection references that a solution brings, as its `customizations.xml` lists them.
///
/// # Errors
/// Where it is no text, or no XML.
pub(super) fn references(bytes: &[u8]) -> Result<Vec<ReferenceRow>, ReadError> {
    let text = json::text(bytes)?;
    let not_xml = || ReadError::new(Kind::NotXml);
    let mut reader = Reader::from_str(&text);
    let mut found: Vec<ReferenceRow> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|_| not_xml())?;
        match &event {
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == "connectionreference" => {
                if let Some(logical_name) = attribute(start, "connectionreferencelogicalname").filter(|_| found.len() < MOST_REFERENCES) {
                    found.push(ReferenceRow { logical_name, connection: None, connector: None, owner: None });
                }
            }
            Event::Start(start) if start.name().as_ref() == "connectorid" => {
                let written = reader.read_text(start.name()).map_err(|_| not_xml())?.into_inner();
                let id = escape::unescape(&written).map_err(|_| not_xml())?.trim().to_owned();
                if let Some(row) = found.last_mut() {
                    row.connector = json::last_part(&id).map(str::to_owned);
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let value = start.try_get_attribute(name).ok()??;
    let value = value.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
    (!value.trim().is_empty()).then_some(value)
}

/// What a file's own name tells of the flow's: `Workflows/Invoiceapproval-<GUID>.json` → `Invoiceapproval`.
pub(super) fn name_in_place(place: &str) -> Option<String> {
    /// Characters of a GUID with the hyphen before it.
    const TAIL: usize = 37;
    let stem = place.rsplit('/').next()?.rsplit_once('.')?.0;
    let is_guid = |tail: &str| tail.starts_with('-') && tail.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let name = stem.len().checked_sub(TAIL).and_then(|end| stem.split_at_checked(end)).filter(|(_, tail)| is_guid(tail)).map_or(stem, |(name, _)| name);
    (!name.is_empty()).then(|| name.to_owned())
}
