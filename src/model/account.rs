//! Who somebody is: one person may be known by mail address, UPN, object id and guest UPN.

use serde::{Deserialize, Serialize};

/// The longest that identifies somebody, in bytes: a guest UPN holds two addresses, of 254 characters at most.
const LONGEST_IDENTITY: usize = 512;

/// Somebody, as far as an answer told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// What identifies the account: mail addresses, UPNs, object ids, as written. Never a display name.
    pub identities: Vec<String>,
    /// The name people know it by.
    pub display_name: Option<String>,
}

impl Account {
    /// The account a label stands for: only a mail address, a UPN or an object id identifies one. A server's name or "MSFT Dynamics" doesn't.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.trim();
        if label.len() > LONGEST_IDENTITY {
            return None;
        }
        (is_address(label) || is_object_id(label)).then(|| Self { identities: vec![label.to_owned()], display_name: None })
    }

    /// Adds what else identifies the same account; labels that identify nobody are left out.
    #[must_use]
    pub fn also(mut self, label: Option<&str>) -> Self {
        if let Some(more) = label.and_then(Self::from_label) {
            for identity in more.identities {
                if !self.identities.iter().any(|known| known.eq_ignore_ascii_case(&identity)) {
                    self.identities.push(identity);
                }
            }
        }
        self
    }

    /// Whether anything identifies it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.identities.is_empty()
    }

    /// Whether both are one account: they share an identity, compared without case, a guest UPN counting as its home address.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.canonical().any(|mine| other.canonical().any(|theirs| mine == theirs))
    }

    /// Its identities in the form that compares: lower case, guest UPNs turned into the home address.
    pub fn canonical(&self) -> impl Iterator<Item = String> + '_ {
        self.identities.iter().map(|identity| canonical(identity))
    }

    /// The identity to show: an address before an object id, a home address before a guest UPN.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        let rank = |identity: &&String| match () {
            () if !is_address(identity) => 2,
            () if home_address(identity).is_some() => 1,
            () => 0,
        };
        self.identities.iter().min_by_key(rank).map(String::as_str)
    }

    /// The name to show in short: the display name, else the part of the address before `@`, else the start of the object id.
    #[must_use]
    pub fn short_name(&self) -> String {
        if let Some(name) = self.display_name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
            return name.to_owned();
        }
        let Some(address) = self.address() else { return String::new() };
        let address = home_address(address).unwrap_or_else(|| address.to_owned());
        match address.split_once('@') {
            Some((local, _)) => local.to_owned(),
            None => address.chars().take(8).collect(),
        }
    }

    /// One or two capitals for it: of the first and last word of the short name.
    #[must_use]
    pub fn initials(&self) -> String {
        let name = self.short_name();
        let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
    }
}

/// An account somebody typed as intended: an identity, perhaps with `*` for any run of characters (`svc-*@contoso.com`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountPattern(String);

impl AccountPattern {
    /// Takes what was typed; nothing but blanks and `*` is no intention.
    #[must_use]
    pub fn new(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        typed.chars().any(|c| c != '*' && !c.is_whitespace()).then(|| Self(typed.to_owned()))
    }

    /// Takes what a person typed where an account is asked for: it must look like an identity or a pattern, so that half a name is no intention.
    #[must_use]
    pub fn typed(typed: &str) -> Option<Self> {
        Self::new(typed)
            .filter(|pattern| !pattern.0.contains(char::is_whitespace) && (pattern.0.contains(['@', '*']) || Account::from_label(&pattern.0).is_some()))
    }

    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the account is meant.
    #[must_use]
    pub fn matches(&self, account: &Account) -> bool {
        let pattern = canonical(&self.0);
        account.canonical().any(|identity| glob(&pattern, &identity))
    }
}

/// Whatever door it comes through: `*` in a stored setting or a message would make everybody intended.
impl TryFrom<String> for AccountPattern {
    type Error = &'static str;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::new(&typed).ok_or("a pattern that means nobody or everybody")
    }
}

impl From<AccountPattern> for String {
    fn from(pattern: AccountPattern) -> Self {
        pattern.0
    }
}

fn canonical(identity: &str) -> String {
    let lower = identity.trim().to_lowercase();
    home_address(&lower).unwrap_or(lower)
}

/// `a_contoso.com#EXT#@fabrikam.onmicrosoft.com` is `a@contoso.com` as a guest: the last `_` before the mark stood for the `@`.
fn home_address(identity: &str) -> Option<String> {
    let mark = identity.to_ascii_lowercase().find("#ext#@")?;
    let (local, domain) = identity.get(..mark)?.rsplit_once('_')?;
    Some(format!("{local}@{domain}"))
}

/// A mail address or UPN: one `@` with something before it and a name without blanks after it.
fn is_address(label: &str) -> bool {
    let Some((local, domain)) = label.rsplit_once('@') else { return false };
    let domain_holds = domain.contains('.') && domain.split('.').all(|part| !part.is_empty());
    let stray = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '/');
    !local.is_empty() && !local.contains('@') && domain_holds && !label.chars().any(stray)
}

/// An object id: a GUID.
fn is_object_id(label: &str) -> bool {
    let parts: Vec<&str> = label.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_hexdigit()))
}

/// `*` stands for any run of characters, everything else for itself. Linear in time for the patterns people type.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return false };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(identity: &str) -> Account {
        Account::from_label(identity).unwrap_or_else(|| panic!("{identity} identifies somebody"))
    }

    #[test]
    fn only_what_identifies_somebody_is_an_account() {
        for label in ["ana@contoso.com", "ANA@Contoso.com", "8323f7fe-e8a4-46c4-b5ea-f4864887d160", "a_contoso.com#EXT#@fabrikam.onmicrosoft.com"] {
            assert!(Account::from_label(label).is_some(), "{label}");
        }
        for label in [
            "",
            "MSFT Dynamics",
            "sql.contoso.com",
            "OpenAI Connection",
            "@contoso.com",
            "ana@",
            "ana@localhost",
            "Ana <ana@contoso.com>",
            "a@b.c d",
            "https://x@contoso.com/y",
        ] {
            assert!(Account::from_label(label).is_none(), "{label}");
        }
    }

    #[test]
    fn one_person_is_one_account() {
        assert!(account("Ana@contoso.com").is_same(&account("ana@CONTOSO.com")));
        assert!(account("ana_b_contoso.com#EXT#@fabrikam.onmicrosoft.com").is_same(&account("ana_b@contoso.com")));
        let both = account("ana@contoso.com").also(Some("8323f7fe-e8a4-46c4-b5ea-f4864887d160"));
        assert!(both.is_same(&account("8323F7FE-e8a4-46c4-b5ea-f4864887d160")));
        assert!(!account("ana@contoso.com").is_same(&account("anna@contoso.com")));
    }

    #[test]
    fn patterns() {
        let svc = AccountPattern::new(" svc-*@contoso.com ").expect("a pattern");
        assert!(svc.matches(&account("SVC-flows@Contoso.com")));
        assert!(!svc.matches(&account("svc-flows@contoso.com.evil.example")));
        assert!(!svc.matches(&account("ana@contoso.com")));
        assert!(AccountPattern::new("a*a@c.com").is_some_and(|p| !p.matches(&account("a@c.com"))));
        assert!(AccountPattern::new(" * ").is_none());
        assert!(AccountPattern::new("").is_none());
        for whole in ["svc@c.com", " svc-* ", "8323f7fe-e8a4-46c4-b5ea-f4864887d160"] {
            assert!(AccountPattern::typed(whole).is_some(), "{whole}");
        }
        for half in ["", "*", "Ana", "Ana Kovač <ana@c.com>"] {
            assert!(AccountPattern::typed(half).is_none(), "{half}");
        }
    }

    #[test]
    fn names_to_show() {
        let named = Account { display_name: Some("Ana Kovač".into()), ..account("ana.kovac@contoso.com") };
        assert_eq!((named.short_name().as_str(), named.initials().as_str()), ("Ana Kovač", "AK"));
        let bare = account("svc-flows@contoso.com");
        assert_eq!((bare.short_name().as_str(), bare.initials().as_str()), ("svc-flows", "SF"));
        let both = account("8323f7fe-e8a4-46c4-b5ea-f4864887d160").also(Some("ana@contoso.com"));
        assert_eq!(both.address(), Some("ana@contoso.com"));
    }
}
