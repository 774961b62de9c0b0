//! One library, several processes: imports, searches and a server at the same time.

use crate::program::{Library, pile};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A server that ends with the test.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
}

impl Served {
    pub(crate) fn start(library: &Library, arguments: &[&str]) -> Self {
        let all: Vec<&str> =
            ["serve", "--listen", "127.0.0.1:0"].iter().chain(arguments).copied().collect();
        let mut child =
            library.command(&all).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    /// A GET, whole: head and body.
    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn two_imports_a_search_and_a_server_share_one_library() {
    let library = Library::new();
    let (one, other) = (library.beside("one"), library.beside("other"));
    pile(&one, 30);
    pile(&other, 45);
    library.import(&one);
    let served = Served::start(&library, &[]);
    std::thread::scope(|scope| {
        let imports: Vec<_> = [&one, &other]
            .map(|folder| scope.spawn(|| library.import(folder)))
            .into_iter()
            .collect();
        for _ in 0..5 {
            let answer = library.json(&["search", "lamp"]);
            assert!(answer[0]["total"].as_u64().unwrap() >= 30);
            assert!(served.get("/works").starts_with("HTTP/1.1 200"));
        }
        for import in imports {
            let report = import.join().unwrap();
            assert_eq!(report["refused"], 0, "{report}");
        }
    });
    assert!(served.get("/search?q=lamp").contains("The Lamp in Room 44"));
    let report = library.json(&["check", "--read-data"]).pop().unwrap();
    assert_eq!(report["faults"].as_array().unwrap().len(), 0, "{report}");
}

#[test]
fn what_is_imported_while_a_server_runs_is_soon_found_on_its_pages() {
    let library = Library::new();
    let folder = library.beside("pile");
    pile(&folder, 2);
    let served = Served::start(&library, &[]);
    library.import(&folder);
    assert!(served.get("/search?q=%22Room+1%22").contains("The Lamp in Room 1"));
}
