//! What stands in the bar's closed shadow root: scripts can't look into it, the browser's own protocol can.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};

/// An element found in a closed shadow root.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its name, lower case.
    pub element: String,
    /// Its attributes, name and value by turns.
    attributes: Vec<String>,
    /// All text within.
    pub text: String,
    backend: u64,
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

impl Stage {
    /// Every element in the closed shadow roots of the present page, in document order.
    pub(crate) async fn shadow_parts(&self) -> Outcome<Vec<Part>> {
        let document = self.cdp("DOM.getDocument", json!({ "depth": -1, "pierce": true })).await?;
        let mut parts = Vec::new();
        walk(&document["root"], false, &mut parts);
        Ok(parts)
    }

    /// The bar's markup, as it stands in its closed shadow root.
    pub(crate) async fn bar_markup(&self) -> Outcome<String> {
        let parts = self.shadow_parts().await?;
        let wrap = parts.iter().find(|part| part.has_class("wrap")).ok_or_else(|| Failure::new("there is no bar"))?;
        let told = self.cdp("DOM.getOuterHTML", json!({ "backendNodeId": wrap.backend })).await?;
        Ok(told["outerHTML"].as_str().unwrap_or_default().to_owned())
    }

    /// A part's left and upper edge.
    pub(crate) async fn corner(&self, part: &Part) -> Outcome<(f64, f64)> {
        let shape = self.cdp("DOM.getBoxModel", json!({ "backendNodeId": part.backend })).await?;
        let border: Vec<f64> = shape["model"]["border"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let [left, top, ..] = border.as_slice() else { return Err(Failure::new("the part has no shape")) };
        Ok((*left, *top))
    }

    /// Presses on the middle of a part, as a hand would.
    pub(crate) async fn press(&self, part: &Part) -> Outcome<()> {
        let shape = self.cdp("DOM.getBoxModel", json!({ "backendNodeId": part.backend })).await?;
        let border: Vec<f64> = shape["model"]["border"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let [left, top, _, _, right, bottom, ..] = border.as_slice() else { return Err(Failure::new("the part has no shape")) };
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        let (x, y) = (f64::midpoint(*left, *right) as i64, f64::midpoint(*top, *bottom) as i64);
        Ok(self.driver.action_chain().move_to(x, y).click().perform().await?)
    }
}

fn walk(node: &Value, inside: bool, parts: &mut Vec<Part>) {
    let list = |key: &str| node[key].as_array().into_iter().flatten();
    if inside && node["nodeType"] == 1 {
        let attributes = list("attributes").filter_map(|value| value.as_str().map(str::to_owned)).collect();
        let mut text = String::new();
        gather(node, &mut text);
        let element = node["localName"].as_str().unwrap_or_default().to_owned();
        parts.push(Part { element, attributes, text, backend: node["backendNodeId"].as_u64().unwrap_or_default() });
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
