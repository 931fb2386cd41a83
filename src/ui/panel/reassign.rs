//! The operations to change, by connection: one visit to the designer's list fixes the first, the others follow.

use super::items::{self, Can};
use super::{Scene, parts};
use crate::audit::{Group, Judged, StepId, Unsaved, Verdict};
use crate::model::Account;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar, called};
use crate::ui::{Act, Attr, Change, Icon, Part, connector};
use crate::words::Text;

/// A longer group shows so many first.
const FIRST: usize = 8;

/// The groups, and what was reassigned already.
pub fn groups(scene: &Scene) -> Vec<Element> {
    let groups = parts::in_place(scene, &scene.checklist.groups).into_iter().map(|group| card(scene, group));
    groups.chain(reassigned(scene)).collect()
}

fn card(scene: &Scene, group: &Group) -> Element {
    let key = parts::group_key(group);
    let named = parts::connector_name(group.first);
    if group.mark.is_some() {
        let decided = items::decided(scene, &group.id, group.mark, &named);
        let card = el(Tag::Section, "card settled").key(format!("group:{key}")).attr(Attr::Label(Text::new("panel_group").with(named)));
        return card.with(head(group.first, None)).maybe(decided).maybe(items::note(scene, &group.id));
    }
    let part = Part::Rest(key.clone());
    let all = scene.is_open(&part);
    let shown = if all || group.operations.len() <= FIRST + 1 { group.operations.len() } else { FIRST };
    let rows = group.operations.iter().take(shown).map(|judged| parts::operation(scene, "todo", judged));
    let more = (group.operations.len() > FIRST + 1).then(|| {
        let words = if all { Text::new("panel_fewer") } else { Text::counted("panel_more_operations", group.operations.len() - shown) };
        el(Tag::Button, "button more").attr(Attr::Expanded(all)).with(words).act(format!("rest:{key}"), Act::turn(Change::Open(part, !all)))
    });
    let dots = items::opener(scene, &group.id, Text::new("item_more").with(named.clone()));
    el(Tag::Section, "card")
        .key(format!("group:{key}"))
        .attr(Attr::Label(Text::new("panel_group").with(named)))
        .with(head(group.first, Some(dots)))
        .maybe(items::sheet(scene, &group.id, Can::Stay))
        .maybe(items::note(scene, &group.id))
        .with(hint(scene, group))
        .with(el(Tag::Ul, "operations").all(rows))
        .maybe(more)
}

/// The connector, whether the connection works, who signs in, and who owns it where that is somebody else.
fn head(first: &Judged, more: Option<Element>) -> Element {
    let named = parts::connector_name(first);
    let line = el(Tag::Div, "connector").with(el(Tag::B, "ellipsis").with(name(named.clone()))).maybe(parts::health(first.health.as_ref())).maybe(more);
    let head = el(Tag::Div, "card-head").with(connector::glyph(first.connector.as_deref(), &named)).with(line);
    let (signs_in_wrong, owner_wrong) = match first.verdict {
        Verdict::Mismatch { sign_in, owner } => (sign_in, owner),
        _ => (false, false),
    };
    let of_solution = first.reference_owner.as_deref().map(|owner| {
        let words = el(Tag::Span, "").with(Text::new("panel_reference_owned_by").with(owner));
        el(Tag::Span, "owned").with(Icon::Key).with(words)
    });
    let manner = |wrong: bool| if wrong { Manner::Mismatch } else { Manner::Intended };
    let head = match (&first.sign_in, &first.owner) {
        (Some(account), owner) => {
            let owner = owner.as_ref().filter(|owner| owner.is_known() && !owner.is_same(account));
            head.with(avatar(Some(account), manner(signs_in_wrong))).with(called(account)).maybe(owner.map(|owner| owned(owner, owner_wrong)))
        }
        (None, Some(owner)) => head
            .with(avatar(Some(owner), manner(owner_wrong)))
            .with(called(owner))
            .with(el(Tag::Span, "owned").with(Icon::Key).with(el(Tag::Span, "").with(Text::new("panel_only_owner_known")))),
        (None, None) => head,
    };
    head.maybe(of_solution)
}

fn owned(owner: &Account, wrong: bool) -> Element {
    el(Tag::Span, "owned").class(wrong, "mismatch").with(Icon::Key).with(el(Tag::Span, "").with(Text::new("panel_owned_by").with(owner.short_name())))
}

/// What to do in the designer, or what to wait for.
fn hint(scene: &Scene, group: &Group) -> Element {
    let need = scene.need(group.first.connector.as_deref());
    let ready = need.and_then(|need| need.ready.first());
    let connector = parts::connector_name(group.first);
    let Some(ready) = ready else {
        let step = scene.step_number(StepId::Connect).to_string();
        let broken = need.is_some_and(|need| !need.broken.is_empty());
        let words = match (broken, scene.only_intended()) {
            (true, Some(who)) => Text::new("panel_hint_broken").with(step).with(connector).with(who),
            (true, None) => Text::new("panel_hint_broken_any").with(step).with(connector),
            (false, Some(who)) => Text::new("panel_hint_wait").with(step).with(connector).with(who),
            (false, None) => Text::new("panel_hint_wait_any").with(step).with(connector),
        };
        return parts::notice(Icon::Hourglass, words).class(true, "waiting");
    };
    let label = ready.label.clone().filter(|label| !label.trim().is_empty());
    let account = || ready.sign_in.as_ref().or(ready.owner.as_ref()).and_then(|account| account.address().map(str::to_owned));
    let pick = label.or_else(account).unwrap_or_default();
    parts::notice(Icon::Change, Text::counted("panel_hint", group.operations.len()).with(pick))
}

/// What was put right: since the first look, and in the designer without having been saved.
fn reassigned(scene: &Scene) -> Option<Element> {
    let first = scene.first_mismatch();
    let unsaved: Vec<&Judged> =
        scene.sight.audit.operations.iter().filter(|judged| judged.unsaved == Unsaved::Rebound && judged.verdict == Verdict::AsIntended).collect();
    let count = first.saturating_sub(scene.counts().mismatch).max(unsaved.len());
    if count == 0 {
        return None;
    }
    let open = scene.is_open(&Part::Reassigned);
    let words = el(Tag::Span, "grow").with(Text::counted("panel_reassigned", count));
    let row = el(Tag::Div, "done-row").with(Icon::Check).with(words);
    if unsaved.is_empty() {
        return Some(el(Tag::Div, "reassigned").key("reassigned").with(row));
    }
    let row = row.with(parts::opener(scene, "open:reassigned".to_owned(), Part::Reassigned, Text::new("panel_reassigned_show")));
    let rows = unsaved.into_iter().map(|judged| parts::operation(scene, "reassigned", judged));
    let list = open.then(|| el(Tag::Div, "card").with(el(Tag::Ul, "operations").all(rows)));
    Some(el(Tag::Div, "reassigned").key("reassigned").with(row).maybe(list))
}
