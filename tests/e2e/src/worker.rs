//! The background's worker, and how to kill it.

use serde_json::{Value, json};

use crate::browser::Stage;
use crate::failure::{Failure, Outcome};
use crate::wait::wait_for;

impl Stage {
    async fn worker(&self) -> Outcome<Option<String>> {
        let told = self.cdp("Target.getTargets", json!({})).await?;
        let is_ours = |target: &&Value| target["type"] == "service_worker" && target["url"].as_str().is_some_and(|url| url.starts_with("chrome-extension://"));
        Ok(told["targetInfos"].as_array().into_iter().flatten().find(is_ours).and_then(|target| target["targetId"].as_str()).map(str::to_owned))
    }

    /// Kills the background's worker, if it runs; whether it did.
    ///
    /// # Errors
    /// Where it won't die.
    pub async fn kill_worker(&self) -> Outcome<bool> {
        let Some(worker) = self.worker().await? else { return Ok(false) };
        let told = self.cdp("Target.closeTarget", json!({ "targetId": worker })).await?;
        if told["success"] == Value::Bool(false) {
            return Err(Failure::new("the browser would not end the worker"));
        }
        wait_for("the worker's end", async || Ok((self.worker().await?.as_deref() != Some(worker.as_str())).then_some(()))).await?;
        Ok(true)
    }
}
