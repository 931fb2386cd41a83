//! The services, each for its own token: flows, connections, Dataverse.

mod connections;
mod dataverse;
mod flows;
mod lists;

pub(crate) use self::lists::{PORT, emptied, swagger};
use crate::answer::Answer;
use crate::call::Call;
use crate::cloud::{self, Cloud, Part};
use crate::portal::State;
use crate::token::{self, Audience};

pub(crate) fn answer(state: &mut State, call: &Call) -> Answer {
    if call.method == "OPTIONS" {
        return Answer::nothing();
    }
    if let Some(told) = state.told.get(&call.path).filter(|_| call.method == "GET") {
        return Answer::file("application/json; charset=utf-8", told.clone());
    }
    let parts: Vec<&str> = call.path.split('/').filter(|part| !part.is_empty()).collect();
    let (cloud, part) = cloud::part(&call.host);
    let is_here = call.host == state.world.host(cloud);
    let (audience, rest) = match (part, parts.as_slice()) {
        (Part::Environment, ["powerautomate", rest @ ..]) if is_here => (Audience::Flow, rest),
        (Part::Environment, ["connectivity", rest @ ..]) if is_here => (Audience::Platform, rest),
        (Part::Flow, ["providers", "Microsoft.ProcessSimple", "scopes", "admin", ..]) => {
            return Answer::error(403, "EnvironmentAccessDenied", "Only an administrator of the environment may do this.");
        }
        (Part::Flow, ["providers", "Microsoft.ProcessSimple", "environments", environment, rest @ ..]) if *environment == state.world.environment => {
            (Audience::Flow, rest)
        }
        (Part::Apps, ["providers", "Microsoft.PowerApps", rest @ ..]) => (Audience::Apps, rest),
        (Part::Dataverse, ["api", "data", _, rest @ ..]) => (Audience::Dataverse, rest),
        _ => return Answer::error(404, "ResourceNotFound", "There is no such resource."),
    };
    if let Err(refusal) = sign_in(state, audience, cloud, &call.authorization) {
        return refusal;
    }
    match audience {
        Audience::Flow => flows::answer(state, call, rest),
        Audience::Platform | Audience::Apps => connections::answer(state, call, rest),
        Audience::Dataverse => dataverse::answer(state, call, rest),
    }
}

/// The token must be one that was given out, for this service of this cloud, and not be too old.
fn sign_in(state: &State, audience: Audience, cloud: Cloud, authorization: &str) -> Result<(), Answer> {
    let token = authorization.strip_prefix("Bearer ").ok_or_else(|| Answer::refusal(401))?;
    let at = state.tokens.iter().position(|known| known == token).ok_or_else(|| Answer::refusal(401))?;
    if at < state.expired {
        return Err(Answer::error(401, "ExpiredAuthenticationToken", "The access token has expired."));
    }
    if token::issue(audience, cloud, &state.world.user(), at + 1) == token { Ok(()) } else { Err(Answer::refusal(401)) }
}
