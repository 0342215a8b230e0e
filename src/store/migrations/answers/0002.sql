-- Surveys whose answers were deleted: on which day (ISO 8601), how many answers and invitations there were at least (in steps of the
-- smallest group), the figures that had been published (JSON), and whether the freed bytes are wiped from both files.
CREATE TABLE purged (
  survey TEXT PRIMARY KEY NOT NULL,
  day TEXT NOT NULL,
  answers INTEGER NOT NULL,
  invitations INTEGER NOT NULL,
  figures TEXT NOT NULL,
  wiped INTEGER NOT NULL DEFAULT 0 CHECK (wiped IN (0, 1))
) WITHOUT ROWID;
