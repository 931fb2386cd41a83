//! Which environment and flow a portal's address shows, and in which view.

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::cloud::{Part, automate, part};
use crate::model::{Environment, Flow};

/// Where a tab is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The environment's id.
    pub environment: Option<String>,
    /// The flow's id; in a solution it may be that of its Dataverse row.
    pub flow: Option<String>,
    /// The solution's id.
    pub solution: Option<String>,
    /// What is shown of it.
    pub view: View,
    /// Whether the portal runs inside another page (SharePoint, Teams, …).
    pub embedded: bool,
    /// The portal's host.
    pub host: String,
}

impl Place {
    /// The address of the flow's details page, where its connections pane is; none where the place shows no flow.
    #[must_use]
    pub fn details(&self) -> Option<String> {
        self.address("/details")
    }

    /// The address of the flow in the new designer; none where the place shows no flow.
    #[must_use]
    pub fn designer(&self) -> Option<String> {
        self.address("?v3=true")
    }

    fn address(&self, view: &str) -> Option<String> {
        let plain = |id: &&str| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let (environment, flow) = (self.environment.as_deref().filter(plain)?, self.flow.as_deref().filter(plain)?);
        // Power Apps shows flows of solutions only; their details stand in Power Automate too.
        let host = if self.host.contains("powerapps") || self.host.contains(".apps.") { automate(&self.host)? } else { &self.host };
        let solution = self.solution.as_deref().filter(plain).map(|solution| format!("solutions/{solution}/")).unwrap_or_default();
        Some(format!("https://{host}/environments/{environment}/{solution}flows/{flow}{view}"))
    }
}

/// The address of an environment's flows; none where the environment's id is none.
#[must_use]
pub fn flows_of(host: &str, environment: &str) -> Option<String> {
    let host = automate(host)?;
    Environment::is_id(environment).then(|| format!("https://{host}/environments/{environment}/flows"))
}

/// What a portal's page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The new designer, as far as the address tells.
    Designer,
    /// The classic designer.
    Classic,
    /// The flow's details page.
    Details,
    /// One run.
    Run,
    /// A new flow without an id.
    New,
    /// A list of flows.
    List,
    /// Anything else.
    Other,
}

impl View {
    /// Whether operations are edited here.
    #[must_use]
    pub const fn is_designer(self) -> bool {
        matches!(self, Self::Designer | Self::Classic | Self::New)
    }
}

/// The place that an address shows; none where it is no portal's.
#[must_use]
pub fn place(address: &str) -> Option<Place> {
    let address = Address::new(address)?;
    if part(&address.host) != Some(Part::Portal) {
        return None;
    }
    let embedded = address.path.iter().any(|part| part.eq_ignore_ascii_case("widgets"));
    let is = |known: &str, word: &str| known.eq_ignore_ascii_case(word);
    let at = address.path.iter().rposition(|part| is(part, "flows") || is(part, "cloudflows"));
    let mut rest: Vec<&str> = at.map(|at| address.path.iter().skip(at + 1).map(String::as_str).collect()).unwrap_or_default();
    if rest.first().is_some_and(|first| is(first, "shared")) {
        rest.remove(0);
    }
    let named = rest.first().copied();
    let flow = named.filter(|name| Flow::is_id(name));
    let widget = address.query("widgetType").unwrap_or_default().to_ascii_lowercase();
    let last = rest.get(1).map(|part| part.to_ascii_lowercase()).unwrap_or_default();
    let view = match (flow, last.as_str()) {
        (None, _) if at.is_none() => View::Other,
        (None, _) if named.is_none() => View::List,
        (None, _) => View::New,
        (Some(_), "details") => View::Details,
        (Some(_), "runs" | "run") => View::Run,
        (Some(_), _) if embedded && widget == "flowdetails" => View::Details,
        (Some(_), _) if address.query("v3").is_some_and(|v3| is(v3, "false")) => View::Classic,
        (Some(_), _) => View::Designer,
    };
    let id_after = |part| address.after(part).map(str::to_owned);
    Some(Place {
        environment: id_after("environments"),
        flow: flow.map(str::to_owned),
        solution: id_after("solutions"),
        view,
        embedded,
        host: address.host.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let flow = "d2642355-a6b8-4662-a418-ce3741584031";
        for (path, view, has_flow, embedded) in [
            (format!("make.powerautomate.com/environments/Default-1/flows/{flow}?v3=true"), View::Designer, true, false),
            (format!("make.powerautomate.com/environments/Default-1/flows/{flow}"), View::Designer, true, false),
            (format!("MAKE.powerautomate.com/Environments/Default-1/Flows/{flow}/Edit/"), View::Designer, true, false),
            (format!("make.powerautomate.com/environments/Default-1/flows/{flow}?v3=false"), View::Classic, true, false),
            (format!("make.powerautomate.com/environments/Default-1/flows/{flow}/details"), View::Details, true, false),
            (format!("make.powerautomate.com/environments/Default-1/flows/shared/{flow}/details"), View::Details, true, false),
            (format!("make.powerautomate.com/environments/Default-1/flows/{flow}/runs/08585"), View::Run, true, false),
            (format!("make.powerautomate.com/environments/Default-1/solutions/s1/flows/{flow}"), View::Designer, true, false),
            (format!("make.powerapps.com/environments/Default-1/solutions/s1/objects/cloudflows/{flow}/view"), View::Designer, true, false),
            (format!("make.powerautomate.com/en-us/widgets/manage/environments/Default-1/flows/{flow}?widgetType=flowEdit"), View::Designer, true, true),
            (format!("make.powerautomate.com/en-us/widgets/manage/environments/Default-1/flows/{flow}?widgetType=flowDetails"), View::Details, true, true),
            ("make.powerautomate.com/environments/Default-1/flows/new".into(), View::New, false, false),
            ("make.powerautomate.com/environments/Default-1/flows".into(), View::List, false, false),
            ("make.powerautomate.com/environments/Default-1/home".into(), View::Other, false, false),
        ] {
            let place = place(&format!("https://{path}")).unwrap_or_else(|| panic!("{path} is a portal's"));
            assert_eq!((place.view, place.flow.is_some(), place.embedded), (view, has_flow, embedded), "{path}");
            assert_eq!(place.environment.as_deref(), Some("Default-1"), "{path}");
        }
        let in_a_solution = place(&format!("https://make.powerapps.com/environments/Default-1/solutions/s1/objects/cloudflows/{flow}/view"));
        let details = format!("https://make.powerautomate.com/environments/Default-1/solutions/s1/flows/{flow}/details");
        assert_eq!(in_a_solution.and_then(|place| place.details()), Some(details));
        for other in ["http://make.powerautomate.com/environments/x/flows", "https://example.com/environments/x/flows", "about:blank", ""] {
            assert_eq!(place(other), None, "{other}");
        }
    }
}
