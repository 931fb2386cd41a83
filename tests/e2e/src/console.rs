//! What the browser complains about.

use std::fmt;

use crate::browser::Stage;
use crate::failure::Outcome;

/// A line on the console of a page, the panel or an extension's page.
#[derive(Debug, Clone)]
pub struct Said {
    /// How bad: `DEBUG`, `INFO`, `WARNING`, `SEVERE`.
    pub level: String,
    /// Address, line and words.
    pub text: String,
}

impl Said {
    /// Whether it is about us: said by the extension's own files, or naming them.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.text.contains("chrome-extension://")
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.level, self.text)
    }
}

impl Stage {
    /// What was said on the present window's console since the last time: script errors, refused requests and `console.*`.
    ///
    /// # Errors
    /// Where the driver doesn't tell.
    pub async fn console(&self) -> Outcome<Vec<Said>> {
        Ok(self.driver.get_log("browser").await?.into_iter().map(|entry| Said { level: entry.level, text: entry.message }).collect())
    }
}
