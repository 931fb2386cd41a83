//! What a person does in the panel: it changes what is open here, or goes to the session as an event.

use std::collections::BTreeMap;

use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::chrome;
use super::focus;
use super::hands::Deed;
use super::panel::{Shared, show};
use super::papers;
use super::say::{numbered, say};
use super::store;
use crate::protocol::Event;
use crate::report::{Paper, Report};
use crate::ui::act::at;
use crate::ui::{Act, Change, Part, rich};
use crate::words::Text;

/// The worker may just have been stopped: the browser needs a moment to start it again. In milliseconds.
const PAUSES: [u32; 4] = [0, 150, 500, 1_500];

/// Does what follows from it.
pub fn done(panel: &Shared, deed: Deed) {
    match deed {
        Deed::Away => {
            let closed = panel.borrow_mut().view.close_floating();
            if let Some(part) = closed {
                show(panel);
                if let Some(key) = goes_to(&Change::Open(part, false)) {
                    focus::by_key(&panel.borrow().root, key);
                }
            }
        }
        Deed::Typed(key, typed) => {
            let field = match panel.borrow().mount.act(&key) {
                Some(Act::Type(field)) => *field,
                _ => return,
            };
            panel.borrow_mut().view.type_into(field, typed);
            show(panel);
        }
        Deed::Used(key) => {
            let act = panel.borrow().mount.act(&key).cloned();
            match act {
                Some(Act::Do(events, changes)) => act_on(panel, events, changes),
                Some(Act::Copy(lines)) => copy(panel, key, &lines),
                Some(Act::Reload) => reload(panel),
                Some(Act::Save(paper)) => save(panel, paper),
                Some(Act::CopyRecord) => copy_record(panel, key),
                Some(Act::Turn(flow)) => {
                    panel.borrow_mut().view.turned = flow;
                    show(panel);
                }
                Some(Act::Options) => options(panel),
                Some(Act::PutAway) => put_away(panel),
                Some(Act::OpenSweep) => open_sweep(panel),
                Some(Act::Type(_) | Act::Sweep(_)) | None => {}
            }
        }
    }
}

fn act_on(panel: &Shared, events: Vec<Event>, changes: Vec<Change>) {
    let next = changes.iter().find_map(goes_to);
    if !changes.is_empty() {
        let mut panel = panel.borrow_mut();
        for change in changes {
            panel.view.apply(change);
        }
    }
    show(panel);
    if let Some(key) = next {
        focus::by_key(&panel.borrow().root, key);
    }
    if events.is_empty() {
        return;
    }
    let document = panel.borrow().shown().map(|(key, _)| key.map(str::to_owned));
    let document = match document {
        None => return,
        Some(None) => return decide(panel, events),
        Some(Some(document)) => document,
    };
    let panel = panel.clone();
    spawn_local(async move {
        let mut heard = true;
        for event in events {
            heard &= tell(&document, &at(event, js_sys::Date::now())).await;
        }
        let is_news = panel.borrow().view.unheard == heard;
        panel.borrow_mut().view.unheard = !heard;
        if is_news {
            show(&panel);
        }
    });
}

/// A dropped file's flow has no document behind it: what is decided about it is kept from here. The background hears of it by the storage.
fn decide(panel: &Shared, events: Vec<Event>) {
    let mut keep = BTreeMap::new();
    {
        let panel = &mut *panel.borrow_mut();
        let Some(session) = panel.files.get_mut(panel.view.turned) else { return };
        for event in events {
            keep.extend(session.feed(&at(event, papers::now()), &[], &mut panel.store.kept).keep);
        }
    }
    show(panel);
    let is_private = panel.borrow().store.is_private();
    let panel = panel.clone();
    spawn_local(async move {
        let items = serde_json::to_string(&keep).ok().and_then(|items| js_sys::JSON::parse(&items).ok());
        let kept = match items {
            Some(items) => store::keep(&items, is_private).await.is_ok(),
            None => false,
        };
        panel.borrow_mut().view.unheard = !kept;
        show(&panel);
    });
}

fn report(panel: &Shared) -> Option<Report> {
    let panel = panel.borrow();
    let (_, session) = panel.shown()?;
    session.sight(&panel.store.kept).map(|sight| sight.report(papers::now()))
}

fn save(panel: &Shared, paper: Paper) {
    if let Some(report) = report(panel)
        && let Err(error) = papers::save(&report, paper)
    {
        web_sys::console::error_1(&error);
    }
    act_on(panel, Vec::new(), vec![Change::Open(Part::Menu, false)]);
}

fn copy_record(panel: &Shared, key: String) {
    if let Some(report) = report(panel) {
        copy_text(panel, key, papers::written(&report, Paper::Markdown));
    }
}

fn options(panel: &Shared) {
    spawn_local(async move {
        // The browser opens it or turns to it; there is nothing to do where it doesn't.
        let _ = chrome::open_options().await;
    });
    act_on(panel, Vec::new(), vec![Change::Open(Part::Menu, false)]);
}

fn open_sweep(panel: &Shared) {
    let tab = panel.borrow().tab;
    spawn_local(async move {
        let page = chrome::address(&tab.map_or_else(|| "sweep/sweep.html".to_owned(), |tab| format!("sweep/sweep.html?tab={tab}")));
        let wanted = js_sys::Object::new();
        // Setting a plain property of a fresh object can't fail; a browser that refuses a tab says so itself.
        let _ = Reflect::set(&wanted, &"url".into(), &page.into());
        let _ = chrome::open_tab(&wanted).await;
    });
    act_on(panel, Vec::new(), vec![Change::Open(Part::Menu, false)]);
}

fn put_away(panel: &Shared) {
    {
        let mut panel = panel.borrow_mut();
        panel.files.clear();
        panel.view.flows.clear();
        panel.view.refused = None;
    }
    show(panel);
}

/// Where the focus goes after a change: whoever closes something that floated is back at what opened it.
const fn goes_to(change: &Change) -> Option<&'static str> {
    match change {
        Change::Open(Part::Menu, false) => Some("menu"),
        Change::Open(Part::Chooser, false) => Some("chooser:open"),
        Change::Several(true) => Some("chooser:type"),
        _ => None,
    }
}

/// Tells the session; again if the worker was just stopped. Every event of the panel says how things shall be, so that saying it twice changes nothing.
async fn tell(document: &str, event: &Event) -> bool {
    let message = serde_json::json!({ "to": "session", "key": document, "event": event });
    let Ok(message) = js_sys::JSON::parse(&message.to_string()) else { return false };
    for pause in PAUSES {
        if pause > 0 {
            TimeoutFuture::new(pause).await;
        }
        let Ok(answer) = chrome::send_message(&message).await else { continue };
        let error = Reflect::get(&answer, &"error".into()).ok().and_then(|error| error.as_string());
        match error.as_deref() {
            None if answer.is_object() => return true,
            Some("worker") | None => {}
            Some(_) => return false,
        }
    }
    false
}

fn copy(panel: &Shared, key: String, lines: &[Text]) {
    copy_text(panel, key, lines.iter().map(|line| rich::plain(&numbered(line), say)).collect::<Vec<_>>().join("\n"));
}

fn copy_text(panel: &Shared, key: String, text: String) {
    let panel = panel.clone();
    spawn_local(async move {
        let Some(window) = web_sys::window() else { return };
        let copied = JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok();
        panel.borrow_mut().view.copied = copied.then_some(key);
        show(&panel);
    });
}

fn reload(panel: &Shared) {
    let Some(tab) = panel.borrow().tab else { return };
    spawn_local(async move {
        // A tab that is gone by now needs no reloading.
        let _ = chrome::reload_tab(tab).await;
    });
}
