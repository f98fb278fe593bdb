//! A world whose clock stands where we set it. Ids and secrets are as random as anywhere; only the story's dice are seeded.

use domain::App;
use domain::app::Ports;
use domain::ports::Clock;
use model::Moment;
use model::time::{Span, days};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The same school every time.
const SEED: u64 = 0x1EC7_E12A;

/// The dice of the story.
pub fn dice() -> SmallRng {
    SmallRng::seed_from_u64(SEED)
}

/// The application at a moment of the past.
pub struct Past {
    pub app: App,
    clock: Arc<SetClock>,
    present: Moment,
}

impl Past {
    pub fn of(app: &App) -> Self {
        let present = app.now();
        let clock = Arc::new(SetClock(AtomicI64::new(present.millis())));
        let ports = Ports {
            clock: clock.clone(),
            chance: app.ports.chance.clone(),
            mail: app.ports.mail.clone(),
            files: app.ports.files.clone(),
            scanner: app.ports.scanner.clone(),
            gateways: app.ports.gateways.clone(),
            identities: app.ports.identities.clone(),
            issuer: app.ports.issuer.clone(),
        };
        Self { app: App { ports: Arc::new(ports), ..app.clone() }, clock, present }
    }

    /// Sets the clock to `ago` before the present.
    pub fn go_back(&self, ago: Span) {
        self.clock.0.store((self.present - ago).millis(), Ordering::SeqCst);
    }

    pub fn stand_at(&self, moment: Moment) {
        self.clock.0.store(moment.millis(), Ordering::SeqCst);
    }

    pub fn days_ago(&self, n: i64) -> Moment {
        self.present - days(n)
    }
}

struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}
