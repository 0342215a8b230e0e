-- Closed batches. Rows inside `columns` are sorted by content; free texts stand apart, each list sorted by itself.
CREATE TABLE batch (
  survey TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  revision INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  columns BLOB NOT NULL,
  PRIMARY KEY (survey, number)
) WITHOUT ROWID;

CREATE TABLE batch_text (
  survey TEXT NOT NULL,
  number INTEGER NOT NULL,
  variable TEXT NOT NULL,
  texts BLOB NOT NULL,
  PRIMARY KEY (survey, number, variable),
  FOREIGN KEY (survey, number) REFERENCES batch (survey, number)
) WITHOUT ROWID;

-- The ledger: every publication there ever was, and every group that it showed.
CREATE TABLE publication (
  survey TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  batches INTEGER NOT NULL,
  PRIMARY KEY (survey, fingerprint)
) WITHOUT ROWID;

CREATE TABLE publication_group (
  survey TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (survey, fingerprint, key),
  FOREIGN KEY (survey, fingerprint) REFERENCES publication (survey, fingerprint)
) WITHOUT ROWID;
