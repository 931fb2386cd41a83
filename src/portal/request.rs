//! What a request of the portal's page was for.

use super::address::Address;
use super::cloud::{Part, part};

/// A request worth looking at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What it asked for.
    pub asked: Asked,
    /// The flow's id, where the address names one.
    pub flow: Option<String>,
    /// The environment's id (older generation), or its host, which names it as well.
    pub environment: Option<String>,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// One flow.
    Flow,
    /// To save a flow. Never ours.
    Save,
    /// The list behind the designer's picker, for one flow.
    FlowConnections,
    /// The environment's connections.
    Connections,
    /// One connection.
    Connection,
    /// A flow's owners or users.
    Permissions,
    /// A list of flows.
    FlowList,
    /// Rows of Dataverse.
    Dataverse,
    /// The environments that the person may choose from.
    Environments,
    /// Anything else on an address that holds a flow's id.
    OnFlow,
}

/// What an answered request was for; none where it is of no use here.
#[must_use]
pub fn request(method: &str, address: &str) -> Option<Request> {
    let address = Address::new(address)?;
    let played = part(&address.host)?;
    let reads = method.eq_ignore_ascii_case("GET");
    let saves = ["PATCH", "PUT", "POST"].iter().any(|save| method.eq_ignore_ascii_case(save));
    let environment = match played {
        Part::Portal => return None,
        Part::Dataverse => None,
        Part::Environment => Some(address.host.clone()),
        Part::Flow | Part::Apps => address.after("environments").map(str::to_owned).or_else(|| filtered_environment(&address)),
    };
    let at = address.path.iter().position(|part| part.eq_ignore_ascii_case("flows"));
    let flow = at.and_then(|at| address.path.get(at + 1)).cloned();
    let after = at.map(|at| address.part(at + 2)).unwrap_or_default();
    let asked = match (played, &flow) {
        (Part::Dataverse, _) if reads => Asked::Dataverse,
        (Part::Environment | Part::Flow, Some(_)) => match after.as_str() {
            "" if reads => Asked::Flow,
            "" | "publish" if saves => Asked::Save,
            "connections" if reads => Asked::FlowConnections,
            "permissions" | "owners" | "users" if reads => Asked::Permissions,
            _ if reads => Asked::OnFlow,
            _ => return None,
        },
        (Part::Environment | Part::Flow, None) if at.is_some() && reads => Asked::FlowList,
        (Part::Flow | Part::Apps, None) if reads && lists_environments(&address) => Asked::Environments,
        (Part::Environment | Part::Flow | Part::Apps, None) if reads => match address.path.iter().position(|part| part.eq_ignore_ascii_case("connections")) {
            Some(at) if address.path.len() == at + 1 => Asked::Connections,
            Some(at) if address.path.len() == at + 2 => Asked::Connection,
            _ => return None,
        },
        _ => return None,
    };
    Some(Request { asked, flow, environment })
}

/// `…/providers/Microsoft.ProcessSimple/environments`, or Power Apps' own. (Public tools ask for them; that the portal does is inferred.)
fn lists_environments(address: &Address) -> bool {
    let provider = address.part(1);
    address.path.len() == 3
        && address.part(0) == "providers"
        && (provider == "microsoft.processsimple" || provider == "microsoft.powerapps")
        && address.part(2) == "environments"
}

/// `$filter=environment eq 'ID'`, as the older connections service is asked.
fn filtered_environment(address: &Address) -> Option<String> {
    let filter = address.query("$filter")?;
    let (_, after) =
        filter.to_ascii_lowercase().split_once("environment eq '").map(|(before, _)| filter.split_at_checked(before.len() + "environment eq '".len()))??;
    after.split('\'').next().filter(|id| !id.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests() {
        let host = "https://default1f2e.f9.environment.api.powerplatform.com";
        let flow = "d2642355-a6b8-4662-a418-ce3741584031";
        for (method, address, wanted) in [
            ("GET", format!("{host}/powerautomate/flows/{flow}?api-version=1&$expand=x"), Some(Asked::Flow)),
            ("PATCH", format!("{host}/powerautomate/flows/{flow}?api-version=1"), Some(Asked::Save)),
            ("POST", format!("{host}/powerautomate/flows/{flow}/publish?api-version=1"), Some(Asked::Save)),
            ("GET", format!("{host}/powerautomate/flows/{flow}/connections?api-version=1"), Some(Asked::FlowConnections)),
            ("GET", format!("{host}/powerautomate/flows/{flow}/owners?api-version=1"), Some(Asked::Permissions)),
            ("GET", format!("{host}/powerautomate/flows/{flow}/somethingNew?api-version=1"), Some(Asked::OnFlow)),
            ("DELETE", format!("{host}/powerautomate/flows/{flow}"), None),
            ("GET", format!("{host}/powerautomate/flows?api-version=1&$top=50"), Some(Asked::FlowList)),
            ("GET", format!("{host}/connectivity/connections?api-version=1"), Some(Asked::Connections)),
            (
                "GET",
                format!("https://europe.api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/Default-1/flows/{flow}?api-version=2016-11-01"),
                Some(Asked::Flow),
            ),
            (
                "GET",
                "https://api.powerapps.com/providers/Microsoft.PowerApps/connections?api-version=2016-11-01&$filter=environment%20eq%20'Default-1'".into(),
                Some(Asked::Connections),
            ),
            ("GET", "https://api.powerapps.com/providers/Microsoft.PowerApps/apis/shared_x/connections/abc?api-version=1".into(), Some(Asked::Connection)),
            (
                "GET",
                "https://us.api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments?api-version=2016-11-01".into(),
                Some(Asked::Environments),
            ),
            ("GET", "https://api.powerapps.com/providers/Microsoft.PowerApps/environments/?$expand=permissions".into(), Some(Asked::Environments)),
            ("GET", "https://api.powerapps.com/providers/Microsoft.PowerApps/environments/Default-1".into(), None),
            ("POST", "https://api.powerapps.com/providers/Microsoft.PowerApps/environments".into(), None),
            ("GET", "https://make.powerautomate.com/api/flows/x".into(), None),
            ("GET", "https://example.com/powerautomate/flows/x".into(), None),
        ] {
            assert_eq!(request(method, &address).map(|request| request.asked), wanted, "{method} {address}");
        }
        let legacy = request("GET", "https://api.powerapps.com/providers/Microsoft.PowerApps/connections?$filter=environment%20eq%20'Default-1'");
        assert_eq!(legacy.and_then(|request| request.environment).as_deref(), Some("Default-1"));
    }
}
