//! The real side panel: in Chromium a window of its own to the driver; in Firefox a sidebar, which the driver can't turn to.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::look::Browser;
use crate::wait::wait_for;

/// A window that opens at all is there long before.
const SOON: Duration = Duration::from_secs(7);

impl Stage {
    /// Opens the side panel and turns to it: in Chromium with the bar's own button, in Firefox with the toolbar's.
    ///
    /// # Errors
    /// Where it doesn't open.
    pub async fn open_panel(&self) -> Outcome<()> {
        self.open_panel_by("Checklist").await
    }

    /// The same, by the name that the bar's button has in another language.
    ///
    /// # Errors
    /// Where it doesn't open.
    pub async fn open_panel_by(&self, name: &str) -> Outcome<()> {
        self.to_page().await?;
        match self.browser {
            Browser::Chromium => self.press_for_panel(name).await?,
            Browser::Firefox if self.is_sidebar_open().await? => {}
            Browser::Firefox => self.press_toolbar().await?,
        }
        self.to_panel().await
    }

    /// Pressed again where nothing opens: while a page is still loading, the bar moves to its place once the designer is there.
    async fn press_for_panel(&self, name: &str) -> Outcome<()> {
        for _ in 0..4 {
            self.press_bar(name).await?;
            let start = Instant::now();
            while start.elapsed() < SOON {
                if self.panel_window().await?.is_some() {
                    return Ok(());
                }
            }
        }
        Err(Failure::new("the side panel did not open"))
    }

    /// In Chromium, the panels of all its windows.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub async fn panel_windows(&self) -> Outcome<Vec<WindowHandle>> {
        // A tab of the extension's own, such as the options, is no panel; and a package with a policy has another id.
        self.windows("/panel/panel.html").await
    }

    async fn panel_window(&self) -> Outcome<Option<WindowHandle>> {
        Ok(self.panel_windows().await?.into_iter().next())
    }

    /// Turns to the panel, which is open already.
    ///
    /// # Errors
    /// Where it isn't.
    pub async fn to_panel(&self) -> Outcome<()> {
        match self.browser {
            Browser::Chromium => {
                let panel = wait_for("the side panel", async || self.panel_window().await).await?;
                self.to_window(&panel).await
            }
            Browser::Firefox => {
                wait_for("the sidebar", async || Ok(self.is_sidebar_open().await?.then_some(()))).await?;
                self.look_at_sidebar();
                // Its page loads after it has opened.
                let is_there = "return location.pathname === '/panel/panel.html' && document.readyState === 'complete'";
                wait_for("the sidebar's page", async || Ok((self.script(is_there, vec![]).await? == json!(true)).then_some(()))).await
            }
        }
    }

    /// Turns to the panel of the present window, opening it where it isn't: in Chromium each window has its own, and which is whose its words tell.
    ///
    /// # Errors
    /// Where none says so.
    pub async fn to_panel_saying(&self, wanted: &str) -> Outcome<String> {
        if self.browser == Browser::Firefox {
            if !self.is_sidebar_open().await? {
                self.press_toolbar().await?;
            }
            self.to_panel().await?;
            return self.panel_says(wanted).await;
        }
        wait_for(&format!("a panel saying \"{wanted}\""), async || {
            for panel in self.panel_windows().await? {
                self.to_window(&panel).await?;
                let said = self.panel_text().await?;
                if said.contains(wanted) {
                    return Ok(Some(said));
                }
            }
            Ok(None)
        })
        .await
    }

    /// In Chromium, opens another panel with the bar of the present window.
    ///
    /// # Errors
    /// Where none opens.
    pub async fn open_another_panel(&self) -> Outcome<()> {
        if self.browser == Browser::Chromium {
            let (window, before) = (self.driver.window().await?, self.panel_windows().await?.len());
            self.press_bar("Checklist").await?;
            wait_for("another panel", async || Ok((self.panel_windows().await?.len() > before).then_some(()))).await?;
            self.to_window(&window).await?;
        }
        Ok(())
    }

    /// What the panel says, as people read it. The panel, or another page, must be the present window.
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

    /// Sends an event for the newest flow in the browser, as the panel does. The panel must be the present window.
    ///
    /// # Errors
    /// Where no flow was seen, or the background doesn't take it.
    pub async fn send(&self, event: Value) -> Outcome<()> {
        let script = "const [event, done] = arguments; chrome.storage.session.get(null).then(async (items) => { \
            const docs = Object.entries(items).filter(([key]) => key.startsWith('doc:')).map(([key, state]) => ({ key, state: JSON.parse(state) })).filter(({ state }) => state.shown && state.place?.flow); \
            docs.sort((a, b) => b.state.shown_at - a.state.shown_at); \
            if (docs.length === 0) return done('no flow'); \
            await chrome.runtime.sendMessage({ to: 'session', key: docs[0].key, event }); done('sent'); }).catch((error) => done(String(error)))";
        let told = self.ask(script, vec![event]).await?;
        if told == json!("sent") { Ok(()) } else { Err(Failure::new(format!("the panel's message: {told}"))) }
    }

    /// Everything that the extension has stored: `local` or `session`. The panel must be the present window.
    ///
    /// # Errors
    /// Where the panel can't be asked.
    pub async fn stored(&self, area: &str) -> Outcome<Value> {
        self.ask("const [area, done] = arguments; chrome.storage[area].get(null).then(done)", vec![json!(area)]).await
    }
}
