//! `serve`: the program serving a library of 10,000 works: start to the first page, memory when idle, and a work page of
//! 60 KB under load; beside it nginx with the same bytes as a static file, under the same load generator (wrk).

mod nginx;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::json;

use crate::program::Server;
use crate::{generate, meter, program};

/// An answer that pauses for longer is none.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Works in the library.
    #[arg(long, default_value_t = 10_000)]
    works: u64,
    /// Bytes of text in each but the one that is read.
    #[arg(long, default_value_t = 2_000)]
    bytes: usize,
    /// Bytes of the page that is read, about.
    #[arg(long, default_value_t = 60_000)]
    page: usize,
    /// Seconds of load.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections of the load.
    #[arg(long, default_value_t = 32)]
    connections: u32,
}

/// Where a request goes.
pub(crate) struct Target {
    pub(crate) port: u16,
    pub(crate) path: String,
}

/// Makes the library, serves it, prints a line a figure.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let fanfold = program::fanfold()?;
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let library = folder.path().join("library");
    make_library(args, &fanfold, &library, folder.path())?;
    let starts = (0..5).map(|_| start(&fanfold, &library)).collect::<anyhow::Result<Vec<_>>>()?;
    let to_first_page = starts.iter().map(|(_, _, time)| time.as_nanos() as u64).collect();
    drop(starts);
    let (server, port, _) = start(&fanfold, &library)?;
    std::thread::sleep(Duration::from_secs(5));
    println!(
        "{}",
        json!({
            "program": "fanfold serve", "works": args.works,
            "first_page_ms": meter::median_ms(to_first_page),
            "idle_bytes": meter::status_bytes(server.0.id(), "VmRSS:")?,
            "idle_bytes_without_mapped_files": meter::status_bytes(server.0.id(), "RssAnon:")?,
        })
    );
    let story = Target { port, path: story_path(port)? };
    let page = get(&story)?;
    let ours = load(args, &story)?;
    println!(
        "{}",
        json!({
            "program": "fanfold serve", "page_bytes": page.len(), "requests_per_second": ours,
            "bytes_after_load": meter::status_bytes(server.0.id(), "VmRSS:")?,
        })
    );
    drop(server);
    nginx::beside(args, &page, ours)
}

/// The story that is read comes last, so it is the newest.
fn make_library(args: &Args, fanfold: &Path, library: &Path, folder: &Path) -> anyhow::Result<()> {
    let pile = folder.join("pile");
    for number in 0..=args.works {
        let shelf = pile.join(format!("{:03}", number / 100));
        std::fs::create_dir_all(&shelf)?;
        let bytes = if number == args.works { args.page } else { args.bytes };
        std::fs::write(
            shelf.join(format!("{number:06}.txt")),
            generate::plain_text(number, bytes),
        )?;
    }
    let import = &mut Command::new(fanfold);
    program::run(
        import.arg("--library").arg(library).args(["--quiet", "import"]).arg(&pile),
        &[0, 3],
    )?;
    Ok(())
}

/// Starts the server on a free port; gives it, its port and the time until the first whole page.
pub(crate) fn start(fanfold: &Path, library: &Path) -> anyhow::Result<(Server, u16, Duration)> {
    let port = free_port()?;
    let started = Instant::now();
    let child = Command::new(fanfold)
        .arg("--library")
        .arg(library)
        .args(["--quiet", "serve", "--listen", &format!("127.0.0.1:{port}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("starting fanfold serve")?;
    let server = Server(child);
    wait_for(&Target { port, path: "/".to_owned() })?;
    Ok((server, port, started.elapsed()))
}

/// Waits until a page is answered.
pub(crate) fn wait_for(target: &Target) -> anyhow::Result<()> {
    let started = Instant::now();
    while get(target).is_err() {
        if started.elapsed() > Duration::from_secs(30) {
            bail!("nothing answers at port {}", target.port);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    Ok(())
}

pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("no free port")?.local_addr()?.port())
}

/// The newest work's page with all its text.
fn story_path(port: u16) -> anyhow::Result<String> {
    let list = get(&Target { port, path: "/works?sort=words".to_owned() })?;
    let list = String::from_utf8_lossy(&list).into_owned();
    let (_, rest) = list.split_once("href=\"/works/").context("no work in the list")?;
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Ok(format!("/works/{id}"))
}

/// The body of an answer with status 200.
pub(crate) fn get(target: &Target) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", target.port))?;
    stream.set_read_timeout(Some(LONGEST_ANSWER))?;
    write!(
        stream,
        "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n",
        target.path, target.port
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").context("no answer")?;
    if !answer.starts_with(b"HTTP/1.1 200") {
        bail!("{} answers {}", target.path, String::from_utf8_lossy(&answer[..end.min(40)]));
    }
    Ok(answer.split_off(end + 4))
}

/// Requests a second under wrk, after a warm second.
pub(crate) fn load(args: &Args, target: &Target) -> anyhow::Result<f64> {
    if !program::installed("wrk") {
        bail!("wrk makes the load and is not installed: apt-get install wrk");
    }
    let url = format!("http://127.0.0.1:{}{}", target.port, target.path);
    let connections = args.connections.to_string();
    let wrk = |seconds: u64| {
        let duration = format!("{seconds}s");
        program::run(
            Command::new("wrk").args(["-t", "1", "-c", &connections, "-d", &duration, &url]),
            &[0],
        )
    };
    wrk(1)?;
    let printed = wrk(args.seconds.max(1))?.printed;
    if printed.contains("Non-2xx") {
        bail!("some answers to the load were errors:\n{printed}");
    }
    let line = printed.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    Ok(line.context("wrk printed no rate")?.trim().parse()?)
}
