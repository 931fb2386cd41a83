//! The tree on the page. A new tree is compared with the one before and only what differs is touched, so that
//! focus, selection, scrolling and what is being read stay where they are.

use std::collections::HashMap;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Node as Dom};

use super::{attributes, draw, focus};
use crate::ui::{Act, Attr, Node, node};

/// The attribute by which an event finds what to do.
pub const KEY: &str = "data-key";

/// A node of the tree with its node of the page, and what is in it.
struct Placed {
    dom: Dom,
    inner: Vec<Placed>,
}

/// A tree on the page.
pub struct Mount {
    document: Document,
    root: Element,
    tree: Option<(Node, Placed)>,
    acts: HashMap<String, Act>,
}

impl Mount {
    /// An empty one, in the element.
    pub fn new(document: Document, root: Element) -> Self {
        Self { document, root, tree: None, acts: HashMap::new() }
    }

    /// What a person does with the element of this key.
    pub fn act(&self, key: &str) -> Option<&Act> {
        self.acts.get(key)
    }

    /// Scrolls to the section that holds the element of this id.
    pub fn bring(&self, id: &str) {
        let section = self.document.get_element_by_id(id).and_then(|element| element.closest("section").ok().flatten());
        if let Some(section) = section {
            section.scroll_into_view();
        }
    }

    /// Shows the tree in place of the one before.
    pub fn show(&mut self, tree: Node) -> Result<(), JsValue> {
        let kept = focus::remember(&self.document);
        let mut wants_focus = Vec::new();
        let mut page = Page { document: &self.document, wants_focus: &mut wants_focus };
        let placed = if let Some((before, placed)) = self.tree.take() {
            page.patch(&before, placed, &tree)?
        } else {
            self.root.set_text_content(None);
            let placed = page.build(&tree)?;
            self.root.append_child(&placed.dom)?;
            placed
        };
        self.acts.clear();
        collect(&tree, &mut self.acts);
        self.tree = Some((tree, placed));
        focus::restore(&self.document, &self.root, kept, &wants_focus);
        Ok(())
    }
}

fn collect(node: &Node, acts: &mut HashMap<String, Act>) {
    let Node::Element(element) = node else { return };
    if let (Some(key), Some(act)) = (&element.key, &element.act) {
        acts.insert(key.clone(), act.clone());
    }
    element.children.iter().for_each(|child| collect(child, acts));
}

/// Builds and changes nodes of the page.
struct Page<'a> {
    document: &'a Document,
    wants_focus: &'a mut Vec<HtmlElement>,
}

impl Page<'_> {
    fn build(&mut self, node: &Node) -> Result<Placed, JsValue> {
        let element = match node {
            Node::Say(text) => return Ok(Placed { dom: draw::sentence(self.document, text)?, inner: Vec::new() }),
            Node::Name(words) => return Ok(Placed { dom: draw::words(self.document, "bdi", words)?, inner: Vec::new() }),
            Node::Icon(icon) => return Ok(Placed { dom: draw::icon(self.document, *icon)?, inner: Vec::new() }),
            Node::Element(element) => element,
        };
        let dom = self.document.create_element(&format!("{:?}", element.tag).to_lowercase())?;
        if !element.classes.is_empty() {
            dom.set_attribute("class", &element.classes.join(" "))?;
        }
        if element.tag == node::Tag::Button {
            dom.set_attribute("type", if element.act.is_some() { "button" } else { "submit" })?;
        }
        mark(&dom, None, element)?;
        attributes::update(&dom, &[], &element.attrs);
        let mut inner = Vec::with_capacity(element.children.len());
        for child in &element.children {
            let child = self.build(child)?;
            dom.append_child(&child.dom)?;
            inner.push(child);
        }
        if element.attrs.contains(&Attr::Focus)
            && let Some(dom) = dom.dyn_ref::<HtmlElement>()
        {
            self.wants_focus.push(dom.clone());
        }
        Ok(Placed { dom: dom.into(), inner })
    }

    fn patch(&mut self, before: &Node, placed: Placed, now: &Node) -> Result<Placed, JsValue> {
        if before == now {
            return Ok(placed);
        }
        let (Node::Element(old), Node::Element(new)) = (before, now) else { return self.replace(&placed, now) };
        let Some(dom) = placed.dom.dyn_ref::<Element>().filter(|_| old.tag == new.tag && old.key == new.key) else { return self.replace(&placed, now) };
        if old.classes != new.classes {
            dom.set_attribute("class", &new.classes.join(" "))?;
        }
        mark(dom, Some(old), new)?;
        attributes::update(dom, &old.attrs, &new.attrs);
        let inner = self.children(dom, &old.children, placed.inner, &new.children)?;
        Ok(Placed { dom: placed.dom, inner })
    }

    fn replace(&mut self, placed: &Placed, now: &Node) -> Result<Placed, JsValue> {
        let built = self.build(now)?;
        if let Some(parent) = placed.dom.parent_node() {
            parent.replace_child(&built.dom, &placed.dom)?;
        }
        Ok(built)
    }

    /// Children are known again by their key, those without one by their kind and order. What stays isn't moved.
    fn children(&mut self, parent: &Element, olds: &[Node], placed: Vec<Placed>, news: &[Node]) -> Result<Vec<Placed>, JsValue> {
        let mut left: Vec<Option<(&Node, Placed)>> = olds.iter().zip(placed).map(Some).collect();
        let mut found = Vec::with_capacity(news.len());
        let mut from = 0;
        for new in news {
            let fits = |slot: &Option<(&Node, Placed)>| slot.as_ref().is_some_and(|(old, _)| is_same(old, new));
            // Most lists stay in their order: look on from the last one found, then from the start.
            let at = left.iter().skip(from).position(fits).map(|at| at + from).or_else(|| left.iter().position(fits));
            from = at.map_or(from, |at| at + 1);
            found.push(at.and_then(|at| left.get_mut(at)).and_then(Option::take));
        }
        for (_, gone) in left.into_iter().flatten() {
            parent.remove_child(&gone.dom)?;
        }
        let mut inner = Vec::with_capacity(news.len());
        let mut cursor = parent.first_child();
        for (new, found) in news.iter().zip(found) {
            let child = match found {
                Some((old, placed)) => {
                    // Replacing changes the node that stands here.
                    let here = cursor.as_ref().is_some_and(|cursor| cursor.is_same_node(Some(&placed.dom)));
                    let child = self.patch(old, placed, new)?;
                    if here {
                        cursor = Some(child.dom.clone());
                    }
                    child
                }
                None => self.build(new)?,
            };
            if cursor.as_ref().is_some_and(|cursor| cursor.is_same_node(Some(&child.dom))) {
                cursor = child.dom.next_sibling();
            } else {
                parent.insert_before(&child.dom, cursor.as_ref())?;
            }
            inner.push(child);
        }
        Ok(inner)
    }
}

/// Only what a person can use carries its key on the page.
fn mark(dom: &Element, before: Option<&node::Element>, now: &node::Element) -> Result<(), JsValue> {
    let key = |element: &node::Element| element.key.clone().filter(|_| element.act.is_some());
    match (before.and_then(key), key(now)) {
        (before, Some(now)) if before.as_ref() != Some(&now) => dom.set_attribute(KEY, &now),
        (Some(_), None) => dom.remove_attribute(KEY),
        _ => Ok(()),
    }
}

fn is_same(old: &Node, new: &Node) -> bool {
    match (old, new) {
        (Node::Element(old), Node::Element(new)) => old.tag == new.tag && old.key == new.key,
        _ => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}
