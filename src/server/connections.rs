//! Sockets: accepts connections up to a limit, gives each its time limits, and stops in order. hyper's own builder is
//! used because `axum::serve` waits for a slow client for ever.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::api::executor::Executor;
use crate::server::impatient::Impatient;
use crate::server::{Config, Readiness, ServeError, router};

/// Serves until `stop` resolves, then lets running requests finish. `bound` is told the address as soon as clients can
/// connect.
///
/// # Errors
///
/// When it cannot listen at the address.
pub async fn serve(
    config: &Config,
    executor: Arc<dyn Executor>,
    ready: Readiness,
    bound: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let address = config.listen;
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken { address, source },
        _ => ServeError::Address { address, source },
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let service = TowerToHyperService::new(router(executor, ready, config));
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(config.head_time);
    let graceful = GracefulShutdown::new();
    let turns = Arc::new(Semaphore::new(config.connections.clamp(1, Semaphore::MAX_PERMITS)));
    bound(listener.local_addr().map_err(refused)?);

    let mut stop = pin!(stop);
    loop {
        let next = async {
            let turn = Arc::clone(&turns).acquire_owned().await;
            (turn, accept(&listener).await)
        };
        let (turn, stream) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let connection = builder
            .serve_connection(TokioIo::new(Impatient::new(stream, config.stall_time)), service.clone())
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _turn = turn;
            if let Err(error) = connection.await {
                tracing::debug!(error, "a connection ended early");
            }
        });
    }
    drop(listener);
    tracing::info!("stopping");
    if timeout(config.stopping_time, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still running {:?} after the server was told to stop", config.stopping_time);
    }
    Ok(())
}

/// The next connection. An error is of one connection, or the process is out of files and some have to close first.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A small answer leaves at once; a socket that cannot be told so works all the same.
                let _ = stream.set_nodelay(true);
                return stream;
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Resolves when the process is asked to end, by SIGTERM or Ctrl-C.
pub async fn termination() {
    let interrupted = async {
        // Where signals cannot be listened to, they end the process as they always did.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    () = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_) => interrupted.await,
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
