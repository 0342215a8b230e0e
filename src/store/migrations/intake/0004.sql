-- Sheets put aside, sealed with a key that only the respondent has. They are kept through the day `expires` (ISO 8601, always a
-- Sunday, so that it does not tell the day on which somebody was here).
DROP TABLE draft;
CREATE TABLE draft (
  survey TEXT NOT NULL,
  handle BLOB NOT NULL CHECK (length(handle) = 16),
  expires TEXT NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (survey, handle)
) WITHOUT ROWID;

-- Codes by which a waiting answer can be taken back: the sum of each, and the key of its row; NULL once that was done. They go with
-- the rows when their batch is closed. `claims` are the quotas that the answer counts for (JSON: id, revision, people).
CREATE TABLE withdrawal (
  survey TEXT NOT NULL,
  sum BLOB NOT NULL CHECK (length(sum) = 16),
  id BLOB,
  claims TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (survey, sum)
) WITHOUT ROWID;

-- Something was deleted of which freed pages or the log may still hold traces: there until they are wiped.
CREATE TABLE unwiped (
  what TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID;
