-- Surveys that the operator has closed by hand, and on which day (ISO 8601).
CREATE TABLE survey_closed (
  survey TEXT PRIMARY KEY NOT NULL,
  day TEXT NOT NULL
) WITHOUT ROWID;
