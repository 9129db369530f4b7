-- What the endpoint knows about itself, such as the key that its secrets are made with.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
    -- The order in which comments were stored; AUTOINCREMENT, so that no number is ever given twice. Cursors
    -- point into it: unlike a clock it never runs backwards, and no comment appears behind one already seen.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    name TEXT NOT NULL,
    -- As typed. The HTML is rendered when it is read, so that a better renderer serves old comments too.
    body TEXT NOT NULL,
    -- Milliseconds since the Unix epoch.
    created_ms INTEGER NOT NULL,
    -- HMAC-SHA-256 of the Idempotency-Key; the key itself would give a reader of this file the author's secret.
    idempotency BLOB NOT NULL UNIQUE,
    -- SHA-256 of what was submitted: tells a repeated submission from a key used twice, even after an edit.
    payload BLOB NOT NULL
) STRICT;

CREATE INDEX comment_by_thread ON comment (thread, seq);
