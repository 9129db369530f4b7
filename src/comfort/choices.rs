//! What the reader chose last, kept on the device: one for all cards of the page, and heard by those of other tabs.

use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;

use crate::settings::Theme;
use crate::storage;

/// Where it is kept.
const KEY: &str = "maqal:comfort";

/// The size of the text, a step of [`SIZES`](Self::SIZES).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextSize(u8);

impl Default for TextSize {
    fn default() -> Self {
        Self(100)
    }
}

impl TextSize {
    /// In per cent of the usual size. The sheet has a rule for each.
    const SIZES: [u8; 6] = [85, 100, 115, 130, 150, 175];

    /// In per cent of the usual size.
    pub(super) const fn percent(self) -> u8 {
        self.0
    }

    /// The next larger or smaller one; `None` at the end.
    pub(super) fn step(self, is_up: bool) -> Option<Self> {
        let mut sizes = Self::SIZES.into_iter();
        let next = if is_up { sizes.find(|size| *size > self.0) } else { sizes.rfind(|size| *size < self.0) };
        next.map(Self)
    }

    fn parse(text: &str) -> Option<Self> {
        let percent = text.parse().ok()?;
        Self::SIZES.contains(&percent).then_some(Self(percent))
    }
}

/// The space between the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LineSpacing {
    /// As the script needs it.
    #[default]
    Normal,
    /// More.
    Wide,
    /// Much more.
    Wider,
}

impl LineSpacing {
    /// All of them, in order.
    pub(super) const ALL: [Self; 3] = [Self::Normal, Self::Wide, Self::Wider];

    /// Its name in the sheet and on the device.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Wide => "wide",
            Self::Wider => "wider",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spacing| spacing.as_str() == name)
    }
}

/// What the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choices {
    /// The size of the text.
    pub(super) text_size: TextSize,
    /// The space between its lines.
    pub(super) line_spacing: LineSpacing,
    /// The colours; `None` leaves them to the host.
    pub(super) theme: Option<Theme>,
}

impl Choices {
    /// Reads what [`to_text`](Self::to_text) wrote, and passes over what it does not know: another version may have
    /// written more.
    fn parse(text: &str) -> Self {
        let mut choices = Self::default();
        for (name, value) in text.split_whitespace().filter_map(|pair| pair.split_once('=')) {
            match name {
                "text-size" => choices.text_size = TextSize::parse(value).unwrap_or_default(),
                "line-spacing" => choices.line_spacing = LineSpacing::from_name(value).unwrap_or_default(),
                "theme" => choices.theme = Theme::from_name(value),
                _ => {}
            }
        }
        choices
    }

    fn to_text(self) -> String {
        let percent = self.text_size.percent().to_string();
        let mut text = ["text-size=", &percent, " line-spacing=", self.line_spacing.as_str()].concat();
        if let Some(theme) = self.theme {
            text.push_str(" theme=");
            text.push_str(theme.as_str());
        }
        text
    }
}

thread_local! {
    // A signal for each card that stands: one for all would keep what is left of each that has gone, among those who follow it.
    static CARDS: RefCell<Vec<RwSignal<Choices>>> = const { RefCell::new(Vec::new()) };
}

/// The choices that all cards share, for one of them. They follow what the device keeps until the reactive owner goes.
pub(super) fn shared() -> RwSignal<Choices> {
    let kept = || storage::get(KEY).map(|(text, _)| Choices::parse(&text)).unwrap_or_default();
    let choices = RwSignal::new(kept());
    CARDS.with_borrow_mut(|cards| cards.push(choices));
    let heard = window_event_listener(ev::storage, move |event| {
        // Without a key, all was cleared.
        if event.key().is_none_or(|key| key == KEY) {
            let kept = kept();
            if choices.try_get_untracked().is_some_and(|former| former != kept) {
                choices.set(kept);
            }
        }
    });
    on_cleanup(move || {
        CARDS.with_borrow_mut(|cards| cards.retain(|other| *other != choices));
        heard.remove();
    });
    choices
}

/// Changes the choices of all cards, and keeps them.
pub(super) fn choose(choices: RwSignal<Choices>, change: impl FnOnce(&mut Choices)) {
    let mut chosen = choices.get_untracked();
    change(&mut chosen);
    for card in CARDS.with_borrow(Clone::clone) {
        card.try_set(chosen);
    }
    // Where the device keeps nothing they hold as long as the page.
    storage::set(KEY, &chosen.to_text());
}

#[cfg(test)]
mod tests {
    use super::{Choices, LineSpacing, TextSize};
    use crate::settings::Theme;

    #[test]
    fn what_was_kept_is_read_back() {
        for theme in Theme::ALL.map(Some).into_iter().chain([None]) {
            for line_spacing in LineSpacing::ALL {
                for text_size in TextSize::SIZES.map(TextSize) {
                    let choices = Choices { text_size, line_spacing, theme };
                    assert_eq!(Choices::parse(&choices.to_text()), choices);
                }
            }
        }
    }

    #[test]
    fn what_another_version_wrote_costs_only_what_is_unknown() {
        let kept = "theme=sepia text-size=1000 colour=red line-spacing=wide = {}";
        let choices = Choices { theme: Some(Theme::Sepia), line_spacing: LineSpacing::Wide, ..Choices::default() };
        assert_eq!(Choices::parse(kept), choices);
        assert_eq!(Choices::parse("theme=purple line-spacing"), Choices::default());
    }

    #[test]
    fn sizes_go_step_by_step_and_end() {
        let mut size = TextSize(100);
        let mut up = Vec::new();
        while let Some(next) = size.step(true) {
            up.push(next.percent());
            size = next;
        }
        assert_eq!(up, [115, 130, 150, 175]);
        assert_eq!(TextSize(100).step(false), Some(TextSize(85)));
        assert_eq!(TextSize(85).step(false), None);
    }
}
