//! The four shapes of a reference.

use super::error::ReadError;
use super::json::{Json, last_part, string};
use super::limits::{MOST_GAPS, MOST_REFERENCES, at_most, short};
use crate::model::{Gap, Reference, Source};

/// Reads one container of references: an object by key, or, as was seen once, an array.
///
/// # Errors
/// Where it holds more of them than any flow has, or a name longer than any.
pub(super) fn container(container: &Json, place: &str, installed: bool, references: &mut Vec<Reference>, gaps: &mut Vec<Gap>) -> Result<(), ReadError> {
    let mut add = |key: &str, value: &Json| {
        short(key)?;
        if references.iter().all(|known| known.key != key) {
            references.push(Reference { installed, ..reference(key, value) });
        }
        at_most(references.len(), MOST_REFERENCES, "connection references")
    };
    let mut gap = |place: String, what: &str| {
        if gaps.len() < MOST_GAPS {
            gaps.push(Gap { place, what: what.to_owned() });
        }
    };
    match container {
        Json::Object(map) => {
            for (key, value) in map.iter() {
                if value.is_object() {
                    add(key, value)?;
                } else if !value.is_null() {
                    short(key)?;
                    gap(format!("{place}/{key}"), "a reference that is no object");
                }
            }
        }
        Json::List(list) => {
            for (index, value) in list.iter().enumerate() {
                let key = ["referenceName", "connectionReferenceName", "key", "name"].into_iter().find_map(|field| string(value, field));
                match key.or_else(|| connector(value)) {
                    Some(key) => add(key, value)?,
                    None => gap(format!("{place}/{index}"), "a reference without a key"),
                }
            }
        }
        Json::Null => {}
        _ => gap(place.to_owned(), "references that are neither an object nor a list"),
    }
    Ok(())
}

/// One reference, in whichever of the shapes: the API's, a package's, a solution's, the designer's.
pub(super) fn reference(key: &str, value: &Json) -> Reference {
    let connection = value.get("connection");
    let inside = |field| connection.and_then(|connection| string(connection, field));
    let written = string(value, "source").or_else(|| string(value, "runtimeSource"));
    let impersonated = value.get("impersonation").and_then(|impersonation| string(impersonation, "source"));
    let is_invoker = |source: &str| source.eq_ignore_ascii_case("invoker");
    let logical_name = inside("connectionReferenceLogicalName").or_else(|| string(value, "connectionReferenceLogicalName"));
    let named = string(value, "connectionName").or_else(|| inside("name")).or_else(|| inside("id"));
    // Some answers repeat the logical name there: that is no connection's id.
    let named = named.filter(|named| logical_name != Some(*named));
    Reference {
        key: key.to_owned(),
        connector: connector(value).map(str::to_owned),
        source: if written.or(impersonated).is_some_and(is_invoker) { Source::Invoker } else { Source::Embedded },
        source_as_written: written.or(impersonated).map(str::to_owned),
        connection: named.and_then(last_part).map(str::to_owned),
        logical_name: logical_name.map(str::to_owned),
        connector_name: connector_name(value).map(str::to_owned),
        owner: None,
        installed: false,
    }
}

fn connector<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    let api = value.get("api");
    let api = |field| api.and_then(|api| string(api, field));
    api("name").or_else(|| api("id")).or_else(|| string(value, "id")).and_then(last_part)
}

/// The connector's name as people know it. In an answer the reference's own `displayName` is that, else its definition's.
fn connector_name<'j>(value: &'j Json<'_>) -> Option<&'j str> {
    let defined = value.get("apiDefinition").and_then(|api| api.get("properties")).and_then(|properties| string(properties, "displayName"));
    defined.or_else(|| string(value, "displayName"))
}
