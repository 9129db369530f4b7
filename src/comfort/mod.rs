//! The reader's comfort: size of the text, space between its lines, colours. What a reader chooses is kept on the device
//! and holds for all cards of the page, unless a host does not offer it.

mod choices;
mod menu;
mod scheme;

use leptos::prelude::*;

pub use menu::controls;

use crate::settings::{Comfort, Settings, Theme};
use choices::{Choices, LineSpacing, TextSize};

/// How one card looks: what its host set, and what the reader chose of that which the host offers.
#[derive(Clone, Copy)]
pub struct Looks {
    offered: Memo<Comfort>,
    host: Memo<Theme>,
    choices: RwSignal<Choices>,
    system_is_dark: ReadSignal<bool>,
}

impl Looks {
    /// The looks of a card with these settings, until its reactive owner goes.
    #[must_use]
    pub fn new(settings: RwSignal<Settings>) -> Self {
        Self {
            offered: Memo::new(move |_| settings.with(|settings| settings.comfort)),
            host: Memo::new(move |_| settings.with(|settings| settings.theme)),
            choices: choices::shared(),
            system_is_dark: scheme::system_is_dark(),
        }
    }

    /// The size of the text, in per cent of the usual one. It is read reactively.
    #[must_use]
    pub fn text_size(self) -> u8 {
        let chosen = self.choices.with(|choices| choices.text_size);
        if self.offered.get().text_size { chosen } else { TextSize::default() }.percent()
    }

    /// The space between the lines, by its name in the sheet. It is read reactively.
    #[must_use]
    pub fn line_spacing(self) -> &'static str {
        let chosen = self.choices.with(|choices| choices.line_spacing);
        if self.offered.get().line_spacing { chosen } else { LineSpacing::default() }.as_str()
    }

    /// The theme that holds: the reader's where it is offered, else the host's. It is read reactively.
    fn theme(self) -> Theme {
        let chosen = self.choices.with(|choices| choices.theme).filter(|_| self.offered.get().theme);
        chosen.unwrap_or_else(|| self.host.get())
    }

    /// The colours: `light`, `sepia` or `dark`. It is read reactively.
    #[must_use]
    pub fn scheme(self) -> &'static str {
        match self.theme() {
            Theme::Auto if self.system_is_dark.get() => Theme::Dark.as_str(),
            Theme::Auto => Theme::Light.as_str(),
            theme => theme.as_str(),
        }
    }
}
