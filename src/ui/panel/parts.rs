//! Small things that several parts of the panel are made of.

use super::{Scene, evidence};
use crate::audit::{Group, Judged, Unsaved, Verdict};
use crate::model::{Account, Health};
use crate::protocol::Event;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, face, short};
use crate::ui::{Act, Attr, Change, Icon, Node, Part};
use crate::words::Text;

/// By what a group of operations is known: its connection, else its reference, with its connector.
pub fn group_key(group: &Group) -> String {
    let first = group.first;
    let behind = first.connection.as_deref().or(first.reference.as_deref()).unwrap_or_default();
    format!("{behind}/{}", first.connector.as_deref().unwrap_or_default())
}

/// The groups in the order in which they were first seen.
pub fn in_place<'a, 'b>(scene: &Scene, groups: impl IntoIterator<Item = &'b Group<'a>>) -> Vec<&'b Group<'a>>
where
    'a: 'b,
{
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|group| scene.view.place_of(&group_key(group)).unwrap_or(usize::MAX));
    groups
}

/// By what somebody's place in a list is known.
pub fn person_key(account: &Account) -> String {
    format!("who:{}", account.address().unwrap_or_default())
}

/// Somebody's place: where they were first seen.
pub fn place_of(scene: &Scene, account: &Account) -> usize {
    scene.view.place_of(&person_key(account)).unwrap_or(usize::MAX)
}

/// The connector's name.
pub fn connector_name(judged: &Judged) -> String {
    crate::model::connector_name(judged.connector.as_deref(), judged.connector_name.as_deref())
}

/// A button that opens and closes a part: only an arrow, named for what it opens.
pub fn opener(scene: &Scene, key: String, part: Part, label: Text) -> Element {
    let open = scene.is_open(&part);
    el(Tag::Button, "icon-button small")
        .attr(Attr::Label(label))
        .attr(Attr::Expanded(open))
        .with(if open { Icon::Up } else { Icon::Down })
        .act(key, Act::turn(Change::Open(part, !open)))
}

/// A small button with a drawing and a word.
pub fn small_button(icon: Icon, words: &'static str) -> Element {
    el(Tag::Button, "button small").with(icon).with(el(Tag::Span, "word").with(Text::new(words)))
}

/// Copies lines, and says so.
pub fn copier(scene: &Scene, key: &str, lines: Vec<Text>) -> Element {
    let copied = scene.view.copied.as_deref() == Some(key);
    let (icon, words) = if copied { (Icon::Check, "panel_copied") } else { (Icon::Copy, "panel_copy_message") };
    small_button(icon, words).attr(Attr::Live).act(key, Act::Copy(lines))
}

/// An operation's row: name, where it stands, and the button that shows it on the designer.
pub fn operation(scene: &Scene, list: &str, judged: &Judged) -> Element {
    row(scene, list, judged, None, None)
}

/// The same in a list of many people's operations: with who acts, and how that stands.
pub fn operation_with_face(scene: &Scene, list: &str, judged: &Judged) -> Element {
    let mark = face(judged).unwrap_or_else(|| el(Tag::Span, "avatar none").attr(Attr::Decoration));
    let Some(manner) = Manner::of(&judged.verdict) else { return row(scene, list, judged, Some(mark), None) };
    let (stands, who) = match judged.verdict {
        Verdict::RunOnly => ("list_stands_run_only", None),
        Verdict::Mismatch { .. } => ("list_stands_mismatch", Some(short(judged.face()))),
        Verdict::AsIntended => ("list_stands_intended", Some(short(judged.face()))),
        Verdict::Unknown { .. } | Verdict::NoConnection => ("list_stands_unknown", judged.face().map(|account| short(Some(account)))),
    };
    let stands = el(Tag::Span, if who.is_some() { "spoken" } else { "" }).with(Text::new(stands));
    let whose = el(Tag::Span, "whom").class(true, manner.class()).maybe(manner.sign().filter(|_| who.is_some())).maybe(who).with(stands);
    row(scene, list, judged, Some(mark), Some(whose))
}

fn row(scene: &Scene, list: &str, judged: &Judged, face: Option<Element>, whose: Option<Element>) -> Element {
    let unsaved = match judged.unsaved {
        Unsaved::Same => None,
        Unsaved::New => Some("panel_new"),
        Unsaved::Rebound => Some("panel_rebound"),
    };
    let unsaved = unsaved.map(|words| el(Tag::Span, "chip unsaved").with(Icon::Pencil).with(Text::new(words)));
    let below = el(Tag::Span, "below").maybe(whose).maybe(scene.paths.line(judged)).maybe(unsaved);
    let named = el(Tag::Div, "named").with(el(Tag::Span, "title").with(name(judged.title())));
    let named = if below.children.is_empty() { named } else { named.with(below) };
    let not_revealed = scene.session.not_revealed.as_deref() == Some(judged.node.as_str());
    let here = scene.session.current.as_deref() == Some(judged.node.as_str()) && scene.is_designing();
    let row = el(Tag::Li, "operation")
        .class(here, "here")
        .key(format!("{list}:{}", judged.name))
        .maybe(face)
        .with(named)
        .maybe((judged.verdict != Verdict::NoConnection).then(|| evidence::opener(scene, list, judged)))
        .maybe(scene.is_designing().then(|| show(list, judged)))
        .maybe(evidence::of(scene, list, judged));
    let row = if here { row.attr(Attr::Current("true")) } else { row };
    row.maybe(not_revealed.then(|| el(Tag::P, "missed").attr(Attr::Live).with(Icon::Info).with(el(Tag::Span, "").with(Text::new("panel_not_revealed")))))
}

fn show(list: &str, judged: &Judged) -> Element {
    small_button(Icon::Target, "panel_show")
        .attr(Attr::Label(Text::new("panel_show_operation").with(judged.title())))
        .act(format!("show:{list}:{}", judged.name), Act::tell(Event::Reveal { node: judged.node.clone() }))
}

/// Whether a connection works, in a word beside the verdict.
pub fn health(health: Option<&Health>) -> Option<Element> {
    let (class, icon, words) = match health? {
        Health::Connected => (false, Icon::Check, Text::new("health_connected")),
        Health::Broken(code) => (true, Icon::Warning, broken(code.as_deref())),
        Health::Unknown => return None,
    };
    Some(el(Tag::Span, "health").class(class, "broken").with(icon).with(el(Tag::Span, "word").with(words)))
}

fn broken(code: Option<&str>) -> Text {
    let expired =
        code.is_some_and(|code| ["unauthenticated", "expired", "invalidgrant", "unauthorized"].iter().any(|known| code.to_ascii_lowercase().contains(known)));
    Text::new(if expired { "health_expired" } else { "health_broken" })
}

/// The way to the flow's details page, where its connections pane is.
pub fn to_details(scene: &Scene) -> Option<Element> {
    let address = scene.session.place.as_ref().filter(|place| place.view != crate::portal::View::Details)?.details()?;
    let link = el(Tag::A, "button small").attr(Attr::Link(address)).with(Icon::Leave).with(el(Tag::Span, "").with(Text::new("panel_open_details")));
    Some(el(Tag::Div, "row").with(link))
}

/// A notice inside a card: what to do, or what to wait for.
pub fn notice(icon: Icon, words: impl Into<Node>) -> Element {
    el(Tag::P, "notice").with(icon).with(el(Tag::Span, "").with(words))
}
