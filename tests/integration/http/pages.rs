//! Everything that is not `/graphql`.

use std::sync::atomic::Ordering;

use super::Server;

#[test]
fn the_root_leads_to_the_query_page() {
    let server = Server::start();
    let answer = server.get("/");
    assert_eq!((answer.status, answer.header("location")), (307, "/graphiql"));
}

#[test]
fn the_query_page_loads_only_what_the_server_has() {
    let server = Server::start();
    let page = server.get("/graphiql");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    for attribute in page.text().split(['"', '\'']).filter(|text| text.starts_with("/graphiql/")) {
        let file = server.get(attribute);
        assert_eq!(file.status, 200, "{attribute}");
        assert!(!file.body.is_empty());
        assert!(file.header("cache-control").contains("immutable"));
    }
    for loading in ["src=\"http", "src='http", "<script>"] {
        assert!(!page.text().contains(loading), "{loading}");
    }
}

#[test]
fn a_browser_asks_for_the_page_itself_each_time() {
    let server = Server::start();
    for path in ["/graphiql", "/graphiql/index.html"] {
        let page = server.get(path);
        assert_eq!((page.status, page.header("cache-control")), (200, "no-cache"), "{path}");
    }
}

#[test]
fn the_query_page_may_load_nothing_from_elsewhere_nor_stand_in_a_frame() {
    let server = Server::start();
    let page = server.get("/graphiql");
    let policy = page.header("content-security-policy");
    for part in ["default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-eval"), "{policy}");
}

#[test]
fn no_page_lets_a_browser_guess() {
    let server = Server::start();
    for path in ["/", "/graphiql", "/graphql", "/healthz", "/readyz", "/nowhere", "/graphiql/nothing.js"] {
        let answer = server.get(path);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
}

#[test]
fn what_does_not_exist_is_told_what_does() {
    let server = Server::start();
    for path in ["/nowhere", "/graphql/x", "/graphiql/../../etc/passwd", "/graphiql/%2e%2e/secret", "/%ff"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.error().0.as_str()), (404, "NOT_FOUND"), "{path}");
    }
    assert!(
        server
            .get("/nowhere")
            .error()
            .1
            .contains("/graphql, /graphiql, /export/FORMAT, /cite/TOKEN, /reconcile, /healthz and /readyz")
    );
}

#[test]
fn a_slash_at_the_end_of_a_path_changes_nothing() {
    let server = Server::start();
    for path in ["/graphiql", "/reconcile", "/reconcile/suggest/type", "/reconcile/properties", "/healthz", "/readyz"] {
        let (plain, slashed) = (server.get(path), server.get(&format!("{path}/")));
        assert_eq!((slashed.status, &slashed.body), (200, &plain.body), "{path}");
    }
    let query = "query=%7B%20echo(text%3A%20%22a%22)%20%7D";
    let asked = server.get(&format!("/graphql/?{query}"));
    assert_eq!((asked.status, asked.body), (200, server.get(&format!("/graphql?{query}")).body));
    let body = serde_json::json!({ "query": "{ echo(text: \"a\") }" }).to_string();
    assert_eq!(server.request("POST /graphql/ HTTP/1.1\nContent-Type: application/json", body).status, 200);
    assert_eq!(server.request("PUT /graphql/ HTTP/1.1", "").header("allow"), "GET, HEAD, POST, OPTIONS".to_lowercase());
    assert_eq!(server.get("/nowhere/").status, 404);
}

#[test]
fn a_server_is_alive_before_it_is_ready() {
    let server = Server::start();
    server.ready.store(false, Ordering::Relaxed);
    assert_eq!((server.get("/healthz").status, server.get("/readyz").status), (200, 503));
    server.ready.store(true, Ordering::Relaxed);
    assert_eq!((server.get("/healthz").status, server.get("/readyz").status), (200, 200));
}
