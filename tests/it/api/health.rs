//! Liveness and readiness.

use crate::client::ask;

#[test]
fn a_server_that_answers_is_alive_and_ready_and_says_with_which_edition() {
    for address in ["/healthz", "/readyz"] {
        let answer = ask(address);
        assert_eq!(answer.status.as_u16(), 200);
        assert_eq!(answer.json()["status"], "ok");
        assert_eq!(answer.json()["edition"], "wold");
        assert_eq!(answer.header("etag"), "", "a check of health must reach the server each time");
    }
}
