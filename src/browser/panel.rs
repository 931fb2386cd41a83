//! The side panel's page: finds its tab, reads what is stored of it, shows it, and carries what a person does to the background.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::chrome::{self, Hearing};
use super::clock::Watch;
use super::deeds::done;
use super::dom::Mount;
use super::drop::Dropping;
use super::error::Refused;
use super::hands::Hands;
use super::store::{MOST_READINGS, Store};
use crate::session::Session;
use crate::ui::View;
use crate::ui::panel::{Found, draw, pick};

/// The panel of one window.
pub struct Panel {
    pub mount: Mount,
    pub root: web_sys::Element,
    clock: Watch,
    pub tab: Option<i32>,
    /// A tab named in the page's own address: for looking at the panel outside of the browser's side.
    pinned: Option<i32>,
    pub store: Store,
    /// How often storage was heard to change, or another tab to come to the front.
    heard: u32,
    unreadable: bool,
    pub view: View,
    /// The flows of a file that was dropped here; while there are any, the panel shows one of them.
    pub files: Vec<Session>,
}

impl Panel {
    /// What the panel looks at: a dropped file's flow, else the tab's document, with its key.
    pub fn shown(&self) -> Option<(Option<&str>, &Session)> {
        match self.files.get(self.view.turned) {
            Some(session) => Some((None, session)),
            None => pick(&self.store.documents).map(|(key, session)| (Some(key), session)),
        }
    }
}

/// Everything that hears something holds it.
pub type Shared = Rc<RefCell<Panel>>;

/// What hears something for the panel; dropping it would end that.
struct Open {
    _panel: Shared,
    _hands: Hands,
    _hearings: Vec<Hearing>,
    _dropping: Dropping,
}

thread_local! {
    /// The page lives as long as this does.
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
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
    let panel = Panel {
        mount,
        root: root.clone(),
        clock: Watch::new(),
        tab: None,
        pinned,
        store: Store::empty(true),
        heard: 0,
        unreadable: false,
        view: View::default(),
        files: Vec::new(),
    };
    let panel: Shared = Rc::new(RefCell::new(panel));
    let (one, two, three) = (panel.clone(), panel.clone(), panel.clone());
    let hands = Hands::new(&root, move |deed| done(&one, deed));
    let stored = Hearing::storage_changed(move |changes, area| changed(&two, &changes, &area));
    let activated = Hearing::tab_activated(move |_, _| {
        let panel = three.clone();
        heard(&panel);
        spawn_local(async move { turn(&panel).await });
    });
    turn(&panel).await;
    let dropping = Dropping::new(&window, &panel);
    OPEN.with(|open| *open.borrow_mut() = Some(Open { _panel: panel, _hands: hands, _hearings: vec![stored, activated], _dropping: dropping }));
    Ok(())
}

/// Turns to the tab in front, if it is another one, and shows what is known of it. Of two turns at once, the later one to end saw what the other saw.
async fn turn(panel: &Shared) {
    let (mut tab, mut read) = (None, Ok(Store::default()));
    for _ in 0..MOST_READINGS {
        let (heard, pinned) = (panel.borrow().heard, panel.borrow().pinned);
        tab = match pinned {
            Some(id) => Some(Tab { id, is_private: true }),
            None => tab_in_front().await,
        };
        read = match &tab {
            Some(tab) => Store::read(tab.id, tab.is_private).await,
            // What isn't known to be an ordinary window's is never written to disk.
            None => Ok(Store::empty(true)),
        };
        if panel.borrow().heard == heard {
            break;
        }
    }
    {
        let mut panel = panel.borrow_mut();
        panel.unreadable = read.is_err();
        panel.store = read.unwrap_or_else(|_| Store::empty(tab.as_ref().is_none_or(|tab| tab.is_private)));
        panel.tab = tab.map(|tab| tab.id);
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

/// Shows what is known now.
pub fn show(panel: &Shared) {
    let panel = &mut *panel.borrow_mut();
    let found = match (panel.files.get(panel.view.turned), pick(&panel.store.documents)) {
        (Some(session), _) => Found::Document(session),
        _ if panel.unreadable => Found::Unreadable,
        (None, Some((_, session))) => Found::Document(session),
        (None, None) => Found::Nothing,
    };
    let tree = draw(found, &panel.store.kept, &mut panel.view, &panel.clock);
    if let Err(error) = panel.mount.show(tree) {
        web_sys::console::error_1(&error);
    }
}

/// Tells readings that are under way that they may be old.
fn heard(panel: &Shared) {
    let mut panel = panel.borrow_mut();
    panel.heard = panel.heard.wrapping_add(1);
}

fn changed(panel: &Shared, changes: &JsValue, area: &JsValue) {
    heard(panel);
    let matters = {
        let mut panel = panel.borrow_mut();
        let Some(tab) = panel.tab else { return };
        panel.store.take(tab, changes, &area.as_string().unwrap_or_default())
    };
    if matters {
        show(panel);
    }
}
