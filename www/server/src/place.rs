//! The pages of Power Automate, by their addresses.

use crate::cloud::Cloud;

/// A page. Where a flow is needed it is one of the scenario's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// The new designer.
    #[default]
    Designer,
    /// The classic designer.
    Classic,
    /// The flow's own page.
    Details,
    /// The same, for a flow that is shared.
    SharedDetails,
    /// One run of the flow.
    Run,
    /// All flows.
    Flows,
    /// All connections.
    Connections,
    /// A flow that isn't saved yet and has no id.
    New,
    /// What Copilot suggests: operations and connections, not saved yet.
    Copilot,
    /// The flow's own page within a solution.
    SolutionDetails,
    /// The new designer within a solution.
    SolutionDesigner,
    /// A solution's flow in Power Apps' portal, to look at.
    AppsView,
    /// A solution's flow in Power Apps' portal, to edit.
    AppsEdit,
    /// A SharePoint list with the designer in it.
    SharePoint,
    /// A SharePoint list with the flow's own page in it.
    SharePointDetails,
    /// The designer as others embed it, without a page around it.
    Widget,
}

/// The site that embeds the portal.
pub(crate) const SHAREPOINT: &str = "contoso.sharepoint.com";
/// The solution of all flows that are in one.
pub(crate) const SOLUTION: &str = "5b1f0f3e-7d0a-4c1e-9d6b-0a2c3e4f5a6b";
/// The run that every flow has.
pub(crate) const RUN: &str = "08584312345678901234567890123CU12";

impl Place {
    /// Every page.
    pub const ALL: [Self; 16] = [
        Self::Designer,
        Self::Classic,
        Self::Details,
        Self::SharedDetails,
        Self::Run,
        Self::Flows,
        Self::Connections,
        Self::New,
        Self::Copilot,
        Self::SolutionDetails,
        Self::SolutionDesigner,
        Self::AppsView,
        Self::AppsEdit,
        Self::SharePoint,
        Self::SharePointDetails,
        Self::Widget,
    ];

    /// The page's address. `row` is the flow's row in Dataverse, by which Power Apps' portal knows it.
    pub(crate) fn address(self, cloud: Cloud, environment: &str, flow: &str, row: &str) -> String {
        let portal = cloud.portal();
        let base = format!("https://{portal}/environments/{environment}");
        let widget = format!("https://{portal}/en-us/widgets/manage/environments/{environment}");
        match self {
            Self::Designer => format!("{base}/flows/{flow}?v3=true"),
            Self::Classic => format!("{base}/flows/{flow}?v3=false"),
            Self::Details => format!("{base}/flows/{flow}/details"),
            Self::SharedDetails => format!("{base}/flows/shared/{flow}/details"),
            Self::Run => format!("{base}/flows/{flow}/runs/{RUN}"),
            Self::Flows => format!("{base}/flows"),
            Self::Connections => format!("{base}/connections"),
            Self::New => format!("{base}/flows/new?v3=true"),
            Self::Copilot => format!("{base}/flows/new?v3=true&draft=copilot"),
            Self::SolutionDetails => format!("{base}/solutions/{SOLUTION}/flows/{flow}/details"),
            Self::SolutionDesigner => format!("{base}/solutions/{SOLUTION}/flows/{flow}?v3=true"),
            Self::AppsView => format!("https://{}/environments/{environment}/solutions/{SOLUTION}/objects/cloudflows/{row}/view", cloud.apps_portal()),
            Self::AppsEdit => format!("https://{}/environments/{environment}/solutions/{SOLUTION}/objects/cloudflows/{row}/edit", cloud.apps_portal()),
            Self::SharePoint => format!("https://{SHAREPOINT}/sites/facilities/Lists/Invoices?flow={flow}"),
            Self::SharePointDetails => format!("https://{SHAREPOINT}/sites/facilities/Lists/Invoices?flow={flow}&show=details"),
            Self::Widget => format!("{widget}/flows/{flow}?widgetType=flowEdit&v3=true"),
        }
    }
}
