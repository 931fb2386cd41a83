//! The focus stays where it was; where its element is gone, it goes to the nearest thing that is left, never to the start of the page.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement};

use super::dom::KEY;

/// Where the focus was: the element, its key, and what it stands in, from the inside out.
pub struct Kept {
    element: HtmlElement,
    key: Option<String>,
    around: Vec<Element>,
}

/// Notes where the focus is.
pub fn remember(document: &Document) -> Option<Kept> {
    let element: HtmlElement = document.active_element()?.dyn_into().ok()?;
    let key = element.get_attribute(KEY);
    let mut around = Vec::new();
    let mut next = element.parent_element();
    while let Some(parent) = next {
        next = parent.parent_element();
        around.push(parent);
    }
    Some(Kept { element, key, around })
}

/// Brings it back, or to an element that asked for it.
pub fn restore(document: &Document, root: &Element, kept: Option<Kept>, wanting: &[HtmlElement]) {
    if let Some(wanting) = wanting.last() {
        give(wanting);
        return;
    }
    let Some(kept) = kept else { return };
    if kept.element.is_connected() {
        let is_there = document.active_element().is_some_and(|now| now.is_same_node(Some(&kept.element)));
        if !is_there && root.contains(Some(&kept.element)) {
            give(&kept.element);
        }
        return;
    }
    let Some(key) = kept.key else { return };
    if by_key(root, &key) {
        return;
    }
    // The button of a row that is gone: the next one in the same list, else what opens the list.
    let near = kept.around.iter().filter(|around| around.is_connected() && root.contains(Some(around)));
    for around in near {
        if let Ok(Some(found)) = around.query_selector(&format!("[{KEY}]"))
            && let Ok(found) = found.dyn_into::<HtmlElement>()
        {
            give(&found);
            return;
        }
    }
}

/// Gives it to the element of this key.
pub fn by_key(root: &Element, key: &str) -> bool {
    let Ok(all) = root.query_selector_all(&format!("[{KEY}]")) else { return false };
    let mut elements = (0..all.length()).filter_map(|place| all.item(place)?.dyn_into::<HtmlElement>().ok());
    match elements.find(|element| element.get_attribute(KEY).as_deref() == Some(key)) {
        Some(element) => {
            give(&element);
            true
        }
        None => false,
    }
}

fn give(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that can't take it leaves it where it is.
    let _ = element.focus_with_options(&options);
}
