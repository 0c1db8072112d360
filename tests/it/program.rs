//! The program itself: starts, prints its address, keeps a clean log, ends cleanly, and refuses what it cannot serve.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_needsmap");

/// A server on a free port, ended when it goes out of sight.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        assert!(address.starts_with("127.0.0.1:"), "the first line should end with the address: {line:?}");
        Self { process, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        // A server that refuses early may close while the request is still being written.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"))
    }

    fn stop(&self) {
        let status = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the end: exit code and log.
    fn end(mut self) -> (Option<i32>, String) {
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        let code = self.process.wait().unwrap().code();
        (code, log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn it_serves_the_built_in_edition_from_any_folder_and_ends_cleanly_with_a_clean_log() {
    let server = Server::start(&[]);
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let landing = server.get("/api");
    assert!(landing.contains("Leicester, Leicestershire and Rutland"), "{landing}");
    server.stop();
    let (code, log) = server.end();
    assert_eq!(code, Some(0));
    for line in log.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("every line of the log is JSON: {line}"));
        assert_eq!(entry["level"], "INFO", "{line}");
    }
    assert!(log.contains("\"request_id\""), "{log}");
}

#[test]
fn a_request_under_way_is_finished_after_the_signal_to_stop() {
    let server = Server::start(&[]);
    let mut slow = server.connect();
    slow.write_all(b"GET /api/measures HTTP/1.1\r\nHost: test\r\n").unwrap();
    // Another request's answer shows that the half-written one has been accepted before the signal.
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    server.stop();
    std::thread::sleep(Duration::from_millis(300));
    slow.write_all(b"Connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(server.end().0, Some(0));
}

#[test]
fn headers_and_addresses_beyond_measure_are_refused_and_the_server_lives_on() {
    let server = Server::start(&[]);
    let header = server.ask(&format!("GET /api HTTP/1.1\r\nHost: test\r\nX-Long: {}\r\n\r\n", "x".repeat(2_000_000)));
    assert!(header.is_empty() || header.starts_with("HTTP/1.1 431"), "{header:.80}");
    let address = server.get(&format!("/api?q={}", "x".repeat(200_000)));
    assert!(address.starts_with("HTTP/1.1 414") || address.starts_with("HTTP/1.1 400"), "{address:.80}");
    assert!(server.get("/a/../../etc/passwd").starts_with("HTTP/1.1 400"));
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
}

fn refusal(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(PROGRAM).args(arguments).output().unwrap();
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

fn copy_of_the_default_edition(to: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/dataset");
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_dataset_that_is_missing_cut_short_or_damaged_is_refused_by_file_with_exit_code_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let (code, words) = refusal(&["serve", "--listen", "127.0.0.1:0", "--dataset", path]);
    assert_eq!(code, Some(1));
    assert!(words.contains("manifest.json"), "{words}");

    copy_of_the_default_edition(folder.path());
    let shapes = folder.path().join("lsoa11.fgb");
    let whole = std::fs::read(&shapes).unwrap();
    std::fs::write(&shapes, &whole[..whole.len() / 2]).unwrap();
    let (code, words) = refusal(&["serve", "--listen", "127.0.0.1:0", "--dataset", path]);
    assert_eq!(code, Some(1));
    assert!(words.contains("lsoa11.fgb"), "{words}");

    let mut flipped = whole;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    std::fs::write(&shapes, flipped).unwrap();
    let (code, words) = refusal(&["serve", "--listen", "127.0.0.1:0", "--dataset", path]);
    assert_eq!(code, Some(1));
    assert!(words.contains("lsoa11.fgb") && words.contains("block"), "{words}");
}

#[test]
fn an_address_in_use_is_refused_with_what_to_do() {
    let server = Server::start(&[]);
    let (code, words) = refusal(&["serve", "--listen", &server.address]);
    assert_eq!(code, Some(1));
    assert!(words.contains("--listen"), "{words}");
}

#[test]
fn an_import_that_fails_says_which_file_and_leaves_the_old_edition_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("edition");
    std::fs::create_dir(&out).unwrap();
    copy_of_the_default_edition(&out);
    let before = std::fs::read(out.join("manifest.json")).unwrap();
    let recipe = folder.path().join("sources.toml");
    let good = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/inputs/sources.toml")).unwrap();
    std::fs::write(&recipe, good).unwrap();
    let (code, words) = refusal(&["import", recipe.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(words.contains("lsoa11.geojson.gz"), "{words}");
    assert_eq!(std::fs::read(out.join("manifest.json")).unwrap(), before);
}

#[test]
fn importing_the_default_edition_again_gives_the_same_bytes() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("edition");
    let recipe = own.join("data/inputs/sources.toml");
    let started = Instant::now();
    let output = Command::new(PROGRAM).args(["import", recipe.to_str().unwrap(), "--out", out.to_str().unwrap()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = |folder: &Path| {
        let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&out), names(&own.join("data/dataset")), "after {:?}", started.elapsed());
    for name in names(&out) {
        assert!(
            std::fs::read(out.join(&name)).unwrap() == std::fs::read(own.join("data/dataset").join(&name)).unwrap(),
            "{name} differs: run scripts/dataset and commit what it writes"
        );
    }
}

/// Minutes by car across the made-up town, as the server tells them.
fn minutes_across_town(server: &Server) -> f64 {
    let answer = server.get("/api/travel-times/matrix?from=-0.92,52.76&to=-0.85,52.77&mode=car");
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    let json: serde_json::Value = serde_json::from_str(&body[body.find('{').unwrap()..=body.rfind('}').unwrap()]).unwrap();
    assert_eq!(json["basis_of"][0][0], "network", "{json}");
    json["minutes"][0][0].as_f64().unwrap()
}

#[test]
fn an_operators_table_of_speeds_slows_journeys_without_another_import() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let roads = format!(
        "{}\n[[source]]\nid = \"osm\"\npublisher = \"us\"\ntitle = \"made-up roads\"\nedition = \"1\"\nlicence = \"none\"\nlicence_url = \"https://example.org\"\nattribution = \"made up\"\n\n[[source.file]]\npath = {:?}\nreads = \"osm-roads\"\n",
        std::fs::read_to_string(own.join("data/inputs/sources.toml")).unwrap(),
        own.join("tests/data/made-up-roads.osm.pbf")
    );
    std::fs::write(path("sources.toml"), roads).unwrap();
    let inputs = own.join("data/inputs");
    let output =
        Command::new(PROGRAM).args(["import", &path("sources.toml"), "--inputs", inputs.to_str().unwrap(), "--out", &path("edition")]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let usual = Server::start(&["--dataset", &path("edition")]);
    let slower =
        std::fs::read_to_string(own.join("data/speeds.toml")).unwrap().replace("off-peak = 0.", "off-peak = 0.0").replace("\"British roads\"", "\"Snow\"");
    std::fs::write(path("snow.toml"), slower).unwrap();
    let snow = Server::start(&["--dataset", &path("edition"), "--speeds", &path("snow.toml")]);
    let (usual, in_snow) = (minutes_across_town(&usual), minutes_across_town(&snow));
    assert!(in_snow > 5.0 * usual, "{usual} {in_snow}");
    assert!(snow.get("/api/road-network").contains("\"Snow\""));
    let (code, words) = refusal(&["serve", "--listen", "127.0.0.1:0", "--speeds", &path("sources.toml")]);
    assert_eq!(code, Some(1));
    assert!(words.contains("--speeds") && words.contains("sources.toml"), "{words}");
}
