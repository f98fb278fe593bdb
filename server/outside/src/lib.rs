//! Real implementations of the domain's ports: files on disk, letters, payment providers, providers of identities.

pub mod alipay;
pub mod clamd;
pub mod disk;
mod keys;
pub mod letterbox;
mod line;
mod numbers;
pub mod oidc;
pub mod outgoing;
pub mod sandbox;
mod shanghai;
mod signature;
pub mod smtp;
pub mod stripe;
#[cfg(test)]
mod vectors;
pub mod wechat;

pub use keys::{Certificate, Hidden, Key, PublicKey, RootSerial};
