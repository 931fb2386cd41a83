//! Which flow this is, what it was read from, and when.

use super::{Scene, trouble};
use crate::protocol::Event;
use crate::report::Paper;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Act, Attr, Change, Icon, Node, Part};
use crate::words::Text;

/// The header of a flow.
pub fn header(scene: &Scene) -> Element {
    let environment = el(Tag::Div, "caption ellipsis").with(environment(&scene.sight.facts.environment));
    let title = scene.flow_name().map_or_else(|| Text::new("panel_unnamed").into(), name);
    el(Tag::Header, "header")
        .key("header")
        .with(el(Tag::Div, "grow").with(el(Tag::H1, "").with(title)).with(environment))
        .with(el(Tag::Div, "tools").with(refresh()).with(more(scene)))
        .with(source(scene))
        .maybe(scene.is_open(&Part::Menu).then(|| menu(scene)))
        .maybe(scene.is_open(&Part::Sources).then(|| sources(scene)))
}

fn refresh() -> Element {
    el(Tag::Button, "icon-button").attr(Attr::Label(Text::new("panel_read_again"))).with(Icon::Read).act("refresh", Act::tell(Event::Refresh { at: 0.0 }))
}

fn more(scene: &Scene) -> Element {
    let open = scene.is_open(&Part::Menu);
    el(Tag::Button, "icon-button")
        .attr(Attr::Label(Text::new("panel_more")))
        .attr(Attr::Expanded(open))
        .with(Icon::Dots)
        .act("menu", Act::turn(Change::Open(Part::Menu, !open)))
}

fn menu(scene: &Scene) -> Element {
    let item = |icon: Icon, words: Text| el(Tag::Button, "item").with(icon).with(el(Tag::Span, "").with(words));
    let shown = scene.is_open(&Part::Sources);
    let words = Text::new(if shown { "source_hide" } else { "source_show" });
    let close = Change::Open(Part::Menu, false);
    let sources = item(Icon::Info, words).act("menu:sources", Act::Do(vec![], vec![Change::Open(Part::Sources, !shown), close]));
    let copied = scene.view.copied.as_deref() == Some("menu:details");
    let details = item(if copied { Icon::Check } else { Icon::Copy }, Text::new(if copied { "panel_copied" } else { "panel_copy_details" }));
    let record = scene.view.copied.as_deref() == Some("menu:record");
    let record = item(if record { Icon::Check } else { Icon::Copy }, Text::new(if record { "panel_copied" } else { "panel_copy_record" }));
    let saves = Paper::ALL.into_iter().map(|paper| {
        let words = Text::new(match paper {
            Paper::Html => "panel_save_html",
            Paper::Markdown => "panel_save_markdown",
            Paper::Csv => "panel_save_csv",
            Paper::Json => "panel_save_json",
        });
        item(Icon::Save, words).act(format!("menu:save:{}", paper.ending()), Act::Save(paper))
    });
    el(Tag::Div, "floating menu")
        .key("menu:list")
        .with(sources)
        .with(record.act("menu:record", Act::CopyRecord))
        .all(saves)
        .with(details.act("menu:details", Act::Copy(trouble::details(scene))))
        .with(item(Icon::Lens, Text::new("sweep_open")).act("menu:sweep", Act::OpenSweep))
        .with(item(Icon::Settings, Text::new("panel_options")).act("menu:options", Act::Options))
        .maybe(scene.sight.record.has_decisions().then(|| {
            let words = item(Icon::Undo, Text::new("panel_start_over"));
            words.act("menu:reset", Act::Do(vec![Event::Reset { at: 0.0 }], vec![Change::Open(Part::Menu, false)]))
        }))
}

/// An environment's id, readable: the names of environments are in no answer that we read.
fn environment(id: &str) -> Node {
    if id.is_empty() {
        return Text::new("panel_environment_unknown").into();
    }
    if id.to_ascii_lowercase().starts_with("default-") {
        return Text::new("panel_environment_default").into();
    }
    Text::new("panel_environment").with(id).into()
}

/// Live, saved, or partly known.
fn source(scene: &Scene) -> Element {
    let line = el(Tag::Div, "source").key("source");
    let known = &scene.sight.known;
    if scene.sight.is_reading() {
        return line.with(el(Tag::Span, "spinner").attr(Attr::Decoration)).with(Text::new("panel_reading"));
    }
    if let Some(file) = &scene.sight.facts.file {
        return line.with(el(Tag::Span, "dot hollow").attr(Attr::Decoration)).with(el(Tag::Span, "").with(Text::new("source_file").with(file.clone())));
    }
    let saved = scene.sight.facts.saved.as_ref();
    let partly = scene.is_partly_known();
    let separate = |line: Element, icon: Option<Icon>, words: &'static str| line.with(el(Tag::Span, "").maybe(icon).with(Text::new(words)));
    let dot = |full: bool| el(Tag::Span, "dot").class(!full, "hollow").attr(Attr::Decoration);
    let line = match (known.designer, saved) {
        (Some(designer), _) => {
            let line = line.with(dot(true)).with(el(Tag::Span, "").with(Text::new("source_live")));
            if designer.unsaved { separate(line, Some(Icon::Pencil), "source_unsaved") } else { line }
        }
        (None, Some(saved)) if saved.old => line.with(dot(false)).with(el(Tag::Span, "").with(Text::new("source_before_save"))),
        (None, Some(saved)) => line.with(dot(!partly)).with(el(Tag::Span, "").with(Text::new("source_saved").with(scene.clock.moment(saved.seen.at)))),
        (None, None) => return line.with(dot(false)).with(el(Tag::Span, "").with(Text::new("source_nothing"))),
    };
    if partly { separate(line, None, "source_partly") } else { line }
}

/// Everything that was read: what, when, and whether Power Automate loaded it or we asked for it.
fn sources(scene: &Scene) -> Element {
    let facts = scene.sight.facts;
    let pool = scene.sight.pool.and_then(|pool| pool.seen.as_ref());
    let read = [
        ("source_flow", facts.saved.as_ref().map(|saved| &saved.seen)),
        ("source_picker", facts.picker_seen.as_ref()),
        ("source_environment", pool),
        ("source_listed", facts.listed_seen.as_ref()),
    ];
    let row = |(what, seen): (&'static str, Option<&crate::session::Seen>)| {
        let how = match seen {
            None => Text::new("source_not_read"),
            Some(seen) if seen.asked => Text::new("source_asked").with(scene.clock.moment(seen.at)),
            Some(seen) => Text::new("source_seen").with(scene.clock.moment(seen.at)),
        };
        let address = seen.map(|seen| el(Tag::Code, "").with(name(seen.source.clone())));
        [el(Tag::Dt, "").with(Text::new(what)), el(Tag::Dd, "").with(el(Tag::Span, "").with(how)).maybe(address)]
    };
    let live = facts
        .live
        .as_ref()
        .map(|live| [el(Tag::Dt, "").with(Text::new("source_designer")), el(Tag::Dd, "").with(Text::new("source_seen").with(scene.clock.moment(live.at)))]);
    let list = el(Tag::Dl, "").all(live.into_iter().flatten()).all(read.into_iter().flat_map(row));
    el(Tag::Section, "sources").key("sources").attr(Attr::Label(Text::new("source_title"))).with(list)
}
