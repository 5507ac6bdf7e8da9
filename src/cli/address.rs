//! Addresses on the command line: sites whose pages may read answers, and where clients reach a server.

/// A site as browsers name it; another spelling would never be met.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'?' | b'#' | b'@' | b'*'))
    };
    if host.is_some_and(is_host) {
        return Ok(text.to_ascii_lowercase());
    }
    Err("name each site as browsers do, without a path: https://example.org or http://localhost:3000".to_owned())
}

/// What an address in a citation begins with.
pub(super) fn public_url(text: &str) -> Result<String, String> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain && (text.starts_with("https://") || text.starts_with("http://")) {
        return Ok(text.to_owned());
    }
    Err("start it with https:// or http://, without spaces".to_owned())
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for text in ["https://example.org", "http://localhost:3000", "http://[::1]:8080"] {
            assert_eq!(origin(text).as_deref(), Ok(text));
        }
        assert_eq!(origin("https://Example.org").as_deref(), Ok("https://example.org"));
        for text in ["example.org", "https://example.org/", "https://", "*", "https://*.example.org", "null"] {
            assert!(origin(text).is_err(), "{text}");
        }
    }
}
