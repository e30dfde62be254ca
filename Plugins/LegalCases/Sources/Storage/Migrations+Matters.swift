internal import PluginAPI

extension Migrations {
    /// Cases: who works on them, who has to do with them, what is to be kept in mind.
    static let matters = Migration(
        "002-matters",
        """
        CREATE TABLE legalcases_case_number (
            prefix TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (prefix, year)) WITHOUT ROWID;
        CREATE TABLE legalcases_matter (
            id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
            description TEXT NOT NULL, case_type TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN
                ('intake', 'conflict_check', 'engaged', 'open', 'on_hold', 'closed', 'archived')),
            stage TEXT, client_id TEXT, lead_id TEXT, open_date TEXT NOT NULL, closed_because TEXT,
            created_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER);
        CREATE INDEX legalcases_matter_client ON legalcases_matter (client_id, id) WHERE client_id IS NOT NULL;
        CREATE INDEX legalcases_matter_state ON legalcases_matter (state, id);
        CREATE INDEX legalcases_matter_closed ON legalcases_matter (closed_at) WHERE closed_at IS NOT NULL;
        CREATE TABLE legalcases_team (
            matter_id INTEGER NOT NULL REFERENCES legalcases_matter (id), person_id TEXT NOT NULL,
            since INTEGER NOT NULL, PRIMARY KEY (matter_id, person_id)) WITHOUT ROWID;
        CREATE INDEX legalcases_team_person ON legalcases_team (person_id, matter_id);
        CREATE TABLE legalcases_party (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL REFERENCES legalcases_matter (id),
            name TEXT NOT NULL, role TEXT NOT NULL, note TEXT NOT NULL, person_id TEXT, created_at INTEGER NOT NULL);
        CREATE INDEX legalcases_party_matter ON legalcases_party (matter_id, id);
        CREATE INDEX legalcases_party_person ON legalcases_party (person_id) WHERE person_id IS NOT NULL;
        CREATE TABLE legalcases_party_word (
            word TEXT NOT NULL, party_id INTEGER NOT NULL, PRIMARY KEY (word, party_id)) WITHOUT ROWID;
        CREATE INDEX legalcases_party_word_party ON legalcases_party_word (party_id);
        CREATE TABLE legalcases_conflict_check (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL REFERENCES legalcases_matter (id),
            run_by TEXT, run_at INTEGER NOT NULL, hits TEXT NOT NULL, is_clear INTEGER NOT NULL,
            decided_by TEXT, decided_at INTEGER, decision TEXT CHECK (decision IN ('cleared', 'declined')), note TEXT);
        CREATE INDEX legalcases_conflict_check_matter ON legalcases_conflict_check (matter_id, id);
        CREATE TABLE legalcases_note (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL REFERENCES legalcases_matter (id),
            author TEXT, text TEXT NOT NULL, created_at INTEGER NOT NULL);
        CREATE INDEX legalcases_note_matter ON legalcases_note (matter_id, id);
        CREATE TABLE legalcases_deadline (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL REFERENCES legalcases_matter (id),
            title TEXT NOT NULL, due_date TEXT NOT NULL, trigger_date TEXT, days INTEGER, counting TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')), created_by TEXT,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX legalcases_deadline_matter ON legalcases_deadline (matter_id, due_date);
        CREATE INDEX legalcases_deadline_due ON legalcases_deadline (due_date) WHERE state = 'open';
        """)
}
