//! What stands in the bar's closed shadow root: scripts of a page can't look into it, the browser itself can.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::firefox::Inside;
use crate::look::Browser;

/// An element found in a closed shadow root.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its name, lower case.
    pub element: String,
    /// Its attributes, name and value by turns.
    attributes: Vec<String>,
    /// All text within.
    pub text: String,
    place: Place,
}

/// How its place on the page is known.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Chromium's name for the element.
    Node(u64),
    /// Its middle; none where it isn't to be seen.
    Middle(Option<(f64, f64)>),
}

impl Part {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.chunks_exact(2).find_map(|pair| match pair {
            [key, value] if key == name => Some(value.as_str()),
            _ => None,
        })
    }

    /// Whether it has a class.
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
    }
}

/// The same for Firefox: our host stands right under the root, with no attribute of its own.
const LOOK: &str = "const parts = []; \
    for (const host of content.document.querySelectorAll('html > div')) { \
        for (const element of host.openOrClosedShadowRoot?.querySelectorAll('*') ?? []) { \
            const { left, top, width, height } = element.getBoundingClientRect(); \
            const middle = width > 0 && height > 0 ? [left + width / 2, top + height / 2] : null; \
            const attributes = [...element.attributes].flatMap(({ name, value }) => [name, value]); \
            parts.push({ element: element.localName, attributes, text: element.textContent, middle }); \
        } \
    } \
    return parts";

impl Stage {
    /// Every element in the closed shadow roots of the present page, in document order.
    pub(crate) async fn shadow_parts(&self) -> Outcome<Vec<Part>> {
        match self.browser {
            Browser::Chromium => {
                let document = self.cdp("DOM.getDocument", json!({ "depth": -1, "pierce": true })).await?;
                let mut parts = Vec::new();
                walk(&document["root"], false, &mut parts);
                Ok(parts)
            }
            Browser::Firefox => {
                let told = self.inside(Inside::Page, LOOK, &[]).await?;
                Ok(told.as_array().into_iter().flatten().map(part).collect())
            }
        }
    }

    /// The bar's markup, as it stands in its closed shadow root. In Chromium alone.
    pub(crate) async fn bar_markup(&self) -> Outcome<String> {
        let parts = self.shadow_parts().await?;
        let wrap = parts.iter().find(|part| part.has_class("wrap")).map(|wrap| wrap.place);
        let Some(Place::Node(node)) = wrap else { return Err(Failure::new("there is no bar that Chromium knows")) };
        let told = self.cdp("DOM.getOuterHTML", json!({ "backendNodeId": node })).await?;
        Ok(told["outerHTML"].as_str().unwrap_or_default().to_owned())
    }

    /// Where a part's middle is; none where it isn't to be seen.
    pub(crate) async fn middle(&self, part: &Part) -> Outcome<Option<(i64, i64)>> {
        let middle = match part.place {
            Place::Middle(middle) => middle,
            Place::Node(node) => {
                let shape = self.cdp("DOM.getBoxModel", json!({ "backendNodeId": node })).await?;
                let border: Vec<f64> = shape["model"]["border"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
                match border.as_slice() {
                    [left, top, _, _, right, bottom, ..] => Some((f64::midpoint(*left, *right), f64::midpoint(*top, *bottom))),
                    _ => None,
                }
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        Ok(middle.map(|(x, y)| (x as i64, y as i64)))
    }
}

fn part(told: &Value) -> Part {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let attributes = told["attributes"].as_array().into_iter().flatten().map(text).collect();
    let middle = told["middle"][0].as_f64().zip(told["middle"][1].as_f64());
    Part { element: text(&told["element"]), attributes, text: text(&told["text"]), place: Place::Middle(middle) }
}

fn walk(node: &Value, inside: bool, parts: &mut Vec<Part>) {
    let list = |key: &str| node[key].as_array().into_iter().flatten();
    if inside && node["nodeType"] == 1 {
        let attributes = list("attributes").filter_map(|value| value.as_str().map(str::to_owned)).collect();
        let mut text = String::new();
        gather(node, &mut text);
        let element = node["localName"].as_str().unwrap_or_default().to_owned();
        parts.push(Part { element, attributes, text, place: Place::Node(node["backendNodeId"].as_u64().unwrap_or_default()) });
    }
    for root in list("shadowRoots") {
        walk(root, root["shadowRootType"] == "closed", parts);
    }
    for child in list("children") {
        walk(child, inside, parts);
    }
}

fn gather(node: &Value, text: &mut String) {
    if node["nodeType"] == 3 {
        text.push_str(node["nodeValue"].as_str().unwrap_or_default());
    }
    for child in node["children"].as_array().into_iter().flatten() {
        gather(child, text);
    }
}
