// The tables of events. Whatever LookupEvents can ask about has an index by time, so that nothing is found by a scan.

/** Steps that were released never change. */
export const migrations: readonly string[] = [
  `CREATE TABLE scopes (
     id INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     region TEXT NOT NULL,
     UNIQUE (account, region)
   );
   CREATE TABLE events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     scope INTEGER NOT NULL,
     time INTEGER NOT NULL,
     source TEXT NOT NULL,
     name TEXT NOT NULL,
     user TEXT,
     access_key TEXT,
     read_only INTEGER NOT NULL,
     denied INTEGER NOT NULL,
     error TEXT,
     resources TEXT NOT NULL,
     record TEXT NOT NULL
   );
   CREATE INDEX events_by_age ON events (time);
   CREATE INDEX events_by_time ON events (scope, time);
   CREATE INDEX events_by_source ON events (scope, source, time);
   CREATE INDEX events_by_name ON events (scope, name, time);
   CREATE INDEX events_by_user ON events (scope, user, time);
   CREATE INDEX events_by_access_key ON events (scope, access_key, time);
   CREATE INDEX events_by_read_only ON events (scope, read_only, time);
   CREATE INDEX events_by_denied ON events (scope, denied, time) WHERE denied = 1;
   CREATE TABLE resources (
     scope INTEGER NOT NULL,
     name TEXT NOT NULL,
     time INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     type TEXT NOT NULL,
     PRIMARY KEY (scope, name, time, seq, type)
   ) WITHOUT ROWID;
   CREATE INDEX resources_by_type ON resources (scope, type, time, seq);`,
];
