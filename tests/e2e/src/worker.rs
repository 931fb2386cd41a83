//! The background's worker, and how to kill it.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::Outcome;
use crate::wait::wait_for;

impl Stage {
    async fn worker(&self) -> Outcome<Option<String>> {
        let told = self.cdp("Target.getTargets", json!({})).await?;
        let is_ours = |target: &&Value| target["type"] == "service_worker" && target["url"].as_str().is_some_and(|url| url.starts_with("chrome-extension://"));
        Ok(told["targetInfos"].as_array().into_iter().flatten().find(is_ours).and_then(|target| target["targetId"].as_str()).map(str::to_owned))
    }

    /// Kills the background's worker, if it runs; whether it did. Whatever happens next may start it again at once.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn kill_worker(&self) -> Outcome<bool> {
        if self.worker().await?.is_none() {
            return Ok(false);
        }
        self.cdp("ServiceWorker.enable", json!({})).await?;
        self.cdp("ServiceWorker.stopAllWorkers", json!({})).await?;
        Ok(true)
    }

    /// Kills the background's worker at a time when nothing starts it again, and waits until it is gone.
    ///
    /// # Errors
    /// Where it doesn't go.
    pub async fn kill_idle_worker(&self) -> Outcome<()> {
        wait_for("a worker to kill", async || Ok(self.kill_worker().await?.then_some(()))).await?;
        wait_for("the worker's end", async || Ok(self.worker().await?.is_none().then_some(()))).await
    }
}
