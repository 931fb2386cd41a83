//! The connections of a large environment, and a solution's reference to each.

use crate::scenario::name_of;
use crate::world::{ANA, BEN, Connection, DORA, EMIL, FACILITIES, GONE, Person, Reference, SERVICE};

/// The connectors that flows here use.
const CONNECTORS: [&str; 9] = [
    "shared_sharepointonline",
    "shared_office365",
    "shared_teams",
    "shared_planner",
    "shared_office365users",
    "shared_approvals",
    "shared_excelonlinebusiness",
    "shared_onedriveforbusiness",
    "shared_commondataserviceforapps",
];

/// Whose connections a flow may hold, and how a flow comes to be laden with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Signed in as the person at the screen.
    Mine,
    /// The service account's.
    Service,
    /// Anybody else's.
    Others,
}

impl Whose {
    pub(super) fn has(self, connection: &Connection) -> bool {
        match self {
            Self::Mine => connection.sign_in == ANA,
            Self::Service => connection.sign_in == SERVICE,
            Self::Others => connection.sign_in != ANA && connection.sign_in != SERVICE,
        }
    }
}

/// All connections: the person at the screen has two for most connectors, as people do.
pub(super) fn connections() -> Vec<Connection> {
    let mut made = Vec::new();
    let plain = |connector, person| Connection::new(connector, person);
    for (at, connector) in CONNECTORS.into_iter().enumerate() {
        made.push(plain(connector, ANA));
        made.push(plain(connector, SERVICE));
        // Made by Ana, signed in as the service account: her list tells of it.
        made.push(Connection { owner: ANA, ..plain(connector, SERVICE) });
        if at % 2 == 0 {
            made.push(Connection { works: at != 6, ..plain(connector, ANA) });
        }
        if at < 5 {
            made.push(Connection { works: at != 2, ..plain(connector, BEN) });
            made.push(Connection { visible: false, ..plain(connector, GONE) });
        }
        if at % 3 == 0 {
            made.push(plain(connector, DORA));
        }
        if at % 3 == 1 {
            made.push(Connection { works: at != 4, owner: ANA, ..plain(connector, EMIL) });
        }
        if at < 2 {
            made.push(Connection { owner: ANA, ..plain(connector, FACILITIES) });
            // Made by Ben, signed in as Ana: her own list doesn't tell of it.
            made.push(Connection { owner: BEN, ..plain(connector, ANA) });
        }
    }
    for (connection, number) in made.iter_mut().zip(1_u64..) {
        connection.id = format!("{:016x}{:016x}", number.wrapping_mul(0xd1b5_4a32_d192_ed03), number.wrapping_mul(0xaef1_7502_108e_f2d9));
    }
    made
}

/// A solution's reference to each of the connections.
pub(super) fn references(connections: &[Connection]) -> Vec<Reference> {
    let reference = |connection: &Connection| Reference {
        logical_name: logical_name(connection),
        display_name: format!("{} – {}", name_of(connection.connector), shown(connection.sign_in)),
        connector: connection.connector.to_owned(),
        connection: Some(connection.id.clone()),
        owner: connection.owner,
    };
    connections.iter().map(reference).collect()
}

/// What a solution calls its reference to a connection.
pub(super) fn logical_name(connection: &Connection) -> String {
    format!("contoso_{}_{}", connection.connector.trim_start_matches("shared_"), connection.id.get(..5).unwrap_or_default())
}

const fn shown(person: Person) -> &'static str {
    if person.name.is_empty() { "former colleague" } else { person.name }
}
