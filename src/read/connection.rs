//! One connection, and the people in it.

use super::json::{Json, last_part, string};
use crate::model::{Account, Connection, Health};

/// A connection; none where the value isn't shaped like one: an id, and properties that only connections have.
pub(super) fn connection(value: &Json) -> Option<Connection> {
    let properties = value.get("properties").filter(|properties| properties.is_object())?;
    let path = string(value, "id").unwrap_or_default();
    let is_one = path.to_ascii_lowercase().contains("/connections/") || properties.get("statuses").is_some() && properties.get("apiId").is_some();
    let id = string(value, "name").or_else(|| last_part(path)).filter(|_| is_one)?;
    let api = string(properties, "apiId").and_then(last_part).or_else(|| connector_in(path));
    Some(Connection {
        id: id.to_owned(),
        connector: api.map(str::to_owned),
        label: string(properties, "displayName").map(str::to_owned),
        sign_in: sign_in(properties),
        owner: properties.get("createdBy").and_then(person),
        health: health(properties.get("statuses")),
        expires: string(properties, "expirationTime").map(str::to_owned),
        created: string(properties, "createdTime").map(str::to_owned),
    })
}

/// `authenticatedUser.name`, else `accountName`, else `displayName`: the first that identifies somebody. The label of a database's or a
/// bot's connection doesn't ("MSFT Dynamics"); then only the object id of the authenticated user, if there is one, tells.
fn sign_in(properties: &Json) -> Option<Account> {
    let user = properties.get("authenticatedUser");
    let in_user = |field| user.and_then(|user| string(user, field));
    let labels = [in_user("name"), string(properties, "accountName"), string(properties, "displayName")];
    let named = labels.into_iter().flatten().find_map(Account::from_label);
    let object_id = in_user("objectId");
    named.map(|account| account.also(object_id)).or_else(|| object_id.and_then(Account::from_label))
}

/// Somebody as `createdBy` and `creator` name them: an object, or a bare id.
pub(super) fn person(value: &Json) -> Option<Account> {
    if let Some(bare) = value.as_str() {
        return Account::from_label(bare);
    }
    let fields = ["email", "userPrincipalName", "id", "objectId", "userId"];
    let account = fields.into_iter().fold(Account::default(), |account, field| account.also(string(value, field)));
    account.is_known().then(|| Account { display_name: string(value, "displayName").map(str::to_owned), ..account })
}

/// Whatever isn't "Connected" makes the connection broken, with the service's own code.
fn health(statuses: Option<&Json>) -> Health {
    let Some(statuses) = statuses.and_then(Json::as_list).filter(|statuses| !statuses.is_empty()) else { return Health::Unknown };
    let broken = statuses.iter().find(|status| string(status, "status").is_some_and(|word| !word.eq_ignore_ascii_case("connected")));
    match broken {
        None => Health::Connected,
        Some(status) => {
            let code = status.get("error").and_then(|error| string(error, "code")).or_else(|| string(status, "status"));
            Health::Broken(code.map(str::to_owned))
        }
    }
}

fn connector_in(path: &str) -> Option<&str> {
    let (_, after) = path.split_once("/apis/")?;
    after.split('/').next().filter(|name| !name.is_empty())
}
