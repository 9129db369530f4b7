-- One row for each conversation, so that its length costs no count and indexes hold a number instead of its name.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    thread TEXT NOT NULL UNIQUE,
    -- Published comments, replies included.
    total INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO conversation (thread, total) SELECT thread, COUNT(*) FROM comment GROUP BY thread ORDER BY MIN(seq);

ALTER TABLE comment ADD COLUMN conversation INTEGER REFERENCES conversation (id);
-- The id of the comment that is replied to, and that of the top-level comment above; NULL on a top-level comment.
ALTER TABLE comment ADD COLUMN parent TEXT;
ALTER TABLE comment ADD COLUMN root TEXT;
ALTER TABLE comment ADD COLUMN email TEXT;
ALTER TABLE comment ADD COLUMN website TEXT;
-- What the host page says of the author: picture, badge, and who he is there (the identity's `sub`).
ALTER TABLE comment ADD COLUMN avatar TEXT;
ALTER TABLE comment ADD COLUMN badge TEXT CHECK (badge IN ('author', 'staff'));
ALTER TABLE comment ADD COLUMN subject TEXT;
ALTER TABLE comment ADD COLUMN edited_ms INTEGER;
ALTER TABLE comment ADD COLUMN state TEXT NOT NULL DEFAULT 'published'
    CHECK (state IN ('published', 'pending', 'deleted'));
ALTER TABLE comment ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
ALTER TABLE comment ADD COLUMN featured INTEGER NOT NULL DEFAULT 0 CHECK (featured IN (0, 1));
ALTER TABLE comment ADD COLUMN likes INTEGER NOT NULL DEFAULT 0;
-- Whether it stands on pages: it is published, or a comment that stands there replies to it.
ALTER TABLE comment ADD COLUMN shown INTEGER NOT NULL DEFAULT 1 CHECK (shown IN (0, 1));
-- How many comments that stand there reply to it, and how many stand under it at any depth (top-level comments only).
ALTER TABLE comment ADD COLUMN answers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comment ADD COLUMN descendants INTEGER NOT NULL DEFAULT 0;

UPDATE comment SET conversation = (SELECT id FROM conversation WHERE conversation.thread = comment.thread);

-- Each page is read along one of these. A query must repeat an index's conditions word for word to be let on it.
DROP INDEX comment_by_thread;
CREATE INDEX comment_in_order ON comment (conversation, seq) WHERE root IS NULL AND shown = 1 AND pinned = 0;
CREATE INDEX comment_by_likes ON comment (conversation, likes, seq) WHERE root IS NULL AND shown = 1 AND pinned = 0;
CREATE INDEX comment_pinned ON comment (conversation, seq) WHERE root IS NULL AND shown = 1 AND pinned = 1;
CREATE INDEX comment_under ON comment (root, seq) WHERE root IS NOT NULL AND shown = 1;

-- Who likes what. A reader is kept as HMAC-SHA-256 of the name that his device made up.
CREATE TABLE liking (
    comment INTEGER NOT NULL REFERENCES comment (seq),
    reader BLOB NOT NULL,
    PRIMARY KEY (comment, reader)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    comment INTEGER NOT NULL REFERENCES comment (seq),
    reader BLOB NOT NULL,
    reason TEXT NOT NULL,
    note TEXT,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (comment, reader)
) STRICT, WITHOUT ROWID;

-- What readers of a conversation have not seen yet. A comment's first change stays, so that it is told before its
-- replies; of the later ones only the last counts, for a change is told as the comment stands now.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    comment INTEGER NOT NULL REFERENCES comment (seq)
) STRICT;

CREATE INDEX change_of_conversation ON change (conversation, seq);
CREATE INDEX change_of_comment ON change (comment, seq);
