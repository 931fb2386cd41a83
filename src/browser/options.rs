//! What the options page asks of the core.

use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::Refused;
use crate::audit::Lock;
use crate::model::AccountPattern;
use crate::session::{self, Kept, Session};

fn parsed(text: &str) -> Result<Value, Refused> {
    serde_json::from_str(text).map_err(|_| Refused::new("items", "the stored items are no JSON"))
}

fn read(state: &str, local: &str) -> Result<(Session, Kept), Refused> {
    let session = Session::restored(state).ok_or_else(|| Refused::new("state", "the stored session is of another version"))?;
    Ok((session, Kept::from_items(&parsed(local)?)))
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
    Ok(format!("{:#}", session::shapes(&session, &kept, &parsed(versions)?, &parsed(counts)?)))
}

/// Which rule decides for each operation of the flow in a document, and which others fit, as JSON:
/// a list of `{connector, connector_name, operations, rules: [{level, managed, accounts, decides}], locked}`, or `null` where there is no flow.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn explained(state: &str, local: &str) -> Result<String, Refused> {
    let (session, kept) = read(state, local)?;
    serde_json::to_string(&session::explained(&session, &kept)).map_err(|_| Refused::new("outcome", "the rules could not be written"))
}

/// Everybody seen in a document, as JSON: a list of `{address, name}`.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn accounts_seen(state: &str, local: &str) -> Result<String, Refused> {
    let (session, kept) = read(state, local)?;
    let sight = session.sight(&kept);
    let people = sight.iter().flat_map(|sight| &sight.audit.people).map(|person| &person.account);
    let seen: Vec<Value> = people.filter_map(|account| Some(json!({ "address": account.address()?, "name": account.short_name() }))).collect();
    Ok(Value::from(seen).to_string())
}

/// An account or a pattern as somebody typed it, without the blanks around it; nothing where it is neither.
#[wasm_bindgen]
#[must_use]
pub fn account(typed: &str) -> Option<String> {
    AccountPattern::typed(typed).map(|pattern| pattern.as_str().to_owned())
}

/// The connectors that people know by name, as JSON: a list of `[id, name]`.
#[wasm_bindgen]
#[must_use]
pub fn connectors() -> String {
    json!(crate::model::CONNECTOR_NAMES).to_string()
}

/// A connector's name as people know it.
#[wasm_bindgen]
#[must_use]
pub fn connector_called(id: &str) -> String {
    crate::model::connector_name(Some(&crate::audit::connector_key(id)), None)
}

/// What the organisation says, as JSON: `{set, rules, locked, sign_in_alone, extra_requests, faults}`.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn policy(local: &str) -> Result<String, Refused> {
    let policy = Kept::from_items(&parsed(local)?).policy;
    let locked = match policy.lock {
        Lock::Open => "open",
        Lock::WhereItSpeaks => "where_it_speaks",
        Lock::Everything => "everything",
    };
    let told = json!({
        "set": policy.is_set(), "rules": policy.rules, "locked": locked, "sign_in_alone": policy.sign_in_alone,
        "extra_requests": policy.extra_requests, "faults": policy.faults,
    });
    Ok(told.to_string())
}

/// All settings as a file.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn settings_file(local: &str) -> Result<String, Refused> {
    Ok(session::settings_file(&parsed(local)?))
}

/// Takes in a settings file, as JSON: `{keep}`, what to store by its key; or `{refused}`, the text that says what is wrong.
///
/// # Errors
/// Where what is stored can't be read.
#[wasm_bindgen]
pub fn from_settings_file(text: &str, local: &str) -> Result<String, Refused> {
    let told = match session::from_settings_file(text, &parsed(local)?) {
        Ok(keep) => json!({ "keep": keep }),
        Err(refused) => json!({ "refused": refused }),
    };
    Ok(told.to_string())
}
