//! The binary `maqal-server`: reads the configuration and runs the endpoint.

use std::io::{Write, stdout};
use std::process::ExitCode;

use maqal_server::{config::Config, logging, openapi, run};

#[tokio::main]
async fn main() -> ExitCode {
    let config = match Config::read(std::env::args_os()) {
        Ok(config) => config,
        Err(error) => error.exit(),
    };
    if config.print_openapi {
        return match stdout().write_all(openapi::DOCUMENT.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: the document could not be written: {error}");
                ExitCode::FAILURE
            }
        };
    }
    logging::init(config.log_format, config.log.clone());
    match run::run(config).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
