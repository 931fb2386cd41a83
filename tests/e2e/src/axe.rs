//! axe, the accessibility checker, on the present window.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::wait::wait_for;

/// What is checked: WCAG 2.2 up to AA.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

fn source() -> Outcome<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).map_err(|error| Failure::new(format!("{}: {error}: run `cargo xtask test`, which fetches it", path.display())))
}

impl Stage {
    /// What axe finds below a selector: a line for each violation, with its elements.
    ///
    /// # Errors
    /// Where axe isn't there, or the page can't be looked at.
    pub async fn axe(&self, within: &str) -> Outcome<Vec<String>> {
        // Evaluated by the browser's own protocol: the page's policy forbids it to run scripts that aren't its own.
        let has = "return typeof window.axe === 'object'";
        if self.script(has, vec![]).await? != Value::Bool(true) {
            self.cdp("Runtime.evaluate", json!({ "expression": source()? })).await?;
            wait_for("axe", async || Ok((self.script(has, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
        }
        let run = "const [within, tags, done] = arguments; \
            axe.run(within, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(({ violations, passes }) => done({ \
                found: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).join(' | ')}`), \
                passed: passes.length }), (error) => done({ error: String(error) }))";
        let told = self.driver.execute_async(run, vec![json!(within), json!(TAGS)]).await?.json().clone();
        if let Some(error) = told["error"].as_str() {
            return Err(Failure::new(format!("axe: {error}")));
        }
        // A checker that looked at nothing finds nothing.
        if told["passed"].as_u64().is_none_or(|passed| passed < 3) {
            return Err(Failure::new(format!("axe looked at next to nothing: {told}")));
        }
        Ok(serde_json::from_value(told["found"].clone())?)
    }

    /// The bar stands in a closed shadow root, where axe can't look: a copy of it is put into an open one of the same page, in the same place.
    ///
    /// # Errors
    /// Where there is no bar.
    pub async fn open_bar(&self) -> Outcome<()> {
        let look = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/content/bar-look.js"))?;
        let css = look.split_once("const css = `").and_then(|(_, rest)| rest.split_once("`;")).map(|(css, _)| css.to_owned());
        let css = css.ok_or_else(|| Failure::new("bar-look.js holds no style sheet"))?;
        let markup = self.bar_markup().await?;
        let script = "const host = document.createElement('div'); host.id = 'open-bar'; const shadow = host.attachShadow({ mode: 'open' }); \
            const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); shadow.adoptedStyleSheets = [sheet]; shadow.innerHTML = arguments[1]; document.documentElement.append(host)";
        self.script(script, vec![json!(css), json!(markup)]).await.map(drop)
    }
}
