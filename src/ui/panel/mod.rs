//! The side panel. One question decides what is shown: what is known of the flow in this tab?

mod broken;
mod chooser;
mod co_owners;
mod embedded;
mod evidence;
mod footer;
mod header;
mod holdings;
mod items;
mod leftovers;
mod list;
mod needs;
mod parts;
mod place;
mod policy;
mod reach;
mod reassign;
mod relapse;
mod scene;
mod since;
mod states;
mod steps;
mod summary;
mod toggles;
mod trouble;
mod unseen;

pub use scene::{Clock, Scene};

use super::node::{Element, Node, Tag, el};
use super::{Tab, View};
use crate::model::FlowKind;
use crate::protocol::Asked;
use crate::session::{Kept, Session, flow_key};

/// What the browser's tab is known to hold.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// No document of it was seen by us: another page, or one that was open before we were.
    Nothing,
    /// What is stored could not be read.
    Unreadable,
    /// A document of Power Automate.
    Document(&'a Session),
}

/// The document of a tab that the panel looks at: among those in sight one that read a flow, then one with a flow's address, then the one shown last.
#[must_use]
pub fn pick<'a>(documents: impl IntoIterator<Item = (&'a String, &'a Session)>) -> Option<(&'a str, &'a Session)> {
    let in_sight = documents.into_iter().filter(|(_, session)| session.shown);
    // A page around the frame with the flow has the same address, and reads nothing of it.
    let read = |session: &Session| session.facts().map(|facts| facts.saved.is_some() || facts.live.is_some());
    let rank = |session: &Session| (read(session), session.shown_at);
    in_sight
        .max_by(|(_, one), (_, other)| {
            let (one, other) = (rank(one), rank(other));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        })
        .map(|(key, session)| (key.as_str(), session))
}

/// The panel. What is open is brought up to date first: another flow starts anew, and parts with work in them open by themselves.
#[must_use]
pub fn draw(found: Found, kept: &Kept, view: &mut View, clock: &dyn Clock) -> Node {
    let session = match found {
        Found::Nothing => return states::no_flow_seen(view),
        Found::Unreadable => return states::unreadable(),
        Found::Document(session) => session,
    };
    let Some(sight) = session.sight(kept) else { return states::no_flow_here(session.place.as_ref(), view) };
    let checklist = sight.checklist();
    view.turn_to(&flow_key(&sight.facts.environment, &sight.facts.id));
    for part in steps::with_work(&checklist) {
        view.propose(part);
    }
    for group in checklist.groups.iter().chain(&checklist.unknown) {
        view.place(&parts::group_key(group));
    }
    for person in &sight.audit.people {
        view.place(&parts::person_key(&person.account));
    }
    flow(&Scene::new(session, &sight, &checklist, view, clock)).into()
}

fn flow(scene: &Scene) -> Element {
    let body = el(Tag::Div, "body").key("body");
    let facts = scene.sight.facts;
    let other_kind = scene.sight.known.saved.and_then(|flow| if let FlowKind::Other(kind) = &flow.kind { Some(kind) } else { None });
    let nothing_known = scene.sight.known.saved.is_none() && scene.sight.known.designer.is_none();
    let body = match () {
        () if other_kind.is_some() => body.with(states::no_cloud_flow()),
        () if nothing_known && (facts.trouble(Asked::Flow).is_some() || !scene.sight.may_ask) => body.all(policy::cards(scene)).all(trouble::cards(scene)),
        () if scene.sight.is_reading() => body.with(states::reading(scene)),
        () if scene.counts().with_connection == 0 => body.with(states::nothing_to_judge(scene)).all(trouble::cards(scene)).maybe(trouble::gaps(scene)),
        () if trouble::hides_all(scene) => body.all(trouble::cards(scene)).with(summary::still_known(scene)).with(list::alone(scene)),
        () if scene.is_done() => body.all(policy::cards(scene)).with(states::done(scene)).maybe(states::done_steps(scene)),
        () => work(scene, body),
    };
    let header = header::header(scene);
    el(Tag::Main, "panel")
        .class(true, "flow")
        .with(header)
        .maybe(place::file(scene).map(|file| el(Tag::Div, "body").key("of-file").with(file)))
        .maybe(states::refused(scene.view))
        .with(body.with(scene.news()))
        .maybe(footer::footer(scene))
}

fn work(scene: &Scene, body: Element) -> Element {
    let body = body
        .maybe(relapse::relapse(scene))
        .all(policy::cards(scene))
        .all(trouble::cards(scene))
        .maybe(place::note(scene))
        .with(chooser::chooser(scene))
        .with(summary::summary(scene))
        .with(toggles::toggles(scene))
        .maybe(trouble::gaps(scene))
        .with(list::tabs(scene));
    match scene.view.tab {
        Tab::Checklist => body.with(
            el(Tag::Div, "tab")
                .key("tab:checklist")
                .attr(super::Attr::Role("tabpanel"))
                .attr(super::Attr::LabelledBy("tab-checklist"))
                .maybe(unseen::unseen(scene))
                .maybe(broken::broken(scene))
                .with(steps::steps(scene))
                .maybe(holdings::holdings_of(scene))
                .maybe(since::since(scene)),
        ),
        Tab::Operations => body.with(list::operations(scene)),
    }
}
