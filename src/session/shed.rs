//! A state that storage would refuse is made smaller, and the person told: what storage refuses is lost, and every later event with it.

use super::{MOST_STATE, Session, Trouble, Witness};
use crate::protocol::Asked;

impl Session {
    /// Lets go, until the state can be stored: first what isn't about the flow in sight, then the connections, at last the flow itself.
    pub(super) fn shed(&mut self) {
        if self.fits() {
            return;
        }
        self.witness = Witness::default();
        let here = self.place.as_ref().and_then(|place| place.flow.clone());
        self.flows.retain(|facts| here.as_deref().is_some_and(|flow| facts.is(flow)));
        if self.fits() {
            return;
        }
        // Without the list it would look as if nobody had shared anything.
        self.pools.clear();
        let too_large = |what| Trouble { what, status: 0, code: Some("too_large".to_owned()), wait: None, at: 0.0 };
        for facts in &mut self.flows {
            (facts.picker, facts.picker_seen, facts.listed, facts.listed_seen, facts.live) = (None, None, None, None, None);
            facts.owners.clear();
            facts.failed(too_large(Asked::FlowConnections));
        }
        if self.fits() {
            return;
        }
        for facts in &mut self.flows {
            facts.saved = None;
            facts.failed(too_large(Asked::Flow));
        }
    }

    fn fits(&self) -> bool {
        self.stored().len() <= MOST_STATE
    }
}
