//! What there is to pick, in the order of the portal's list.

use crate::contract::Contract;

/// A scenario to pick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scenario {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What is in it.
    pub description: &'static str,
    /// What it is listed under.
    pub group: &'static str,
}

const fn listed(group: &'static str, name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    Scenario { name, title, description, group }
}

const fn flow(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Flows", name, title, description)
}

const fn place(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Pages", name, title, description)
}

const fn solution(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Solutions", name, title, description)
}

const fn answers(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Answers", name, title, description)
}

const fn trouble(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Troubles", name, title, description)
}

const fn environment(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Environments", name, title, description)
}

const fn cloud(name: &'static str, title: &'static str, description: &'static str) -> Scenario {
    listed("Clouds", name, title, description)
}

pub(super) static LIST: [Scenario; 64] = [
    flow("half", "Half handed over", "9 of 12 operations run on the service account, 3 on Ana's and Ben's connections; two connections are left over."),
    flow("maker", "All in the maker's name", "Every operation runs on a connection of Ana's."),
    flow("done", "Handed over", "Everything runs on the service account, nothing is left over."),
    flow("leaver", "Somebody has left", "Four operations run on a connection that Ana can't see."),
    flow("large", "300 operations", "Scopes, conditions, switches and loops up to six deep; 41 operations to change."),
    flow("names", "Names of every kind", "Quotes, brackets, markup, emoji, right-to-left; a run-only reference and a child flow."),
    flow("empty", "Nothing to connect", "A flow of built-in operations only."),
    flow(
        "leftovers",
        "Handed over, with leftovers",
        "Everything runs on the service account; Ana's and Ben's connections still hang on the flow, and only the pane tells.",
    ),
    flow("repeats", "Titles that repeat", "Different operations under the same title, in the classic designer."),
    flow("forms", "Every way to name a connection", "Older types, expressions, agents, other cases; and a flow that holds another flow as data."),
    flow("rows", "Connections of every kind", "Owners by id only, accounts that aren't people, no status, long ids, and connectors that are plumbing."),
    place("classic", "Classic designer", "The half handed over flow in the classic designer."),
    place("classic-large", "Classic designer, 300 operations", "Nested up to six deep, in the classic designer."),
    place("details", "Flow details", "The flow's own page, with its owners and its pane of connections."),
    place("shared", "Details of a shared flow", "The same page by the address that shared flows have."),
    place("run", "One run", "A run of the flow, to look at."),
    place("readonly", "Read only", "Ana may run the flow and look at it, no more."),
    place("new", "New flow", "A flow that isn't saved yet: it has no id."),
    place("copilot", "Draft by Copilot", "Suggested operations on Ana's connections, not saved yet."),
    place("deleted", "Just deleted", "The address of a flow that is gone."),
    place("forbidden", "No permission", "Cleo is signed in, who has no part in the flow."),
    place("sharepoint", "In SharePoint", "A SharePoint list with the designer in it."),
    place("sharepoint-details", "In SharePoint, details", "A SharePoint list with the flow's own page in it."),
    place("widget", "Embedded designer alone", "The designer as others embed it, without a page around it."),
    solution("solution", "In a solution", "References with logical names, owned by others than their connections."),
    solution(
        "solution-named",
        "In a solution, names for connections",
        "As above, but connectionName holds the logical name, as new flows in solutions were seen.",
    ),
    solution("solution-page", "In a solution, by its address", "The designer at a solution's address."),
    solution("solution-details", "In a solution, details", "The flow's own page at a solution's address."),
    solution("apps-view", "In Power Apps, to look at", "A solution's flow in Power Apps' portal: the designer is in a frame."),
    solution("apps-edit", "In Power Apps, to edit", "The same, to edit."),
    answers("older", "Older services", "The pages ask api.flow.microsoft.com and api.powerapps.com."),
    answers("region", "Older services of a region", "The pages ask emea.api.flow.microsoft.com."),
    answers("draft", "Draft and published", "Saving makes a draft; publishing makes it the flow."),
    answers("pages", "Lists in pages", "Three rows at a time, the rest behind nextLink."),
    answers("cold", "Cold lists", "The first two answers to each list of connections are empty."),
    answers("swagger", "Heavy answers", "Each reference and connection brings its service's whole description."),
    answers("in-value", "Lists in value", "The designer's list of connections as an object, not as an array."),
    answers("bare", "Bare lists", "All lists as bare arrays."),
    answers("array", "References as an array", "The flow's references in a list instead of a map."),
    answers("installed", "Installed references", "What no operation uses stands in installedConnectionReferences."),
    answers(
        "pane-picker",
        "Pane asks for the picker's list",
        "The pane of connections has no list of its own: leftovers are seen in the flow's references only.",
    ),
    answers("pane-flow", "Pane asks for the flow only", "The pane of connections reads the flow's references, and no account."),
    answers("lazy", "Connections on demand", "The designer loads its list of connections only when somebody changes one."),
    trouble("busy", "Too many requests", "Twice for each list of connections, with the seconds to wait in the answer's words and in a header."),
    trouble("expired", "Sign-in too old", "The flow service's first answer is 401; the page signs in anew."),
    trouble("signed-out", "Signed out", "Every answer of the flow service is 401."),
    trouble("no-list", "No list of connections", "Every list of connections is refused: 403."),
    trouble("error", "Service fails", "Every list of connections fails: 500."),
    trouble("slow", "Slow lists", "Every list of connections takes four seconds."),
    trouble("silent", "No answer", "No list of connections ever comes."),
    trouble("cut", "Cut-off text", "The first flow ends in the middle of its text."),
    trouble("break-off", "Connection breaks", "The connection ends in the middle of each list of connections."),
    trouble("gateway", "Gateway fails", "Each list of connections is a page of HTML."),
    trouble("unsaved", "Saving refused", "Saving is refused: 403."),
    environment("environment-30", "An environment of 30 flows", "Ana's own flows and those that are shared with her, to sweep over."),
    environment("environment-300", "An environment of 300 flows", "The same, ten times as many."),
    environment("environment-1000", "An environment of 1,000 flows", "Her account stands behind about one of six; some can't be opened, some are gone."),
    environment("environment-5000", "An environment of 5,000 flows", "More than most people ever see."),
    environment(
        "environment-busy",
        "1,000 flows, busy services",
        "Some first answers are \"too many requests\", some fail, some take six seconds; all is well the next time.",
    ),
    environment(
        "environment-expiring",
        "300 flows, sign-in gets too old",
        "After a hundred flows the page's token is taken no more; a page that is loaded anew has another.",
    ),
    cloud("gcc", "GCC", "The United States' government: make.gov.powerautomate.us."),
    cloud("gcc-high", "GCC High", "make.high.powerautomate.us."),
    cloud("dod", "DoD", "make.powerautomate.appsplatform.us."),
    cloud("china", "China", "make.powerautomate.cn."),
];

/// What a contract is called, with its scenario's name.
pub(super) const fn taken_away(contract: Contract) -> Scenario {
    let (name, title) = match contract {
        Contract::CanvasClass => ("without-canvas-class", "Canvas has another class"),
        Contract::NodeClass => ("without-node-class", "Nodes have another class"),
        Contract::NodeKey => ("without-node-key", "Nodes don't tell their keys"),
        Contract::ViewportClass => ("without-viewport-class", "What zooms has another class"),
        Contract::CardId => ("without-card-id", "Cards have other ids"),
        Contract::PanelId => ("without-panel-id", "Panels have other ids"),
        Contract::ConnectionLine => ("without-connection-line", "The connection's line has another class"),
        Contract::ChangeButton => ("without-change-button", "The button to change has another id"),
        Contract::SearchButton => ("without-search-button", "The search has another id"),
        Contract::SearchResult => ("without-search-result", "What is found has other ids"),
        Contract::PageMarker => ("without-page-marker", "The page has another marker"),
        Contract::ReactTree => ("without-react-tree", "React's tree isn't to be found"),
        Contract::StoreMapping => ("without-store-mapping", "The store's mapping has another name"),
        Contract::StoreNodes => ("without-store-nodes", "The store's nodes have another name"),
        Contract::StoreNames => ("without-store-names", "The store's new names have another name"),
        Contract::StoreOperations => ("without-store-operations", "The store's operations have another name"),
        Contract::StoreCollapsed => ("without-store-collapsed", "What is collapsed has another name"),
        Contract::StoreDirty => ("without-store-dirty", "Unsaved changes have another mark"),
        Contract::RevealActions => ("without-reveal-actions", "Actions to reveal have other names"),
        Contract::ClassicCard => ("without-classic-card", "Classic cards have another class"),
        Contract::ClassicTitleGroup => ("without-classic-title-group", "Classic title groups have another class"),
        Contract::ClassicTitle => ("without-classic-title", "Classic titles have another class"),
    };
    listed("Names taken away", name, title, "The half handed over flow, in pages that changed in this one point.")
}
