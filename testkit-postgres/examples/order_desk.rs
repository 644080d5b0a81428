//! Prints the address of a PostgreSQL database for a service that you start by hand. Each time it is the same database;
//! on a private server, it may be thrown away when that server does not start.

use std::process::ExitCode;

use testkit_postgres::Server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match Server::of_this_machine().order_desk().await {
        Ok(url) => {
            println!("{url}");
            ExitCode::SUCCESS
        }
        Err(not_run) => {
            eprintln!("{not_run}");
            ExitCode::FAILURE
        }
    }
}
