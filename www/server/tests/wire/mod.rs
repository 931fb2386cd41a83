//! A browser's part without a browser: requests over TLS to the hosts that the server plays.

use std::io;
use std::sync::Arc;

use practice_portal::Portal;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
    /// Whether the body came to its end.
    pub is_whole: bool,
}

impl Got {
    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The error's code, as services give it.
    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A GET with a token.
pub async fn get(portal: &Portal, address: &str, token: &str) -> Got {
    ask(portal, "GET", address, token, "").await.expect("an answer")
}

/// Any request, to an address that begins with its host.
pub async fn ask(portal: &Portal, method: &str, address: &str, token: &str, body: &str) -> io::Result<Got> {
    let (host, path) = address.trim_start_matches("https://").split_once('/').expect("an address with a path");
    let tcp = TcpStream::connect(("127.0.0.1", portal.port())).await?;
    let config = ClientConfig::builder().dangerous().with_custom_certificate_verifier(Arc::new(Anybody)).with_no_client_auth();
    let name = ServerName::try_from(host.split(':').next().unwrap_or_default().to_owned()).map_err(io::Error::other)?;
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, tcp).await?;
    let request = format!(
        "{method} /{} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\norigin: https://make.powerautomate.com\r\nprefer: odata.include-annotations=\"*\"\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        path.replace(' ', "%20"),
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut raw = Vec::new();
    // A server that hangs up without a word is what some of these tests want.
    let _ = stream.read_to_end(&mut raw).await;
    let at = raw.windows(4).position(|four| four == b"\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&raw[..at]).to_ascii_lowercase();
    let body = raw[at + 4..].to_vec();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map(|length| length.parse() == Ok(body.len()));
    let is_whole = promised.unwrap_or_else(|| body.ends_with(b"0\r\n\r\n"));
    Ok(Got { status, head, body, is_whole })
}

/// A token that the portal's page would get.
pub async fn token(portal: &Portal, audience: &str) -> String {
    let got = get(portal, &format!("https://make.powerautomate.com/practice/token?aud={audience}"), "").await;
    got.json()["token"].as_str().expect("a token").to_owned()
}

/// What the portal's page is told of itself.
pub async fn session(portal: &Portal) -> Value {
    get(portal, "https://make.powerautomate.com/practice/session", "").await.json()
}

/// Takes every certificate: the portal's is its own.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(&self, _: &[u8], _: &CertificateDer<'_>, _: &DigitallySignedStruct) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ECDSA_NISTP256_SHA256, SignatureScheme::ED25519, SignatureScheme::RSA_PSS_SHA256]
    }
}
