//! Addresses: whose they are, what they show, and what is left of them as evidence. Whoever is wrong here believes a stranger's answers.

use connection_lens::model::Flow;
use connection_lens::portal::{self, View};
use url::Url;

use crate::draw::Draw;

/// Where Microsoft's portals and services stand; every other host is a stranger's.
const MICROSOFTS: [&str; 12] = [
    "powerautomate.com",
    "powerapps.com",
    "microsoft.com",
    "powerplatform.com",
    "dynamics.com",
    "powerautomate.us",
    "powerapps.us",
    "microsoft.us",
    "appsplatform.us",
    "microsoftdynamics.us",
    "powerautomate.cn",
    "powerapps.cn",
];
const MICROSOFTS_IN_CHINA: [&str; 2] = ["microsoftonline.cn", "dynamics.cn"];

const HOSTS: [&str; 12] = [
    "make.powerautomate.com",
    "make.powerapps.com",
    "make.gov.powerautomate.us",
    "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com",
    "europe.api.flow.microsoft.com",
    "api.powerapps.com",
    "contoso.crm4.dynamics.com",
    "x.environment.api.powerplatform.partner.microsoftonline.cn",
    "make.powerautomate.com.evil.example",
    "evil.example",
    "make.powerautomate.com@evil.example",
    "evil.example:443",
];

const PARTS: [&str; 24] = [
    "environments",
    "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9",
    "flows",
    "d2642355-a6b8-4662-a418-ce3741584031",
    "cloudflows",
    "shared",
    "solutions",
    "details",
    "edit",
    "runs",
    "new",
    "widgets",
    "powerautomate",
    "connectivity",
    "connections",
    "permissions",
    "publish",
    "providers",
    "Microsoft.ProcessSimple",
    "apis",
    "shared_office365",
    "0c43331dd47d408186f1d27fde7b4211",
    "%2e%2E%2fana%40contoso.com",
    "objects",
];

const QUERIES: [&str; 8] =
    ["?v3=true", "?v3=false", "?api-version=1", "?$filter=environment%20eq%20'Default-1'", "?widgetType=flowDetails", "#/flows", "?", "?a=b&=&&%"];

/// An address like those of the portal.
pub fn grown(draw: &mut Draw) -> String {
    let host = if draw.once_in(12) { draw.raw(16) } else { draw.pick(&HOSTS).to_owned() };
    let scheme = draw.pick(&["https://", "https://", "https://", "HTTPS://", "http://", " https://", "//"]);
    let path: String = draw.list(8, |draw| format!("/{}", if draw.once_in(12) { draw.raw(16) } else { draw.pick(&PARTS).to_owned() })).concat();
    let end = draw.maybe(|draw| draw.pick(&QUERIES)).unwrap_or_default();
    format!("{scheme}{host}{path}{end}")
}

fn is_microsofts(host: &str) -> bool {
    MICROSOFTS.iter().chain(&MICROSOFTS_IN_CHINA).any(|domain| host.strip_suffix(domain).is_some_and(|name| name.ends_with('.')))
}

/// Addresses.
pub fn address(bytes: &[u8]) {
    let address = match bytes {
        [1, rest @ ..] => grown(&mut Draw::new(rest)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let place = portal::place(&address);
    if let Some(place) = &place {
        assert!(is_microsofts(&place.host), "a portal's host: {}", place.host);
        assert!(place.flow.as_deref().is_none_or(Flow::is_id));
        for (there, view) in [(place.details(), View::Details), (place.designer(), View::Designer)] {
            let Some(there) = there else { continue };
            assert!(there.starts_with("https://") && there.is_ascii() && !there.contains(['\\', '@', ' ', '"', '\'', '<', '%']), "an address to open: {there}");
            let back = portal::place(&there).expect("a portal's own address");
            assert_eq!((back.flow.as_ref(), back.environment.as_ref(), back.view), (place.flow.as_ref(), place.environment.as_ref(), view), "{there}");
        }
    }
    for method in ["GET", "get", "PATCH", "DELETE", ""] {
        let Some(request) = portal::request(method, &address) else { continue };
        assert!(place.is_none(), "a portal's page is no service's answer: {address}");
        assert_ne!(method, "DELETE", "nothing that takes away is listened to");
        assert!(request.asked != portal::Asked::Save || method == "PATCH", "a read saves nothing");
        assert!(request.flow.as_deref() != Some("") && request.environment.as_deref() != Some(""));
    }
    evidence(&address);
    as_a_browser(&address);
}

/// What is left of an address to be shown: no query, no id, and nothing more to take away.
fn evidence(address: &str) {
    let shown = portal::template(address);
    assert!(!shown.contains(['?', '#', '@', '%', ' ', '\n', '"']), "nothing that identifies: {shown}");
    let long = shown.split(['/', '.', '_']).find(|part| part.len() >= 32 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-'));
    assert_eq!(long, None, "no id: {shown}");
    // The sign for an id is no host that anybody could have gone to.
    let (host, path) = shown.split_once('/').unwrap_or((&shown, ""));
    let again = format!("https://{}/{path}", host.replace("{id}", "00000000"));
    assert!(shown == "{address}" || portal::template(&again) == shown, "said once, said for good: {shown}");
}

/// The browser's own way to take an address apart, and ours, name one host.
fn as_a_browser(address: &str) {
    let Ok(url) = Url::parse(address) else { return };
    // What crosses is what the browser wrote down, never what somebody typed.
    let written = url.as_str();
    let host = url.host_str().unwrap_or_default();
    if let Some(place) = portal::place(written) {
        assert_eq!((place.host.as_str(), url.scheme()), (host, "https"), "one host: {written}");
    }
    if portal::request("GET", written).is_some() {
        assert!(is_microsofts(host) && url.scheme() == "https", "a service's host: {written}");
    }
}
