//! Where each comment stands: under what it replies to, to a depth that can still be read; what is deeper stands beside
//! what it replies to, and names it. Pure.

/// The deepest indentation: a fourth step would leave no line to read on a phone.
pub const DEEPEST: u8 = 3;

/// The most top-level comments that stand in a chunk: what comes into view is laid out by the chunk, and a page of comments
/// is one.
pub const CHUNK: usize = 20;

/// How a comment relates to others.
#[derive(Clone, Copy, Debug)]
pub struct Relation<'a> {
    /// The comment.
    pub id: &'a str,
    /// What it replies to.
    pub parent: Option<&'a str>,
    /// The top-level comment that it is said to stand under.
    pub root: Option<&'a str>,
}

/// Where a comment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The comment in whose list of replies it is; `None` at the top.
    pub under: Option<String>,
    /// How far it is indented: 0 at the top, [`DEEPEST`] at most.
    pub depth: u8,
    /// Whether it stands under another comment than it replies to, and so has to say whom it answers.
    pub names_parent: bool,
}

impl Place {
    const TOP: Self = Self { under: None, depth: 0, names_parent: false };

    /// The place of a reply to the comment `id` that stands here.
    #[must_use]
    pub fn of_reply_to(&self, id: &str) -> Self {
        if self.depth < DEEPEST {
            Self { under: Some(id.to_owned()), depth: self.depth + 1, names_parent: false }
        } else {
            Self { under: self.under.clone(), depth: self.depth, names_parent: true }
        }
    }
}

/// The places of `comments`, given those of comments that stand already. Each index comes once, and no reply before what
/// it replies to.
///
/// A reply to a comment that is nowhere stands under its top-level comment, and where that is nowhere either, at the top.
/// So does the first of comments that reply to each other in a circle.
#[must_use]
pub fn places(comments: &[Relation<'_>], known: &dyn Fn(&str) -> Option<Place>) -> Vec<(usize, Place)> {
    let mut by_id: Vec<usize> = (0..comments.len()).collect();
    by_id.sort_unstable_by_key(|index| (comments[*index].id, *index));
    // Of two of the same id the last one counts.
    let here = |id: &str| {
        let after = by_id.partition_point(|index| comments[*index].id <= id);
        after.checked_sub(1).map(|at| by_id[at]).filter(|index| comments[*index].id == id)
    };
    // What waits for each of them.
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); comments.len()];
    let mut placed: Vec<(usize, Place)> = Vec::with_capacity(comments.len());
    let mut done = vec![false; comments.len()];
    let mut ready: Vec<(usize, Place)> = Vec::new();
    for (index, comment) in comments.iter().enumerate() {
        let Some(parent) = comment.parent else {
            ready.push((index, Place::TOP));
            continue;
        };
        let root = || here(comment.root.filter(|root| *root != comment.id)?);
        match known(parent) {
            Some(place) => ready.push((index, place.of_reply_to(parent))),
            None => match here(parent).or_else(root) {
                Some(above) => waiting[above].push(index),
                None => ready.push((index, orphan(comment, known))),
            },
        }
    }
    // In their own order, each followed at once by what waited for it.
    ready.reverse();
    let mut next_in_circle = 0;
    loop {
        while let Some((index, place)) = ready.pop() {
            if std::mem::replace(&mut done[index], true) {
                continue;
            }
            let id = comments[index].id;
            for reply in std::mem::take(&mut waiting[index]).into_iter().rev() {
                let mut under = place.of_reply_to(id);
                under.names_parent |= comments[reply].parent != Some(id);
                ready.push((reply, under));
            }
            placed.push((index, place));
        }
        // Whoever is left waits for a comment that waits: they stand in circles, or behind one.
        let Some(index) = (next_in_circle..comments.len()).find(|&index| !done[index]) else { break };
        next_in_circle = index + 1;
        ready.push((index, orphan(&comments[index], known)));
    }
    placed
}

/// The place of a reply whose parent is nowhere.
fn orphan(comment: &Relation<'_>, known: &dyn Fn(&str) -> Option<Place>) -> Place {
    let root = comment.root.filter(|root| *root != comment.id).and_then(|root| Some((root, known(root)?)));
    let place = root.map_or(Place::TOP, |(root, place)| place.of_reply_to(root));
    Place { names_parent: true, ..place }
}

#[cfg(test)]
mod tests {
    use super::{Place, Relation, places};

    fn reply<'a>(id: &'a str, parent: Option<&'a str>) -> Relation<'a> {
        Relation { id, parent, root: None }
    }

    fn told(comments: &[Relation<'_>]) -> Vec<(String, Option<String>, u8, bool)> {
        let places = places(comments, &|_| None);
        places
            .into_iter()
            .map(|(index, place)| (comments[index].id.to_owned(), place.under, place.depth, place.names_parent))
            .collect()
    }

    fn line(id: &str, under: Option<&str>, depth: u8, names: bool) -> (String, Option<String>, u8, bool) {
        (id.to_owned(), under.map(str::to_owned), depth, names)
    }

    #[test]
    fn replies_are_indented_to_a_depth_and_then_stand_side_by_side_and_say_whom_they_answer() {
        let chain = [
            reply("a", None),
            reply("b", Some("a")),
            reply("c", Some("b")),
            reply("d", Some("c")),
            reply("e", Some("d")),
            reply("f", Some("e")),
        ];
        assert_eq!(
            told(&chain),
            [
                line("a", None, 0, false),
                line("b", Some("a"), 1, false),
                line("c", Some("b"), 2, false),
                line("d", Some("c"), 3, false),
                line("e", Some("c"), 3, true),
                line("f", Some("c"), 3, true),
            ]
        );
    }

    #[test]
    fn a_reply_that_comes_before_its_parent_stands_under_it_all_the_same() {
        let told = told(&[reply("b", Some("a")), reply("x", None), reply("a", None)]);
        let expected = [line("x", None, 0, false), line("a", None, 0, false), line("b", Some("a"), 1, false)];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_circle_of_parents_is_opened_at_its_first_comment() {
        let told = told(&[reply("a", Some("c")), reply("b", Some("a")), reply("c", Some("b"))]);
        let expected = [line("a", None, 0, true), line("b", Some("a"), 1, false), line("c", Some("b"), 2, false)];
        assert_eq!(told, expected);
        let own = places(&[reply("a", Some("a"))], &|_| None);
        assert_eq!(own, [(0, Place { names_parent: true, ..Place::TOP })]);
    }

    #[test]
    fn a_reply_whose_parent_is_nowhere_stands_under_its_top_level_comment() {
        let comments = [Relation { id: "c", parent: Some("gone"), root: Some("a") }];
        let known = |id: &str| (id == "a").then_some(Place::TOP);
        let expected = Place { under: Some("a".to_owned()), depth: 1, names_parent: true };
        assert_eq!(places(&comments, &known), [(0, expected.clone())]);
        let both = [comments[0], reply("a", None)];
        assert_eq!(places(&both, &|_| None), [(1, Place::TOP), (0, expected)]);
    }
}

// The native tests' library of random cases.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod property_tests {
    use super::{DEEPEST, Relation, places};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_comment_has_one_place_and_no_depth_is_too_deep(parents in prop::collection::vec(prop::option::of(0_usize..40), 0..40)) {
            let ids: Vec<String> = (0..40).map(|n| n.to_string()).collect();
            let comments: Vec<_> = parents.iter().enumerate()
                .map(|(n, parent)| Relation { id: &ids[n], parent: parent.map(|p| ids[p].as_str()), root: None })
                .collect();
            let placed = places(&comments, &|_| None);
            let mut indexes: Vec<_> = placed.iter().map(|(index, _)| *index).collect();
            for (position, (_, place)) in placed.iter().enumerate() {
                prop_assert!(place.depth <= DEEPEST);
                prop_assert_eq!(place.depth == 0, place.under.is_none());
                if let Some(under) = &place.under {
                    prop_assert!(placed[..position].iter().any(|(index, _)| comments[*index].id == under.as_str()));
                }
            }
            indexes.sort_unstable();
            prop_assert_eq!(indexes, (0..comments.len()).collect::<Vec<_>>());
        }
    }
}
