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
        portals: &["make.gov.powerautomate.us"],
        flow_api: "gov.api.flow.microsoft.us",
        apps_api: "gov.api.powerapps.us",
        platform: ".api.gov.powerplatform.microsoft.us",
    },
    Cloud {
        name: "GCC High",
        portals: &["make.high.powerautomate.us"],
        flow_api: "high.api.flow.microsoft.us",
        apps_api: "high.api.powerapps.us",
        platform: ".api.high.powerplatform.microsoft.us",
    },
    Cloud {
        name: "DoD",
        portals: &["make.powerautomate.appsplatform.us"],
        flow_api: "api.flow.appsplatform.us",
        apps_api: "api.apps.appsplatform.us",
        platform: ".api.appsplatform.us",
    },
    Cloud {
        name: "China",
        portals: &["make.powerautomate.cn"],
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

/// `org.crm.dynamics.com`, `org.crm4.dynamics.com`, …
fn is_dataverse(host: &str) -> bool {
    let Some(name) = host.strip_suffix(".dynamics.com") else { return false };
    name.rsplit('.').next().and_then(|region| region.strip_prefix("crm")).is_some_and(|number| number.chars().all(|c| c.is_ascii_digit())) && name.contains('.')
}

/// An environment's own host in the public cloud: its id in lower case without dashes, a dot before the last two characters.
/// None where the id isn't one.
#[must_use]
pub fn environment_host(environment: &str) -> Option<String> {
    let bare: String = environment.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect();
    if bare.len() < 3 || !bare.chars().all(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let (start, end) = bare.split_at_checked(bare.len() - 2)?;
    Some(format!("{start}.{end}.environment.api.powerplatform.com"))
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
        ] {
            assert_eq!(part(host), wanted, "{host}");
        }
    }

    #[test]
    fn the_host_of_an_environment() {
        let host = environment_host("Default-1F2E3D4C-5b6a-4978-8695-a4b3c2d1e0f9");
        assert_eq!(host.as_deref(), Some("default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com"));
        assert_eq!(environment_host("a/b"), None);
        assert_eq!(environment_host(""), None);
    }
}
