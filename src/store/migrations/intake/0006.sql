-- Which store this is: a random number that its copies share, so that the copy of another project is not taken for one of this.
CREATE TABLE store_mark (
  mark BLOB PRIMARY KEY NOT NULL CHECK (length(mark) = 16)
) WITHOUT ROWID;

INSERT INTO store_mark (mark) VALUES (randomblob(16));
