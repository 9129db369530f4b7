//! Ports of this machine: whether one is free, and whether something answers there.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    time::Duration,
};

use anyhow::{Result, bail};

/// How long an answer from this machine may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(2);

fn address(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// Makes sure that nobody listens on `port`.
///
/// # Errors
/// When somebody does; the message says which `option` chooses another.
pub fn require_free(port: u16, option: &str) -> Result<()> {
    if let Err(error) = TcpListener::bind(address(port)) {
        bail!(
            "port {port} cannot be used ({error}); perhaps another `cargo xtask serve` runs: stop it, or choose another port with {option} <n>"
        );
    }
    Ok(())
}

/// Whether an HTTP server on `port` answers a GET of `path` with a status of success.
pub fn answers(port: u16, path: &str) -> bool {
    status(port, path).is_some_and(|status| (200..300).contains(&status))
}

/// RFC 9112, section 4: the status is the second word of the first line.
fn status(port: u16, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address(port), PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    // In one piece: a server may answer and close as soon as it has read the first.
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut line = String::new();
    BufReader::new(stream).take(1024).read_line(&mut line).ok()?;
    line.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server_that_says(answer: &'static str) -> u16 {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // Closing with something unread would cut the answer off.
            let reader = BufReader::new(stream.try_clone().unwrap());
            reader.lines().map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        port
    }

    #[test]
    fn only_a_status_of_success_counts_as_an_answer() {
        assert!(answers(server_that_says("HTTP/1.1 200 OK\r\n\r\n"), "/health"));
        assert!(!answers(server_that_says("HTTP/1.1 503 Service Unavailable\r\n\r\n"), "/health"));
        assert!(!answers(server_that_says("garbage\r\n"), "/health"));
    }

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let listener = TcpListener::bind(address(0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let message = require_free(port, "--port").unwrap_err().to_string();
        assert!(message.contains(&port.to_string()) && message.contains("--port <n>"), "{message}");
    }
}
