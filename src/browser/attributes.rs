//! Attributes of the tree → attributes of the page. Text stays text: nothing here takes markup, and figures go through the style's own interface.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::say::{numbered, say};
use crate::ui::{Attr, rich};

/// The name under which an attribute is taken back; none for those that aren't attributes of the page.
fn name(attr: &Attr) -> Option<&'static str> {
    Some(match attr {
        Attr::Role(_) => "role",
        Attr::Label(_) => "aria-label",
        Attr::LabelledBy(_) => "aria-labelledby",
        Attr::Decoration => "aria-hidden",
        Attr::Expanded(_) => "aria-expanded",
        Attr::Controls(_) => "aria-controls",
        Attr::Pressed(_) => "aria-pressed",
        Attr::Selected(_) => "aria-selected",
        Attr::Current(_) => "aria-current",
        Attr::Live => "aria-live",
        Attr::Id(_) => "id",
        Attr::Type(_) => "type",
        Attr::Placeholder(_) => "placeholder",
        Attr::Link(_) => "href",
        Attr::Data(name, _) => name,
        Attr::Scope(_) => "scope",
        Attr::Sorted(_) => "aria-sort",
        Attr::Wide(_) => "colspan",
        Attr::Now(_) => "aria-valuenow",
        Attr::Off => "disabled",
        Attr::Value(_) | Attr::Checked(_) | Attr::Share(_) | Attr::Filled(_) | Attr::Focus | Attr::Chosen(_) => return None,
    })
}

/// Takes back what the element had and no longer has, and sets what is new.
pub fn update(element: &Element, before: &[Attr], now: &[Attr]) {
    let gone = before.iter().filter_map(name).filter(|old| !now.iter().filter_map(name).any(|new| new == *old));
    for old in gone {
        // A name from the list above is always a valid one.
        let _ = element.remove_attribute(old);
    }
    for attr in now.iter().filter(|attr| !before.contains(attr)) {
        set(element, attr);
    }
    // What a person typed is in the tree already; only a value that the tree changed by itself is written.
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        for attr in now {
            match attr {
                Attr::Value(value) if input.value() != *value => input.set_value(value),
                Attr::Checked(checked) => input.set_checked(*checked),
                _ => {}
            }
        }
    }
}

fn set(element: &Element, attr: &Attr) {
    let value = match attr {
        Attr::Data(_, value) => value.clone(),
        Attr::Wide(count) | Attr::Now(count) => count.to_string(),
        Attr::Off => String::new(),
        Attr::Role(value)
        | Attr::Scope(value)
        | Attr::Sorted(value)
        | Attr::Current(value)
        | Attr::LabelledBy(value)
        | Attr::Controls(value)
        | Attr::Id(value)
        | Attr::Type(value) => (*value).to_owned(),
        Attr::Label(text) | Attr::Placeholder(text) => rich::plain(&numbered(text), say),
        Attr::Decoration => "true".to_owned(),
        Attr::Live => "polite".to_owned(),
        Attr::Expanded(yes) | Attr::Pressed(yes) => yes.to_string(),
        Attr::Selected(yes) => {
            let _ = element.set_attribute("tabindex", if *yes { "0" } else { "-1" });
            yes.to_string()
        }
        Attr::Link(address) => {
            let _ = element.set_attribute("target", "_blank");
            let _ = element.set_attribute("rel", "noreferrer");
            address.clone()
        }
        Attr::Share(share) => return figure(element, "--share", &share.to_string()),
        Attr::Filled(percent) => return figure(element, "--filled", &format!("{percent}%")),
        // The property, not the attribute: a person may have chosen something else since.
        Attr::Chosen(yes) => return drop(Reflect::set(element, &"selected".into(), &(*yes).into())),
        Attr::Value(_) | Attr::Checked(_) | Attr::Focus => return,
    };
    if let Some(name) = name(attr) {
        let _ = element.set_attribute(name, &value);
    }
}

fn figure(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}
