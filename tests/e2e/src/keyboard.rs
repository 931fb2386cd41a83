//! The keyboard alone.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{Failure, Outcome, Stage};

const TAB: char = '\u{e004}';

const WANTED: &str =
    "return [...document.querySelectorAll('button, a[href], input, select')].filter((element) => element.checkVisibility() && element.tabIndex >= 0).length";

const FOCUSED: &str = "const at = document.activeElement; const style = getComputedStyle(at); const box = at.getBoundingClientRect(); \
    return { key: at.dataset.key ?? at.getAttribute('href'), outlined: style.outlineStyle !== 'none' || style.boxShadow !== 'none', inSight: box.bottom > 0 && box.top < innerHeight, \
        name: (at.getAttribute('aria-label') ?? at.textContent ?? '').trim() || at.labels?.[0]?.textContent || at.placeholder }";

impl Stage {
    /// From the top of the page in front to its end with the Tab key alone: everything that can be pressed is reached, is named, and shows that it is focused. How
    /// much that is.
    ///
    /// # Errors
    /// Where something isn't.
    pub async fn tab_through(&self) -> Outcome<usize> {
        let wanted = self.script(WANTED, vec![]).await?.as_u64().unwrap_or_default();
        // Wherever somebody pressed last: from the top.
        self.script("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')", vec![]).await?;
        let mut reached = BTreeSet::new();
        for _ in 0..wanted {
            self.driver.action_chain().send_keys(TAB).perform().await?;
            let at = self.script(FOCUSED, vec![]).await?;
            let is_well = at["outlined"] == Value::Bool(true) && at["inSight"] == Value::Bool(true) && at["name"].as_str().is_some_and(|name| !name.is_empty());
            if !is_well {
                return Err(Failure::new(format!("with the Tab key: {at}")));
            }
            reached.insert(at["key"].to_string());
        }
        let reached_all = reached.len() as u64 == wanted;
        if reached_all { Ok(reached.len()) } else { Err(Failure::new(format!("{} of {wanted} reached: {reached:?}", reached.len()))) }
    }
}
