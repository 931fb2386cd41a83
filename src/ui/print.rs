//! A view as text, for tests and for people who debug: one line for each element that says or does something.

use std::fmt::Write;

use super::node::{Attr, Element, Node};
use super::{Act, rich};
use crate::words::Text;

/// The tree as text. `say` gives a sentence in the reader's language.
#[must_use]
pub fn print(node: &Node, say: &dyn Fn(&Text) -> String) -> String {
    let mut out = String::new();
    walk(node, 0, say, &mut out);
    out
}

fn walk(node: &Node, depth: usize, say: &dyn Fn(&Text) -> String, out: &mut String) {
    let Node::Element(element) = node else { return };
    let inline: Vec<String> = element.children.iter().filter_map(|child| words(child, say)).collect();
    let speaks = !inline.is_empty() || element.act.is_some() || !element.attrs.is_empty() || element.classes.is_empty();
    let children = element.children.iter().filter(|child| matches!(child, Node::Element(_)));
    if !speaks {
        // A frame around others: it is named only where it groups several things.
        let framed = element.children.len() > 1;
        if framed {
            let _ = writeln!(out, "{:depth$}{}", "", opening(element), depth = depth * 2);
        }
        children.for_each(|child| walk(child, depth + usize::from(framed), say, out));
        return;
    }
    let _ = write!(out, "{:depth$}{}", "", opening(element), depth = depth * 2);
    for attr in &element.attrs {
        let _ = write!(out, " {}", attribute(attr, say));
    }
    if !inline.is_empty() {
        let _ = write!(out, " {}", inline.join(" "));
    }
    if let Some(act) = &element.act {
        let _ = write!(out, " ⇒ {}", doing(act, say));
    }
    out.push('\n');
    children.for_each(|child| walk(child, depth + 1, say, out));
}

fn opening(element: &Element) -> String {
    let tag = format!("{:?}", element.tag).to_lowercase();
    element.classes.first().map_or(tag.clone(), |class| format!("{tag}.{class}"))
}

fn words(node: &Node, say: &dyn Fn(&Text) -> String) -> Option<String> {
    match node {
        Node::Element(_) => None,
        Node::Icon(icon) => Some(format!("({icon:?})")),
        Node::Say(text) => Some(format!("\"{}\"", rich::plain(text, say))),
        Node::Name(name) => Some(format!("‹{name}›")),
    }
}

fn attribute(attr: &Attr, say: &dyn Fn(&Text) -> String) -> String {
    match attr {
        Attr::Label(text) => format!("label=\"{}\"", rich::plain(text, say)),
        Attr::Placeholder(text) => format!("placeholder=\"{}\"", rich::plain(text, say)),
        Attr::Role(role) => format!("role={role}"),
        Attr::Id(id) => format!("#{id}"),
        Attr::Data(name, value) => format!("{name}={value}"),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn doing(act: &Act, say: &dyn Fn(&Text) -> String) -> String {
    match act {
        Act::Do(events, changes) => {
            let events = events.iter().map(|event| serde_json::to_string(event).unwrap_or_default());
            events.chain(changes.iter().map(|change| format!("{change:?}"))).collect::<Vec<_>>().join(", ")
        }
        Act::Copy(lines) => format!("copies {:?}", lines.iter().map(|line| rich::plain(line, say)).collect::<Vec<_>>()),
        Act::Type(field) => format!("types {field:?}"),
        Act::Reload => "reloads the tab".to_owned(),
        Act::Save(paper) => format!("saves the record as {}", paper.ending()),
        Act::CopyRecord => "copies the record".to_owned(),
        Act::Turn(flow) => format!("turns to flow {flow} of the file"),
        Act::Options => "opens the options".to_owned(),
        Act::OpenSweep => "opens the page of sweeps".to_owned(),
        Act::Sweep(deed) => format!("{deed:?}"),
        Act::PutAway => "puts the file away".to_owned(),
    }
}
