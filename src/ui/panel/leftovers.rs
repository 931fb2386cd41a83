//! Connections that nothing uses any more: the proof first, then how sure it is. The person may know better and dismiss one, with the reason kept.

use super::items::{self, Can};
use super::{Scene, embedded, parts};
use crate::audit::{Evidence, Grade, Leftover, Mark};
use crate::session::Seen;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar, short};
use crate::ui::{Attr, Icon, connector};
use crate::words::Text;

/// One line on how far it is.
pub fn status(scene: &Scene, done: bool) -> Text {
    let removable = scene.checklist.leftovers.iter().filter(|leftover| leftover.is_removable()).count();
    let hints = scene.checklist.leftovers.len() - removable;
    let stay = scene.checklist.dismissed.iter().filter(|leftover| leftover.is_removable()).count();
    match () {
        () if removable > 0 => Text::counted("leftover_to_remove", removable),
        () if stay > 0 => Text::counted("step_reassign_stay", stay),
        () if hints > 0 => Text::counted("leftover_to_look_at", hints),
        () if scene.sight.known.listed.is_none() => Text::new("leftover_not_listed"),
        () if done => Text::new("leftover_none"),
        () => Text::new("leftover_none_seen"),
    }
}

/// The leftovers, then those that were dismissed.
pub fn list(scene: &Scene) -> Vec<Element> {
    let rows = scene.checklist.leftovers.iter().map(|leftover| row(scene, leftover));
    let dismissed = scene.checklist.dismissed.iter().map(|leftover| dismissed(scene, leftover));
    let rows: Vec<Element> = rows.chain(dismissed).collect();
    if rows.is_empty() {
        let how = el(Tag::P, "note").key("leftovers:none").with(Text::new("leftover_how_to_see"));
        return [Some(how), parts::to_details(scene)].into_iter().flatten().collect();
    }
    let removable = scene.checklist.leftovers.iter().any(|leftover| leftover.is_removable());
    let how = removable.then(|| parts::notice(Icon::Bin, Text::new("leftover_how_to_remove")));
    let card = el(Tag::Section, "card").key("leftovers").attr(Attr::Label(Text::new("step_leftovers"))).maybe(how).with(el(Tag::Ul, "").all(rows));
    [Some(card), parts::to_details(scene)].into_iter().flatten().collect()
}

fn named(leftover: &Leftover) -> String {
    crate::model::connector_name(leftover.connector.as_deref(), leftover.connector_name.as_deref())
}

fn row(scene: &Scene, leftover: &Leftover) -> Element {
    let title = named(leftover);
    let account = leftover.sign_in.as_ref().or(leftover.owner.as_ref());
    let intended = account.is_some_and(|account| scene.sight.audit.people.iter().any(|person| person.intended && person.account.is_same(account)));
    let manner = match account {
        None => Manner::Unknown,
        Some(_) if !scene.sight.audit.intent_said => Manner::Plain,
        Some(_) if intended => Manner::Intended,
        Some(_) => Manner::Mismatch,
    };
    let more = items::opener(scene, &leftover.id, Text::new("leftover_more").with(title.clone()));
    el(Tag::Li, "item")
        .key(format!("item:{}", leftover.id))
        .with(connector::glyph(leftover.connector.as_deref(), &title))
        .with(
            el(Tag::Div, "connector")
                .with(el(Tag::B, "ellipsis").with(name(title)))
                .maybe(parts::health(leftover.health.as_ref().filter(|health| matches!(health, crate::model::Health::Broken(_)))))
                .with(more),
        )
        .with(
            el(Tag::Div, "whose")
                .with(avatar(account, manner).class(true, "small"))
                .with(el(Tag::B, "ellipsis").with(short(account)))
                .with(grade(leftover.grade)),
        )
        .with(proof(scene, leftover))
        .maybe(breaks(leftover))
        .maybe(items::note(scene, &leftover.id))
        .maybe(items::is_open(scene, &leftover.id).then(|| known_better(scene, leftover)))
}

/// The operations that would break, by name.
fn breaks(leftover: &Leftover) -> Option<Element> {
    let titles: Vec<String> = leftover.connection_used_by.iter().map(|name| crate::audit::title(name)).collect();
    (!titles.is_empty()).then(|| embedded::breaks(Text::new("leftover_breaks"), &titles))
}

/// Three dots and a word.
fn grade(grade: Grade) -> Element {
    let (full, words) = match grade {
        Grade::Certain => (3, "evidence_certain"),
        Grade::Likely => (2, "evidence_likely"),
        Grade::Hint => (1, "evidence_hint"),
    };
    let dots = el(Tag::Span, "grade").attr(Attr::Decoration).all((0..3).map(|place| el(Tag::Span, "point").class(place < full, "full")));
    el(Tag::Span, "chip neutral").with(dots).with(el(Tag::Span, "").with(Text::new(words)))
}

/// What is known for sure, in one sentence.
fn proof(scene: &Scene, leftover: &Leftover) -> Element {
    let used = leftover.connection_used_by.len();
    if used > 0 {
        return el(Tag::P, "proof").class(true, "warning").with(Icon::Warning).with(el(Tag::Span, "").with(Text::counted("leftover_still_used", used)));
    }
    let strongest = leftover.evidence.first().copied().unwrap_or(Evidence::OthersInPicker);
    let words = match (strongest, seen(scene, strongest)) {
        (Evidence::Listed, Some(seen)) => Text::new("leftover_listed").with(scene.clock.moment(seen.at)),
        (Evidence::Listed, None) => Text::new("leftover_listed_once"),
        (Evidence::ReferenceUnused, _) => Text::new("leftover_reference"),
        (Evidence::InstalledUnused, _) => Text::new("leftover_installed"),
        (Evidence::OthersInPicker, _) => Text::new("leftover_others"),
    };
    let sure = leftover.grade > Grade::Hint;
    el(Tag::P, "proof").class(!sure, "quiet").with(if sure { Icon::Check } else { Icon::Info }).with(el(Tag::Span, "").with(words))
}

fn seen<'a>(scene: &Scene<'a>, evidence: Evidence) -> Option<&'a Seen> {
    let facts = scene.sight.facts;
    match evidence {
        Evidence::Listed => facts.listed_seen.as_ref(),
        Evidence::ReferenceUnused | Evidence::InstalledUnused => facts.saved.as_ref().map(|saved| &saved.seen),
        Evidence::OthersInPicker => facts.picker_seen.as_ref(),
    }
}

/// How we know, and the way to say that it stays.
fn known_better(scene: &Scene, leftover: &Leftover) -> Element {
    let reason = |evidence: &Evidence| {
        let words = Text::new(match evidence {
            Evidence::Listed => "evidence_listed",
            Evidence::ReferenceUnused => "evidence_reference_unused",
            Evidence::InstalledUnused => "evidence_installed_unused",
            Evidence::OthersInPicker => "evidence_others_in_picker",
        });
        let source = seen(scene, *evidence).map(|seen| el(Tag::Small, "").with(Text::new("evidence_read_at").with(scene.clock.moment(seen.at))));
        el(Tag::Li, "").with(el(Tag::Span, "").with(words)).maybe(source)
    };
    let evidence = el(Tag::Ul, "evidence").attr(Attr::Label(Text::new("evidence_title"))).all(leftover.evidence.iter().map(reason));
    el(Tag::Div, "known-better")
        .key(format!("better:{}", leftover.id))
        .with(el(Tag::P, "label").with(Text::new("evidence_title")))
        .with(evidence)
        .with(items::fields(scene, &leftover.id, Can::Stay))
}

fn dismissed(scene: &Scene, leftover: &Leftover) -> Element {
    let title = named(leftover);
    let account = leftover.sign_in.as_ref().or(leftover.owner.as_ref());
    let dismissal = scene.sight.record.dismissals.get(&leftover.id).map(Mark::Dismissed);
    el(Tag::Li, "item dismissed")
        .key(format!("item:{}", leftover.id))
        .with(connector::glyph(leftover.connector.as_deref(), &title))
        .with(el(Tag::Div, "connector").with(el(Tag::Span, "ellipsis").with(name(title.clone()))))
        .with(
            el(Tag::Div, "whose")
                .with(avatar(account, if account.is_some() { Manner::Plain } else { Manner::Unknown }).class(true, "small"))
                .with(el(Tag::Span, "ellipsis").with(short(account)))
                .with(el(Tag::Span, "chip neutral").with(Text::new("leftover_dismissed"))),
        )
        .maybe(items::decided(scene, &leftover.id, dismissal, &title))
        .maybe(items::note(scene, &leftover.id))
}
