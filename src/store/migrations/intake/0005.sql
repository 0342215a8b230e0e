-- Quotas: how many answers count for each, and of how many that may be told: those whose batch was closed with k people or more.
-- By revision, because batches are; no person, no order, no time.
CREATE TABLE quota (
  survey TEXT NOT NULL REFERENCES survey_lock (survey),
  quota TEXT NOT NULL,
  revision INTEGER NOT NULL,
  count INTEGER NOT NULL DEFAULT 0 CHECK (count >= 0),
  told INTEGER NOT NULL DEFAULT 0 CHECK (told BETWEEN 0 AND count),
  PRIMARY KEY (survey, quota, revision)
) WITHOUT ROWID;
