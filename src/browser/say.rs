//! Sentences in the reader's language, from the extension's catalogue.

use js_sys::{Array, Intl, Object, Reflect};
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
        static RULES: Intl::PluralRules = Intl::PluralRules::new(&Array::of1(&language().into()), Object::new().unchecked_ref());
    }
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    RULES.with(|rules| rules.select(f64::from(count))).as_string().unwrap_or_default()
}

/// The text with its number in the reader's way.
pub fn numbered(text: &Text) -> Text {
    let mut text = text.clone();
    if let (Some(count), Some(first)) = (text.count, text.args.first_mut()) {
        *first = number(count);
    }
    text
}

/// The number in the reader's way, in the digits that the sentences have.
fn number(count: usize) -> String {
    thread_local! {
        static NUMBERS: Intl::NumberFormat = {
            let options = Object::new();
            // Setting a plain property of a fresh object can't fail.
            let _ = Reflect::set(&options, &"numberingSystem".into(), &"latn".into());
            Intl::NumberFormat::new(&Array::of1(&language().into()), &options)
        };
    }
    let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    NUMBERS.with(|numbers| numbers.format().call1(&JsValue::UNDEFINED, &count.into())).ok().and_then(|said| said.as_string()).unwrap_or_default()
}

/// The catalogue's language: the browser may speak another one, or the same in the way of another country.
pub fn language() -> String {
    let catalogue = chrome::get_message("panel_language", &Array::new());
    let browser = chrome::ui_language().replace('_', "-");
    let of = |tag: &str| tag.split('-').next().map(str::to_owned);
    if of(&browser) == of(&catalogue) { browser } else { catalogue }
}
