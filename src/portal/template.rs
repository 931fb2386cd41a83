//! An address without anything that identifies: what is shown as evidence, and what a bug report may hold.

use super::address::Address;

/// The address with every id replaced by `{id}`; of the query only the names that every such address has, and the service's version.
#[must_use]
pub fn template(address: &str) -> String {
    let Some(address) = Address::new(address) else { return "{address}".to_owned() };
    let labels: Vec<&str> = address.host.split('.').collect();
    // An environment's and an organisation's host begin with their id.
    let ids = match () {
        () if address.host.contains(".environment.") => labels.iter().position(|label| *label == "environment").unwrap_or(0),
        () if address.host.contains(".crm") => 1,
        () => 0,
    };
    // A stranger's host may have an id anywhere.
    let host = labels.iter().skip(ids).map(|label| if holds_hex(label) { "{id}" } else { label });
    let host = if ids > 0 { ["{id}"].into_iter().chain(host).collect::<Vec<_>>() } else { host.collect() }.join(".");
    let path = address.path.iter().map(|part| if is_plain(part) { part.as_str() } else { "{id}" }).collect::<Vec<_>>().join("/");
    format!("{host}/{path}")
}

/// A word of an address that names no thing of anybody's: letters, dots and dashes, few digits. Connectors' names are kept.
fn is_plain(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    !holds_hex(part)
        && digits <= 3
        && part.len() <= 48
        && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '$'))
        && !part.to_ascii_lowercase().starts_with("default-")
}

/// Whether a piece of it has an id's letters.
fn holds_hex(part: &str) -> bool {
    part.split(['.', '_', '$']).any(|piece| piece.len() >= 8 && piece.chars().all(|c| c.is_ascii_hexdigit() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_identifies_is_left() {
        for (address, wanted) in [
            (
                "https://default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com/powerautomate/flows/d2642355-a6b8-4662-a418-ce3741584031/connections?api-version=1",
                "{id}.environment.api.powerplatform.com/powerautomate/flows/{id}/connections",
            ),
            (
                "https://api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_office365/connections/0c43331dd47d408186f1d27fde7b4211",
                "api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_office365/connections/{id}",
            ),
            ("https://contoso.crm4.dynamics.com/api/data/v9.2/workflows(d2642355-a6b8-4662-a418-ce3741584031)", "{id}.crm4.dynamics.com/api/data/v9.2/{id}"),
            ("https://api.flow.microsoft.com/x/ana@contoso.com/Default-1f2e", "api.flow.microsoft.com/x/{id}/{id}"),
            // A region is no id, whoever plays one.
            ("https://d2642355-a6b8-4662-a418-ce3741584031.api.flow.microsoft.com/x", "{id}.api.flow.microsoft.com/x"),
            ("nonsense", "{address}"),
        ] {
            assert_eq!(template(address), wanted);
        }
    }
}
