//! Every operation: by what matters now, or all in the flow's order, with a search where there are many.

use super::{Scene, parts, trouble};
use crate::audit::{Judged, Verdict};
use crate::ui::node::{Element, Tag, el};
use crate::ui::person::{Manner, avatar, short};
use crate::ui::{Act, Attr, Change, Field, Filter, Icon, Tab, path};
use crate::words::Text;

/// From so many operations on there is a search.
const MANY: usize = 25;

/// The two ways of looking at the flow.
pub fn tabs(scene: &Scene) -> Element {
    let tab = |tab: Tab, id: &'static str, words: Text| {
        let chosen = scene.view.tab == tab;
        el(Tag::Button, "tab-button").attr(Attr::Id(id)).attr(Attr::Role("tab")).attr(Attr::Selected(chosen)).with(words).act(id, Act::turn(Change::Tab(tab)))
    };
    el(Tag::Div, "tabs")
        .key("tabs")
        .attr(Attr::Role("tablist"))
        .attr(Attr::Label(Text::new("list_ways")))
        .with(tab(Tab::Checklist, "tab-checklist", Text::new("list_checklist")))
        .with(tab(Tab::Operations, "tab-operations", Text::counted("list_operations", scene.counts().operations)))
}

/// What is listed now: as chosen, else what matters most.
fn filter(scene: &Scene) -> Filter {
    let counts = scene.counts();
    scene.view.filter.unwrap_or(match () {
        () if counts.mismatch > 0 => Filter::ToChange,
        () if counts.unknown > 0 && counts.operations >= MANY => Filter::Unknown,
        () => Filter::All,
    })
}

fn fits(filter: Filter, verdict: &Verdict) -> bool {
    match filter {
        Filter::ToChange => matches!(verdict, Verdict::Mismatch { .. }),
        Filter::Unknown => matches!(verdict, Verdict::Unknown { .. }),
        Filter::RunOnly => *verdict == Verdict::RunOnly,
        Filter::All => true,
    }
}

/// The list below a heading of its own, where there is no checklist beside it.
pub fn alone(scene: &Scene) -> Element {
    let heading = el(Tag::H2, "label").attr(Attr::Id("tab-operations")).with(Text::counted("list_operations", scene.counts().operations));
    el(Tag::Section, "").key("list:alone").with(heading).with(operations(scene))
}

/// The list.
pub fn operations(scene: &Scene) -> Element {
    let filter = filter(scene);
    let sought = scene.view.search.trim().to_lowercase();
    let found: Vec<&Judged> = scene
        .sight
        .audit
        .operations
        .iter()
        .filter(|judged| fits(filter, &judged.verdict))
        .filter(|judged| sought.is_empty() || path::haystack(judged).contains(&sought))
        .collect();
    let search = (scene.counts().operations >= MANY).then(|| search(scene, found.len()));
    let list = if found.is_empty() {
        el(Tag::P, "note").key("list:none").with(Text::new(if sought.is_empty() { "list_none" } else { "list_not_found" }))
    } else if filter == Filter::All {
        let rows = found.iter().map(|judged| parts::operation_with_face(scene, "all", judged));
        el(Tag::Ul, "operations card dense").key("list:all").all(rows)
    } else {
        el(Tag::Div, "").key("list:grouped").all(grouped(scene, &found))
    };
    el(Tag::Div, "tab")
        .key("tab:operations")
        .attr(Attr::Role(if trouble::hides_all(scene) { "group" } else { "tabpanel" }))
        .attr(Attr::LabelledBy("tab-operations"))
        .maybe(search)
        .with(chips(scene, filter))
        .with(list)
}

fn search(scene: &Scene, found: usize) -> Element {
    let input = el(Tag::Input, "")
        .attr(Attr::Type("search"))
        .attr(Attr::Value(scene.view.search.clone()))
        .attr(Attr::Placeholder(Text::new("list_search")))
        .attr(Attr::Label(Text::new("list_search_label")))
        .act("search", Act::Type(Field::Search));
    let count = (!scene.view.search.trim().is_empty()).then(|| el(Tag::Span, "caption").attr(Attr::Live).with(Text::counted("list_found", found)));
    el(Tag::Div, "field").key("search:row").with(Icon::Search).with(input).maybe(count)
}

fn chips(scene: &Scene, chosen: Filter) -> Element {
    let counts = scene.counts();
    let chip = |filter: Filter, key: &'static str, words: Text, manner: Option<Manner>| {
        el(Tag::Button, "pill")
            .class(filter == chosen, manner.map_or("plain", Manner::class))
            .attr(Attr::Pressed(filter == chosen))
            .maybe(manner.and_then(Manner::sign).filter(|_| filter == chosen))
            .with(el(Tag::Span, "").with(words))
            .act(key, Act::turn(Change::Filter(filter)))
    };
    let wanted = |filter: Filter, count: usize| count > 0 || filter == chosen;
    let mut group = el(Tag::Div, "pills").key("pills").attr(Attr::Role("group")).attr(Attr::Label(Text::new("list_filter")));
    if wanted(Filter::ToChange, counts.mismatch) {
        group = group.with(chip(Filter::ToChange, "filter:change", Text::counted("list_to_change", counts.mismatch), Some(Manner::Mismatch)));
    }
    if wanted(Filter::Unknown, counts.unknown) {
        group = group.with(chip(Filter::Unknown, "filter:unknown", Text::counted("list_unknown", counts.unknown), Some(Manner::Unknown)));
    }
    if wanted(Filter::RunOnly, counts.run_only) {
        group = group.with(chip(Filter::RunOnly, "filter:run-only", Text::counted("list_run_only", counts.run_only), Some(Manner::RunOnly)));
    }
    group.with(chip(Filter::All, "filter:all", Text::new("list_all"), None))
}

/// By person, then by connector, each in the order of the flow.
fn grouped(scene: &Scene, found: &[&Judged]) -> Vec<Element> {
    let mut groups: Vec<(&Judged, Vec<&Judged>)> = Vec::new();
    let same = |one: &Judged, other: &Judged| match (one.face(), other.face()) {
        (Some(one), Some(other)) => one.is_same(other),
        (None, None) => one.verdict == other.verdict,
        _ => false,
    };
    for judged in found {
        match groups.iter_mut().find(|(first, _)| same(first, judged)) {
            Some((_, rows)) => rows.push(judged),
            None => groups.push((judged, vec![judged])),
        }
    }
    groups.sort_by_key(|(first, _)| first.face().map_or(usize::MAX, |account| parts::place_of(scene, account)));
    groups.into_iter().map(|(first, rows)| card(scene, first, rows)).collect()
}

fn card(scene: &Scene, first: &Judged, rows: Vec<&Judged>) -> Element {
    let manner = Manner::of(&first.verdict).unwrap_or(Manner::Plain);
    let who = match first.verdict {
        Verdict::RunOnly => Text::new("people_run_only").into(),
        Verdict::Unknown { why } if first.face().is_none() => super::unseen::reason(scene, why).into(),
        _ => short(first.face()),
    };
    let head = el(Tag::H3, "by")
        .with(avatar(first.face(), manner))
        .with(el(Tag::B, "grow").with(who))
        .with(el(Tag::Span, "caption").with(Text::counted("people_operations", rows.len())));
    let mut by_connector: Vec<(String, Vec<&Judged>)> = Vec::new();
    for judged in rows {
        let named = parts::connector_name(judged);
        match by_connector.iter_mut().find(|(known, _)| *known == named) {
            Some((_, rows)) => rows.push(judged),
            None => by_connector.push((named, vec![judged])),
        }
    }
    let key = first.face().and_then(|account| account.address()).unwrap_or(manner.class()).to_owned();
    let sections = by_connector.into_iter().flat_map(|(named, rows)| {
        let glyph = crate::ui::connector::glyph(rows.first().and_then(|judged| judged.connector.as_deref()), &named).class(true, "small");
        let count = el(Tag::Span, "caption").with(crate::ui::node::name(rows.len().to_string()));
        let head = el(Tag::Div, "by-connector")
            .key(format!("by:{key}:{named}"))
            .with(glyph)
            .with(el(Tag::Span, "grow ellipsis").with(crate::ui::node::name(named.clone())))
            .with(count);
        let rows = rows.into_iter().map(|judged| parts::operation(scene, "list", judged));
        [head, el(Tag::Ul, "operations dense").key(format!("rows:{key}:{named}")).all(rows)]
    });
    el(Tag::Section, "card").key(format!("who:{key}:{}", first.name)).with(head).all(sections.collect::<Vec<_>>())
}
