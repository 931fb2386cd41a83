//! The table of flows: a page of it at a time, so that thousands stay as quick as ten.

use super::group::listed;
use super::{Column, Deed, Scene, View, row, tools, words};
use crate::ui::Act;
use crate::ui::node::{Attr, Element, Node, Tag, el};
use crate::words::Text;

/// Rows on a page.
const ROWS: usize = 100;

/// The section.
pub fn section(scene: &Scene, view: &View) -> Element {
    let section = el(Tag::Section, "flows").key("flows").with(el(Tag::H2, "").with(Text::new("sweep_flows"))).with(tools::tools(scene, view));
    let Some(known) = scene.known else { return section };
    let rows = listed(&known, view);
    if rows.is_empty() {
        return section.with(el(Tag::P, "card empty").key("empty").with(Text::new("sweep_none")));
    }
    let pages = rows.len().div_ceil(ROWS);
    let page = view.page.min(pages - 1);
    let mut body: Vec<Node> = Vec::new();
    let mut head = None;
    for placed in rows.iter().skip(page * ROWS).take(ROWS) {
        if placed.head.is_some() && head != Some(placed.group) {
            head = Some(placed.group);
            let said: Node = placed.head.as_deref().filter(|head| !head.is_empty()).map_or_else(|| Text::new("sweep_nobody_knows").into(), words);
            let under = rows.iter().filter(|other| other.group == placed.group).count();
            let cell =
                el(Tag::Th, "").attr(Attr::Wide(5)).attr(Attr::Scope("rowgroup")).with(said).with(el(Tag::Small, "").with(Text::counted("sweep_group", under)));
            body.push(el(Tag::Tr, "group").key(format!("group:{}", placed.group)).with(cell).into());
        }
        body.extend(row::row(scene, placed.row, placed.group).map(Node::from));
    }
    let columns = [
        (Column::Name, "name", "sweep_column_flow"),
        (Column::State, "state", "sweep_column_state"),
        (Column::Account, "account", "sweep_column_account"),
        (Column::Connector, "connector", "sweep_column_connector"),
        (Column::Operations, "operations", "sweep_column_operations"),
    ];
    let heads = columns.map(|(column, id, key)| {
        let sorted = match view.sort {
            Some((known, false)) if known == column => "ascending",
            Some((known, true)) if known == column => "descending",
            _ => "none",
        };
        let press = el(Tag::Button, "sort").with(Text::new(key)).act(format!("sort:{id}"), Act::Sweep(Deed::Sort(column)));
        el(Tag::Th, "").attr(Attr::Scope("col")).attr(Attr::Sorted(sorted)).with(press)
    });
    let table = el(Tag::Table, "")
        .attr(Attr::Id("flows"))
        .with(el(Tag::Caption, "spoken").with(Text::new("sweep_flows")))
        .with(el(Tag::Thead, "").with(el(Tag::Tr, "").all(heads)))
        .with(el(Tag::Tbody, "").all(body));
    section.with(el(Tag::Div, "card table").key("table").with(table)).with(paging(page, pages, rows.len()))
}

fn paging(page: usize, pages: usize, rows: usize) -> Element {
    let shown = Text::counted("sweep_rows", rows).with((page * ROWS + 1).to_string()).with((page * ROWS + ROWS).min(rows).to_string());
    let bar = el(Tag::Div, "paging").key("paging").with(el(Tag::Span, "caption").with(shown));
    if pages < 2 {
        return bar;
    }
    let press = |key: &'static str, words: &'static str, to: Option<usize>| {
        let button = el(Tag::Button, "button small").with(Text::new(words)).act(key, Act::Sweep(Deed::Page(to.unwrap_or(page))));
        if to.is_none() { button.attr(Attr::Off) } else { button }
    };
    bar.with(press("rows:back", "sweep_back", page.checked_sub(1))).with(press("rows:on", "sweep_on", Some(page + 1).filter(|next| *next < pages)))
}
