//! The checklist: each step with its mark, what is known of it, and what to do.

use super::items::{self, Can};
use super::{Scene, co_owners, embedded, leftovers, needs, parts, reassign};
use crate::audit::{Checklist, Step, StepId, StepState};
use crate::protocol::Event;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Act, Attr, Icon, Node, Part};
use crate::words::Text;

/// Parts that open by themselves, as there is something to do in them.
pub fn with_work(checklist: &Checklist) -> Vec<Part> {
    let mut parts = Vec::new();
    if !checklist.groups.is_empty() {
        parts.push(Part::Step(StepId::Reassign));
    }
    if !checklist.leftovers.is_empty() {
        parts.push(Part::Step(StepId::Leftovers));
    }
    parts
}

/// The step to do now: the first open one.
fn current(checklist: &Checklist) -> Option<StepId> {
    checklist.steps.iter().find(|step| step.state == StepState::Open).map(|step| step.id)
}

/// The checklist.
pub fn steps(scene: &Scene) -> Element {
    let list = &scene.checklist.steps;
    let done = Text::counted("step_done", list.len()).with(scene.checklist.done().to_string());
    let heading =
        el(Tag::Div, "steps-heading").with(el(Tag::H2, "").with(Text::new("step_title"))).maybe(items::undo(scene)).with(el(Tag::Span, "caption").with(done));
    let current = current(scene.checklist);
    let rows = list.iter().map(|step| row(scene, step, current == Some(step.id)));
    el(Tag::Section, "checklist").key("checklist").with(heading).with(el(Tag::Ol, "steps").all(rows))
}

fn row(scene: &Scene, step: &Step, current: bool) -> Element {
    let part = Part::Step(step.id);
    let title = title(scene, step.id);
    let content = content(scene, step);
    let opener = (!content.is_empty())
        .then(|| parts::opener(scene, format!("open:{:?}", step.id), part.clone(), Text::new("step_details").with(scene.step_number(step.id).to_string())));
    let state = match step.state {
        StepState::Verified => "verified",
        StepState::ByHand { .. } => "by-hand",
        StepState::Waiting => "waiting",
        StepState::Open if current => "current",
        StepState::Open => "open",
        StepState::Later => "later",
    };
    let head = el(Tag::Div, "step-head").with(el(Tag::H3, "").with(title)).maybe(opener);
    let mut inner = el(Tag::Div, "grow").with(head).with(below(scene, step)).maybe(items::note(scene, &step.id.item())).all(always(scene, step));
    if scene.is_open(&part) {
        inner = inner.all(content);
    }
    let item = el(Tag::Li, "step").class(true, state).key(format!("step:{:?}", step.id)).with(mark(scene, step)).with(inner);
    if current { item.attr(Attr::Current("step")) } else { item }
}

/// Filled and checked where data shows it; a pencil where somebody ticked it; an hourglass where somebody else must act; else its number.
fn mark(scene: &Scene, step: &Step) -> Element {
    let mark = el(Tag::Span, "mark");
    match step.state {
        StepState::Verified => mark.with(Icon::Check),
        StepState::ByHand { .. } => mark.with(Icon::Pencil),
        StepState::Waiting => mark.with(Icon::Hourglass),
        StepState::Open | StepState::Later => mark.with(name(scene.step_number(step.id).to_string())),
    }
}

fn title(scene: &Scene, id: StepId) -> Text {
    match (id, scene.only_intended()) {
        (StepId::Intend, _) => Text::new("step_intend"),
        (StepId::Connect, Some(name)) => Text::new("step_connect").with(name),
        (StepId::Connect, None) => Text::new("step_connect_any"),
        (StepId::Reassign, _) => Text::new("step_reassign"),
        (StepId::Save, _) => Text::new("step_save"),
        (StepId::Embedded, _) => Text::new("step_embedded"),
        (StepId::Leftovers, _) => Text::new("step_leftovers"),
        (StepId::People, _) => Text::new("step_people"),
        (StepId::Done, _) => Text::new("step_nothing_left"),
    }
}

/// One line on how far it is.
fn below(scene: &Scene, step: &Step) -> Element {
    let line = el(Tag::Div, "below");
    let lead = match step.state {
        StepState::Verified => Some(el(Tag::Span, "verified").with(Text::new("step_verified"))),
        StepState::ByHand { at } => Some(el(Tag::Span, "").with(Text::new("step_by_hand").with(scene.clock.day(at)))),
        StepState::Waiting => {
            Some(el(Tag::B, "").with(scene.only_intended().map_or_else(|| Text::new("step_waits_any"), |name| Text::new("step_waits").with(name))))
        }
        StepState::Open | StepState::Later => None,
    };
    line.maybe(lead).maybe(status(scene, step).map(|status| el(Tag::Span, "and").with(status)))
}

fn status(scene: &Scene, step: &Step) -> Option<Node> {
    let counts = scene.counts();
    let done = step.state.is_done();
    let text = match step.id {
        StepId::Intend if done => Text::new("step_intend_done")
            .with(scene.sight.intent.base.accounts.iter().map(|pattern| scene.intended_name(pattern)).collect::<Vec<_>>().join(", ")),
        StepId::Intend => Text::new("step_intend_open"),
        StepId::Connect => needs::status(scene, done),
        StepId::Reassign if done && counts.mismatch + counts.unknown > 0 => Text::counted("step_reassign_stay", counts.mismatch + counts.unknown),
        StepId::Reassign if counts.mismatch > 0 => Text::counted("step_reassign_left", scene.checklist.groups.len()).with(counts.mismatch.to_string()),
        StepId::Reassign if counts.unknown > 0 && scene.sight.audit.intent_said => Text::counted("step_reassign_unknown", counts.unknown),
        StepId::Save if scene.sight.known.designer.is_some_and(|designer| designer.unsaved) => Text::new("step_save_unsaved"),
        StepId::Save | StepId::Embedded if done => {
            Text::new("step_saved_read").with(scene.sight.facts.saved.as_ref().map(|saved| scene.clock.moment(saved.seen.at)).unwrap_or_default())
        }
        StepId::Save => Text::new("step_save_later"),
        StepId::Embedded if step.state == StepState::Open => Text::new("step_embedded_open"),
        StepId::Embedded => Text::new("step_embedded_later"),
        StepId::Leftovers => leftovers::status(scene, done),
        StepId::People if !done => Text::new("step_people_open"),
        StepId::Done if !done => Text::new("step_ticks_itself"),
        StepId::Reassign if !done => Text::new("step_reassign_later"),
        StepId::Reassign | StepId::People | StepId::Done => return None,
    };
    Some(text.into())
}

/// What stands under a step even while it is closed.
fn always(scene: &Scene, step: &Step) -> Vec<Element> {
    match step.id {
        StepId::Connect => needs::message(scene, step).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What opens below it.
fn content(scene: &Scene, step: &Step) -> Vec<Element> {
    let mut content = match step.id {
        StepId::Connect => needs::list(scene),
        StepId::Reassign => reassign::groups(scene),
        StepId::Leftovers => leftovers::list(scene),
        StepId::Embedded => embedded::list(scene),
        StepId::People => co_owners::list(scene),
        StepId::Intend | StepId::Save | StepId::Done => Vec::new(),
    };
    let notable = matches!(step.id, StepId::Connect | StepId::Reassign | StepId::Leftovers | StepId::People);
    if notable && step.state != StepState::Later {
        let row = el(Tag::Div, "row").key(format!("tick-row:{:?}", step.id)).maybe(tick(step)).with(items::note_button(scene, &step.id.item()));
        content.push(row);
        content.extend(items::sheet(scene, &step.id.item(), Can::Note));
    }
    content
}

/// Ticking by hand, where data alone can't tell.
fn tick(step: &Step) -> Option<Element> {
    let ticked = matches!(step.state, StepState::ByHand { .. });
    let (icon, words) = if ticked { (Icon::Undo, "step_untick") } else { (Icon::Pencil, "step_tick") };
    let button = parts::small_button(icon, words).act(format!("tick:{:?}", step.id), Act::tell(Event::Tick { step: step.id, on: !ticked, at: 0.0 }));
    step.by_hand.then_some(button)
}
