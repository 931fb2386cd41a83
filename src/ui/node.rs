//! The tree that a view returns: plain values, so that it can be compared, printed and tested without a browser.

use super::{Act, Icon};
use crate::words::{Text, Words};

/// A part of the tree. Each becomes exactly one node of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element with what is in it.
    Element(Element),
    /// A drawing of our own.
    Icon(Icon),
    /// A sentence of ours. `**…**` in the message stands out; its parts are told apart from the sentence's direction of writing.
    Say(Text),
    /// Somebody else's words, as they are: a name, an address. Never more than text.
    Name(String),
}

/// The elements that views are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the HTML element of its name")]
pub enum Tag {
    A,
    B,
    Button,
    Caption,
    Code,
    Dd,
    Div,
    Dl,
    Dt,
    Footer,
    Form,
    H1,
    H2,
    H3,
    Header,
    Input,
    Label,
    Li,
    Main,
    Ol,
    Option,
    P,
    Section,
    Select,
    Small,
    Span,
    Table,
    Tbody,
    Td,
    Th,
    Thead,
    Tr,
    Ul,
}

/// The attributes that views may set. No style: the page's policy forbids it; figures become custom properties.
#[derive(Debug, Clone, PartialEq)]
pub enum Attr {
    /// `role`
    Role(&'static str),
    /// `aria-label`
    Label(Text),
    /// `aria-labelledby`, the id of another element.
    LabelledBy(&'static str),
    /// `aria-hidden`: what stands here is also said elsewhere.
    Decoration,
    /// `aria-expanded`
    Expanded(bool),
    /// `aria-controls`
    Controls(&'static str),
    /// `aria-pressed`
    Pressed(bool),
    /// `aria-selected`, and the one tab stop among its like.
    Selected(bool),
    /// `aria-current`: `step`, or `true` for the one of a list.
    Current(&'static str),
    /// `aria-live="polite"`
    Live,
    /// `id`
    Id(&'static str),
    /// `type` of an input.
    Type(&'static str),
    /// What an input holds.
    Value(String),
    /// Whether a checkbox is ticked.
    Checked(bool),
    /// `placeholder`
    Placeholder(Text),
    /// Where a link leads; it opens a tab of its own.
    Link(String),
    /// The share of a bar, as `--share`.
    Share(usize),
    /// How full a meter is in percent, as `--filled`.
    Filled(usize),
    /// The element takes the focus when it appears.
    Focus,
    /// A `data-…` attribute, by its whole name: what the style and tests go by.
    Data(&'static str, String),
    /// Of which column or row a head is: `scope`.
    Scope(&'static str),
    /// `aria-sort`: which way a column sorts, if the table is sorted by it.
    Sorted(&'static str),
    /// How many columns a cell is wide.
    Wide(usize),
    /// Whether this is the choice that is made.
    Chosen(bool),
    /// How far something has come, in percent: `aria-valuenow`.
    Now(usize),
    /// It can't be used now.
    Off,
}

/// An element.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Which.
    pub tag: Tag,
    /// By what it is known again in the next tree, unique in the whole tree: it keeps its focus, its scroll position and its selection.
    pub key: Option<String>,
    /// Its classes.
    pub classes: Vec<&'static str>,
    /// Its attributes.
    pub attrs: Vec<Attr>,
    /// What happens when a person presses it, types into it or sends it off. Needs a key.
    pub act: Option<Act>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// An element with these classes.
#[must_use]
pub fn el(tag: Tag, classes: &'static str) -> Element {
    Element { tag, key: None, classes: classes.split_whitespace().collect(), attrs: Vec::new(), act: None, children: Vec::new() }
}

/// A sentence without a part.
#[must_use]
pub fn say(key: &'static str) -> Node {
    Node::Say(Text::new(key))
}

/// Somebody else's words.
#[must_use]
pub fn name(words: impl Into<String>) -> Node {
    Node::Name(words.into())
}

impl Element {
    /// Adds what is in it.
    #[must_use]
    pub fn with(mut self, child: impl Into<Node>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Adds it where there is any.
    #[must_use]
    pub fn maybe(self, child: Option<impl Into<Node>>) -> Self {
        match child {
            Some(child) => self.with(child),
            None => self,
        }
    }

    /// Adds all of them.
    #[must_use]
    pub fn all<N: Into<Node>>(mut self, children: impl IntoIterator<Item = N>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// Adds a class, where it applies.
    #[must_use]
    pub fn class(mut self, applies: bool, class: &'static str) -> Self {
        if applies {
            self.classes.push(class);
        }
        self
    }

    /// Sets an attribute.
    #[must_use]
    pub fn attr(mut self, attr: Attr) -> Self {
        self.attrs.push(attr);
        self
    }

    /// By what it is known again.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// What a person does with it, and the key it is known by.
    #[must_use]
    pub fn act(self, key: impl Into<String>, act: Act) -> Self {
        Self { act: Some(act), ..self.key(key) }
    }
}

impl From<Words> for Node {
    fn from(words: Words) -> Self {
        match words {
            Words::Say(text) => Self::Say(text),
            Words::Name(name) => Self::Name(name),
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<Text> for Node {
    fn from(text: Text) -> Self {
        Self::Say(text)
    }
}

impl From<Icon> for Node {
    fn from(icon: Icon) -> Self {
        Self::Icon(icon)
    }
}
