//! What a person decides about an item of the checklist: that it was looked at, that it stays as it is, and notes. All of it can be taken back.

use super::{Scene, parts};
use crate::audit::{Dismissal, Mark};
use crate::protocol::Event;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Act, Attr, Change, Field, Icon, Part};
use crate::words::Text;

/// What can be decided about an item, apart from notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Can {
    /// Only notes.
    Note,
    /// It can stay as it is.
    Stay,
    /// It can be ticked.
    Tick,
    /// Both.
    TickOrStay,
}

fn part(id: &str) -> Part {
    Part::Item(id.to_owned())
}

/// Whether the sheet of an item is open.
pub fn is_open(scene: &Scene, id: &str) -> bool {
    scene.is_open(&part(id))
}

/// Opens or closes what can be decided; the note that is there is taken into its field.
fn turned(scene: &Scene, id: &str) -> Act {
    let open = !is_open(scene, id);
    let note = scene.checklist.note(id).map(|note| note.text.clone()).unwrap_or_default();
    Act::Do(vec![], vec![Change::Open(part(id), open), Change::Typed(Field::Note, note)])
}

/// The three dots of an item.
pub fn opener(scene: &Scene, id: &str, label: Text) -> Element {
    let open = is_open(scene, id);
    el(Tag::Button, "icon-button small").attr(Attr::Label(label)).attr(Attr::Expanded(open)).with(Icon::Dots).act(format!("more:{id}"), turned(scene, id))
}

/// The same for a step, in words.
pub fn note_button(scene: &Scene, id: &str) -> Element {
    let words = if scene.checklist.note(id).is_some() { "item_change_note" } else { "item_add_note" };
    parts::small_button(Icon::Pencil, words).attr(Attr::Expanded(is_open(scene, id))).act(format!("more:{id}"), turned(scene, id))
}

/// What can be decided about an item, while it is open.
pub fn sheet(scene: &Scene, id: &str, can: Can) -> Option<Element> {
    is_open(scene, id).then(|| fields(scene, id, can))
}

/// The fields of what can be decided.
pub fn fields(scene: &Scene, id: &str, can: Can) -> Element {
    let stay = matches!(can, Can::Stay | Can::TickOrStay).then(|| stay(scene, id));
    let tick = matches!(can, Can::Tick | Can::TickOrStay).then(|| tick(scene, id));
    el(Tag::Div, "sheet").key(format!("sheet:{id}")).with(note_form(scene, id)).maybe(stay).maybe(tick)
}

fn close(id: &str) -> Vec<Change> {
    vec![Change::Open(part(id), false)]
}

fn field(value: &str, placeholder: &'static str, label: &'static str) -> Element {
    el(Tag::Input, "field")
        .attr(Attr::Type("text"))
        .attr(Attr::Value(value.to_owned()))
        .attr(Attr::Placeholder(Text::new(placeholder)))
        .attr(Attr::Label(Text::new(label)))
}

fn note_form(scene: &Scene, id: &str) -> Element {
    let input = field(&scene.view.note, "item_note", "item_note_label").act("item:note", Act::Type(Field::Note));
    let button = el(Tag::Button, "button").with(Text::new("item_keep_note"));
    let event = Event::Note { item: id.to_owned(), text: Some(scene.view.note.trim().to_owned()), at: 0.0 };
    el(Tag::Form, "row").with(input).with(button).act(format!("note:{id}"), Act::Do(vec![event], close(id)))
}

fn stay(scene: &Scene, id: &str) -> Element {
    let input = field(&scene.view.reason, "leftover_reason", "leftover_reason_label").act("item:reason", Act::Type(Field::Reason));
    let button = el(Tag::Button, "button").with(Text::new("leftover_dismiss"));
    let event = Event::Dismiss { item: id.to_owned(), reason: Some(scene.view.reason.trim().to_owned()), at: 0.0 };
    el(Tag::Form, "row").with(input).with(button).act(format!("dismiss:{id}"), Act::Do(vec![event], close(id)))
}

fn tick(scene: &Scene, id: &str) -> Element {
    let ticked = scene.sight.record.items.contains_key(id);
    let (icon, words) = if ticked { (Icon::Undo, "step_untick") } else { (Icon::Check, "item_tick") };
    let event = Event::TickItem { item: id.to_owned(), on: !ticked, at: 0.0 };
    let button = parts::small_button(icon, words).act(format!("tick-item:{id}"), Act::Do(vec![event], close(id)));
    el(Tag::Div, "row").with(button)
}

/// What somebody decided, with the way to take it back.
pub fn decided(scene: &Scene, id: &str, mark: Option<Mark>, named: &str) -> Option<Element> {
    let (words, back) = match mark? {
        Mark::ByHand(at) => (Text::new("step_by_hand").with(scene.clock.day(at)), Event::TickItem { item: id.to_owned(), on: false, at: 0.0 }),
        Mark::Dismissed(dismissal) => (because(scene, dismissal), Event::Dismiss { item: id.to_owned(), reason: None, at: 0.0 }),
    };
    let undo = el(Tag::Button, "icon-button small")
        .attr(Attr::Label(Text::new("leftover_undo").with(named)))
        .with(Icon::Undo)
        .act(format!("undo:{id}"), Act::tell(back));
    Some(el(Tag::P, "proof quiet decided").key(format!("decided:{id}")).with(Icon::Pencil).with(el(Tag::Span, "grow").with(words)).with(undo))
}

/// Why something stays, and since when.
pub fn because(scene: &Scene, dismissal: &Dismissal) -> Text {
    let day = scene.clock.day(dismissal.at);
    if dismissal.reason.is_empty() {
        return Text::new("leftover_dismissed_at").with(day);
    }
    Text::new("leftover_dismissed_because").with(dismissal.reason.clone()).with(day)
}

/// The note of an item, as it was written.
pub fn note(scene: &Scene, id: &str) -> Option<Element> {
    let note = scene.checklist.note(id).filter(|_| !is_open(scene, id))?;
    let words = el(Tag::Span, "grow").with(name(note.text.clone()));
    Some(el(Tag::P, "proof quiet noted").key(format!("noted:{id}")).with(Icon::Note).with(words))
}

/// Takes the newest decision back.
pub fn undo(scene: &Scene) -> Option<Element> {
    use crate::audit::Was;
    let past = scene.sight.record.past.last()?;
    let words = Text::new(match past.was {
        Was::Step(..) | Was::Item(..) => "undo_tick",
        Was::Dismissal(..) => "undo_dismissal",
        Was::Note(..) => "undo_note",
        Was::Accounts(..) => "undo_accounts",
        Was::Everything(..) => "undo_reset",
    });
    let button = parts::small_button(Icon::Undo, "panel_undo").class(true, "quiet").attr(Attr::Label(words));
    Some(button.act("undo:last", Act::tell(Event::Undo { of: past.at })))
}
