//! The one door through which errors reach JavaScript: a real `Error` with a name and a closed variant.

use wasm_bindgen::JsValue;

/// Something the core would not take.
#[derive(Debug)]
pub struct Refused {
    variant: &'static str,
    message: &'static str,
}

impl Refused {
    pub(super) const fn new(variant: &'static str, message: &'static str) -> Self {
        Self { variant, message }
    }
}

impl From<Refused> for JsValue {
    fn from(refused: Refused) -> Self {
        let error = js_sys::Error::new(refused.message);
        error.set_name("ConnectionLensError");
        // Setting a plain property of a fresh object can't fail.
        let _ = js_sys::Reflect::set(&error, &"variant".into(), &refused.variant.into());
        error.into()
    }
}
