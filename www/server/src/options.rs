//! How the server is set up.

use std::path::PathBuf;

use crate::cloud::Cloud;
use crate::contract::Contract;
use crate::estate;
use crate::fault::Trouble;
use crate::weather::Weather;

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The scenario's name.
    pub scenario: String,
    /// What a large environment is drawn from: another number, other flows.
    pub seed: u64,
    /// The port; 0: a free one.
    pub port: u16,
    /// Whether its pages come with `Content-Security-Policy: script-src 'self'`.
    pub script_src_self: bool,
    /// Where the built pages are; none: beside the server's source.
    pub dist: Option<PathBuf>,
    /// Whether the designer loads its list of connections only when somebody changes one.
    pub lazy_connections: bool,
    /// The cloud whose hosts the pages use. All clouds' hosts are served.
    pub cloud: Cloud,
    /// Which generation of services the pages ask.
    pub services: Services,
    /// The shapes of answers.
    pub answers: Answers,
    /// What goes wrong from the start.
    pub troubles: Vec<Trouble>,
    /// What goes wrong by lot.
    pub weather: Weather,
    /// What the pages lack of the names that others rely on.
    pub without: Vec<Contract>,
    /// HTML that stands at every page's address instead of the portal's own: for tests that play the page themselves.
    pub page: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            scenario: "half".to_owned(),
            seed: estate::SEED,
            port: 0,
            script_src_self: false,
            dist: None,
            lazy_connections: false,
            cloud: Cloud::default(),
            services: Services::default(),
            answers: Answers::default(),
            troubles: Vec::new(),
            weather: Weather::default(),
            without: Vec::new(),
            page: None,
        }
    }
}

/// Which generation of services the pages ask. Both are served at all times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Services {
    /// The environment's own host.
    #[default]
    Environment,
    /// The older services.
    Older,
    /// The older services on a region's host (`us`, `unitedstates`, `emea`, `europe`, `asia`, `australia`, `canada`, `india`).
    Region(&'static str),
}

/// The shapes of answers, all of them seen in life or thought possible.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// How lists come.
    pub lists: Lists,
    /// The most rows in an answer to a list; the rest comes behind `nextLink`.
    pub page: Option<usize>,
    /// The same for lists of flows alone, which come in pages of fifty where nothing else is said.
    pub flows_page: Option<usize>,
    /// Behind which page of a list of flows (counted from 1) the next one's address has a port at which nobody answers.
    pub port_behind: Option<usize>,
    /// How many answers to each list of connections are empty before the first full one.
    pub cold: u32,
    /// How many bytes of swagger each reference and each connection is laden with.
    pub swagger: usize,
    /// Whether `connectionReferences` is an array.
    pub references_as_array: bool,
    /// Whether saving makes a draft, which `publish` makes the flow.
    pub drafts: bool,
    /// Where a flow tells of connections that no operation uses.
    pub unused: Unused,
    /// What the pane of connections asks.
    pub pane: Pane,
}

/// How lists come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lists {
    /// As they were seen: the designer's picker as a bare array, the others in `value`.
    #[default]
    AsSeen,
    /// All in `value`.
    InValue,
    /// All as bare arrays.
    Bare,
}

/// Where a flow tells of connections that no operation uses. Files show none, so in life the pane is perhaps the only place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unused {
    /// In `connectionReferences`, as saved.
    #[default]
    Kept,
    /// In `installedConnectionReferences`.
    Installed,
    /// Not at all: only the pane of connections lists them.
    InPaneOnly,
}

/// What the pane of connections asks. Nobody has published the real request: these are possibilities, not knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// A list of its own, of the flow's connections only.
    #[default]
    OwnList,
    /// The same list as the designer's picker.
    Picker,
    /// Nothing but the flow: the pane reads its references.
    FlowOnly,
}
