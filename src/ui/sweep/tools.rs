//! What stands above the table: filters, search, groups, papers.

use super::group::passes;
use super::{Deed, Field, Filter, Group, Scene, View};
use crate::report::Paper;
use crate::ui::node::{Attr, Element, Tag, el};
use crate::ui::{Act, Icon};
use crate::words::Text;

/// All of them.
pub fn tools(scene: &Scene, view: &View) -> Element {
    el(Tag::Div, "tools").key("tools").with(filters(scene, view)).with(search(view)).with(groups(view)).with(papers())
}

fn filters(scene: &Scene, view: &View) -> Element {
    let rows = scene.known.map(|known| known.answer.rows.as_slice()).unwrap_or_default();
    let chosen = Filter::TOMORROW.into_iter().filter(|filter| *filter == view.filter);
    let presses = Filter::USUAL.into_iter().chain(chosen).filter_map(|filter| {
        let (id, key) = match filter {
            Filter::Found => ("found", "sweep_filter_found"),
            Filter::All => ("all", "sweep_filter_all"),
            Filter::Uses => ("uses", "sweep_state_uses"),
            Filter::Left => ("left", "sweep_state_left"),
            Filter::Broken => ("broken", "sweep_filter_broken"),
            Filter::Unknown => ("unknown", "sweep_state_unknown"),
            Filter::Unreadable => ("unreadable", "sweep_state_unreadable"),
            Filter::Changed => ("changed", "sweep_filter_changed"),
            Filter::Stops => ("stops", "sweep_filter_stop"),
            Filter::Off => ("off", "sweep_filter_off"),
            Filter::GoesOn => ("goes-on", "sweep_filter_goes_on"),
            Filter::Unsaid => ("unsaid", "sweep_filter_unsaid"),
        };
        let count = rows.iter().filter(|row| passes(filter, row)).count();
        let is_always = matches!(filter, Filter::Found | Filter::All) || filter == view.filter;
        (is_always || count > 0).then(|| {
            el(Tag::Button, "filter")
                .attr(Attr::Pressed(filter == view.filter))
                .with(Text::new(key))
                .with(el(Tag::Span, "number").with(super::words(count.to_string())))
                .act(format!("filter:{id}"), Act::Sweep(Deed::Filter(filter)))
        })
    });
    el(Tag::Div, "filters").attr(Attr::Role("group")).attr(Attr::Label(Text::new("sweep_filters"))).all(presses)
}

fn search(view: &View) -> Element {
    el(Tag::Input, "field search")
        .attr(Attr::Type("search"))
        .attr(Attr::Label(Text::new("sweep_search")))
        .attr(Attr::Placeholder(Text::new("sweep_search")))
        .attr(Attr::Value(view.search.clone()))
        .act("search", Act::Sweep(Deed::Type(Field::Search)))
}

fn groups(view: &View) -> Element {
    let options = [
        (Group::Flow, "flow", "sweep_group_none"),
        (Group::Account, "account", "sweep_group_account"),
        (Group::Connector, "connector", "sweep_group_connector"),
    ];
    let options = options.map(|(group, id, key)| {
        el(Tag::Option, "").key(format!("group-by:{id}")).attr(Attr::Data("value", id.to_owned())).attr(Attr::Chosen(view.group == group)).with(Text::new(key))
    });
    el(Tag::Select, "field").attr(Attr::Label(Text::new("sweep_group_by"))).all(options).act("group", Act::Sweep(Deed::Type(Field::Group)))
}

fn papers() -> Element {
    let presses = Paper::ALL.map(|paper| {
        let key = match paper {
            Paper::Html => "panel_save_html",
            Paper::Markdown => "panel_save_markdown",
            Paper::Csv => "panel_save_csv",
            Paper::Json => "panel_save_json",
        };
        el(Tag::Button, "button small quiet")
            .with(Icon::Save)
            .with(el(Tag::Span, "").with(Text::new(key)))
            .act(format!("save:{}", paper.ending()), Act::Sweep(Deed::Save(paper)))
    });
    el(Tag::Div, "papers").all(presses)
}
