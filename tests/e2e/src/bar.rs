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

    /// Where the bar stands: its left and upper edge, in CSS pixels.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn bar_place(&self) -> Outcome<(f64, f64)> {
        let parts = self.shadow_parts().await?;
        let bar = parts.iter().find(|part| part.attribute("role") == Some("toolbar")).ok_or_else(|| Failure::new("there is no bar"))?;
        self.corner(bar).await
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
        Ok(self
            .shadow_parts()
            .await?
            .iter()
            .filter(|part| part.has_class("pill") && part.attribute("hidden").is_none())
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>()
            .join(" "))
    }

    /// Presses one of the bar's buttons, by its name; again where it moved away meanwhile, as the bar does when the window gets smaller.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press_bar(&self, name: &str) -> Outcome<()> {
        wait_for(&format!("a press on the bar's {name}"), async || {
            let button = self.bar_button(name).await?;
            self.press(&button).await.map(Some)
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
