//! One renders a page, the others who ask for it meanwhile wait: after a sale everybody asks for the same pages at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// The pages that are being rendered just now.
#[derive(Default)]
pub struct Rendering(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

/// Whoever renders a page; dropped when the page is there, or when its reader went away.
pub struct Renderer<'a> {
    all: &'a Rendering,
    key: &'a str,
    _held: OwnedMutexGuard<()>,
}

impl Rendering {
    /// It is one's own to render it; or, after another did, none.
    pub async fn begin<'a>(&'a self, key: &'a str) -> Option<Renderer<'a>> {
        let gate = self.gates().entry(key.to_owned()).or_default().clone();
        match gate.clone().try_lock_owned() {
            Ok(held) => Some(Renderer { all: self, key, _held: held }),
            Err(_) => {
                drop(gate.lock().await);
                None
            }
        }
    }

    fn gates(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<tokio::sync::Mutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Renderer<'_> {
    fn drop(&mut self) {
        self.all.gates().remove(self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn one_renders_a_page_and_the_others_wait_for_it() {
        let (all, rendered) = (Rendering::default(), AtomicUsize::new(0));
        let ask = async || {
            if let Some(renderer) = all.begin("page").await {
                tokio::task::yield_now().await;
                rendered.fetch_add(1, Ordering::SeqCst);
                drop(renderer);
                return;
            }
            assert_eq!(rendered.load(Ordering::SeqCst), 1, "whoever waited finds it there");
        };
        tokio::join!(ask(), ask(), ask());
        assert_eq!(rendered.load(Ordering::SeqCst), 1);
        assert!(all.begin("another").await.is_some() && all.begin("page").await.is_some());
        assert!(all.gates().is_empty(), "nothing is kept of it");
    }
}
