//! The flow's record as a file or on the clipboard, written by the same code as the command line's.

use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::clock::Watch;
use super::say::{numbered, say};
use crate::report::{Paper, Report, Swept, Voice, file_name};
use crate::ui::panel::Clock;
use crate::words::Text;

/// The reader's language.
struct Reader(Watch);

impl Voice for Reader {
    fn say(&self, text: &Text) -> String {
        say(&numbered(text))
    }

    fn time(&self, at: f64) -> String {
        self.0.day(at)
    }
}

/// The record as text.
pub fn written(report: &Report, paper: Paper) -> String {
    paper.write(report, &Reader(Watch::new()))
}

/// What a sweep found, as text.
pub fn swept(swept: &Swept, paper: Paper) -> String {
    swept.write(paper, &Reader(Watch::new()))
}

/// Hands the record to the browser as a file to save.
///
/// # Errors
/// Where the browser refuses.
pub fn save(report: &Report, paper: Paper) -> Result<(), JsValue> {
    hand_over(&written(report, paper), &file_name(report.flow.name.as_deref(), paper), paper)
}

/// Hands a paper to the browser as a file to save. Nothing leaves it: the address is the page's own.
///
/// # Errors
/// Where the browser refuses.
pub fn hand_over(text: &str, name: &str, paper: Paper) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let kind = BlobPropertyBag::new();
    kind.set_type(paper.media_type());
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}

/// Now, in milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}
