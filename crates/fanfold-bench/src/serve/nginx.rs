//! nginx as a static server of the same bytes.

use std::process::{Command, Stdio};

use anyhow::Context;
use serde_json::json;

use super::{Args, Target, free_port, load, wait_for};
use crate::program::{self, Server};

/// Serves the page, loads it, prints the rate beside ours.
pub(super) fn beside(args: &Args, page: &[u8], ours: f64) -> anyhow::Result<()> {
    let Some(nginx) = ["nginx", "/usr/sbin/nginx"].into_iter().find(|name| is_there(name)) else {
        println!(
            "{}",
            serde_json::json!({"program": "nginx", "left_out": "nginx is not installed"})
        );
        return Ok(());
    };
    let folder = tempfile::tempdir().context("making a temporary folder")?;
    let root = folder.path();
    std::fs::write(root.join("page.html"), page)?;
    let port = free_port()?;
    let settings = root.join("nginx.conf");
    std::fs::write(&settings, configuration(&root.display().to_string(), port))?;
    let child = Command::new(nginx)
        .arg("-p")
        .arg(root)
        .arg("-e")
        .arg(root.join("errors"))
        .arg("-c")
        .arg(&settings)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .context("starting nginx")?;
    let _server = Server(child);
    let target = Target { port, path: "/page.html".to_owned() };
    wait_for(&target)?;
    let theirs = load(args, &target)?;
    println!(
        "{}",
        json!({
            "program": "nginx", "page_bytes": page.len(), "requests_per_second": theirs,
            "ours_to_theirs": ours / theirs,
        })
    );
    Ok(())
}

fn is_there(name: &str) -> bool {
    std::path::Path::new(name).is_absolute() && std::path::Path::new(name).is_file()
        || program::installed(name)
}

/// One process, so that it ends when it is told to; a worker for each core would be forked and outlive it.
fn configuration(root: &str, port: u16) -> String {
    format!(
        "daemon off;\nmaster_process off;\nworker_processes 1;\npid {root}/pid;\nerror_log {root}/errors;\n\
         events {{ worker_connections 512; }}\n\
         http {{\n  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n\
         \x20 client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/fastcgi;\n\
         \x20 uwsgi_temp_path {root}/uwsgi; scgi_temp_path {root}/scgi;\n\
         \x20 server {{ listen 127.0.0.1:{port}; root {root}; }}\n}}\n"
    )
}
