//! What others may rely on in the portal's pages, and how it is taken away: the built pages are renamed as they are served, so that the pages themselves
//! stay whole and only the names are others.

/// A name in the pages that Power Automate may change any day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contract {
    /// The canvas' own class, `react-flow`.
    CanvasClass,
    /// The class of a node, `react-flow__node`.
    NodeClass,
    /// The attribute with a node's key, `data-id`.
    NodeKey,
    /// The class of what moves and zooms, `react-flow__viewport`.
    ViewportClass,
    /// The ids of cards, `msla-node-…`.
    CardId,
    /// The ids of details panels, `msla-node-details-panel-…`.
    PanelId,
    /// The line that tells the connection, `connection-info-labels`.
    ConnectionLine,
    /// The button `change-connection-button`.
    ChangeButton,
    /// The button `control-search-button`.
    SearchButton,
    /// What a search finds, `msla-op-search-result-…`.
    SearchResult,
    /// The page's marker, `fl-V3DesignerPage`.
    PageMarker,
    /// The property by which React's tree hangs on elements, `__reactFiber$…`.
    ReactTree,
    /// The store's table from operation to reference, `connectionsMapping`.
    StoreMapping,
    /// The store's table of operations, `nodesMetadata`.
    StoreNodes,
    /// The store's table of new names, `idReplacements`.
    StoreNames,
    /// The store's table of what operations are, `operationInfo`.
    StoreOperations,
    /// The store's table of what is collapsed, `collapsedGraphIds`.
    StoreCollapsed,
    /// The store's mark of unsaved changes, `isDirty`.
    StoreDirty,
    /// The actions that bring an operation into sight.
    RevealActions,
    /// The classic designer's card, `msla-card`.
    ClassicCard,
    /// The classic designer's title group, `msla-card-title-group`.
    ClassicTitleGroup,
    /// The classic designer's title, `msla-card-title`.
    ClassicTitle,
}

/// An old name, the new one, and whether the name goes on behind it (`msla-node-…`).
type Rename = (&'static str, &'static str, bool);

impl Contract {
    /// Everything that can be taken away.
    pub const ALL: [Self; 22] = [
        Self::CanvasClass,
        Self::NodeClass,
        Self::NodeKey,
        Self::ViewportClass,
        Self::CardId,
        Self::PanelId,
        Self::ConnectionLine,
        Self::ChangeButton,
        Self::SearchButton,
        Self::SearchResult,
        Self::PageMarker,
        Self::ReactTree,
        Self::StoreMapping,
        Self::StoreNodes,
        Self::StoreNames,
        Self::StoreOperations,
        Self::StoreCollapsed,
        Self::StoreDirty,
        Self::RevealActions,
        Self::ClassicCard,
        Self::ClassicTitleGroup,
        Self::ClassicTitle,
    ];

    const fn renames(self) -> &'static [Rename] {
        match self {
            Self::CanvasClass => &[("react-flow", "flow-canvas", false)],
            Self::NodeClass => &[("react-flow__node", "flow-canvas__item", false)],
            Self::NodeKey => &[("data-id", "data-key", false)],
            Self::ViewportClass => &[("react-flow__viewport", "flow-canvas__window", false)],
            // The panel's ids begin as the cards' do: they step aside meanwhile.
            Self::CardId => &[("msla-node-details-panel-", "\u{1}", true), ("msla-node-", "operation-", true), ("\u{1}", "msla-node-details-panel-", true)],
            Self::PanelId => &[("msla-node-details-panel-", "operation-panel-", true)],
            Self::ConnectionLine => &[("connection-info-labels", "sign-in-line", false)],
            Self::ChangeButton => &[("change-connection-button", "change-sign-in", false)],
            Self::SearchButton => &[("control-search-button", "find-button", false)],
            Self::SearchResult => &[("msla-op-search-result-", "found-", true)],
            Self::PageMarker => &[("fl-V3DesignerPage", "fl-V4DesignerPage", false)],
            Self::ReactTree => &[("__reactFiber$", "__reactTree$", true)],
            Self::StoreMapping => &[("connectionsMapping", "bindings", false)],
            Self::StoreNodes => &[("nodesMetadata", "nodes", false)],
            Self::StoreNames => &[("idReplacements", "renamed", false)],
            Self::StoreOperations => &[("operationInfo", "operationKinds", false)],
            Self::StoreCollapsed => &[("collapsedGraphIds", "closed", false)],
            Self::StoreDirty => &[("isDirty", "isChanged", false)],
            Self::RevealActions => &[
                ("workflow/collapseGraphsToShowNode", "workflow/open", false),
                ("panel/changePanelNode", "panel/open", false),
                ("workflow/setFocusNode", "workflow/focus", false),
            ],
            Self::ClassicCard => &[("msla-card", "step-card", false)],
            Self::ClassicTitleGroup => &[("msla-card-title-group", "step-title-group", false)],
            Self::ClassicTitle => &[("msla-card-title", "step-title", false)],
        }
    }
}

/// A page's script or style without what is taken away.
pub(crate) fn without(text: &str, taken: &[Contract]) -> String {
    let renames = taken.iter().flat_map(|contract| contract.renames());
    renames.fold(text.to_owned(), |text, rename| renamed(&text, *rename))
}

fn renamed(text: &str, (old, new, goes_on): Rename) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(old) {
        made.push_str(before);
        // `react-flow` is a name of its own only where `react-flow__node` doesn't stand.
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let whole = !after.starts_with(is_part) && !before.ends_with(is_part);
        made.push_str(if goes_on || whole { new } else { old });
        rest = after;
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_taken_away_changes() {
        let page = r#".react-flow{} .react-flow__node{} .react-flow__node-card{} x["data-id"] y["data-idle"] "msla-node-"+a "msla-node-details-panel-"+b"#;
        for (contract, wanted) in [
            (Contract::CanvasClass, page.replace(".react-flow{}", ".flow-canvas{}")),
            (Contract::NodeClass, page.replace(".react-flow__node{}", ".flow-canvas__item{}")),
            (Contract::NodeKey, page.replace("\"data-id\"", "\"data-key\"")),
            (Contract::CardId, page.replace("\"msla-node-\"", "\"operation-\"")),
            (Contract::PanelId, page.replace("msla-node-details-panel-", "operation-panel-")),
        ] {
            assert_eq!(without(page, &[contract]), wanted, "{contract:?}");
        }
        assert_eq!(without(page, &[]), page);
    }
}
