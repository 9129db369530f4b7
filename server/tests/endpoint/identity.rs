//! Readers whom the host page knows: which tokens are taken, and what becomes of the others.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use maqal_contract::identity::IDENTITY_HEADER;
use maqal_contract::limits::{IDENTITY_MAX_BYTES, NAME_MAX_CHARS, SUBJECT_MAX_BYTES};
use maqal_contract::{Badge, Comment, Likes, Posted, ProblemType, State};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{
    Answer, Endpoint, ORIGIN, Server, THREAD, comment, new_key, post, request, request_of, start_refused,
};

const SECRET: &str = "the-tests-own-secret-of-32-bytes-and-more";

/// The path of a key of the tests.
fn key_file(name: &str) -> String {
    format!("{}/tests/endpoint/keys/{name}.pem", env!("CARGO_MANIFEST_DIR"))
}

fn key(name: &str) -> Vec<u8> {
    fs::read(key_file(name)).unwrap()
}

/// So many seconds from now.
fn seconds_from_now(seconds: i64) -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().cast_signed() + seconds
}

/// What the host says of a reader.
fn salma() -> Value {
    json!({
        "sub": "reader-7",
        "name": "سلمى العلوي",
        "picture": "https://news.example/salma.webp",
        "badge": "staff",
        "exp": seconds_from_now(600),
    })
}

/// [`salma`] with these claims; `null` leaves one out.
fn with(other: Value) -> Value {
    let mut claims = salma();
    for (name, value) in other.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    claims
}

/// A token that the publisher has signed with [`SECRET`].
fn token(claims: &Value) -> String {
    sign(Algorithm::HS256, &EncodingKey::from_secret(SECRET.as_bytes()), claims)
}

fn sign(algorithm: Algorithm, key: &EncodingKey, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, key).unwrap()
}

/// A token with any header, signed with HMAC and `secret` whatever the header says.
fn forge(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", encode(header), encode(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(message.as_bytes());
    format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// `request` with a token.
fn known(token: &str, mut request: Request<Body>) -> Request<Body> {
    request.headers_mut().append(IDENTITY_HEADER, token.parse().unwrap());
    request
}

/// An endpoint without a rate limit that knows readers by [`SECRET`], with these options too.
async fn endpoint(options: &[&str]) -> Endpoint {
    Endpoint::with(&[&["--rate-burst", "0", "--identity-secret", SECRET], options].concat()).await
}

/// The answer to a comment of the reader with this token.
async fn say(endpoint: &Endpoint, token: &str) -> Answer {
    endpoint.send(known(token, post(&new_key(), &comment("نص")))).await
}

/// What the endpoint has against this token.
#[track_caller]
fn refused(answer: &Answer, says: &str) {
    let detail = answer.problem(ProblemType::IdentityInvalid).detail.unwrap();
    assert!(detail.contains(says), "{detail:?} does not say {says:?}");
}

#[tokio::test]
async fn a_token_of_each_kind_of_key_gives_the_hosts_name_picture_and_badge() {
    let rsa = EncodingKey::from_rsa_pem(&key("test-only-rsa")).unwrap();
    let p256 = EncodingKey::from_ec_pem(&key("test-only-p256")).unwrap();
    let ed25519 = EncodingKey::from_ed_pem(&key("test-only-ed25519")).unwrap();
    for (algorithm, private, public) in [
        (Algorithm::RS256, rsa.clone(), "test-only-rsa.pub"),
        (Algorithm::RS256, rsa, "test-only-rsa.pkcs1.pub"),
        (Algorithm::ES256, p256, "test-only-p256.pub"),
        (Algorithm::EdDSA, ed25519, "test-only-ed25519.pub"),
    ] {
        let endpoint = Endpoint::with(&["--identity-key", &key_file(public)]).await;
        let answer = say(&endpoint, &sign(algorithm, &private, &salma())).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{public}: {}", answer.text());
        assert_eq!(answer.json::<Comment>().name, "سلمى العلوي");
    }

    let endpoint = endpoint(&[]).await;
    let answer = say(&endpoint, &token(&salma())).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert!(!answer.text().contains("reader-7"), "who he is to the host is nobody's business");
    let shown = endpoint.page("").await.comments.remove(0);
    assert_eq!((shown.name.as_str(), shown.badge), ("سلمى العلوي", Some(Badge::Staff)));
    assert_eq!(shown.avatar.as_deref(), Some("https://news.example/salma.webp"));
}

#[tokio::test]
async fn a_request_cannot_give_itself_a_picture_or_a_badge() {
    let endpoint = endpoint(&[]).await;
    let claims = json!({
        "thread": THREAD, "name": "أحد", "body": "نص", "badge": "staff", "avatar": "https://evil.example/x.png",
        "picture": "https://evil.example/x.png", "subject": "reader-7", "sub": "reader-7", "identity": salma(),
    });
    let own = || {
        let mut request = request_of(Method::POST, "/api/comments", Some(claims.clone()));
        request.headers_mut().insert("idempotency-key", new_key().parse().unwrap());
        request
    };
    let shown: Comment = endpoint.send(own()).await.json();
    assert_eq!((shown.name.as_str(), shown.badge, shown.avatar), ("أحد", None, None));
    assert_eq!(endpoint.value::<i64>("SELECT COUNT(*) FROM comment WHERE subject IS NOT NULL").await, 0);

    // Nor add to what the host says of him.
    let plain = token(&with(json!({"picture": null, "badge": null})));
    let shown: Comment = endpoint.send(known(&plain, own())).await.json();
    assert_eq!((shown.name.as_str(), shown.badge, shown.avatar), ("سلمى العلوي", None, None));
}

#[tokio::test]
async fn a_token_of_another_key_or_a_changed_one_is_refused_and_nothing_is_stored() {
    let secret = endpoint(&[]).await;
    let other = EncodingKey::from_secret(b"another-secret-of-32-bytes-and-more-than-that");
    refused(&say(&secret, &sign(Algorithm::HS256, &other, &salma())).await, "signature");

    let whole = token(&salma());
    let [header, payload, signature] = whole.split('.').collect::<Vec<_>>().try_into().unwrap();
    let promoted = BASE64_URL_SAFE_NO_PAD.encode(with(json!({"badge": "author"})).to_string());
    refused(&say(&secret, &format!("{header}.{promoted}.{signature}")).await, "signature");
    refused(&say(&secret, &format!("{header}.{payload}.")).await, "signature");

    for damaged in
        ["", "x", "a.b", "..", &format!("{header}.{payload}"), &format!("{whole}.x"), &format!("Bearer {whole}")]
    {
        say(&secret, damaged).await.problem(ProblemType::IdentityInvalid);
    }

    let public = Endpoint::with(&["--identity-key", &key_file("test-only-ed25519.pub")]).await;
    let other = EncodingKey::from_ed_pem(&key("test-only-ed25519-other")).unwrap();
    refused(&say(&public, &sign(Algorithm::EdDSA, &other, &salma())).await, "signature");
    assert_eq!((secret.page("").await.total, public.page("").await.total), (0, 0));
}

#[tokio::test]
async fn a_token_cannot_choose_how_it_is_verified() {
    let claims = salma();
    let secret = endpoint(&[]).await;
    let unsigned = forge(&json!({"alg": "none", "typ": "JWT"}), &claims, SECRET.as_bytes());
    refused(&say(&secret, &unsigned).await, "none");
    let (message, _) = unsigned.rsplit_once('.').unwrap();
    refused(&say(&secret, &format!("{message}.")).await, "none");
    let longer = sign(Algorithm::HS512, &EncodingKey::from_secret(SECRET.as_bytes()), &claims);
    refused(&say(&secret, &longer).await, "HS256");
    let rsa = EncodingKey::from_rsa_pem(&key("test-only-rsa")).unwrap();
    refused(&say(&secret, &sign(Algorithm::RS256, &rsa, &claims)).await, "HS256");

    // A public key is known to everybody; as a secret, it must open nothing.
    for (name, algorithm) in [("rsa", "RS256"), ("p256", "ES256"), ("ed25519", "EdDSA")] {
        let name = format!("test-only-{name}.pub");
        let public = Endpoint::with(&["--rate-burst", "0", "--identity-key", &key_file(&name)]).await;
        let pem = key(&name);
        let der = pem::parse_der(&pem);
        for secret in [pem.as_slice(), pem.trim_ascii(), &der] {
            refused(&say(&public, &forge(&json!({"alg": "HS256"}), &claims, secret)).await, algorithm);
            refused(&say(&public, &forge(&json!({"alg": algorithm}), &claims, secret)).await, "signature");
        }
        refused(&say(&public, &forge(&json!({"alg": "none"}), &claims, &pem)).await, "none");
    }
    let public = Endpoint::with(&["--identity-key", &key_file("test-only-rsa.pub")]).await;
    refused(&say(&public, &sign(Algorithm::PS256, &rsa, &claims)).await, "RS256");
    refused(&say(&public, &sign(Algorithm::RS512, &rsa, &claims)).await, "RS256");

    // A key that the token brings along is not the publisher's.
    let own = json!({"alg": "HS256", "jwk": {"kty": "oct", "k": BASE64_URL_SAFE_NO_PAD.encode("0".repeat(32))}});
    refused(&say(&secret, &forge(&own, &claims, &[b'0'; 32])).await, "signature");
    let critical = json!({"alg": "HS256", "crit": ["https://news.example/only-on-mondays"]});
    refused(&say(&secret, &forge(&critical, &claims, SECRET.as_bytes())).await, "crit");
}

/// Just enough of PEM to get at its bytes.
mod pem {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;

    pub fn parse_der(pem: &[u8]) -> Vec<u8> {
        let text = str::from_utf8(pem).unwrap();
        BASE64_STANDARD.decode(text.lines().filter(|line| !line.starts_with("-----")).collect::<String>()).unwrap()
    }
}

#[tokio::test]
async fn a_token_has_an_end_and_clocks_may_differ_a_little() {
    let endpoint = endpoint(&[]).await;
    for seconds in [-3600, -120] {
        let answer = say(&endpoint, &token(&with(json!({"exp": seconds_from_now(seconds)})))).await;
        assert!(answer.problem(ProblemType::IdentityExpired).detail.unwrap().contains("exp"));
    }
    for claims in [
        json!({"exp": seconds_from_now(-20)}),
        json!({"exp": f64::from(u32::MAX) + 0.5}),
        json!({"nbf": seconds_from_now(20)}),
    ] {
        assert_eq!(say(&endpoint, &token(&with(claims))).await.status, StatusCode::CREATED);
    }
    refused(&say(&endpoint, &token(&with(json!({"nbf": seconds_from_now(600)})))).await, "nbf");
    // Forged and old is forged: nobody is asked for a fresh one of those.
    let other = EncodingKey::from_secret(&[7; 32]);
    let old = with(json!({"exp": seconds_from_now(-3600)}));
    refused(&say(&endpoint, &sign(Algorithm::HS256, &other, &old)).await, "signature");
}

#[tokio::test]
async fn a_token_that_lacks_what_it_must_say_is_refused_by_name() {
    let endpoint = endpoint(&[]).await;
    for (claims, says) in [
        (json!({"exp": null}), "exp"),
        (json!({"exp": "tomorrow"}), "expected"),
        (json!({"sub": null}), "sub"),
        (json!({"sub": ""}), "sub"),
        (json!({"sub": " \u{200B}"}), "sub"),
        (json!({"sub": 7}), "expected a string"),
        (json!({"sub": "7".repeat(SUBJECT_MAX_BYTES + 1)}), "sub"),
        (json!({"name": null}), "name"),
        (json!({"name": " \u{200F} "}), "name"),
        (json!({"name": "س".repeat(IDENTITY_MAX_BYTES)}), "longer"),
    ] {
        refused(&say(&endpoint, &token(&with(claims))).await, says);
    }
    let twice = known(&token(&salma()), known(&token(&salma()), post(&new_key(), &comment("نص"))));
    refused(&endpoint.send(twice).await, "twice");
    assert_eq!(endpoint.page("").await.total, 0);
}

#[tokio::test]
async fn what_is_only_for_show_is_made_fit_to_be_shown() {
    let endpoint = endpoint(&[]).await;
    let claims = with(json!({
        "sub": "7".repeat(SUBJECT_MAX_BYTES),
        "name": format!("  سلمى\u{202E}\n{}", "ع".repeat(200)),
        "picture": "http://news.example/salma.webp",
        "badge": "king",
    }));
    let shown: Comment = say(&endpoint, &token(&claims)).await.json();
    assert!(shown.name.starts_with("سلمى ع") && shown.name.chars().count() == NAME_MAX_CHARS, "{}", shown.name);
    assert_eq!((shown.avatar, shown.badge), (None, None));
}

#[tokio::test]
async fn a_token_for_somebody_else_is_refused_where_an_audience_is_set() {
    let talk = endpoint(&["--identity-audience", "https://talk.example"]).await;
    for claims in [json!({}), json!({"aud": "https://shop.example"}), json!({"aud": []}), json!({"aud": 7})] {
        refused(&say(&talk, &token(&with(claims))).await, "aud");
    }
    for aud in [json!("https://talk.example"), json!(["https://shop.example", "https://talk.example"])] {
        assert_eq!(say(&talk, &token(&with(json!({"aud": aud})))).await.status, StatusCode::CREATED);
    }
    let any = endpoint(&[]).await;
    let answer = say(&any, &token(&with(json!({"aud": "https://shop.example"})))).await;
    assert_eq!(answer.status, StatusCode::CREATED);
}

#[tokio::test]
async fn an_endpoint_without_a_key_says_so_and_stores_nothing_under_a_typed_name() {
    let endpoint = Endpoint::new().await;
    refused(&say(&endpoint, &token(&salma())).await, "--identity-secret or --identity-key");
    assert_eq!(endpoint.page("").await.total, 0);
    endpoint.say("نص").await;
}

#[tokio::test]
async fn where_an_identity_is_required_a_typed_name_is_not_enough() {
    let endpoint = endpoint(&["--require-identity"]).await;
    let answer = endpoint.send(post(&new_key(), &comment("نص"))).await;
    assert!(answer.problem(ProblemType::IdentityRequired).detail.unwrap().contains(IDENTITY_HEADER));
    assert_eq!(answer.header("www-authenticate"), IDENTITY_HEADER);
    assert_eq!(endpoint.page("").await.total, 0);
    let posted: Posted = say(&endpoint, &token(&salma())).await.json();
    // What is no comment needs none.
    assert_eq!(endpoint.like(&posted.comment.id, "the-first-device", true).await.likes, 1);
}

#[tokio::test]
async fn a_key_that_was_used_belongs_to_the_reader_who_used_it() {
    let endpoint = endpoint(&[]).await;
    let key = new_key();
    let send = |claims: Value| endpoint.send(known(&token(&claims), post(&key, &comment("نص"))));
    let first: Posted = send(salma()).await.json();
    // The page has got a fresh token meanwhile.
    let again = send(with(json!({"exp": seconds_from_now(1200)}))).await;
    assert_eq!((again.header("idempotency-replayed"), again.json::<Posted>()), ("true", first));
    let other = send(with(json!({"sub": "reader-8"}))).await;
    other.problem(ProblemType::IdempotencyKeyReused);
    endpoint.send(post(&key, &comment("نص"))).await.problem(ProblemType::IdempotencyKeyReused);
    assert_eq!(endpoint.page("").await.total, 1);
}

#[tokio::test]
async fn an_author_changes_reads_and_deletes_his_own_by_his_identity_alone_within_the_window() {
    let open = endpoint(&["--moderate", "--moderator-token", "the-token-of-the-moderators"]).await;
    let posted: Posted = say(&open, &token(&salma())).await.json();
    assert_eq!(posted.comment.state, State::Pending);
    let address = format!("/api/comments/{}", posted.comment.id);
    let ask = |method: Method, claims: Value| {
        let json = (method == Method::PATCH).then(|| json!({"body": "غيره"}));
        open.send(known(&token(&claims), request_of(method, &address, json)))
    };
    let other = with(json!({"sub": "reader-8"}));
    ask(Method::GET, other.clone()).await.problem(ProblemType::NotFound);
    assert_eq!(ask(Method::GET, salma()).await.json::<Comment>(), posted.comment);
    ask(Method::PATCH, other.clone()).await.problem(ProblemType::NotAuthor);
    assert_eq!(ask(Method::PATCH, salma()).await.json::<Comment>().body, "غيره");
    ask(Method::DELETE, other).await.problem(ProblemType::NotAuthor);
    let expired = with(json!({"exp": seconds_from_now(-3600)}));
    for method in [Method::PATCH, Method::DELETE, Method::GET] {
        ask(method, expired.clone()).await.problem(ProblemType::IdentityExpired);
    }
    assert_eq!(ask(Method::DELETE, salma()).await.status, StatusCode::NO_CONTENT);

    let shut = endpoint(&["--edit-window", "0"]).await;
    let posted: Posted = say(&shut, &token(&salma())).await.json();
    let late = request(Method::DELETE, &format!("/api/comments/{}", posted.comment.id));
    shut.send(known(&token(&salma()), late)).await.problem(ProblemType::EditWindowClosed);
}

#[tokio::test]
async fn a_known_reader_likes_and_reports_without_a_device_and_a_bad_token_does_neither() {
    let endpoint = endpoint(&[]).await;
    let id = endpoint.say("نص").await.comment.id;
    let like = || request(Method::PUT, &format!("/api/comments/{id}/like"));
    let report = || request_of(Method::POST, &format!("/api/comments/{id}/reports"), Some(json!({"reason": "spam"})));
    for _ in 0..2 {
        let answer = endpoint.send(known(&token(&salma()), like())).await;
        assert_eq!(answer.json::<Likes>(), Likes { likes: 1, liked: true });
        assert_eq!(endpoint.send(known(&token(&salma()), report())).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(endpoint.value::<i64>("SELECT COUNT(*) FROM report").await, 1);
    for request in [like(), report()] {
        refused(&endpoint.send(known("x", request)).await, "JSON Web Token");
    }
}

#[tokio::test]
async fn everybody_reads_whatever_became_of_his_token() {
    let endpoint = endpoint(&["--require-identity"]).await;
    let old = token(&with(json!({"exp": seconds_from_now(-3600)})));
    say(&endpoint, &token(&salma())).await.json::<Posted>();
    let thread = percent_encoding::utf8_percent_encode(THREAD, percent_encoding::NON_ALPHANUMERIC);
    for address in [format!("/api/comments?thread={thread}"), format!("/api/comments/count?thread={thread}")] {
        let answer = endpoint.send(known(&old, request(Method::GET, &address))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_page_can_read_why_its_token_was_refused() {
    let endpoint = endpoint(&[]).await;
    let mut request = known("x", post(&new_key(), &comment("نص")));
    request.headers_mut().insert("origin", ORIGIN.parse().unwrap());
    let answer = endpoint.send(request).await;
    answer.problem(ProblemType::IdentityInvalid);
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
}

#[test]
fn a_wrong_option_ends_the_start_with_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.pem");
    fs::write(&text, "no key at all").unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let (private, curve) = (key_file("test-only-rsa"), key_file("refused-secp256k1.pub"));
    let (small, good) = (key_file("refused-rsa-1024.pub"), key_file("test-only-rsa.pub"));
    for (options, named, why) in [
        (vec!["--identity-secret", "0123456789012345678901234567890"], "--identity-secret", "32 bytes"),
        (vec!["--identity-key", &path(&text)], "--identity-key", "no public key"),
        (vec!["--identity-key", &path(folder.path())], "--identity-key", "cannot be read"),
        (vec!["--identity-key", &private], "--identity-key", "-pubout"),
        (vec!["--identity-key", &curve], "--identity-key", "P-256"),
        (vec!["--identity-key", &small], "--identity-key", "2048 bits"),
        (vec!["--identity-key", &good, "--identity-secret", SECRET], "--identity-secret", "cannot be used with"),
        (vec!["--require-identity"], "--require-identity", "--identity-key"),
        (vec!["--identity-audience", "https://talk.example"], "--identity-audience", "--identity-key"),
    ] {
        let output = start_refused(&folder.path().join("maqal.db"), &options);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}: {said}");
        assert!(said.contains(named) && said.contains(why), "{options:?}: {said}");
    }
}

#[test]
fn neither_a_token_nor_the_secret_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let options = ["--identity-secret", SECRET, "--log", "trace"];
    let server = Server::start(&folder.path().join("maqal.db"), &options);
    let (good, bad) = (token(&salma()), token(&with(json!({"exp": 1}))));
    for (token, status) in [(&good, 201), (&bad, 401)] {
        let answer = server.post_known(token, &comment("نص"));
        assert_eq!(answer, status);
    }
    server.signal("TERM");
    let (_, log) = server.wait();
    assert!(log.contains("401") && log.contains("201"), "{log}");
    for hidden in [SECRET, &good, &bad, "سلمى", "reader-7"] {
        assert!(!log.contains(hidden), "{hidden} in {log}");
    }
}
