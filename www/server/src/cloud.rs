//! Microsoft's clouds: the same services on other hosts, each with its own token audiences.

/// A cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cloud {
    /// Everybody's.
    #[default]
    Public,
    /// The United States' government.
    Gcc,
    /// The same, with higher demands.
    GccHigh,
    /// The United States' department of defence.
    Dod,
    /// China, run by 21Vianet.
    China,
}

impl Cloud {
    /// All clouds.
    pub const ALL: [Self; 5] = [Self::Public, Self::Gcc, Self::GccHigh, Self::Dod, Self::China];

    /// The host where flows are edited.
    #[must_use]
    pub const fn portal(self) -> &'static str {
        match self {
            Self::Public => "make.powerautomate.com",
            Self::Gcc => "make.gov.powerautomate.us",
            Self::GccHigh => "make.high.powerautomate.us",
            Self::Dod => "make.powerautomate.appsplatform.us",
            Self::China => "make.powerautomate.cn",
        }
    }

    /// The host where apps and solutions are edited.
    #[must_use]
    pub const fn apps_portal(self) -> &'static str {
        match self {
            Self::Public => "make.powerapps.com",
            Self::Gcc => "make.gov.powerapps.us",
            Self::GccHigh => "make.high.powerapps.us",
            Self::Dod => "make.apps.appsplatform.us",
            Self::China => "make.powerapps.cn",
        }
    }

    /// The older flow service; regions stand before it (`us.api.flow.microsoft.com`).
    pub(crate) const fn flow_service(self) -> &'static str {
        match self {
            Self::Public => "api.flow.microsoft.com",
            Self::Gcc => "gov.api.flow.microsoft.us",
            Self::GccHigh => "high.api.flow.microsoft.us",
            Self::Dod => "api.flow.appsplatform.us",
            Self::China => "api.powerautomate.cn",
        }
    }

    /// The older connections service.
    pub(crate) const fn apps_service(self) -> &'static str {
        match self {
            Self::Public => "api.powerapps.com",
            Self::Gcc => "gov.api.powerapps.us",
            Self::GccHigh => "high.api.powerapps.us",
            Self::Dod => "api.apps.appsplatform.us",
            Self::China => "api.powerapps.cn",
        }
    }

    /// What every environment's own host ends in.
    pub(crate) const fn platform(self) -> &'static str {
        match self {
            Self::Public => "api.powerplatform.com",
            Self::Gcc => "api.gov.powerplatform.microsoft.us",
            Self::GccHigh => "api.high.powerplatform.microsoft.us",
            Self::Dod => "api.appsplatform.us",
            Self::China => "api.powerplatform.partner.microsoftonline.cn",
        }
    }

    /// The organisation's Dataverse.
    #[must_use]
    pub const fn organisation(self) -> &'static str {
        match self {
            Self::Public => "contoso.crm4.dynamics.com",
            Self::Gcc => "contoso.crm9.dynamics.com",
            Self::GccHigh => "contoso.crm.microsoftdynamics.us",
            Self::Dod => "contoso.crm.appsplatform.us",
            Self::China => "contoso.crm.dynamics.cn",
        }
    }
}

/// Which part a host plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Pages: the portals, and sites that embed them.
    Site,
    /// The older flow service.
    Flow,
    /// The older connections service.
    Apps,
    /// An environment's own host.
    Environment,
    /// An organisation's Dataverse.
    Dataverse,
}

/// Which part a host plays, and in which cloud.
pub(crate) fn part(host: &str) -> (Cloud, Part) {
    let within = |name: &str| host == name || host.strip_suffix(name).is_some_and(|before| before.ends_with('.'));
    for cloud in Cloud::ALL {
        let part = match () {
            () if within(cloud.flow_service()) => Part::Flow,
            () if within(cloud.apps_service()) => Part::Apps,
            () if host.ends_with(cloud.platform()) && host.contains(".environment.") => Part::Environment,
            () if host == cloud.organisation() => Part::Dataverse,
            () if host == cloud.portal() || host == cloud.apps_portal() => Part::Site,
            () => continue,
        };
        return (cloud, part);
    }
    (Cloud::Public, Part::Site)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_every_cloud() {
        for (host, wanted) in [
            ("make.powerautomate.com", (Cloud::Public, Part::Site)),
            ("contoso.sharepoint.com", (Cloud::Public, Part::Site)),
            ("us.api.flow.microsoft.com", (Cloud::Public, Part::Flow)),
            ("gov.api.flow.microsoft.us", (Cloud::Gcc, Part::Flow)),
            ("api.apps.appsplatform.us", (Cloud::Dod, Part::Apps)),
            ("default1f.f9.environment.api.high.powerplatform.microsoft.us", (Cloud::GccHigh, Part::Environment)),
            ("default1f.f9.environment.api.powerplatform.partner.microsoftonline.cn", (Cloud::China, Part::Environment)),
            ("contoso.crm9.dynamics.com", (Cloud::Gcc, Part::Dataverse)),
        ] {
            assert_eq!(part(host), wanted, "{host}");
        }
    }
}
