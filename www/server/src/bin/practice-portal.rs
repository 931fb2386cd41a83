//! Serves the practice portal by itself, and says how a browser comes to it.

use std::process::ExitCode;

use practice_portal::{HOSTS, Options, Portal, scenarios};

#[tokio::main]
async fn main() -> ExitCode {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--scenario", Some(name)) => options.scenario = name,
            ("--port", Some(port)) => options.port = port.parse().unwrap_or_default(),
            _ => {
                let names: Vec<&str> = scenarios().iter().map(|scenario| scenario.name).collect();
                eprintln!("practice-portal [--scenario {}] [--port N]", names.join("|"));
                return ExitCode::FAILURE;
            }
        }
    }
    match Portal::start(options).await {
        Ok(portal) => {
            let rules: Vec<String> = HOSTS.iter().map(|host| format!("MAP {host}:443 127.0.0.1:{}", portal.port())).collect();
            println!("chromium --ignore-certificate-errors --user-data-dir=/tmp/practice --host-resolver-rules=\"{}\" \"{}\"", rules.join(", "), portal.url());
            // Until Ctrl+C; an error here ends it as well.
            let _ = tokio::signal::ctrl_c().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("practice-portal: {error}");
            ExitCode::FAILURE
        }
    }
}
