-- Who asked to talk to whom. It bears names, so it stands in a file of its own, apart from all answers.
CREATE TABLE nomination (
  handle BLOB PRIMARY KEY NOT NULL CHECK (length(handle) = 16),
  site TEXT NOT NULL,
  made TEXT NOT NULL,
  until TEXT NOT NULL,
  stage TEXT NOT NULL DEFAULT 'new',
  settled INTEGER,
  changed TEXT NOT NULL,
  -- JSON; NULL once it was erased: what remains then keeps a second sending out
  content TEXT
) WITHOUT ROWID;
