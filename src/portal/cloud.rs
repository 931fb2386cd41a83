//! Microsoft's clouds: which hosts play which part in each.

/// A cloud, by its hosts. All of them lower case; API hosts also stand for their regional forms (`us.api.flow.microsoft.com`).
#[derive(Debug, PartialEq, Eq)]
pub struct Cloud {
    /// The name people know it by.
    pub name: &'static str,
    /// Where flows are edited.
    pub portals: &'static [&'static str],
    /// The flow service of the older generation.
    pub flow_api: &'static str,
    /// The connections service of the older generation.
    pub apps_api: &'static str,
    /// What every environment's own host ends in.
    pub platform: &'static str,
}

/// The clouds (Microsoft Learn and Microsoft's own code, seen November 2026).
static CLOUDS: [Cloud; 5] = [
    Cloud {
        name: "public",
        portals: &["make.powerautomate.com", "make.preview.powerautomate.com", "make.powerapps.com"],
        flow_api: "api.flow.microsoft.com",
        apps_api: "api.powerapps.com",
        platform: ".api.powerplatform.com",
    },
    Cloud {
        name: "GCC",
        portals: &["make.gov.powerautomate.us", "make.gov.powerapps.us"],
        flow_api: "gov.api.flow.microsoft.us",
        apps_api: "gov.api.powerapps.us",
        platform: ".api.gov.powerplatform.microsoft.us",
    },
    Cloud {
        name: "GCC High",
        portals: &["make.high.powerautomate.us", "make.high.powerapps.us"],
        flow_api: "high.api.flow.microsoft.us",
        apps_api: "high.api.powerapps.us",
        platform: ".api.high.powerplatform.microsoft.us",
    },
    Cloud {
        name: "DoD",
        portals: &["make.powerautomate.appsplatform.us", "make.apps.appsplatform.us"],
        flow_api: "api.flow.appsplatform.us",
        apps_api: "api.apps.appsplatform.us",
        platform: ".api.appsplatform.us",
    },
    Cloud {
        name: "China",
        portals: &["make.powerautomate.cn", "make.powerapps.cn"],
        flow_api: "api.powerautomate.cn",
        apps_api: "api.powerapps.cn",
        platform: ".api.powerplatform.partner.microsoftonline.cn",
    },
];

/// Which part a host plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The portal itself.
    Portal,
    /// The flow service, older generation.
    Flow,
    /// The connections service, older generation.
    Apps,
    /// An environment's own host.
    Environment,
    /// A Dataverse organisation.
    Dataverse,
}

/// Which part the host plays, and in which cloud; none for everybody else's hosts.
pub(super) fn part(host: &str) -> Option<Part> {
    let regional = |host: &str, api: &str| {
        host == api || host.strip_suffix(api).is_some_and(|region| region.ends_with('.') && !region.trim_end_matches('.').contains('.'))
    };
    let known = CLOUDS.iter().find_map(|cloud| match () {
        () if cloud.portals.contains(&host) => Some(Part::Portal),
        () if regional(host, cloud.flow_api) => Some(Part::Flow),
        () if regional(host, cloud.apps_api) => Some(Part::Apps),
        () if host.strip_suffix(cloud.platform).is_some_and(|name| name.ends_with(".environment")) => Some(Part::Environment),
        () => None,
    });
    known.or_else(|| is_dataverse(host).then_some(Part::Dataverse))
}

/// `org.crm.dynamics.com`, `org.crm4.dynamics.com`, … and their like in the separate clouds.
fn is_dataverse(host: &str) -> bool {
    let suffixes = [".dynamics.com", ".microsoftdynamics.us", ".appsplatform.us", ".dynamics.cn"];
    let Some(name) = suffixes.iter().find_map(|suffix| host.strip_suffix(suffix)) else { return false };
    name.rsplit('.').next().and_then(|region| region.strip_prefix("crm")).is_some_and(|number| number.chars().all(|c| c.is_ascii_digit())) && name.contains('.')
}

/// One name for an environment, whether it is given by its id or by its own host: the id in lower case without dashes.
/// The host has a dot before the last two characters and a cloud's name behind.
#[must_use]
pub fn environment_name(environment: &str) -> String {
    let lower = environment.to_ascii_lowercase();
    let id = lower.split_once(".environment.").map_or(lower.as_str(), |(id, _)| id);
    id.chars().filter(|c| !matches!(c, '-' | '.')).collect()
}

/// The portal of Power Automate in the cloud of a portal's host.
pub(super) fn automate(host: &str) -> Option<&'static str> {
    CLOUDS.iter().find(|cloud| cloud.portals.contains(&host)).and_then(|cloud| cloud.portals.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_their_parts() {
        for (host, wanted) in [
            ("make.powerautomate.com", Some(Part::Portal)),
            ("api.flow.microsoft.com", Some(Part::Flow)),
            ("unitedstates.api.flow.microsoft.com", Some(Part::Flow)),
            ("x.y.api.flow.microsoft.com", None),
            ("evilapi.flow.microsoft.com", None),
            ("api.powerapps.com", Some(Part::Apps)),
            ("default1f2e.f9.environment.api.powerplatform.com", Some(Part::Environment)),
            ("tenant.api.powerplatform.com", None),
            ("org1.crm4.dynamics.com", Some(Part::Dataverse)),
            ("crm4.dynamics.com", None),
            ("make.powerautomate.com.evil.example", None),
            ("gov.api.flow.microsoft.us", Some(Part::Flow)),
            ("make.high.powerapps.us", Some(Part::Portal)),
            ("default1f2e.f9.environment.api.appsplatform.us", Some(Part::Environment)),
            ("org1.crm9.dynamics.com", Some(Part::Dataverse)),
            ("org1.crm.microsoftdynamics.us", Some(Part::Dataverse)),
        ] {
            assert_eq!(part(host), wanted, "{host}");
        }
    }

    #[test]
    fn one_name_for_an_environment() {
        let id = "Default-1F2E3D4C-5b6a-4978-8695-a4b3c2d1e0f9";
        for host in ["api.powerplatform.com", "api.gov.powerplatform.microsoft.us"] {
            assert_eq!(environment_name(id), environment_name(&format!("default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.{host}")));
        }
        assert_eq!(environment_name(""), "");
    }
}
