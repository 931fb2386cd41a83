//! The panel's other faces: no flow, reading, nothing to judge, all done.

use super::since::figure;
use super::{Scene, items, steps};
use crate::model::Account;
use crate::portal::{self, Place};
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar};
use crate::ui::{Act, Attr, Change, Icon, Node, Part, View};
use crate::words::Text;

/// Where Power Automate is.
const PORTAL: &str = "https://make.powerautomate.com/";

fn bare(source: &'static str, inner: Element) -> Node {
    let line = el(Tag::Div, "source").with(el(Tag::Span, "dot hollow").attr(Attr::Decoration)).with(el(Tag::Span, "").with(Text::new(source)));
    let header = el(Tag::Header, "header").key("header").with(el(Tag::Div, "grow").with(el(Tag::H1, "").with(Text::new("panel_title")))).with(line);
    el(Tag::Main, "panel").class(true, "bare").with(header).with(el(Tag::Div, "body").key("body").with(inner)).into()
}

fn picture(icon: Icon) -> Element {
    let picture = el(Tag::Span, "picture").attr(Attr::Decoration);
    if icon == Icon::Lens { picture.class(true, "logo") } else { picture.with(icon) }
}

fn empty(icon: Icon, title: Text, words: Text) -> Element {
    el(Tag::Section, "empty").key("empty").with(picture(icon)).with(el(Tag::H2, "").with(title)).with(el(Tag::P, "").with(words))
}

fn to_portal() -> Element {
    el(Tag::A, "button").attr(Attr::Link(PORTAL.to_owned())).with(Icon::Leave).with(el(Tag::Span, "").with(Text::new("panel_open_portal")))
}

/// Nothing of ours is in the tab: it shows something else, or was open before we were there. The browser doesn't tell which.
pub fn no_flow_seen(view: &View) -> Node {
    let reload = el(Tag::Button, "button large primary").with(Icon::Read).with(el(Tag::Span, "").with(Text::new("panel_reload"))).act("reload", Act::Reload);
    let note = el(Tag::P, "message").with(Icon::Save).with(el(Tag::Span, "").with(Text::new("empty_save_first")));
    bare(
        "source_none",
        empty(Icon::Lens, Text::new("empty_not_seen"), Text::new("empty_not_seen_what"))
            .with(el(Tag::Div, "row").with(reload).with(to_portal().class(true, "large")))
            .with(note)
            .with(drop_here())
            .maybe(refused(view)),
    )
}

/// Power Automate without a flow, or with one that was never saved.
pub fn no_flow_here(place: Option<&Place>, view: &View) -> Node {
    if place.is_some_and(|place| place.view == portal::View::New) {
        return bare("source_none", empty(Icon::Save, Text::new("empty_new"), Text::new("empty_new_what")));
    }
    bare("source_none", empty(Icon::Lens, Text::new("empty_open_flow"), Text::new("empty_open_flow_what")).with(drop_here()).maybe(refused(view)))
}

/// Without the live reading a file does as well.
fn drop_here() -> Element {
    el(Tag::P, "message").with(Icon::Sheet).with(el(Tag::Span, "").with(Text::new("file_drop")))
}

/// A dropped file that could not be read.
pub fn refused(view: &View) -> Option<Element> {
    let (file, why) = view.refused.as_ref()?;
    let words = el(Tag::P, "").with(Text::new("file_refused").with(file.clone()).with(why.clone()));
    Some(el(Tag::Div, "message bad").key("file:refused").attr(Attr::Role("alert")).with(Icon::Alert).with(el(Tag::Div, "").with(words)))
}

/// What is stored can't be read.
pub fn unreadable() -> Node {
    let reload = el(Tag::Button, "button large primary").with(Icon::Read).with(el(Tag::Span, "").with(Text::new("panel_reload"))).act("reload", Act::Reload);
    bare("source_none", empty(Icon::Alert, Text::new("empty_unreadable"), Text::new("empty_unreadable_what")).with(el(Tag::Div, "row").with(reload)))
}

/// A desktop flow, a form-fill process.
pub fn no_cloud_flow() -> Element {
    empty(Icon::Info, Text::new("empty_no_cloud_flow"), Text::new("empty_no_cloud_flow_what"))
}

/// Something is on its way: what, in words.
pub fn reading(scene: &Scene) -> Element {
    let line = |class: &'static str| el(Tag::Span, "bone").class(true, class);
    let card = || el(Tag::Div, "summary bones").with(line("wide")).with(line("half")).with(line("bar-like")).with(line("half")).with(line("half"));
    let found = scene.counts().operations;
    let connections = scene.sight.known.saved.map_or(0, |flow| flow.references.iter().filter(|reference| reference.connection.is_some()).count());
    let row = |done: bool, words: Text| {
        let sign = if done { Node::from(Icon::Check) } else { el(Tag::Span, "spinner").attr(Attr::Decoration).into() };
        el(Tag::Li, "").class(done, "intended").with(sign).with(el(Tag::Span, "").with(words))
    };
    let flow = if found > 0 { row(true, Text::counted("reading_operations", found)) } else { row(false, Text::new("reading_flow")) };
    let who = (found > 0).then(|| row(false, Text::counted("reading_connections", connections)));
    let bones = el(Tag::Div, "skeleton").attr(Attr::Decoration).with(el(Tag::Div, "combo bones").with(line("half"))).with(card());
    el(Tag::Section, "reading").key("reading").with(bones).with(el(Tag::Ul, "progress").with(flow).maybe(who))
}

/// A flow without a single operation that needs a connection.
pub fn nothing_to_judge(scene: &Scene) -> Element {
    empty(Icon::Check, Text::new("empty_no_connections"), Text::counted("empty_no_connections_what", scene.counts().operations))
}

/// Every step is done.
pub fn done(scene: &Scene) -> Element {
    let intended = scene.sight.audit.people.iter().find(|person| person.intended && person.operations > 0).map(|person| &person.account);
    let halo = el(Tag::Span, "halo").attr(Attr::Decoration).with(avatar(intended, Manner::Intended)).with(el(Tag::Span, "badge").with(Icon::Check));
    let title = former(scene).filter(|_| scene.counts().mismatch == 0).map_or_else(
        || Text::new(if scene.counts().mismatch == 0 { "done_title" } else { "done_title_stays" }),
        |former| Text::new("done_title_of").with(former.short_name()),
    );
    let counts = scene.counts();
    let words = match scene.only_intended() {
        _ if counts.mismatch + counts.unknown > 0 => Text::counted("done_but_stays", counts.mismatch + counts.unknown).with(counts.as_intended.to_string()),
        Some(who) => Text::counted("done_all_act", counts.as_intended).with(who),
        None => Text::counted("done_all_intended", counts.as_intended),
    };
    let day = |words: &'static str, at: f64| [el(Tag::Dt, "").with(Text::new(words)), el(Tag::Dd, "").with(name(scene.clock.day(at)))];
    let record = &scene.sight.record;
    let figures = record.first_look.as_ref().map(|first| {
        let stay = scene.checklist.dismissals();
        let stay = (stay > 0).then(|| [el(Tag::Dt, "").with(Text::new("done_stay")), el(Tag::Dd, "").with(name(stay.to_string()))]);
        let rows = figure(Text::new("done_acting"), scene.first_mismatch(), counts.mismatch)
            .into_iter()
            .chain(figure(Text::new("done_not_in_use"), first.leftovers, counts.leftovers))
            .chain(stay.into_iter().flatten())
            .chain(day("done_first_look", first.at))
            .chain(record.finished.map(|finished| day("done_finished", finished.at)).into_iter().flatten());
        el(Tag::Dl, "summary figures").all(rows)
    });
    let open = scene.is_open(&Part::DoneSteps);
    let steps = Text::counted(if open { "done_hide_steps" } else { "done_show_steps" }, scene.checklist.steps.len());
    let link = el(Tag::Button, "button quiet").attr(Attr::Expanded(open)).with(steps).act("done:steps", Act::turn(Change::Open(Part::DoneSteps, !open)));
    el(Tag::Section, "empty done")
        .key("done")
        .with(halo)
        .with(el(Tag::H2, "").with(title))
        .with(el(Tag::P, "").with(words))
        .maybe(figures)
        .with(link)
        .maybe(items::undo(scene))
}

/// The checklist below the news.
pub fn done_steps(scene: &Scene) -> Option<Element> {
    scene.is_open(&Part::DoneSteps).then(|| steps::steps(scene))
}

/// Whose flow it was: the flow's creator, where that isn't an intended account.
fn former<'a>(scene: &Scene<'a>) -> Option<&'a Account> {
    let creator = scene.sight.known.saved.and_then(|flow| flow.creator.as_ref())?;
    let known = scene.sight.audit.people.iter().find(|person| person.account.is_same(creator))?;
    (!known.intended && known.account.display_name.is_some()).then_some(&known.account)
}
