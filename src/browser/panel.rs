//! The side panel's page: finds its tab, reads what is stored of it, shows it, and carries what a person does to the background.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::chrome::{self, Hearing};
use super::clock::Watch;
use super::dom::Mount;
use super::error::Refused;
use super::focus;
use super::hands::{Deed, Hands};
use super::say::say;
use super::store::Store;
use crate::protocol::Event;
use crate::ui::act::at;
use crate::ui::panel::{Found, pick, settle, view};
use crate::ui::{Act, Change, Part, View, rich};
use crate::words::Text;

/// The worker may just have been stopped: the browser needs a moment to start it again. In milliseconds.
const PAUSES: [u32; 4] = [0, 150, 500, 1_500];

/// The panel of one window.
struct Panel {
    mount: Mount,
    root: web_sys::Element,
    clock: Watch,
    tab: Option<i32>,
    /// A tab named in the page's own address: for looking at the panel outside of the browser's side.
    pinned: Option<i32>,
    store: Store,
    unreadable: bool,
    view: View,
}

type Shared = Rc<RefCell<Panel>>;

thread_local! {
    /// The page lives as long as this does.
    static OPEN: RefCell<Option<(Shared, Hands, Vec<Hearing>)>> = const { RefCell::new(None) };
}

/// Starts the panel on its page.
///
/// # Errors
/// Where the page lacks its place for the panel, or the browser refuses a part of it.
#[wasm_bindgen]
pub async fn panel() -> Result<(), JsValue> {
    let missing = || Refused::new("page", "the panel's page lacks its place");
    let window = web_sys::window().ok_or_else(missing)?;
    let document = window.document().ok_or_else(missing)?;
    let root = document.get_element_by_id("panel").ok_or_else(missing)?;
    let pinned = window.location().search().ok().and_then(|search| search.strip_prefix("?tab=")?.parse().ok());
    let mount = Mount::new(document, root.clone());
    let panel = Panel { mount, root: root.clone(), clock: Watch::new(), tab: None, pinned, store: Store::default(), unreadable: false, view: View::default() };
    let panel: Shared = Rc::new(RefCell::new(panel));
    let (one, two, three) = (panel.clone(), panel.clone(), panel.clone());
    let hands = Hands::new(&root, move |deed| done(&one, deed));
    let stored = Hearing::storage_changed(move |changes, area| changed(&two, &changes, &area));
    let activated = Hearing::tab_activated(move |_, _| {
        let panel = three.clone();
        spawn_local(async move { turn(&panel).await });
    });
    turn(&panel).await;
    OPEN.with(|open| *open.borrow_mut() = Some((panel, hands, vec![stored, activated])));
    Ok(())
}

/// Turns to the tab in front, if it is another one, and shows what is known of it.
async fn turn(panel: &Shared) {
    let pinned = panel.borrow().pinned;
    let tab = match pinned {
        Some(id) => Some(Tab { id, is_private: false }),
        None => tab_in_front().await,
    };
    let read = match &tab {
        Some(tab) => Store::read(tab.id, tab.is_private).await,
        None => Ok(Store::default()),
    };
    {
        let mut panel = panel.borrow_mut();
        panel.tab = tab.map(|tab| tab.id);
        panel.unreadable = read.is_err();
        panel.store = read.unwrap_or_default();
    }
    show(panel);
}

/// A tab of the browser.
struct Tab {
    id: i32,
    is_private: bool,
}

async fn tab_in_front() -> Option<Tab> {
    let filter = Object::new();
    for part in ["active", "currentWindow"] {
        Reflect::set(&filter, &part.into(), &JsValue::TRUE).ok()?;
    }
    let tabs: Array = chrome::query_tabs(&filter).await.ok()?.dyn_into().ok()?;
    let of_tab = |part: &str| Reflect::get(&tabs.get(0), &part.into()).ok();
    let id = of_tab("id")?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "the browser's tab ids are 32-bit")]
    Some(Tab { id: id as i32, is_private: of_tab("incognito").is_some_and(|incognito| incognito.is_truthy()) })
}

fn show(panel: &Shared) {
    let panel = &mut *panel.borrow_mut();
    let document = pick(&panel.store.documents);
    let found = match document {
        _ if panel.unreadable => Found::Unreadable,
        Some((_, session)) => Found::Document(session),
        None => Found::Nothing,
    };
    settle(found, &panel.store.kept, &mut panel.view);
    let tree = view(found, &panel.store.kept, &panel.view, &panel.clock);
    if let Err(error) = panel.mount.show(tree) {
        web_sys::console::error_1(&error);
    }
}

fn changed(panel: &Shared, changes: &JsValue, area: &JsValue) {
    let matters = {
        let mut panel = panel.borrow_mut();
        let Some(tab) = panel.tab else { return };
        panel.store.take(tab, changes, &area.as_string().unwrap_or_default())
    };
    if matters {
        show(panel);
    }
}

fn done(panel: &Shared, deed: Deed) {
    match deed {
        Deed::Away => {
            let closed = panel.borrow_mut().view.close_floating();
            if let Some(part) = closed {
                show(panel);
                give_back(panel, &part);
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
                Some(Act::Type(_)) | None => {}
            }
        }
    }
}

fn act_on(panel: &Shared, events: Vec<Event>, changes: Vec<Change>) {
    let closed =
        changes.iter().find_map(|change| if let Change::Open(part @ (Part::Chooser | Part::Menu), false) = change { Some(part.clone()) } else { None });
    if !changes.is_empty() {
        let mut panel = panel.borrow_mut();
        changes.into_iter().for_each(|change| panel.view.apply(change));
    }
    show(panel);
    if let Some(part) = closed {
        give_back(panel, &part);
    }
    let document = pick(&panel.borrow().store.documents).map(|(key, _)| key.to_owned());
    let Some(document) = document.filter(|_| !events.is_empty()) else { return };
    let panel = panel.clone();
    spawn_local(async move {
        let mut heard = true;
        for event in events {
            heard &= tell(&document, &at(event, js_sys::Date::now())).await;
        }
        let changed = panel.borrow().view.unheard == heard;
        panel.borrow_mut().view.unheard = !heard;
        if changed {
            show(&panel);
        }
    });
}

/// Whoever closes something that floated is back at what opened it.
fn give_back(panel: &Shared, part: &Part) {
    focus::by_key(&panel.borrow().root, if *part == Part::Menu { "menu" } else { "chooser:open" });
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
    let text = lines.iter().map(|line| rich::plain(line, say)).collect::<Vec<_>>().join("\n");
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
