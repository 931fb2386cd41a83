//! The sweep's own page: its state, its figures, its rows.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use thirtyfour::WindowHandle;

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::firefox::UUID;
use crate::look::{Browser, Change};
use crate::package::CHROMIUM_ID;
use crate::wait::wait_for;

/// What the page says at a look.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Figures {
    /// `choose`, `listing`, `counted`, `reading`, `paused`, `cancelled`, `done`.
    pub state: String,
    /// What it waits for; empty where for nothing.
    pub waits: String,
    /// How many flows the lists tell of.
    pub flows: usize,
    /// How many of them are finished with.
    pub read: usize,
    /// How many requests were made.
    pub requests: usize,
    /// In how many the account is in use.
    pub found: usize,
    /// In how many it is only left over.
    pub left: usize,
}

/// A flow's row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// How it stands: `uses`, `left`, `unknown`, `unreadable`, `clean`, `waiting`, `done`.
    pub state: String,
    /// Where its link leads.
    pub link: String,
    /// What it says.
    pub text: String,
}

const FIGURES: &str = "const main = document.querySelector('main.sweep'); if (!main) return null; \
    const { state = '', waits = '', flows, read, requests, found, left } = main.dataset; \
    return { state, waits, flows: +(flows ?? 0), read: +(read ?? 0), requests: +(requests ?? 0), found: +(found ?? 0), left: +(left ?? 0) }";

const ROWS: &str = "const back = document.querySelector('[data-key=\"rows:back\"]'); const on = document.querySelector('[data-key=\"rows:on\"]'); \
    const can = (button) => button !== null && !button.disabled && button.getAttribute('aria-disabled') !== 'true'; \
    const rows = [...document.querySelectorAll('tr.flow')].map((row) => [row.dataset.flow, { state: row.dataset.state, link: row.querySelector('a[href]')?.href ?? '', text: row.textContent }]); \
    return { rows, back: can(back), on: can(on) }";

#[derive(Deserialize)]
struct Page {
    rows: Vec<(String, Row)>,
    back: bool,
    on: bool,
}

/// A change to a copy of the package, so that its page's script doesn't wait for the next minute where this one's requests are used up: that would take
/// longer than all else. Shorter waits, which services ask for, are kept; the budget itself is held by the core's own tests, with played time.
pub const WITHOUT_MINUTES: Change = ("page.js", without_minutes);

fn without_minutes(script: &str) -> String {
    script.replace("flow, after > 0 ? after : 0)", "flow, after > 0 && after < 5_000 ? after : 0)")
}

impl Stage {
    /// Leads the portal's page in the present window through its list of connections and back to My flows, so that it has used a token on both services;
    /// and forgets what was asked so far.
    ///
    /// # Errors
    /// Where a list doesn't come.
    pub async fn use_lists(&self) -> Outcome<()> {
        for (link, row) in [("connections", ".list .quiet"), ("flows", ".flows tr a")] {
            self.click(&format!("nav.left a[href$='/{link}']")).await?;
            let script = "return document.querySelector('.page [role=status]') === null && document.querySelectorAll(arguments[0]).length > 0";
            wait_for(row, async || Ok((self.script(script, vec![json!(row)]).await? == json!(true)).then_some(()))).await?;
        }
        self.portal.clear_log();
        Ok(())
    }

    /// Opens the sweep's page in a tab of its own, in front.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn open_sweep(&self) -> Outcome<WindowHandle> {
        let id = match self.browser {
            Browser::Chromium => CHROMIUM_ID,
            Browser::Firefox => UUID,
        };
        let tab = self.new_tab(&format!("{}{id}/sweep/sweep.html", self.browser.scheme())).await?;
        wait_for("the sweep's page", async || self.figures().await).await?;
        Ok(tab)
    }

    /// What the sweep's page says; it must be the present window.
    ///
    /// # Errors
    /// Where it can't be looked at.
    pub async fn figures(&self) -> Outcome<Option<Figures>> {
        Ok(serde_json::from_value(self.script(FIGURES, vec![]).await?)?)
    }

    /// Waits until the sweep's page says it. It may take as long as it takes, but has to get on.
    ///
    /// # Errors
    /// Where it stands still.
    pub async fn sweep_says(&self, what: &str, is: impl Fn(&Figures) -> bool) -> Outcome<Figures> {
        let mut last: Option<Figures> = None;
        loop {
            let next = wait_for(&format!("{what} (the sweep stands at {last:?})"), async || {
                let now = self.figures().await?;
                Ok(now.filter(|now| is(now) || last.as_ref() != Some(now)))
            })
            .await?;
            if is(&next) {
                return Ok(next);
            }
            last = Some(next);
        }
    }

    /// Every row of the table, by the flows' ids, page by page.
    ///
    /// # Errors
    /// Where a flow stands in it twice, or it can't be looked at.
    pub async fn sweep_rows(&self) -> Outcome<BTreeMap<String, Row>> {
        let mut rows = BTreeMap::new();
        self.use_in_panel("filter:all").await?;
        let page = async || Ok::<Page, Failure>(serde_json::from_value(self.script(ROWS, vec![]).await?)?);
        while page().await?.back {
            self.turn("rows:back").await?;
        }
        loop {
            let page = page().await?;
            for (id, row) in page.rows {
                if rows.insert(id.clone(), row).is_some() {
                    return Err(Failure::new(format!("{id} stands in the table twice")));
                }
            }
            if !page.on {
                return Ok(rows);
            }
            self.turn("rows:on").await?;
        }
    }

    /// Turns to another page of the table, and waits until its first row is another.
    async fn turn(&self, key: &str) -> Outcome<()> {
        let first = "return document.querySelector('tr.flow')?.dataset.flow ?? ''";
        let before = self.script(first, vec![]).await?;
        self.use_in_panel(key).await?;
        wait_for("another page of the table", async || Ok((self.script(first, vec![]).await? != before).then_some(()))).await
    }

    /// How many flows the table of accounts tells of each.
    ///
    /// # Errors
    /// Where it can't be looked at.
    pub async fn sweep_accounts(&self) -> Outcome<BTreeMap<String, usize>> {
        let script = "return Object.fromEntries([...document.querySelectorAll('#accounts tr.account')].map((row) => [row.dataset.account, parseInt(row.querySelector('td.number').textContent, 10)]))";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// Types the account that is looked for, and waits until the page has heard of it.
    ///
    /// # Errors
    /// Where there is no field for it.
    pub async fn look_for(&self, account: &str) -> Outcome<()> {
        self.type_in_panel("sweep:account", account).await?;
        let script = "const field = document.querySelector('[data-key=\"sweep:account\"]'); field.dispatchEvent(new Event('change', { bubbles: true })); return field.value === arguments[0]";
        wait_for("the account", async || Ok((self.script(script, vec![json!(account)]).await? == json!(true)).then_some(()))).await
    }
}
