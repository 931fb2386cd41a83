//! The background (Chromium's service worker, Firefox's event page), and how to kill it.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::firefox::ID;
use crate::look::Browser;
use crate::wait::wait_for;

impl Stage {
    async fn is_worker_running(&self) -> Outcome<bool> {
        match self.browser {
            Browser::Chromium => {
                let told = self.cdp("Target.getTargets", json!({})).await?;
                let is_ours =
                    |target: &Value| target["type"] == "service_worker" && target["url"].as_str().is_some_and(|url| url.starts_with("chrome-extension://"));
                Ok(told["targetInfos"].as_array().into_iter().flatten().any(is_ours))
            }
            Browser::Firefox => {
                let script = "const [id, done] = arguments; done(WebExtensionPolicy.getByID(id)?.extension.backgroundState)";
                Ok(self.chrome(script, vec![json!(ID)]).await? == json!("running"))
            }
        }
    }

    /// Kills the background, if it runs; whether it did. Whatever happens next may start it again at once.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn kill_worker(&self) -> Outcome<bool> {
        if !self.is_worker_running().await? {
            return Ok(false);
        }
        match self.browser {
            Browser::Chromium => {
                self.cdp("ServiceWorker.enable", json!({})).await?;
                self.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
            }
            Browser::Firefox => {
                // In the middle of whatever it does: an idle one alone is no fault.
                let script = "const [id, done] = arguments; WebExtensionPolicy.getByID(id).extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => done(true), (error) => done(String(error)))";
                let told = self.chrome(script, vec![json!(ID)]).await?;
                if told != json!(true) {
                    return Err(Failure::new(format!("the background: {told}")));
                }
            }
        }
        Ok(true)
    }

    /// Kills the background at a time when nothing starts it again, and waits until it is gone.
    ///
    /// # Errors
    /// Where it doesn't go.
    pub async fn kill_idle_worker(&self) -> Outcome<()> {
        wait_for("a worker to kill", async || Ok(self.kill_worker().await?.then_some(()))).await?;
        wait_for("the worker's end", async || Ok((!self.is_worker_running().await?).then_some(()))).await
    }
}
