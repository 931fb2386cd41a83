//! The scenarios: what a person may want to try, and what tests drive.

mod definition;
mod flow;
mod forms;
mod large;
mod list;
mod names;
mod rows;
mod sized;
mod small;
mod solution;
mod store;

use std::sync::LazyLock;
use std::time::Duration;

use serde_json::Value;

pub(crate) use self::definition::{Steps, builtin, call, condition, container, polling};
pub(crate) use self::flow::{answer, join_solution};
pub use self::list::Scenario;
pub(crate) use self::store::{References, connector, name_of};
use crate::cloud::Cloud;
use crate::contract::Contract;
use crate::estate::Estate;
use crate::fault::{Fault, Trouble};
use crate::options::{Lists, Options, Pane, Services, Unused};
use crate::place::Place;
use crate::weather::Weather;
use crate::world::{ANA, Access, BEN, CLEO, World};

static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| list::LIST.into_iter().chain(Contract::ALL.map(list::taken_away)).collect());

/// All scenarios.
#[must_use]
pub fn scenarios() -> &'static [Scenario] {
    &SCENARIOS
}

/// The flow of `sized-N` as the service answers it, and the answer of its list of connections: what readers are measured with.
#[must_use]
pub fn sized(operations: usize, swagger: usize) -> (Value, Value) {
    let world = sized::sized(operations).finished();
    let mut flow = world.flow(&world.main).map(std::borrow::Cow::into_owned).unwrap_or_default();
    if let Some(references) = flow["properties"]["connectionReferences"].as_object_mut().filter(|_| swagger > 0) {
        references.values_mut().for_each(|reference| reference["apiDefinition"] = crate::api::swagger(swagger));
    }
    let rows = world.picker_rows(&world.main);
    (flow, Value::Array(rows))
}

/// The world of the scenario that the options name, and the options as it wants them; none where there is no such scenario.
pub(crate) fn set(options: &mut Options) -> Option<World> {
    let name = options.scenario.clone();
    if let Some(size) = sized::size(&name) {
        options.answers.swagger = size.swagger;
        options.without.extend(size.saved_only.then_some(Contract::StoreMapping));
        return Some(sized::sized(size.operations).finished());
    }
    scenarios().iter().find(|scenario| scenario.name == name)?;
    adjust(&name, options);
    if size(&name).is_some() {
        options.answers.port_behind = options.answers.port_behind.or(Some(2));
    }
    if let Some(size) = size(&name) {
        let mut world = World::large(Estate::new(options.seed, size));
        world.place = Place::Flows;
        return Some(world);
    }
    let store = match name.as_str() {
        "maker" => small::maker(),
        "done" | "leftovers" => small::done(),
        "leaver" => small::leaver(),
        "large" | "classic-large" => large::large(),
        "names" => names::names(),
        "empty" => small::empty(),
        "repeats" => small::repeats(),
        "forms" => forms::forms(),
        "rows" => rows::rows(),
        "solution" | "solution-page" | "solution-details" | "apps-view" | "apps-edit" => solution::solution(false),
        "solution-named" => solution::solution(true),
        _ => small::half(),
    };
    let mut world = store.finished();
    world.place = place(&name);
    match name.as_str() {
        "leftovers" => leave(&mut world),
        "readonly" => world.access = Access::RunOnly,
        "forbidden" => {
            world.me = CLEO;
            world.access = Access::None;
        }
        "deleted" => {
            let main = world.main.clone();
            world.delete(&main);
        }
        _ => {}
    }
    Some(world)
}

/// How many flows the scenario's environment has, where it is a large one.
fn size(name: &str) -> Option<usize> {
    match name {
        "environment-30" => Some(30),
        "environment-300" | "environment-expiring" => Some(300),
        "environment-1000" | "environment-busy" => Some(1_000),
        "environment-5000" => Some(5_000),
        _ => None,
    }
}

fn place(name: &str) -> Place {
    match name {
        "classic" | "classic-large" | "repeats" | "without-classic-card" | "without-classic-title-group" | "without-classic-title" => Place::Classic,
        "details" | "leftovers" | "pane-picker" | "pane-flow" => Place::Details,
        "shared" => Place::SharedDetails,
        "run" => Place::Run,
        "new" => Place::New,
        "copilot" => Place::Copilot,
        "sharepoint" => Place::SharePoint,
        "sharepoint-details" => Place::SharePointDetails,
        "widget" => Place::Widget,
        "solution-page" => Place::SolutionDesigner,
        "solution-details" => Place::SolutionDetails,
        "apps-view" => Place::AppsView,
        "apps-edit" => Place::AppsEdit,
        _ => Place::Designer,
    }
}

/// What the pages' requests and answers are like in a scenario.
fn adjust(name: &str, options: &mut Options) {
    let always = |fault| Trouble::always("onnections", fault);
    let answers = &mut options.answers;
    match name {
        "older" => options.services = Services::Older,
        "region" => options.services = Services::Region("emea"),
        "draft" => answers.drafts = true,
        "pages" => answers.page = Some(3),
        "cold" => answers.cold = 2,
        "swagger" => answers.swagger = 300_000,
        "in-value" => answers.lists = Lists::InValue,
        "bare" => answers.lists = Lists::Bare,
        "array" => answers.references_as_array = true,
        "installed" => answers.unused = Unused::Installed,
        "leftovers" => answers.unused = Unused::InPaneOnly,
        "pane-picker" => answers.pane = Pane::Picker,
        "pane-flow" => answers.pane = Pane::FlowOnly,
        "lazy" => options.lazy_connections = true,
        "busy" => options.troubles.push(Trouble { times: Some(2), ..always(Fault::RetryAfter(2)) }),
        "expired" => options.troubles.push(Trouble::once("/flows", Fault::Status(401))),
        "signed-out" => options.troubles.push(Trouble::always("/flows", Fault::Status(401))),
        "no-list" => options.troubles.push(always(Fault::Status(403))),
        "error" => options.troubles.push(always(Fault::Status(500))),
        "slow" => options.troubles.push(always(Fault::Delay(Duration::from_secs(4)))),
        "silent" => options.troubles.push(always(Fault::Silence)),
        "cut" => options.troubles.push(Trouble::once("/flows/", Fault::Truncate)),
        "break-off" => options.troubles.push(always(Fault::BreakOff)),
        "gateway" => options.troubles.push(always(Fault::Html)),
        "unsaved" => options.troubles.push(Trouble { method: "PATCH".to_owned(), ..Trouble::always("/flows/", Fault::Status(403)) }),
        "environment-busy" if options.weather == Weather::default() => {
            options.weather = Weather { too_many: 60, failing: 20, slow: 20, wait: 5, delay: Duration::from_secs(6), ..options.weather }
        }
        "environment-expiring" => options.weather.expires_after = Some(100),
        "gcc" => options.cloud = Cloud::Gcc,
        "gcc-high" => options.cloud = Cloud::GccHigh,
        "dod" => options.cloud = Cloud::Dod,
        "china" => options.cloud = Cloud::China,
        _ => options.without.extend(Contract::ALL.into_iter().find(|contract| list::taken_away(*contract).name == name)),
    }
}

/// What the former owners had in the flow hangs on it still.
fn leave(world: &mut World) {
    let main = world.main.clone();
    for (connector, person) in [("shared_office365", ANA), ("shared_sharepointonline", ANA), ("shared_sharepointonline", BEN)] {
        let id = crate::world::guid(&(connector, person.id)).replace('-', "");
        world.connections.push(crate::world::Connection { id: id.clone(), ..crate::world::Connection::new(connector, person) });
        world.leave(&main, &id);
    }
}
