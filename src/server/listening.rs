//! Listening: connections without delay, and an end that lets requests under way finish.

use std::future::Future;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Serves until `stop` ends, then finishes requests under way, for at most `goodbye`.
///
/// # Errors
/// When listening fails for good.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()> + Send + 'static, goodbye: Duration) -> std::io::Result<()> {
    // Without this, small answers wait for the client's acknowledgement: a floor of 40 ms.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection kept its delay");
        }
    });
    let (stopping, stopped) = oneshot::channel();
    let announced = async move {
        stop.await;
        let _ = stopping.send(());
    };
    let serving = async { axum::serve(listener, router).with_graceful_shutdown(announced).await };
    tokio::select! {
        end = serving => end,
        () = async {
            let _ = stopped.await;
            tokio::time::sleep(goodbye).await;
        } => {
            tracing::warn!("some connections did not end in time and were closed");
            Ok(())
        }
    }
}
