// The tables of streams and events. Events are clustered by group and time: a range of time is read in one go.

/** Steps that were released never change. */
export const migrations: readonly string[] = [
  `CREATE TABLE log_groups (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     uid TEXT NOT NULL UNIQUE,
     bytes INTEGER NOT NULL DEFAULT 0
   );
   CREATE TABLE streams (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     group_id INTEGER NOT NULL,
     name TEXT NOT NULL,
     created INTEGER NOT NULL,
     first_event INTEGER NOT NULL DEFAULT 0,
     last_event INTEGER NOT NULL DEFAULT 0,
     last_ingestion INTEGER NOT NULL DEFAULT 0,
     UNIQUE (group_id, name)
   );
   CREATE INDEX streams_by_event ON streams (group_id, last_event, name);
   CREATE TABLE events (
     group_id INTEGER NOT NULL,
     time INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     stream_id INTEGER NOT NULL,
     ingested INTEGER NOT NULL,
     message TEXT NOT NULL,
     PRIMARY KEY (group_id, time, seq)
   ) WITHOUT ROWID;
   CREATE INDEX events_by_stream ON events (stream_id, time, seq);
   CREATE TABLE sequence (next INTEGER NOT NULL);
   INSERT INTO sequence VALUES (1);
   CREATE TABLE deleted_groups (id INTEGER PRIMARY KEY);
   CREATE TABLE deleted_streams (id INTEGER PRIMARY KEY, group_id INTEGER NOT NULL);
   CREATE TABLE queries (
     id TEXT PRIMARY KEY,
     scope TEXT NOT NULL,
     created INTEGER NOT NULL,
     query TEXT NOT NULL,
     results TEXT NOT NULL
   );
   CREATE INDEX queries_by_time ON queries (scope, created, id);`,
];

/** What AWS counts of an event beyond its text, bytes. */
export const eventOverhead = 26;
