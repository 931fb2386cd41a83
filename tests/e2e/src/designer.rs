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

/// The pane's section of what the flow's operations use.
const EMBEDDED: &str = "Embedded connections";

/// The classic designer, the pane of connections, and frames.
impl Stage {
    /// Waits until the portal's page, whichever it is, shows what it loaded or why it couldn't.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn shown(&self) -> Outcome<()> {
        let script = "return document.querySelector('.loading') === null && document.querySelector('.page, .classic, .fl-V3DesignerPage, .host iframe, .message') !== null";
        wait_for("the page", async || Ok((self.script(script, vec![]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// The titles on the classic designer's cards, from top to bottom. What stands in collapsed cards isn't among them.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn classic_titles(&self) -> Outcome<Vec<String>> {
        let script = "return [...document.querySelectorAll('.classic .msla-card-title')].map((title) => title.textContent)";
        Ok(serde_json::from_value(self.script(script, vec![]).await?)?)
    }

    /// Expands or collapses the first of the classic designer's cards with the title.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn toggle_classic(&self, title: &str) -> Outcome<()> {
        let script = "const group = [...document.querySelectorAll('.msla-card-title-group')].find((group) => group.getAttribute('aria-label') === arguments[0]); \
            group?.click(); return group !== undefined";
        wait_for(&format!("the card {title}"), async || Ok((self.script(script, vec![json!(title)]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Lets the first card with the title run on another connection, by its menu: the one whose row holds the text and isn't chosen yet.
    ///
    /// # Errors
    /// Where the menu doesn't offer it.
    pub async fn rebind_classic(&self, title: &str, row: &str) -> Outcome<()> {
        let open = "const menu = [...document.querySelectorAll('button[aria-haspopup=menu]')].find((button) => button.getAttribute('aria-label') === 'Menu for ' + arguments[0]); \
            if (menu?.getAttribute('aria-expanded') === 'false') menu.click(); return document.querySelector('[role=menuitemradio]') !== null";
        wait_for(&format!("the menu of {title}"), async || Ok((self.script(open, vec![json!(title)]).await? == Value::Bool(true)).then_some(()))).await?;
        let pick = "const row = [...document.querySelectorAll('[role=menuitemradio][aria-checked=false]')].find((row) => row.textContent.includes(arguments[0])); \
            row?.click(); return row !== undefined";
        wait_for(&format!("a connection of {row}"), async || Ok((self.script(pick, vec![json!(row)]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// Opens the pane of connections on the flow's own page, and waits until it lists them.
    ///
    /// # Errors
    /// Where it doesn't come.
    pub async fn open_pane(&self) -> Outcome<()> {
        self.click("[aria-label='Edit connections']").await?;
        let script = "const pane = document.querySelector('.pane'); return pane !== null && pane.querySelector('[role=status]') === null";
        wait_for("the pane of connections", async || Ok((self.script(script, vec![]).await? == Value::Bool(true)).then_some(()))).await
    }

    /// The rows below a heading of the pane ("Owners", "Embedded connections", "Connections not actively in use"): connector and account.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn pane_rows(&self, section: &str) -> Outcome<Vec<String>> {
        let script = "const heading = [...document.querySelectorAll('.pane h3')].find((heading) => heading.textContent === arguments[0]); \
            let list = heading?.nextElementSibling; while (list && list.tagName !== 'UL') list = list.nextElementSibling; \
            return [...list?.querySelectorAll('li > span') ?? []].map((row) => [...row.childNodes].map((part) => part.textContent).join(' '))";
        Ok(serde_json::from_value(self.script(script, vec![json!(section)]).await?)?)
    }

    /// Removes the first row of the section that holds the text. For what is in use the pane asks first; that is confirmed.
    ///
    /// # Errors
    /// Where there is no such row.
    pub async fn remove_from_pane(&self, section: &str, row: &str) -> Outcome<()> {
        let before = self.pane_rows(section).await?.len();
        let script = "const heading = [...document.querySelectorAll('.pane h3')].find((heading) => heading.textContent === arguments[0]); \
            let list = heading?.nextElementSibling; while (list && list.tagName !== 'UL') list = list.nextElementSibling; \
            const row = [...list?.children ?? []].find((row) => row.textContent.includes(arguments[1])); row?.querySelector('button')?.click(); return row !== undefined";
        let arguments = vec![json!(section), json!(row)];
        wait_for(&format!("{row} in the pane"), async || Ok((self.script(script, arguments.clone()).await? == Value::Bool(true)).then_some(()))).await?;
        if section == EMBEDDED {
            self.click("dialog[open] .primary").await?;
        }
        wait_for("the row to go", async || Ok((self.pane_rows(section).await?.len() < before).then_some(()))).await
    }

    /// Turns to the frame in which another site holds the portal. Back: [`Stage::to_page`].
    ///
    /// # Errors
    /// Where there is none.
    pub async fn to_frame(&self) -> Outcome<()> {
        self.to_page().await?;
        let frame = wait_for("the frame", async || Ok(self.driver.find(thirtyfour::By::Css("iframe")).await.ok())).await?;
        Ok(frame.enter_frame().await?)
    }

    /// Picks another scenario by the portal's own picker, as a person would.
    ///
    /// # Errors
    /// Where there is none of the name.
    pub async fn pick_scenario(&self, name: &str) -> Outcome<()> {
        let script = "const picker = document.querySelector(\"[aria-label='Scenario']\"); if (!picker) return false; \
            Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(picker, arguments[0]); \
            picker.dispatchEvent(new Event('change', { bubbles: true })); return picker.value === arguments[0]";
        wait_for(&format!("the scenario {name}"), async || Ok((self.script(script, vec![json!(name)]).await? == Value::Bool(true)).then_some(()))).await
    }
}
