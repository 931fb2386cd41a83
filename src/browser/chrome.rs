//! The extension's interfaces, as far as the panel uses them. They return promises in every browser.

use js_sys::{Array, Function};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    pub fn get_message(key: &str, parts: &Array) -> String;

    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getUILanguage)]
    pub fn ui_language() -> String;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    pub async fn query_tabs(filter: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = reload, catch)]
    pub async fn reload_tab(tab: i32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    pub async fn open_tab(wanted: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    pub fn address(path: &str) -> String;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    pub async fn send_message(message: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = openOptionsPage, catch)]
    pub async fn open_options() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    pub async fn read_session(keys: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    pub async fn read_local(keys: &JsValue) -> Result<JsValue, JsValue>;

    /// Refused by browsers that know of no policy.
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "managed"], js_name = get, catch)]
    pub async fn read_managed(keys: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = set, catch)]
    pub async fn write_local(items: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    pub async fn write_session(items: &JsValue) -> Result<JsValue, JsValue>;

    /// One of the browser's events.
    #[derive(Clone)]
    pub type Source;

    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &Source, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    fn remove_listener(this: &Source, listener: &Function);

    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "storage"], js_name = onChanged)]
    static STORAGE_CHANGED: Source;

    #[wasm_bindgen(thread_local_v2, js_namespace = ["chrome", "tabs"], js_name = onActivated)]
    static TAB_ACTIVATED: Source;
}

/// Hears one of the browser's events until it is dropped.
#[must_use = "dropping it ends the hearing"]
pub struct Hearing {
    source: Source,
    listener: Closure<dyn FnMut(JsValue, JsValue)>,
}

impl Hearing {
    fn new(source: Source, heard: impl FnMut(JsValue, JsValue) + 'static) -> Self {
        let listener = Closure::new(heard);
        source.add_listener(listener.as_ref().unchecked_ref());
        Self { source, listener }
    }

    /// Something stored changed: what, and in which area.
    pub fn storage_changed(heard: impl FnMut(JsValue, JsValue) + 'static) -> Self {
        Self::new(STORAGE_CHANGED.with(Clone::clone), heard)
    }

    /// Another tab came to the front.
    pub fn tab_activated(heard: impl FnMut(JsValue, JsValue) + 'static) -> Self {
        Self::new(TAB_ACTIVATED.with(Clone::clone), heard)
    }
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.source.remove_listener(self.listener.as_ref().unchecked_ref());
    }
}
