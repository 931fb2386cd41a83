//! What the options page asks of the core.

use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::Refused;
use crate::session::{self, Kept, Session};

fn json(text: &str) -> Result<Value, Refused> {
    serde_json::from_str(text).map_err(|_| Refused::new("items", "the stored items are no JSON"))
}

fn read(state: &str, local: &str) -> Result<(Session, Kept), Refused> {
    let session = Session::restored(state).ok_or_else(|| Refused::new("state", "the stored session is of another version"))?;
    Ok((session, Kept::from_items(&json(local)?)))
}

/// How much of what the product relies on holds in a document, as JSON: a list of `{title, holds, says}`.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn contracts(state: &str, local: &str) -> Result<String, Refused> {
    let (session, kept) = read(state, local)?;
    serde_json::to_string(&session::contracts(&session, &kept)).map_err(|_| Refused::new("outcome", "the contracts could not be written"))
}

/// The document of shapes for a bug report, as pretty JSON.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn shapes(state: &str, local: &str, versions: &str, counts: &str) -> Result<String, Refused> {
    let (session, kept) = read(state, local)?;
    Ok(format!("{:#}", session::shapes(&session, &kept, &json(versions)?, &json(counts)?)))
}
