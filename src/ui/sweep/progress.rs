//! How far the sweep has come, what it waits for, and what a person can do about it.

use super::{Deed, Scene};
use crate::protocol::{Asked, SweepEvent};
use crate::sweep::{Phase, Waits};
use crate::ui::node::{Attr, Element, Tag, el};
use crate::ui::{Act, Icon};
use crate::words::Text;

/// The section.
pub fn section(scene: &Scene) -> Element {
    let section = el(Tag::Section, "card run").key("run");
    if !scene.may_ask {
        return section.with(el(Tag::P, "").attr(Attr::Role("alert")).with(Text::new("sweep_forbidden")));
    }
    let Some(head) = scene.head() else { return section.all(before(scene)) };
    let totals = scene.totals();
    let words = match (head.paused, head.phase) {
        (true, _) => Text::counted("sweep_paused", totals.read).with(totals.flows.to_string()),
        (_, Phase::Listing) => Text::counted("sweep_listing", totals.flows),
        (_, Phase::Counted) => Text::counted("sweep_counted", totals.flows).with(minutes(head.takes(totals.flows, scene.now))),
        (_, Phase::Reading) => Text::counted("sweep_reading", totals.read).with(totals.flows.to_string()),
        (_, Phase::Cancelled) => Text::counted("sweep_cancelled", totals.read).with(totals.flows.to_string()),
        (_, Phase::Done) => Text::counted("sweep_done", totals.flows).with(head.ended.map(|at| scene.clock.moment(at)).unwrap_or_default()),
    };
    let section = section.with(el(Tag::P, "stand").key("stand").with(words));
    let section = if head.phase == Phase::Reading { section.with(bar(scene)) } else { section };
    let lists = head.not_whole().map(|(what, trouble)| {
        let list = match what {
            Asked::Connections => "sweep_list_connections",
            Asked::Flows => "sweep_list_flows",
            _ => "sweep_list_shared",
        };
        let why = trouble.map_or_else(|| Text::new("sweep_more"), |trouble| super::row::why(Some(trouble)));
        el(Tag::P, "message warn")
            .key(list)
            .attr(Attr::Role("alert"))
            .with(Icon::Warning)
            .with(el(Tag::Span, "").with(Text::new(list)).with(el(Tag::Span, "").with(why)))
    });
    section.maybe(waiting(scene)).all(lists).with(buttons(scene))
}

/// What a screen reader says when something changes: not each flow, only what a person would look up for.
pub fn news(scene: &Scene) -> Option<Element> {
    let head = scene.head()?;
    let totals = scene.totals();
    let tenth = (totals.read * 10).checked_div(totals.flows).unwrap_or_default() * 10;
    let words = match (head.phase, head.waits) {
        (_, Some(waits)) => Text::new(waits_key(waits)),
        (Phase::Reading, None) => Text::new("sweep_news").with(tenth.to_string()),
        (Phase::Done, None) => Text::counted("sweep_news_done", totals.uses),
        _ => return None,
    };
    Some(el(Tag::P, "spoken").key("news").attr(Attr::Id("news")).attr(Attr::Live).with(words))
}

fn before(scene: &Scene) -> Vec<Element> {
    let say = |key| el(Tag::P, "").with(Text::new(key));
    if scene.place().is_some_and(|place| !place.is_open) {
        return vec![say("sweep_waits_tab")];
    }
    vec![say("sweep_before"), say("sweep_private"), el(Tag::Div, "buttons").with(press("sweep:start", "sweep_start", Act::Sweep(Deed::Start), true))]
}

fn bar(scene: &Scene) -> Element {
    let (totals, head) = (scene.totals(), scene.head());
    let percent = (totals.read * 100).checked_div(totals.flows).unwrap_or_default();
    let left = head.map_or(0.0, |head| head.takes(totals.flows.saturating_sub(totals.read), scene.now));
    let meter = el(Tag::Div, "meter")
        .attr(Attr::Role("progressbar"))
        .attr(Attr::Label(Text::new("sweep_progress")))
        .attr(Attr::Now(percent))
        .with(el(Tag::Span, "filled").attr(Attr::Filled(percent)));
    let requests = head.map_or(0, |head| usize::try_from(head.requests).unwrap_or(usize::MAX));
    let below =
        el(Tag::P, "caption").with(Text::counted("sweep_requests", requests)).with(el(Tag::Span, "").with(Text::new("sweep_time_left").with(minutes(left))));
    el(Tag::Div, "progress").key("progress").with(meter).with(below)
}

/// Minutes, never none: nothing is promised to the second.
fn minutes(milliseconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a day and to no less than one")]
    let minutes = (milliseconds / 60_000.0).ceil().clamp(1.0, 1_440.0) as u32;
    minutes.to_string()
}

const fn waits_key(waits: Waits) -> &'static str {
    match waits {
        Waits::Busy => "sweep_waits_busy",
        Waits::SignIn => "sweep_waits_sign_in",
        Waits::Tab => "sweep_waits_tab",
        Waits::Offline => "sweep_waits_offline",
        Waits::Room => "sweep_waits_room",
    }
}

fn waiting(scene: &Scene) -> Option<Element> {
    let waits = scene.head()?.waits?;
    let icon = if waits == Waits::Busy { Icon::Hourglass } else { Icon::Warning };
    Some(el(Tag::P, "message").key("waiting").with(icon).with(el(Tag::Span, "").with(Text::new(waits_key(waits)))))
}

fn press(key: &'static str, words: &'static str, act: Act, is_first: bool) -> Element {
    el(Tag::Button, "button").class(is_first, "primary").with(Text::new(words)).act(key, act)
}

fn buttons(scene: &Scene) -> Element {
    let row = el(Tag::Div, "buttons").key("buttons");
    let Some(head) = scene.head() else { return row };
    let tell = |event| Act::Sweep(Deed::Tell(event));
    let go_on = |first| press("sweep:continue", "sweep_continue", tell(SweepEvent::Continue { at: 0.0 }), first);
    let cancel = || press("sweep:cancel", "sweep_cancel", tell(SweepEvent::Cancel { at: 0.0 }), false);
    let again = || press("sweep:again", "sweep_again", Act::Sweep(Deed::Start), false);
    match head.phase {
        Phase::Listing | Phase::Reading if head.paused => row.with(go_on(true)).with(cancel()),
        Phase::Listing | Phase::Reading => row.with(press("sweep:pause", "sweep_pause", tell(SweepEvent::Pause { at: 0.0 }), false)).with(cancel()),
        Phase::Counted => row.with(press("sweep:go", "sweep_go", tell(SweepEvent::Go { at: 0.0 }), true)).with(cancel()),
        Phase::Cancelled => row.with(go_on(true)).with(again()),
        Phase::Done => row.with(again()),
    }
}
