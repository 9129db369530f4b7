//! A card as the browser lays it out, and what sets it apart from the same card on another page.

use serde_json::{Value, json};

use crate::card::Card;

/// Writes the account of the card at hand to `account`: a map from the way to each element to its box and style.
const TAKE: &str = include_str!("account.js");

/// What differs, in sentences: so many at most.
const COMPARE: &str = "
const known = window.accounts.get(args[0]);
const found = [];
for (const [at, { box, style }] of known) {
  const now = account.get(at);
  if (!now) { found.push(`${at} is gone`); continue; }
  if (now.box !== box) found.push(`${at}: box ${box} -> ${now.box}`);
  for (const [index, value] of style.entries()) {
    if (now.style[index] !== value) found.push(`${at} { ${names[index]}: ${value} -> ${now.style[index]} }`);
  }
}
for (const at of account.keys()) if (!known.has(at)) found.push(`${at} is new`);
return { count: found.length, size: known.size, found: found.slice(0, args[1]) }";

/// How many differences are told.
const TOLD: usize = 12;

/// Keeps the account of `card` in the page, by `name`; gives the number of elements and drawings in it.
pub async fn keep(card: Card<'_>, name: &str) -> u64 {
    let script = [TAKE, "(window.accounts ??= new Map()).set(args[0], account); return account.size"].concat();
    card.run(&script, vec![json!(name)]).await.as_u64().unwrap_or_default()
}

/// What differs from the account that was kept by `name`, in sentences: the first few, and how many more there are.
pub async fn differences(card: Card<'_>, name: &str) -> Vec<String> {
    let answer = card.run(&[TAKE, COMPARE].concat(), vec![json!(name), json!(TOLD)]).await;
    let mut told: Vec<String> = answer["found"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| line.as_str().unwrap_or_default().to_owned())
        .collect();
    let count = answer["count"].as_u64().unwrap_or_default();
    if count > told.len() as u64 {
        told.push(format!("… {count} in all"));
    }
    assert_ne!(answer["size"], Value::from(0), "nothing was kept by the name {name}");
    told
}
