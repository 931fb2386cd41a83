//! Times in the reader's way.

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::say;
use crate::ui::panel::Clock;

/// The browser's own words for times.
pub struct Watch {
    hour: Intl::DateTimeFormat,
    day: Intl::DateTimeFormat,
    both: Intl::DateTimeFormat,
}

impl Watch {
    /// In the language of the sentences.
    pub fn new() -> Self {
        let hour = [("hour", "numeric"), ("minute", "2-digit")];
        let day = [("day", "numeric"), ("month", "short")];
        Self { hour: format(&hour), day: format(&[day[0], day[1], ("year", "numeric")]), both: format(&[day[0], day[1], hour[0], hour[1]]) }
    }
}

fn format(parts: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let options = Object::new();
    for (part, form) in parts {
        // Setting a plain property of a fresh object can't fail.
        let _ = Reflect::set(&options, &JsValue::from(*part), &JsValue::from(*form));
    }
    Intl::DateTimeFormat::new(&Array::of1(&say::language().into()), &options)
}

fn said(format: &Intl::DateTimeFormat, at: f64) -> String {
    let date = Date::new(&at.into());
    format.format().call1(&JsValue::UNDEFINED, &date).ok().and_then(|said| said.as_string()).unwrap_or_default()
}

impl Clock for Watch {
    fn moment(&self, at: f64) -> String {
        let (then, now) = (Date::new(&at.into()), Date::new_0());
        let same_day = then.get_date() == now.get_date() && then.get_month() == now.get_month() && then.get_full_year() == now.get_full_year();
        said(if same_day { &self.hour } else { &self.both }, at)
    }

    fn day(&self, at: f64) -> String {
        said(&self.day, at)
    }
}
