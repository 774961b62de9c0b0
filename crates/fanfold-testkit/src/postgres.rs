//! A throw-away PostgreSQL for tests: started once a test process, one database a test, gone with
//! the process however that ends.
//!
//! No test is skipped where PostgreSQL is missing: the panic says what to install.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Makes the cluster, runs the server until it is told to end, and removes the folder. `$1` holds
/// PostgreSQL's programs, `$2` is the folder, settings follow. PostgreSQL refuses to run as root, so
/// root hands it to the account `postgres`.
const RUN: &str = r#"
bin=$1; dir=$2; as=; server=; shift 2
end() {
  if [ -n "$server" ]; then kill -INT "$server"; wait "$server"; fi
  cd /; rm -rf "$dir"; exit 0
}
trap end TERM INT HUP
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir" || exit 1
  as="setpriv --reuid=postgres --regid=postgres --clear-groups --"
fi
cd "$dir"
$as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync \
  > "$dir/log" 2>&1 || exit 1
$as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off \
  -c full_page_writes=off -c synchronous_commit=off -c max_connections=200 \
  -c shared_buffers=64MB "$@" >> "$dir/log" 2>&1 &
server=$!
wait "$server"
"#;

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    databases: AtomicU32,
}

/// The process's server, started at the first call.
///
/// # Panics
/// If PostgreSQL is not installed or does not start, with what to do.
#[must_use]
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(&[]))
}

/// A server of the caller's own with some settings, each as `name=value`; gone with the process too.
///
/// # Panics
/// If PostgreSQL is not installed (see [`is_installed`]) or does not start, with what to do.
#[must_use]
pub fn server_with(settings: &[&str]) -> Server {
    Server::start(settings)
}

/// Whether a server can be started here.
#[must_use]
pub fn is_installed() -> bool {
    find_programs().is_some()
}

impl Server {
    fn start(settings: &[&str]) -> Self {
        let server = Self::planned();
        run_in_thread(guard(&server.programs, &server.folder, settings));
        server.wait_until_ready();
        server
    }

    /// A server that does not run yet, with its folder.
    fn planned() -> Self {
        let folder = tempfile::Builder::new().prefix("fanfold-pg-").tempdir();
        let folder = folder.expect("a temporary folder can be made").keep();
        Self { programs: programs(), folder, databases: AtomicU32::new(0) }
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Panics
    /// If the server does not make it.
    #[must_use]
    pub fn new_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = self.program("createdb", &[&name]);
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "createdb failed: {said}");
        format!("postgres://postgres@localhost/{name}?host={}", self.folder.display())
    }

    fn wait_until_ready(&self) {
        let begun = Instant::now();
        while !self.program("pg_isready", &[]).status.success() {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begun.elapsed() < PATIENCE, "PostgreSQL does not start:\n{log}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn program(&self, name: &str, arguments: &[&str]) -> Output {
        Command::new(self.programs.join(name))
            .arg("-h")
            .arg(&self.folder)
            .args(["-U", "postgres"])
            .args(arguments)
            .output()
            .expect("PostgreSQL's programs can be run")
    }
}

/// The kernel tells the guard when the thread that started it ends; this one ends with the process.
fn run_in_thread(mut guard: Command) {
    std::thread::spawn(move || {
        let ended = guard.spawn().and_then(|mut child| child.wait());
        drop(ended);
    });
}

fn guard(programs: &Path, folder: &Path, settings: &[&str]) -> Command {
    let mut guard = Command::new("setpriv");
    guard
        .args(["--pdeathsig", "TERM", "--", "sh", "-c", RUN, "postgres-for-tests"])
        .arg(programs)
        .arg(folder)
        .args(settings.iter().flat_map(|setting| ["-c", setting]))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    guard
}

fn programs() -> PathBuf {
    find_programs().expect(
        "these tests start a PostgreSQL of their own and none is installed: \
         `apt-get install postgresql` (or the package of your system) and run them again",
    )
}

/// The folder of `initdb` and `postgres`: on the path, else the newest that Debian installed.
fn find_programs() -> Option<PathBuf> {
    const FIND: &str = "dirname \"$(readlink -f \"$(command -v initdb || \
        ls -d /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2> /dev/null \
        | sort -V | tail -n 1)\")\"";
    let found = Command::new("sh").args(["-c", FIND]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8_lossy(&found.stdout).trim());
    folder.join("postgres").is_file().then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_whose_test_ended_goes_with_its_folder() {
        let server = Server::planned();
        let mut guard = guard(&server.programs, &server.folder, &[]).spawn().unwrap();
        server.wait_until_ready();
        let told = Command::new("kill").arg(guard.id().to_string()).status().unwrap();
        assert!(told.success() && guard.wait().unwrap().success());
        assert!(!server.folder.exists());
    }

    #[test]
    fn each_database_has_an_address_of_its_own() {
        let (one, other) = (server().new_database(), server().new_database());
        assert_ne!(one, other);
        assert!(one.starts_with("postgres://"), "{one}");
    }
}
