//! The practice portal's designer, used as a person would.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::Outcome;
use crate::wait::wait_for;

impl Stage {
    /// Whether an operation's card is in sight.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn is_in_sight(&self, node: &str) -> Outcome<bool> {
        let script = "const card = document.getElementById('msla-node-' + arguments[0]); if (!card) return false; \
            const { left, top, right, bottom } = card.getBoundingClientRect(); return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight";
        Ok(self.script(script, vec![json!(node)]).await? == Value::Bool(true))
    }

    /// Clicks an element of the page, wherever it is.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn click(&self, selector: &str) -> Outcome<()> {
        let script = "const element = document.querySelector(arguments[0]); element?.click(); return element !== null";
        wait_for(selector, async || Ok((self.script(script, vec![json!(selector)]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Opens an operation's details and lets it run on another connection, the one whose row holds the text. A card that is out of sight isn't on the
    /// page: then the whole flow is brought into sight.
    ///
    /// # Errors
    /// Where the designer doesn't offer it.
    pub async fn rebind(&self, node: &str, row: &str) -> Outcome<()> {
        let open = "(document.getElementById('msla-node-' + arguments[0]) ?? document.querySelector(\"[aria-label='Fit view']\"))?.click(); return document.getElementById('msla-node-details-panel-' + arguments[0]) !== null";
        wait_for(&format!("the details of {node}"), async || Ok((self.script(open, vec![json!(node)]).await? == Value::Bool(true)).then_some(()))).await?;
        self.click("#change-connection-button").await?;
        let pick = "const row = [...document.querySelectorAll('[role=row], tr')].find((row) => row.textContent.includes(arguments[0])); \
            (row?.querySelector('input[type=radio]') ?? row)?.click(); return row !== undefined";
        wait_for(&format!("a connection of {row}"), async || Ok((self.script(pick, vec![json!(row)]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Opens an operation's details and gives it another name.
    ///
    /// # Errors
    /// Where the designer doesn't offer it.
    pub async fn rename(&self, node: &str, name: &str) -> Outcome<()> {
        let open =
            "document.getElementById('msla-node-' + arguments[0])?.click(); return document.getElementById('msla-node-details-panel-' + arguments[0]) !== null";
        wait_for(&format!("the details of {node}"), async || Ok((self.script(open, vec![json!(node)]).await? == Value::Bool(true)).then_some(()))).await?;
        // As React hears it: the element's own setter, then the event.
        let type_it = "const input = document.querySelector('[aria-label=\"Operation name\"]'); if (!input) return false; \
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, arguments[0]); \
            input.focus(); input.dispatchEvent(new Event('input', { bubbles: true })); input.blur(); return true";
        wait_for("the name's field", async || Ok((self.script(type_it, vec![json!(name)]).await? == Value::Bool(true)).then_some(()))).await
    }
}
