//! Connectors by name and drawing. Theirs would come from the network; ours are a few shapes on the brand's colour, else the first letter.

use super::node::{Element, Tag, el};
use super::{Attr, Icon};

/// The usual ones: id, name, drawing, colour. Names are Microsoft's own, the same in every language. From public flow files, November 2026.
const KNOWN: [(&str, &str, Icon, &str); 20] = [
    ("shared_office365", "Office 365 Outlook", Icon::Mail, "blue"),
    ("shared_outlook", "Outlook.com", Icon::Mail, "blue"),
    ("shared_sendmail", "Mail", Icon::Mail, "grey"),
    ("shared_sharepointonline", "SharePoint", Icon::Sheet, "teal"),
    ("shared_onedriveforbusiness", "OneDrive for Business", Icon::Cloud, "sky"),
    ("shared_onedrive", "OneDrive", Icon::Cloud, "sky"),
    ("shared_azureblob", "Azure Blob Storage", Icon::Cloud, "blue"),
    ("shared_teams", "Microsoft Teams", Icon::Chat, "violet"),
    ("shared_slack", "Slack", Icon::Chat, "plum"),
    ("shared_commondataserviceforapps", "Microsoft Dataverse", Icon::Database, "green"),
    ("shared_commondataservice", "Microsoft Dataverse (legacy)", Icon::Database, "green"),
    ("shared_sql", "SQL Server", Icon::Database, "red"),
    ("shared_excelonlinebusiness", "Excel Online (Business)", Icon::Sheet, "green"),
    ("shared_excelonline", "Excel Online (OneDrive)", Icon::Sheet, "green"),
    ("shared_office365users", "Office 365 Users", Icon::Person, "blue"),
    ("shared_office365groups", "Office 365 Groups", Icon::People, "blue"),
    ("shared_approvals", "Approvals", Icon::Approval, "violet"),
    ("shared_planner", "Planner", Icon::Approval, "green"),
    ("shared_powerplatformforadmins", "Power Platform for Admins", Icon::Settings, "grey"),
    ("shared_flowmanagement", "Power Automate Management", Icon::Settings, "sky"),
];

/// The colours of those without an entry, by their letters.
const OTHERS: [&str; 5] = ["grey", "plum", "teal", "violet", "sky"];

fn known(id: &str) -> Option<&'static (&'static str, &'static str, Icon, &'static str)> {
    KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(id))
}

/// Its name as people know it: the service's own word, else ours, else its id made readable.
#[must_use]
pub fn name(id: Option<&str>, told: Option<&str>) -> String {
    if let Some(told) = told.map(str::trim).filter(|told| !told.is_empty()) {
        return told.to_owned();
    }
    let Some(id) = id else { return String::new() };
    if let Some((_, name, ..)) = known(id) {
        return (*name).to_owned();
    }
    let bare = id.strip_prefix("shared_").unwrap_or(id);
    // A custom connector's id ends in `-5f` and a digest: `new-5fmy-20api-5f3e…`.
    let bare = bare.split("-5f").find(|part| part.len() > 3).unwrap_or(bare).replace("-20", " ").replace('_', " ");
    let mut letters = bare.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Its drawing on its colour.
#[must_use]
pub fn glyph(id: Option<&str>, name: &str) -> Element {
    let entry = id.and_then(known);
    let letter = name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_uppercase().next()).unwrap_or('?');
    let spread = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let colour = entry.map(|(.., colour)| *colour).or_else(|| OTHERS.get(spread % OTHERS.len()).copied()).unwrap_or("grey");
    let icon = entry.map_or(Icon::Letter(letter), |(_, _, icon, _)| *icon);
    el(Tag::Span, "glyph").class(true, colour).attr(Attr::Decoration).with(icon)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names() {
        let check = |id: &str, told, wanted| assert_eq!(name(Some(id), told), wanted, "{id}");
        check("shared_SharePointOnline", None, "SharePoint");
        check("shared_x", Some(" Contoso payroll "), "Contoso payroll");
        check("shared_docusign", Some(""), "Docusign");
        check("shared_new-5fcontoso-20payroll-5f0123456789abcdef", None, "Contoso payroll");
        assert_eq!(name(None, None), "");
    }
}
