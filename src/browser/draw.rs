//! Sentences, names and drawings on the page: text nodes and shapes, never markup.

use wasm_bindgen::JsValue;
use web_sys::{Document, Element, Node as Dom};

use super::say::{numbered, say};
use crate::ui::{Icon, Shape, rich};
use crate::words::Text;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A sentence: its parts keep their own direction of writing.
pub fn sentence(document: &Document, text: &Text) -> Result<Dom, JsValue> {
    let dom = document.create_element("span")?;
    for piece in rich::pieces(&numbered(text), say) {
        let piece_words: Dom = if piece.is_part { words(document, "bdi", &piece.words)? } else { document.create_text_node(&piece.words).into() };
        if piece.strong {
            let strong = document.create_element("b")?;
            strong.append_child(&piece_words)?;
            dom.append_child(&strong)?;
        } else {
            dom.append_child(&piece_words)?;
        }
    }
    Ok(dom.into())
}

/// Words in an element of their own.
pub fn words(document: &Document, tag: &str, words: &str) -> Result<Dom, JsValue> {
    let dom = document.create_element(tag)?;
    dom.append_child(&document.create_text_node(words))?;
    Ok(dom.into())
}

/// A drawing.
pub fn icon(document: &Document, icon: Icon) -> Result<Dom, JsValue> {
    let svg = document.create_element_ns(Some(SVG), "svg")?;
    for (name, value) in [("class", "icon"), ("viewBox", "0 0 20 20"), ("aria-hidden", "true"), ("focusable", "false")] {
        svg.set_attribute(name, value)?;
    }
    for drawn in icon.shapes() {
        let part = match drawn {
            Shape::Line(path) => shape(document, "path", &[("d", path.to_owned())])?,
            Shape::Dot(x, y, radius) => {
                shape(document, "circle", &[("class", "dot".into()), ("cx", x.to_string()), ("cy", y.to_string()), ("r", radius.to_string())])?
            }
            Shape::Letter(letter) => {
                let text = shape(document, "text", &[("x", "10".into()), ("y", "10".into())])?;
                text.set_text_content(Some(&letter.to_string()));
                text
            }
        };
        svg.append_child(&part)?;
    }
    Ok(svg.into())
}

fn shape(document: &Document, tag: &str, attributes: &[(&str, String)]) -> Result<Element, JsValue> {
    let shape = document.create_element_ns(Some(SVG), tag)?;
    for (name, value) in attributes {
        shape.set_attribute(name, value)?;
    }
    Ok(shape)
}
