internal import PluginAPI

/// The plugin's tables, step by step. A released step never changes.
enum Migrations {
    static let all: [Migration] = [people, tasks, customers, queue, calls, totals, previousCalls, drafts, disputes]

    private static let people = Migration(
        "001-representatives",
        """
        CREATE TABLE salestasks_rep (
            id TEXT PRIMARY KEY, team TEXT, skills TEXT NOT NULL DEFAULT '[]', is_active INTEGER NOT NULL DEFAULT 1,
            created_at INTEGER NOT NULL) WITHOUT ROWID;
        """)

    private static let tasks = Migration(
        "002-tasks",
        """
        CREATE TABLE salestasks_task (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, proposition TEXT NOT NULL,
            priority INTEGER NOT NULL, deadline INTEGER, starts_at INTEGER, state TEXT NOT NULL,
            expected_minutes REAL, target_percent REAL, skills TEXT NOT NULL DEFAULT '[]',
            metadata TEXT NOT NULL DEFAULT '{}', is_ready INTEGER NOT NULL, created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, completed_at INTEGER) WITHOUT ROWID;
        CREATE INDEX salestasks_task_state ON salestasks_task (state, priority DESC, created_at);
        CREATE TABLE salestasks_task_rep (
            rep_id TEXT NOT NULL REFERENCES salestasks_rep (id), task_id TEXT NOT NULL REFERENCES salestasks_task (id),
            PRIMARY KEY (rep_id, task_id)) WITHOUT ROWID;
        CREATE INDEX salestasks_task_rep_task ON salestasks_task_rep (task_id);
        CREATE TABLE salestasks_script (
            id TEXT PRIMARY KEY, task_id TEXT NOT NULL REFERENCES salestasks_task (id), version INTEGER NOT NULL,
            text TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL, created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL, approved_by TEXT, approved_at INTEGER, UNIQUE (task_id, version)) WITHOUT ROWID;
        CREATE UNIQUE INDEX salestasks_script_approved ON salestasks_script (task_id) WHERE state = 'approved';
        """)

    private static let customers = Migration(
        "003-customers",
        """
        CREATE TABLE salestasks_customer (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, phone TEXT NOT NULL UNIQUE,
            email TEXT, description TEXT, place TEXT NOT NULL, metadata TEXT NOT NULL DEFAULT '{}', import_id TEXT,
            last_contact_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX salestasks_customer_contact ON salestasks_customer (last_contact_at)
            WHERE last_contact_at IS NOT NULL;
        CREATE INDEX salestasks_customer_import ON salestasks_customer (import_id) WHERE import_id IS NOT NULL;
        CREATE VIRTUAL TABLE salestasks_customer_text USING fts5 (
            name, description, email, content='salestasks_customer', content_rowid='seq',
            tokenize='unicode61 remove_diacritics 2');
        CREATE TABLE salestasks_customer_count (id INTEGER PRIMARY KEY CHECK (id = 1), customers INTEGER NOT NULL);
        INSERT INTO salestasks_customer_count (id, customers) VALUES (1, 0);
        CREATE TABLE salestasks_place (id TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TRIGGER salestasks_customer_insert AFTER INSERT ON salestasks_customer BEGIN
            UPDATE salestasks_customer_count SET customers = customers + 1;
        END;
        CREATE TRIGGER salestasks_customer_delete AFTER DELETE ON salestasks_customer BEGIN
            UPDATE salestasks_customer_count SET customers = customers - 1;
        END;
        CREATE TABLE salestasks_dnc (
            phone TEXT PRIMARY KEY, reason TEXT NOT NULL, added_by TEXT NOT NULL, added_at INTEGER NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE salestasks_import (
            id TEXT PRIMARY KEY, task_id TEXT NOT NULL, file_name TEXT NOT NULL, state TEXT NOT NULL,
            header TEXT NOT NULL DEFAULT '[]', rows INTEGER NOT NULL DEFAULT 0, kept INTEGER NOT NULL DEFAULT 0,
            rejected INTEGER NOT NULL DEFAULT 0, makes_task INTEGER NOT NULL, caller TEXT NOT NULL,
            key TEXT, created_at INTEGER NOT NULL, finished_at INTEGER) WITHOUT ROWID;
        CREATE UNIQUE INDEX salestasks_import_key ON salestasks_import (caller, key) WHERE key IS NOT NULL;
        CREATE INDEX salestasks_import_task ON salestasks_import (task_id, created_at);
        CREATE TABLE salestasks_reject (
            import_id TEXT NOT NULL, row INTEGER NOT NULL, errors TEXT NOT NULL, fields TEXT NOT NULL,
            PRIMARY KEY (import_id, row)) WITHOUT ROWID;
        """)

    /// One customer in one task. A customer who is leased in one task is in nobody else's hands in any: the index
    /// `salestasks_work_lease` refuses it, as the triggers refuse whoever must not be called.
    private static let queue = Migration(
        "004-queue",
        """
        CREATE TABLE salestasks_work (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, task_id TEXT NOT NULL REFERENCES salestasks_task (id),
            customer_seq INTEGER NOT NULL REFERENCES salestasks_customer (seq), owner TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL CHECK (state IN
                ('importing', 'queued', 'callback', 'leased', 'done', 'exhausted', 'suppressed')),
            priority INTEGER NOT NULL, due_at INTEGER NOT NULL DEFAULT 0, place TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, lease_rep TEXT, lease_until INTEGER, lease_from TEXT, import_id TEXT,
            updated_at INTEGER NOT NULL, UNIQUE (task_id, customer_seq),
            CHECK ((state = 'leased') <= (lease_rep IS NOT NULL AND lease_until IS NOT NULL)));
        CREATE UNIQUE INDEX salestasks_work_lease ON salestasks_work (customer_seq) WHERE state = 'leased';
        CREATE INDEX salestasks_work_next ON salestasks_work (task_id, owner, state, priority DESC, due_at, seq, place);
        CREATE INDEX salestasks_work_callback ON salestasks_work (owner, due_at, place) WHERE state = 'callback';
        CREATE INDEX salestasks_work_expiry ON salestasks_work (lease_until) WHERE state = 'leased';
        CREATE INDEX salestasks_work_open ON salestasks_work (task_id)
            WHERE state IN ('queued', 'callback', 'leased');
        CREATE INDEX salestasks_work_customer ON salestasks_work (customer_seq);
        CREATE INDEX salestasks_work_import ON salestasks_work (import_id) WHERE import_id IS NOT NULL;
        CREATE TRIGGER salestasks_work_insert BEFORE INSERT ON salestasks_work
        WHEN NEW.state IN ('importing', 'queued', 'callback', 'leased') AND EXISTS (
            SELECT 1 FROM salestasks_customer c JOIN salestasks_dnc d ON d.phone = c.phone
            WHERE c.seq = NEW.customer_seq)
        BEGIN SELECT RAISE(ABORT, 'DO_NOT_CALL'); END;
        CREATE TRIGGER salestasks_work_update BEFORE UPDATE OF state ON salestasks_work
        WHEN NEW.state IN ('queued', 'callback', 'leased') AND EXISTS (
            SELECT 1 FROM salestasks_customer c JOIN salestasks_dnc d ON d.phone = c.phone
            WHERE c.seq = NEW.customer_seq)
        BEGIN SELECT RAISE(ABORT, 'DO_NOT_CALL'); END;
        """)

    private static let calls = Migration(
        "005-calls",
        """
        CREATE TABLE salestasks_call (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, client_id TEXT, work_seq INTEGER NOT NULL,
            task_id TEXT NOT NULL, customer_seq INTEGER NOT NULL, rep_id TEXT NOT NULL, started_at INTEGER NOT NULL,
            ended_at INTEGER NOT NULL, milliseconds INTEGER NOT NULL, disposition TEXT NOT NULL, outcome TEXT,
            sentiment TEXT, insights TEXT NOT NULL, notes TEXT, issues TEXT NOT NULL DEFAULT '[]', audio TEXT,
            rating REAL, comments TEXT, follow_up_at INTEGER, quality INTEGER NOT NULL, mood INTEGER NOT NULL,
            expected_minutes REAL, created_at INTEGER NOT NULL, corrected_at INTEGER);
        CREATE UNIQUE INDEX salestasks_call_client ON salestasks_call (rep_id, client_id) WHERE client_id IS NOT NULL;
        CREATE UNIQUE INDEX salestasks_call_start ON salestasks_call (work_seq, rep_id, started_at);
        CREATE INDEX salestasks_call_rep ON salestasks_call (rep_id, task_id, outcome);
        CREATE INDEX salestasks_call_task ON salestasks_call (task_id, outcome);
        CREATE INDEX salestasks_call_ended ON salestasks_call (ended_at, customer_seq);
        CREATE INDEX salestasks_call_customer ON salestasks_call (customer_seq, ended_at);
        CREATE TABLE salestasks_action (
            id TEXT PRIMARY KEY, call_id TEXT NOT NULL, rep_id TEXT NOT NULL, type TEXT NOT NULL,
            description TEXT NOT NULL, deadline INTEGER NOT NULL, done_at INTEGER, number INTEGER NOT NULL)
            WITHOUT ROWID;
        CREATE INDEX salestasks_action_call ON salestasks_action (call_id, number);
        CREATE INDEX salestasks_action_open ON salestasks_action (rep_id, deadline) WHERE done_at IS NULL;
        """)

    /// When a customer was called before, with every call: those of a period before which there was none in it are as many as
    /// the customers called in it, which spares telling them apart.
    private static let previousCalls = Migration(
        "007-previous-calls",
        """
        ALTER TABLE salestasks_call ADD COLUMN previous_at INTEGER;
        UPDATE salestasks_call SET previous_at = (
            SELECT max(p.ended_at) FROM salestasks_call p WHERE p.customer_seq = salestasks_call.customer_seq
            AND (p.ended_at < salestasks_call.ended_at
                OR p.ended_at = salestasks_call.ended_at AND p.seq < salestasks_call.seq));
        DROP INDEX salestasks_call_ended;
        CREATE INDEX salestasks_call_ended ON salestasks_call (ended_at, previous_at);
        """)

    private static let drafts = Migration(
        "008-drafts",
        """
        ALTER TABLE salestasks_script ADD COLUMN job_id TEXT;
        ALTER TABLE salestasks_script ADD COLUMN model TEXT;
        CREATE UNIQUE INDEX salestasks_script_job ON salestasks_script (job_id) WHERE job_id IS NOT NULL;
        """)

    private static let disputes = Migration(
        "009-disputes",
        """
        CREATE TABLE salestasks_dispute (
            id TEXT PRIMARY KEY, call_id TEXT NOT NULL, rep_id TEXT NOT NULL, reason TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'corrected')), score_before INTEGER NOT NULL,
            score_after INTEGER, explanation TEXT, opened_at INTEGER NOT NULL, decided_by TEXT, decided_at INTEGER)
            WITHOUT ROWID;
        CREATE UNIQUE INDEX salestasks_dispute_open ON salestasks_dispute (call_id) WHERE state = 'open';
        CREATE INDEX salestasks_dispute_call ON salestasks_dispute (call_id);
        CREATE INDEX salestasks_dispute_rep ON salestasks_dispute (rep_id, opened_at);
        CREATE INDEX salestasks_dispute_state ON salestasks_dispute (state, opened_at);
        """)

    /// What calls add up to, for each representative and quarter of an hour (level 0), day of UTC (1) and 32 days (2), so
    /// that any period is the sum of few rows. `start` counts lengths of the level since 1970.
    private static let totals = Migration(
        "006-totals",
        """
        CREATE TABLE salestasks_total (
            level INTEGER NOT NULL, start INTEGER NOT NULL, rep_id TEXT NOT NULL, calls INTEGER NOT NULL DEFAULT 0,
            milliseconds INTEGER NOT NULL DEFAULT 0, successes INTEGER NOT NULL DEFAULT 0,
            reached INTEGER NOT NULL DEFAULT 0, positive INTEGER NOT NULL DEFAULT 0,
            neutral INTEGER NOT NULL DEFAULT 0, negative INTEGER NOT NULL DEFAULT 0,
            ratings INTEGER NOT NULL DEFAULT 0, rating_sum INTEGER NOT NULL DEFAULT 0,
            quality_sum INTEGER NOT NULL DEFAULT 0, mood_sum INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (level, start, rep_id)) WITHOUT ROWID;
        CREATE INDEX salestasks_total_rep ON salestasks_total (rep_id, level, start);
        CREATE TABLE salestasks_last_contact (
            level INTEGER NOT NULL, start INTEGER NOT NULL, customers INTEGER NOT NULL,
            PRIMARY KEY (level, start)) WITHOUT ROWID;
        """)
}
