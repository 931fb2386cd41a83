//! Connectors by the names that people know them by.

/// The usual ones: id and name. Names are Microsoft's own, the same in every language. From public flow files, November 2026.
pub const CONNECTOR_NAMES: [(&str, &str); 20] = [
    ("shared_office365", "Office 365 Outlook"),
    ("shared_outlook", "Outlook.com"),
    ("shared_sendmail", "Mail"),
    ("shared_sharepointonline", "SharePoint"),
    ("shared_onedriveforbusiness", "OneDrive for Business"),
    ("shared_onedrive", "OneDrive"),
    ("shared_azureblob", "Azure Blob Storage"),
    ("shared_teams", "Microsoft Teams"),
    ("shared_slack", "Slack"),
    ("shared_commondataserviceforapps", "Microsoft Dataverse"),
    ("shared_commondataservice", "Microsoft Dataverse (legacy)"),
    ("shared_sql", "SQL Server"),
    ("shared_excelonlinebusiness", "Excel Online (Business)"),
    ("shared_excelonline", "Excel Online (OneDrive)"),
    ("shared_office365users", "Office 365 Users"),
    ("shared_office365groups", "Office 365 Groups"),
    ("shared_approvals", "Approvals"),
    ("shared_planner", "Planner"),
    ("shared_powerplatformforadmins", "Power Platform for Admins"),
    ("shared_flowmanagement", "Power Automate Management"),
];

/// A connector's name as people know it: the service's own word, else ours, else its id made readable; empty where nothing is known.
#[must_use]
pub fn connector_name(id: Option<&str>, told: Option<&str>) -> String {
    if let Some(told) = told.map(str::trim).filter(|told| !told.is_empty()) {
        return told.to_owned();
    }
    let Some(id) = id else { return String::new() };
    if let Some((_, name)) = CONNECTOR_NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(id)) {
        return (*name).to_owned();
    }
    let bare = id.strip_prefix("shared_").unwrap_or(id);
    // A custom connector's id ends in `-5f` and a digest: `new-5fmy-20api-5f3e…`.
    let bare = bare.split("-5f").find(|part| part.len() > 3).unwrap_or(bare).replace("-20", " ").replace('_', " ");
    let mut letters = bare.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::connector_name;

    #[test]
    fn names() {
        let check = |id: &str, told, wanted| assert_eq!(connector_name(Some(id), told), wanted, "{id}");
        check("shared_SharePointOnline", None, "SharePoint");
        check("shared_x", Some(" Contoso payroll "), "Contoso payroll");
        check("shared_docusign", Some(""), "Docusign");
        check("shared_new-5fcontoso-20payroll-5f0123456789abcdef", None, "Contoso payroll");
        assert_eq!(connector_name(None, None), "");
    }
}
