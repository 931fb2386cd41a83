//! What a person does: one listener for each kind of event, on the root. Dropping it ends the listening.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::dom::KEY;

/// What was done, and where.
pub enum Deed {
    /// The element of this key was pressed, or its form was sent off.
    Used(String),
    /// Something was typed into the element of this key, or chosen in it.
    Typed(String, String),
    /// A person pressed Escape, or pressed outside of what floats.
    Away,
}

/// Listens for everything.
#[must_use = "dropping it ends the listening"]
pub struct Hands {
    _listeners: Vec<EventListener>,
}

impl Hands {
    /// Tells each deed.
    pub fn new(root: &Element, tell: impl Fn(Deed) + Clone + 'static) -> Self {
        let on = |kind: &'static str, hear: fn(&Event, &dyn Fn(Deed))| {
            let tell = tell.clone();
            EventListener::new_with_options(root, kind, EventListenerOptions::enable_prevent_default(), move |event| hear(event, &tell))
        };
        Self { _listeners: vec![on("click", click), on("submit", submit), on("input", input), on("keydown", keydown)] }
    }
}

fn keyed(event: &Event) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{KEY}]")).ok()??;
    let key = element.get_attribute(KEY)?;
    Some((element, key))
}

fn click(event: &Event, tell: &dyn Fn(Deed)) {
    let found = keyed(event);
    let is_form = |element: &Element| element.tag_name().eq_ignore_ascii_case("form");
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let is_inside = target.and_then(|target| target.closest(".floating, [aria-expanded='true']").ok()).flatten().is_some();
    if !is_inside {
        tell(Deed::Away);
    }
    if let Some((_, key)) = found.filter(|(element, _)| !is_form(element)) {
        tell(Deed::Used(key));
    }
}

fn submit(event: &Event, tell: &dyn Fn(Deed)) {
    event.prevent_default();
    if let Some((_, key)) = keyed(event) {
        tell(Deed::Used(key));
    }
}

fn input(event: &Event, tell: &dyn Fn(Deed)) {
    let Some((element, key)) = keyed(event) else { return };
    if element.tag_name().eq_ignore_ascii_case("select") {
        let chosen = Reflect::get(&element, &"value".into()).ok().and_then(|value| value.as_string());
        return tell(Deed::Typed(key, chosen.unwrap_or_default()));
    }
    if let Ok(input) = element.dyn_into::<HtmlInputElement>()
        && input.type_() != "checkbox"
    {
        tell(Deed::Typed(key, input.value()));
    }
}

fn keydown(event: &Event, tell: &dyn Fn(Deed)) {
    let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else { return };
    match pressed.key().as_str() {
        "Escape" => tell(Deed::Away),
        "ArrowLeft" | "ArrowRight" | "Home" | "End" => along_the_tabs(pressed),
        _ => {}
    }
}

/// In a list of tabs the arrows choose, as people expect it.
fn along_the_tabs(pressed: &KeyboardEvent) {
    let tab = pressed.target().and_then(|target| target.dyn_into::<Element>().ok()).filter(|tab| tab.get_attribute("role").as_deref() == Some("tab"));
    let Some((tab, list)) = tab.and_then(|tab| Some((tab.clone(), tab.parent_element()?))) else { return };
    let tabs: Vec<Element> = (0..list.child_element_count()).filter_map(|place| list.children().item(place)).collect();
    let Some(at) = tabs.iter().position(|known| known.is_same_node(Some(&tab))) else { return };
    let mirrored = tab.closest("[dir='rtl']").ok().flatten().is_some();
    let next = match (pressed.key().as_str(), mirrored) {
        ("Home", _) => 0,
        ("End", _) => tabs.len() - 1,
        ("ArrowRight", false) | ("ArrowLeft", true) => (at + 1) % tabs.len(),
        _ => (at + tabs.len() - 1) % tabs.len(),
    };
    pressed.prevent_default();
    if let Some(next) = tabs.get(next).and_then(|next| next.dyn_ref::<HtmlElement>()) {
        // It may be gone by now; then nothing is chosen.
        let _ = next.focus();
        next.click();
    }
}
