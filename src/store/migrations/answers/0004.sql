-- What tells the same batch in two copies of a store, whatever became of it in each: a random number that it keeps, and how often it was
-- changed since. Batches of before have none.
ALTER TABLE batch ADD COLUMN origin BLOB;
ALTER TABLE batch ADD COLUMN version INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER batch_begins AFTER INSERT ON batch WHEN NEW.origin IS NULL BEGIN
  UPDATE batch SET origin = randomblob(16) WHERE survey = NEW.survey AND number = NEW.number;
END;

CREATE TRIGGER batch_changes AFTER UPDATE OF n, columns ON batch BEGIN
  UPDATE batch SET version = version + 1 WHERE survey = NEW.survey AND number = NEW.number;
END;

CREATE TRIGGER batch_text_changes AFTER UPDATE OF texts ON batch_text BEGIN
  UPDATE batch SET version = version + 1 WHERE survey = NEW.survey AND number = NEW.number;
END;

CREATE TRIGGER batch_text_goes AFTER DELETE ON batch_text BEGIN
  UPDATE batch SET version = version + 1 WHERE survey = OLD.survey AND number = OLD.number;
END;

-- Batches that were closed and are in no copy any more. Their numbers are never given out again: publications rest on them.
CREATE TABLE lost (
  survey TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  PRIMARY KEY (survey, number)
) WITHOUT ROWID;
