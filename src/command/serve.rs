//! `needsmap serve`: loads an edition, listens, and stops cleanly.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use tracing_subscriber::EnvFilter;

use super::edition::EditionArguments;
use crate::server::{self, Serving, Settings, State};

/// How long requests under way may take after a signal to stop.
const LONGEST_GOODBYE: Duration = Duration::from_secs(10);

/// Bytes of compressed answers that are kept.
const KEPT_BYTES: u64 = 128 << 20;

/// How to serve.
#[derive(Debug, clap::Args)]
pub struct ServeArguments {
    #[command(flatten)]
    edition: EditionArguments,
    /// The address to listen on; port 0 takes a free one and prints it.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The start of every link in answers, such as <https://needs.example.org>; links are relative without it.
    #[arg(long)]
    public_url: Option<String>,
    /// The address of an organisation's own `MapLibre` style, drawn beneath the map. The only thing that the page then loads from elsewhere.
    #[arg(long)]
    basemap_style: Option<String>,
    /// The form of the log on standard error.
    #[arg(long, value_enum, default_value_t = LogForm::Text)]
    log: LogForm,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum LogForm {
    /// For people.
    Text,
    /// One JSON object per line, for programs.
    Json,
}

/// Serves until a signal to stop.
///
/// # Errors
/// When the edition cannot be read or the address cannot be listened on.
pub fn serve(arguments: ServeArguments) -> anyhow::Result<()> {
    log(arguments.log);
    check_addresses(&arguments)?;
    let started = Instant::now();
    let store = Arc::new(arguments.edition.store()?);
    if let Some(roads) = store.roads() {
        tracing::info!(speeds = roads.speeds().name, "roads are contracted, at the speeds of the table");
        roads.notes().iter().for_each(|note| tracing::warn!("{note}"));
    }
    tracing::info!(edition = store.version(), milliseconds = started.elapsed().as_millis(), "the edition is loaded");
    let settings = Settings { public_url: arguments.public_url.unwrap_or_default(), basemap_style: arguments.basemap_style };
    let state = State::new(Arc::clone(&store), &settings);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() ^ (u64::from(since.subsec_nanos()) << 32));
    let router = server::router(state.clone(), &Serving { seed, kept_bytes: KEPT_BYTES });
    let runtime = tokio::runtime::Runtime::new().context("the runtime could not start")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(arguments.listen).await.with_context(|| {
            format!(
                "could not listen on {}: is another program using it? Choose another with --listen, or --listen 127.0.0.1:0 for a free one",
                arguments.listen
            )
        })?;
        let address = listener.local_addr().context("the address listened on is not known")?;
        // Whoever waits for the line must be able to connect when it is there; a closed pipe is no reason to stop serving.
        let mut out = std::io::stdout();
        let _ = writeln!(out, "needsmap serves {} at http://{address}", store.title()).and_then(|()| out.flush());
        // The first map should not wait for its shapes; the first answer should not wait for them either.
        tokio::task::spawn_blocking(move || {
            state.drawings.make_all(&state.store);
            state.store.prepare_journeys();
        });
        server::serve(listener, router, asked_to_stop(), LONGEST_GOODBYE).await.context("the server stopped by itself")
    })?;
    // Shapes that are still being made are nobody's request.
    runtime.shutdown_background();
    tracing::info!("stopped");
    Ok(())
}

fn log(form: LogForm) {
    let filter = EnvFilter::try_from_env("NEEDSMAP_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    match form {
        LogForm::Text => builder.init(),
        LogForm::Json => builder.json().flatten_event(true).init(),
    }
}

fn check_addresses(arguments: &ServeArguments) -> anyhow::Result<()> {
    super::check_address("--public-url", arguments.public_url.as_deref())?;
    super::check_address("--basemap-style", arguments.basemap_style.as_deref())?;
    if let Some(address) = &arguments.basemap_style {
        anyhow::ensure!(
            server::basemap_origin(address).is_some(),
            "--basemap-style: expected an address of scheme, host, port and path only, so that the page may be allowed to read from that host; found {address:?}"
        );
    }
    Ok(())
}

/// Ends when the process is asked to stop, by a service manager or by hand.
async fn asked_to_stop() {
    let by_hand = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let by_manager = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { () = by_hand => {}, () = by_manager => {} }
    tracing::info!("asked to stop: requests under way are finished first");
}
