//! The real side panel.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::wait::wait_for;

/// The panel's address, whatever id the extension has.
const PANEL: &str = "/panel/panel.html";

/// A window that opens at all is there long before.
const SOON: Duration = Duration::from_secs(7);

impl Stage {
    /// Opens the side panel with the bar's own button and turns to it.
    ///
    /// # Errors
    /// Where it doesn't open.
    pub async fn open_panel(&self) -> Outcome<WindowHandle> {
        self.open_panel_by("Checklist").await
    }

    /// The same, by the name that the button has in another language.
    ///
    /// # Errors
    /// Where it doesn't open.
    pub async fn open_panel_by(&self, name: &str) -> Outcome<WindowHandle> {
        self.to_page().await?;
        // Pressed again where nothing opens: while a page is still loading, the bar moves to its place once the designer is there.
        let mut panel = None;
        for _ in 0..4 {
            self.press_bar(name).await?;
            panel = self.window_soon(PANEL).await?;
            if panel.is_some() {
                break;
            }
        }
        let panel = panel.ok_or_else(|| Failure::new("the side panel did not open"))?;
        self.driver.switch_to_window(panel.clone()).await?;
        Ok(panel)
    }

    /// A window with this address, if it comes within some seconds.
    async fn window_soon(&self, address: &str) -> Outcome<Option<WindowHandle>> {
        let start = Instant::now();
        while start.elapsed() < SOON {
            if let Some(found) = self.windows(address).await?.into_iter().next() {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Turns to the panel, which is open already.
    ///
    /// # Errors
    /// Where it isn't.
    pub async fn to_panel(&self) -> Outcome<()> {
        let panel = wait_for("the side panel", async || Ok(self.windows(PANEL).await?.into_iter().next())).await?;
        Ok(self.driver.switch_to_window(panel).await?)
    }

    /// What the panel says, as people read it.
    ///
    /// # Errors
    /// Where the panel can't be looked at.
    pub async fn panel_text(&self) -> Outcome<String> {
        let told = self.script("return document.body.innerText", vec![]).await?;
        Ok(told.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Waits until the panel says something. The panel must be the present window.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn panel_says(&self, wanted: &str) -> Outcome<String> {
        let mut last = String::new();
        let said = wait_for(&format!("the panel saying \"{wanted}\""), async || {
            last = self.panel_text().await?;
            Ok(last.contains(wanted).then(|| last.clone()))
        })
        .await;
        said.map_err(|failure| Failure::new(format!("{failure}; it says \"{last}\"")))
    }

    /// Presses what the panel knows by this key, as a person would; waits until it is there. What is sent off (a form) is sent off.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn use_in_panel(&self, key: &str) -> Outcome<()> {
        let script = "const element = document.querySelector(`[data-key=\"${CSS.escape(arguments[0])}\"]`); \
            if (element instanceof HTMLFormElement) element.requestSubmit(); else element?.click(); return element !== null";
        wait_for(&format!("{key} in the panel"), async || Ok((self.script(script, vec![json!(key)]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Types into the field that the panel knows by this key.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn type_in_panel(&self, key: &str, words: &str) -> Outcome<()> {
        let script = "const field = document.querySelector(`[data-key=\"${CSS.escape(arguments[0])}\"]`); if (!field) return false; \
            field.focus(); field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true })); return true";
        let arguments = vec![json!(key), json!(words)];
        wait_for(&format!("{key} in the panel"), async || Ok((self.script(script, arguments.clone()).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Sends an event for the newest flow in the browser, as the panel does.
    ///
    /// # Errors
    /// Where no flow was seen, or the background doesn't take it.
    pub async fn send(&self, event: Value) -> Outcome<()> {
        let script = "const [event, done] = arguments; chrome.storage.session.get(null).then(async (items) => { \
            const docs = Object.entries(items).filter(([key]) => key.startsWith('doc:')).map(([key, state]) => ({ key, state: JSON.parse(state) })).filter(({ state }) => state.shown && state.place?.flow); \
            docs.sort((a, b) => b.state.shown_at - a.state.shown_at); \
            if (docs.length === 0) return done('no flow'); \
            await chrome.runtime.sendMessage({ to: 'session', key: docs[0].key, event }); done('sent'); }).catch((error) => done(String(error)))";
        let told = self.driver.execute_async(script, vec![event]).await?.json().clone();
        if told == json!("sent") { Ok(()) } else { Err(Failure::new(format!("the panel's message: {told}"))) }
    }

    /// Everything that the extension has stored: `local` or `session`. The panel must be the present window.
    ///
    /// # Errors
    /// Where the panel can't be asked.
    pub async fn stored(&self, area: &str) -> Outcome<Value> {
        let script = "const [area, done] = arguments; chrome.storage[area].get(null).then(done)";
        Ok(self.driver.execute_async(script, vec![json!(area)]).await?.json().clone())
    }
}
