//! Sentences in the reader's language, from the extension's catalogue.

use js_sys::{Array, Intl, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::chrome;
use crate::words::Text;

/// A sentence. The catalogue may be in another language than the browser, so a plural form that it lacks becomes `_other`.
pub fn say(text: &Text) -> String {
    let parts: Array = text.args.iter().map(JsValue::from).collect();
    let Some(count) = text.count else { return chrome::get_message(&text.key, &parts) };
    let said = chrome::get_message(&format!("{}_{}", text.key, form(count)), &parts);
    if said.is_empty() { chrome::get_message(&format!("{}_other", text.key), &parts) } else { said }
}

/// `one`, `few`, … by the language's own rule.
fn form(count: usize) -> String {
    thread_local! {
        static RULES: Intl::PluralRules = Intl::PluralRules::new(&Array::of1(&chrome::ui_language().into()), Object::new().unchecked_ref());
    }
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    RULES.with(|rules| rules.select(f64::from(count))).as_string().unwrap_or_default()
}
