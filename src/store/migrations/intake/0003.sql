-- Invitations: the sum of each token, what its answers carry (JSON, attribute to code), in identified surveys the person's id, and
-- whether it may still be used (0), was used (1) or was revoked (2). No name, no address, no time.
CREATE TABLE invitation (
  sum BLOB PRIMARY KEY NOT NULL CHECK (length(sum) = 16),
  survey TEXT NOT NULL,
  carried TEXT NOT NULL,
  person TEXT,
  standing INTEGER NOT NULL DEFAULT 0 CHECK (standing IN (0, 1, 2))
) WITHOUT ROWID;
