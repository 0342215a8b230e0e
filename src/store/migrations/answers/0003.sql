-- Where rows name their person anyway, a row and each of its author's texts can be taken back with the code of the receipt: `marks`
-- holds one sum for each row of a batch, and for each text of a list, in their order (NULL: none can). A row and its texts cannot be
-- told to belong together by them. A batch can become empty.
CREATE TABLE batch_marked (
  survey TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  revision INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  columns BLOB NOT NULL,
  marks BLOB,
  PRIMARY KEY (survey, number)
) WITHOUT ROWID;

INSERT INTO batch_marked (survey, number, revision, n, columns) SELECT survey, number, revision, n, columns FROM batch;

CREATE TABLE batch_text_marked (
  survey TEXT NOT NULL,
  number INTEGER NOT NULL,
  variable TEXT NOT NULL,
  texts BLOB NOT NULL,
  marks BLOB,
  PRIMARY KEY (survey, number, variable),
  FOREIGN KEY (survey, number) REFERENCES batch_marked (survey, number)
) WITHOUT ROWID;

INSERT INTO batch_text_marked (survey, number, variable, texts) SELECT survey, number, variable, texts FROM batch_text;

DROP TABLE batch_text;
DROP TABLE batch;
ALTER TABLE batch_marked RENAME TO batch;
ALTER TABLE batch_text_marked RENAME TO batch_text;

-- Marks of what was taken back. A text goes at once; a row leaves the exports at once, and the file with the next figures that may
-- forget it. A mark stays here, so that a copy that is put back does not bring back what was taken back; it names nobody.
CREATE TABLE taken_back (
  survey TEXT NOT NULL,
  mark BLOB NOT NULL CHECK (length(mark) = 16),
  PRIMARY KEY (survey, mark)
) WITHOUT ROWID;
