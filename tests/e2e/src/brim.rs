//! The extension's storage, filled to its brim: what a full disk and a browser's own limit are to it.

use serde_json::json;

use crate::Stage;
use crate::failure::{Failure, Outcome};

const FILL: &str = "const [area, done] = arguments; (async () => { \
    const store = chrome.storage[area]; let full = false; let count = 0; \
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) { \
        for (let at = 0; at < 8; at += 1) { \
            try { await store.set({ [`filler${count}`]: 'x'.repeat(size) }); count += 1; } catch { full = true; break; } \
        } \
        if (count > 60) break; \
    } \
    done(full); })().catch((error) => done(String(error)))";

const EMPTY: &str = "const [area, least, done] = arguments; (async () => { \
    const fillers = Object.entries(await chrome.storage[area].get(null)).filter(([key]) => key.startsWith('filler')); \
    fillers.sort(([, one], [, other]) => one.length - other.length); \
    let freed = 0; \
    for (const [key, filler] of fillers) { \
        if (freed >= least) break; \
        freed += filler.length; \
        await chrome.storage[area].remove(key); \
    } \
    if (freed > least + 40) await chrome.storage[area].set({ fillerOfTheRest: 'x'.repeat(freed - least - 40) }); \
    done(freed); })().catch((error) => done(String(error)))";

impl Stage {
    /// Fills an area of storage to a few bytes below its brim. A page of the extension must be the present window.
    ///
    /// # Errors
    /// Where it has none, or can't be filled.
    pub async fn fill(&self, area: &str) -> Outcome<()> {
        let full = self.ask(FILL, vec![json!(area)]).await?;
        if full == json!(true) { Ok(()) } else { Err(Failure::new(format!("storage.{area} has no brim: {full}"))) }
    }

    /// Makes room of so many bytes, and some tens more, of what filled it.
    ///
    /// # Errors
    /// Where there isn't so much to be had.
    pub async fn make_room(&self, area: &str, bytes: u32) -> Outcome<()> {
        self.freed(area, bytes, bytes).await
    }

    /// Takes away all that filled it.
    ///
    /// # Errors
    /// Where the area can't be reached.
    pub async fn empty(&self, area: &str) -> Outcome<()> {
        self.freed(area, u32::MAX, 1).await
    }

    async fn freed(&self, area: &str, bytes: u32, least: u32) -> Outcome<()> {
        let freed = self.ask(EMPTY, vec![json!(area), json!(bytes)]).await?;
        let is_enough = freed.as_u64().is_some_and(|freed| freed >= u64::from(least));
        if is_enough { Ok(()) } else { Err(Failure::new(format!("storage.{area} was filled with less: {freed}"))) }
    }
}
