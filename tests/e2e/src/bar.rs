//! The bar and the marks on the designer.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::shadow::Part;
use crate::wait::wait_for;

impl Stage {
    /// Everything that the bar says, in one line; none while there is no bar.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn bar(&self) -> Outcome<Option<String>> {
        let parts = self.shadow_parts().await?;
        let said = parts.iter().find(|part| part.attribute("role") == Some("toolbar")).map(|bar| bar.text.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(said)
    }

    /// Waits until the bar says something.
    ///
    /// # Errors
    /// Where it doesn't.
    pub async fn bar_says(&self, wanted: &str) -> Outcome<String> {
        let mut last = None;
        let said = wait_for(&format!("the bar saying \"{wanted}\""), async || {
            last = self.bar().await?;
            Ok(last.clone().filter(|said| said.contains(wanted)))
        })
        .await;
        said.map_err(|failure| Failure::new(format!("{failure}; it says {last:?}")))
    }

    /// Where the bar's middle is, in CSS pixels from the left and from above.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn bar_place(&self) -> Outcome<(i64, i64)> {
        let parts = self.shadow_parts().await?;
        let bar = parts.iter().find(|part| part.attribute("role") == Some("toolbar")).ok_or_else(|| Failure::new("there is no bar"))?;
        self.middle(bar).await?.ok_or_else(|| Failure::new("the bar isn't to be seen"))
    }

    /// The news above the bar; none while there is none.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn news(&self) -> Outcome<Option<String>> {
        let parts = self.shadow_parts().await?;
        Ok(parts.iter().find(|part| part.has_class("news") && part.attribute("hidden").is_none()).map(|news| news.text.clone()))
    }

    /// What the little note above the bar says ("Found 12 of 12 …").
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn note(&self) -> Outcome<String> {
        self.pill(false).await
    }

    /// What the bar complains of; empty while all is well.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn trouble(&self) -> Outcome<String> {
        self.pill(true).await
    }

    async fn pill(&self, is_trouble: bool) -> Outcome<String> {
        let parts = self.shadow_parts().await?;
        let is_it = |part: &&Part| part.has_class("pill") && part.has_class("trouble") == is_trouble && part.attribute("hidden").is_none();
        Ok(parts.iter().filter(is_it).map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// Presses one of the bar's buttons, by its name, as a hand would: once it stands still, as it moves when the window or its own words get another size.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_bar(&self, name: &str) -> Outcome<()> {
        let mut last = None;
        wait_for(&format!("a press on the bar's {name}"), async || {
            let button = self.bar_button(name).await?;
            let Some((x, y)) = self.middle(&button).await? else { return Ok(None) };
            if last.replace((x, y)) != Some((x, y)) {
                return Ok(None);
            }
            Ok(Some(self.driver.action_chain().move_to(x, y).click().perform().await?))
        })
        .await
    }

    pub(crate) async fn bar_button(&self, name: &str) -> Outcome<Part> {
        wait_for(&format!("the bar's button {name}"), async || {
            Ok(self
                .shadow_parts()
                .await?
                .into_iter()
                .find(|part| part.element == "button" && part.attribute("aria-label").is_some_and(|label| label.starts_with(name))))
        })
        .await
    }

    /// The hints that stand in place of the bar ("… was updated or switched off: reload this tab."), as far as they are to be seen.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn hints(&self) -> Outcome<Vec<String>> {
        let mut said = Vec::new();
        for part in self.shadow_parts().await?.iter().filter(|part| part.has_class("hint") && part.attribute("hidden").is_none()) {
            // One that isn't drawn has no place.
            if self.middle(part).await.is_ok_and(|middle| middle.is_some()) {
                said.push(part.text.clone());
            }
        }
        Ok(said)
    }

    /// How the hint is dressed: its direction, and whether in dark colours.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn hint_wears(&self) -> Outcome<Option<(String, bool)>> {
        let parts = self.shadow_parts().await?;
        let wrap = parts.iter().find(|part| part.has_class("wrap"));
        Ok(wrap.map(|wrap| (wrap.attribute("dir").unwrap_or_default().to_owned(), wrap.has_class("dark"))))
    }

    /// Whether the bar is to be seen.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn is_bar_in_sight(&self) -> Outcome<bool> {
        let parts = self.shadow_parts().await?;
        let Some(bar) = parts.iter().find(|part| part.attribute("role") == Some("toolbar")) else { return Ok(false) };
        Ok(self.middle(bar).await.is_ok_and(|middle| middle.is_some()))
    }

    /// At one look: what the bar says, and whether highlight and owners are on. None while there is no bar.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn bar_at_a_look(&self) -> Outcome<Option<(String, bool, bool)>> {
        let parts = self.shadow_parts().await?;
        let Some(bar) = parts.iter().find(|part| part.attribute("role") == Some("toolbar")) else { return Ok(None) };
        let is_on = |label: &str| {
            let toggle = parts.iter().find(|part| part.element == "button" && part.attribute("aria-label").is_some_and(|own| own.starts_with(label)));
            toggle.is_some_and(|toggle| toggle.attribute("aria-pressed") == Some("true"))
        };
        Ok(Some((bar.text.split_whitespace().collect::<Vec<_>>().join(" "), is_on("Highlight"), is_on("Owners"))))
    }

    /// What stands in the bar's shadow root and is none of its elements.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn strange_in_bar(&self) -> Outcome<Vec<String>> {
        const OWN: [&str; 9] = ["div", "span", "b", "i", "button", "svg", "path", "circle", "rect"];
        let parts = self.shadow_parts().await?;
        let is_strange = |part: &&Part| !OWN.contains(&part.element.as_str()) || part.attribute("onclick").is_some() || part.attribute("onerror").is_some();
        Ok(parts.iter().filter(is_strange).map(|part| part.element.clone()).collect())
    }

    /// Whether one of the bar's toggles is on.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn is_pressed(&self, name: &str) -> Outcome<bool> {
        Ok(self.bar_button(name).await?.attribute("aria-pressed") == Some("true"))
    }

    /// The marks on the page now: operation → (style, label).
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn marks(&self) -> Outcome<BTreeMap<String, (String, String)>> {
        let script = "return [...document.querySelectorAll('[data-connection-lens]')].map((card) => [card.closest('.react-flow__node').dataset.id, card.dataset.connectionLens, card.dataset.connectionLensLabel ?? ''])";
        let told = self.script(script, vec![]).await?;
        let row = |row: &Value| {
            Some((row.get(0)?.as_str()?.trim_end_matches("-#scope").to_owned(), (row.get(1)?.as_str()?.to_owned(), row.get(2)?.as_str()?.to_owned())))
        };
        Ok(told.as_array().into_iter().flatten().filter_map(row).collect())
    }

    /// The operations on the page now whose mark has a style.
    ///
    /// # Errors
    /// Where the page can't be looked at.
    pub async fn marked(&self, style: &str) -> Outcome<Vec<String>> {
        Ok(self.marks().await?.into_iter().filter(|(_, (own, _))| own == style).map(|(node, _)| node).collect())
    }
}
