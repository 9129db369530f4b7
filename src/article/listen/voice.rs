//! The voice that reads an article: one of the device's, in the article's language.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{SpeechSynthesis, SpeechSynthesisVoice};

/// The browser's speech synthesis, where it has one.
pub(super) fn synthesis() -> Option<SpeechSynthesis> {
    let synthesis = web_sys::window()?.speech_synthesis().ok()?;
    (!synthesis.is_undefined() && !synthesis.is_null()).then_some(synthesis)
}

/// The language that a voice is wanted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The tag (BCP 47).
    pub tag: String,
    region: Option<String>,
}

impl Wanted {
    /// The language of the article, else of the card. Where the article's names no region, a card in the same language
    /// may.
    pub(super) fn new(article: Option<&str>, card: &str) -> Self {
        let tag = article.unwrap_or(card);
        let same = primary(tag).eq_ignore_ascii_case(primary(card));
        let region = region(tag).or_else(|| region(card).filter(|_| same));
        Self { tag: tag.to_owned(), region: region.map(str::to_owned) }
    }

    /// How well a voice fits, greater is better; `None` where it speaks another language.
    fn rank(&self, lang: &str, local: bool, default: bool) -> Option<[bool; 3]> {
        if !primary(lang).eq_ignore_ascii_case(primary(&self.tag)) {
            return None;
        }
        let near =
            self.region.as_ref().is_some_and(|wanted| region(lang).is_some_and(|it| it.eq_ignore_ascii_case(wanted)));
        Some([near, local, default])
    }

    /// The voice that fits best: of the region, then on the device (a remote one needs the network and sends the text
    /// away), then the reader's default, then the first.
    pub(super) fn choose(&self, synthesis: &SpeechSynthesis) -> Option<SpeechSynthesisVoice> {
        let mut best = None;
        for voice in synthesis.get_voices().iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>) {
            let Some(rank) = self.rank(&voice.lang(), voice.local_service(), voice.default()) else { continue };
            if best.as_ref().is_none_or(|(least, _)| rank > *least) {
                best = Some((rank, voice));
            }
        }
        best.map(|(_, voice)| voice)
    }
}

/// The subtags of `tag`. Android writes `ar_EG`.
fn subtags(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(['-', '_'])
}

fn primary(tag: &str) -> &str {
    subtags(tag).next().unwrap_or(tag)
}

/// The region (BCP 47, section 2.2.4): two letters or three digits, before any extension.
fn region(tag: &str) -> Option<&str> {
    subtags(tag).skip(1).take_while(|subtag| subtag.len() > 1).find(|subtag| match subtag.len() {
        2 => subtag.bytes().all(|b| b.is_ascii_alphabetic()),
        3 => subtag.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    })
}

/// Listens for voices that come and go, until it is dropped.
pub(super) struct VoicesWatch {
    synthesis: SpeechSynthesis,
    callback: Closure<dyn Fn()>,
}

impl VoicesWatch {
    pub(super) fn start(synthesis: &SpeechSynthesis, changed: impl Fn() + 'static) -> Self {
        let callback = Closure::<dyn Fn()>::new(changed);
        // Before Safari 16 the synthesis was no event target; its voices are there from the start.
        let _ = synthesis.add_event_listener_with_callback("voiceschanged", callback.as_ref().unchecked_ref());
        Self { synthesis: synthesis.clone(), callback }
    }
}

impl Drop for VoicesWatch {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.synthesis.remove_event_listener_with_callback("voiceschanged", callback);
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, region};

    #[test]
    fn a_region_is_told_from_scripts_variants_and_extensions() {
        assert_eq!(region("ar-Arab-MA"), Some("MA"));
        assert_eq!(region("ar_EG"), Some("EG"));
        assert_eq!(region("ar-001"), Some("001"));
        assert_eq!(region("ar-u-nu-arab"), None);
        assert_eq!(region("ar"), None);
    }

    #[test]
    fn the_language_decides_then_the_region_then_the_device_then_the_default() {
        let wanted = Wanted::new(Some("ar-MA"), "ar-EG");
        assert_eq!(wanted.rank("en-MA", true, true), None);
        assert_eq!(wanted.rank("arq", true, true), None, "another language that begins the same");
        assert!(wanted.rank("ar_ma", false, false) > wanted.rank("ar-EG", true, true));
        assert!(wanted.rank("ar-EG", true, false) > wanted.rank("ar-EG", false, true));
        assert!(wanted.rank("ar-SA", false, true) > wanted.rank("ar-SA", false, false));
    }

    #[test]
    fn the_card_gives_the_language_and_the_region_that_the_article_does_not() {
        assert_eq!(Wanted::new(None, "ar-EG"), Wanted::new(Some("ar-EG"), "en"));
        let wanted = Wanted::new(Some("ar"), "ar-EG");
        assert!(wanted.rank("ar-EG", false, false) > wanted.rank("ar-SA", true, true));
        let other = Wanted::new(Some("en"), "ar-EG");
        assert_eq!(other.rank("en-EG", false, false), Some([false; 3]), "an Arabic region says nothing of English");
    }
}
