//! Files that a person drops on the panel. They are read here and go nowhere.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Event, File, Window};

use super::panel::{Shared, show};
use crate::session::from_file;

/// The largest file that is read, in bytes: as much as the readers take of an archive.
const MOST_BYTES: f64 = 256.0 * 1024.0 * 1024.0;

/// Listens for dropped files.
#[must_use = "dropping it ends the listening"]
pub struct Dropping {
    _listeners: [EventListener; 2],
}

impl Dropping {
    /// On the whole page: where exactly doesn't matter.
    pub fn new(window: &Window, panel: &Shared) -> Self {
        let ours = EventListenerOptions::enable_prevent_default();
        // Without this the browser opens the file in place of the panel.
        let over = EventListener::new_with_options(window, "dragover", ours, Event::prevent_default);
        let panel = panel.clone();
        let drop = EventListener::new_with_options(window, "drop", ours, move |event| {
            event.prevent_default();
            let Some(file) = file_of(event) else { return };
            let panel = panel.clone();
            spawn_local(async move { take(&panel, file).await });
        });
        Self { _listeners: [over, drop] }
    }
}

fn file_of(event: &Event) -> Option<File> {
    event.dyn_ref::<DragEvent>()?.data_transfer()?.files()?.get(0)
}

async fn bytes(file: &File) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(file.array_buffer()).await?).to_vec())
}

/// Shows the file's flows, or says why it can't be read.
async fn take(panel: &Shared, file: File) {
    let name = file.name();
    let read = if file.size() > MOST_BYTES {
        Err("it is larger than anything that is read".to_owned())
    } else {
        match bytes(&file).await {
            Ok(bytes) => from_file(&name, &bytes, js_sys::Date::now()),
            Err(_) => Err("the browser could not read it".to_owned()),
        }
    };
    {
        let mut panel = panel.borrow_mut();
        match read {
            Ok(sessions) => {
                panel.view.flows = sessions.iter().map(|session| session.facts().and_then(|facts| facts.saved.as_ref()?.flow.display_name.clone())).collect();
                panel.view.turned = 0;
                panel.view.refused = None;
                panel.files = sessions;
            }
            Err(why) => panel.view.refused = Some((name, why)),
        }
    }
    show(panel);
}
