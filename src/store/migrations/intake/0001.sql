-- The intake: single answers until their batch is closed. No order, no time: rows are keyed by random numbers or sums.

-- The terms that the first answer fixed (JSON, name to value), and how many batches were begun.
CREATE TABLE survey_lock (
  survey TEXT PRIMARY KEY NOT NULL,
  settings TEXT NOT NULL,
  batches INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Leave to answer once: only the sum of its secret. After the batch is closed this says that it was used, nothing else.
CREATE TABLE ticket (
  survey TEXT NOT NULL REFERENCES survey_lock (survey),
  sum BLOB NOT NULL CHECK (length(sum) = 16),
  used INTEGER NOT NULL CHECK (used IN (0, 1)),
  PRIMARY KEY (survey, sum)
) WITHOUT ROWID;

-- The number and revision of a batch that is being closed, and its free-text variables (JSON).
CREATE TABLE closing (
  survey TEXT NOT NULL REFERENCES survey_lock (survey),
  batch INTEGER NOT NULL CHECK (batch > 0),
  revision INTEGER NOT NULL,
  texts TEXT NOT NULL,
  PRIMARY KEY (survey, batch)
) WITHOUT ROWID;

-- Accepted answers: batch 0 waits, any other is being closed.
CREATE TABLE intake (
  survey TEXT NOT NULL REFERENCES survey_lock (survey),
  id BLOB NOT NULL CHECK (length(id) = 16),
  revision INTEGER NOT NULL,
  batch INTEGER NOT NULL DEFAULT 0,
  answers BLOB NOT NULL,
  PRIMARY KEY (survey, id)
) WITHOUT ROWID;

-- Sheets put aside, sealed with a key that only the respondent has.
CREATE TABLE draft (
  survey TEXT NOT NULL,
  handle BLOB NOT NULL CHECK (length(handle) = 16),
  sealed BLOB NOT NULL,
  PRIMARY KEY (survey, handle)
) WITHOUT ROWID;
