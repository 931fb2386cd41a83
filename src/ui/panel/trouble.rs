//! What went wrong, and what a person can do about it.

use super::Scene;
use crate::protocol::{Asked, Event};
use crate::session::Trouble;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Act, Attr, Change, Icon, Part};
use crate::words::Text;

/// A card for what is missing because of it.
pub fn cards(scene: &Scene) -> Vec<Element> {
    let mut cards = Vec::new();
    if scene.view.unheard {
        let words = el(Tag::Div, "").with(el(Tag::B, "").with(Text::new("trouble_unheard"))).with(el(Tag::P, "").with(Text::new("trouble_unheard_what")));
        cards.push(el(Tag::Div, "message bad").key("unheard").attr(Attr::Role("alert")).with(Icon::Alert).with(words));
    }
    // The environment's list is only an improvement: without it some connections stay unknown, and say so.
    let troubles = [Asked::Flow, Asked::FlowConnections].into_iter().filter_map(|what| scene.sight.facts.trouble(what));
    cards.extend(troubles.map(|trouble| card(scene, trouble)));
    cards
}

/// Whether it leaves nothing to be said of anybody: then what could not be read is the news.
pub fn hides_all(scene: &Scene) -> bool {
    let counts = scene.counts();
    scene.sight.facts.trouble(Asked::FlowConnections).is_some() && counts.mismatch + counts.as_intended == 0 && scene.unseen() > 0
}

fn title(what: Asked) -> &'static str {
    match what {
        Asked::Flow => "trouble_flow",
        Asked::FlowConnections | Asked::Connections | Asked::Flows | Asked::SharedFlows => "trouble_connections",
    }
}

/// What happened.
fn cause(trouble: &Trouble) -> Text {
    let code = trouble.code.as_deref().unwrap_or_default();
    match (trouble.status, code) {
        (0, "no_token") => Text::new("trouble_no_token"),
        (0, "offline") => Text::new("trouble_offline"),
        (0, "too_large") => Text::new("trouble_too_large"),
        (0, "timeout") => Text::new("trouble_timeout"),
        (0, _) => Text::new("trouble_no_answer"),
        (200..=299, _) => Text::new("trouble_unreadable"),
        (401, _) => Text::new("trouble_401"),
        (403, _) if trouble.what == Asked::Flow => Text::new("trouble_403_flow"),
        (403, _) => Text::new("trouble_403"),
        (404, _) => Text::new("trouble_404"),
        (429, _) => Text::new("trouble_429"),
        (status @ 500..=599, _) => Text::new("trouble_500").with(status.to_string()),
        (status, _) => Text::new("trouble_status").with(status.to_string()),
    }
}

/// What to do.
fn advice(trouble: &Trouble) -> Vec<&'static str> {
    let refused = matches!(trouble.status, 403 | 404);
    match (trouble.status, trouble.code.as_deref()) {
        (401, _) => vec!["advice_reload"],
        (0, Some("offline")) => vec!["advice_online"],
        (429, _) => vec!["advice_wait"],
        (0, Some("no_token")) => vec!["advice_open_connections"],
        _ if refused && trouble.what == Asked::Flow => vec!["advice_ask_access"],
        _ if refused => vec!["advice_open_connections", "advice_ask_owner"],
        _ => vec!["advice_again", "advice_reload"],
    }
}

fn card(scene: &Scene, trouble: &Trouble) -> Element {
    let key = format!("trouble:{:?}", trouble.what);
    let wait = trouble.wait.filter(|_| trouble.status == 429).map(whole_seconds);
    let wait = wait.map(|seconds| el(Tag::P, "").with(Text::counted("trouble_wait", seconds)));
    let words = el(Tag::Div, "").with(el(Tag::H2, "").with(Text::new(title(trouble.what)))).with(el(Tag::P, "").with(cause(trouble))).maybe(wait);
    let message = el(Tag::Div, "message bad").attr(Attr::Role("alert")).with(Icon::Alert).with(words);
    let steps = el(Tag::Ol, "advice").all(advice(trouble).into_iter().map(|advice| el(Tag::Li, "").with(el(Tag::Span, "").with(Text::new(advice)))));
    // One blue button in a view: while there is something to highlight, that one is it.
    let alone = scene.counts().mismatch == 0;
    let again = el(Tag::Button, "button")
        .class(alone, "primary")
        .with(Icon::Read)
        .with(el(Tag::Span, "").with(Text::new("trouble_again")))
        .act(format!("{key}:again"), Act::tell(Event::Refresh { at: 0.0 }));
    let copied = scene.view.copied.as_deref() == Some(format!("{key}:copy").as_str());
    let copy = el(Tag::Button, "button")
        .with(if copied { Icon::Check } else { Icon::Copy })
        .with(el(Tag::Span, "").with(Text::new(if copied { "panel_copied" } else { "panel_copy_details" })))
        .act(format!("{key}:copy"), Act::Copy(details(scene)));
    el(Tag::Section, "trouble")
        .key(key)
        .with(message)
        .with(el(Tag::H3, "label").with(Text::new("advice_title")))
        .with(steps)
        .with(el(Tag::Div, "row").with(again).with(copy))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a day and to no less than nothing")]
fn whole_seconds(seconds: f64) -> usize {
    seconds.clamp(0.0, 86_400.0).ceil() as usize
}

/// What to send to somebody who helps: figures, addresses without ids, codes. No names.
pub fn details(scene: &Scene) -> Vec<Text> {
    let counts = scene.counts();
    let facts = scene.sight.facts;
    let mut lines = vec![
        Text::counted("details_counts", counts.operations).with(counts.mismatch.to_string()).with(counts.unknown.to_string()).with(counts.run_only.to_string()),
    ];
    let seen = [
        facts.saved.as_ref().map(|saved| &saved.seen),
        facts.picker_seen.as_ref(),
        facts.listed_seen.as_ref(),
        scene.sight.pool.and_then(|pool| pool.seen.as_ref()),
    ];
    lines.extend(seen.into_iter().flatten().map(|seen| Text::new("details_read").with(seen.source.clone()).with(scene.clock.moment(seen.at))));
    lines.extend(facts.troubles.iter().map(|trouble| {
        Text::new("details_trouble").with(format!("{:?}", trouble.what)).with(trouble.status.to_string()).with(trouble.code.clone().unwrap_or_default())
    }));
    let gaps = facts.saved.iter().flat_map(|saved| &saved.gaps);
    lines.extend(gaps.map(|gap| Text::new("details_gap").with(gap.place.clone()).with(gap.what.clone())));
    lines
}

/// What in the flow could not be read, each thing with its place.
pub fn gaps(scene: &Scene) -> Option<Element> {
    let gaps = &scene.sight.facts.saved.as_ref()?.gaps;
    if gaps.is_empty() {
        return None;
    }
    let open = scene.is_open(&Part::Gaps);
    let words = el(Tag::Span, "grow").with(Text::counted("gap_title", gaps.len()));
    let head = el(Tag::Button, "message warning").attr(Attr::Expanded(open)).with(Icon::Info).with(words).with(if open { Icon::Up } else { Icon::Down });
    let row =
        |gap: &crate::model::Gap| el(Tag::Li, "").with(el(Tag::Code, "").with(name(gap.place.clone()))).with(el(Tag::Span, "").with(name(gap.what.clone())));
    let list = open.then(|| el(Tag::Ul, "gaps").all(gaps.iter().map(row)));
    Some(el(Tag::Section, "").key("gaps").with(head.act("gaps:open", Act::turn(Change::Open(Part::Gaps, !open)))).maybe(list))
}
