internal import PluginAPI

/// The tables of tasks.
enum TaskMigrations {
    static let all = [tasks]

    private static let tasks = Migration(
        "110-tasks",
        """
        CREATE TABLE legalcases_task (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL, client_id TEXT, title TEXT NOT NULL,
            description TEXT NOT NULL, side TEXT NOT NULL CHECK (side IN ('client', 'staff')), assignee TEXT,
            due_date TEXT, state TEXT NOT NULL CHECK (state IN
                ('pending', 'in_progress', 'submitted', 'accepted', 'returned', 'cancelled')),
            template TEXT, created_by TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX legalcases_task_matter ON legalcases_task (matter_id, side, due_date);
        CREATE INDEX legalcases_task_due ON legalcases_task (due_date, id)
            WHERE state IN ('pending', 'in_progress', 'returned');
        CREATE INDEX legalcases_task_client ON legalcases_task (client_id) WHERE client_id IS NOT NULL;
        CREATE INDEX legalcases_task_assignee ON legalcases_task (assignee) WHERE assignee IS NOT NULL;
        CREATE INDEX legalcases_task_maker ON legalcases_task (created_by) WHERE created_by IS NOT NULL;
        CREATE UNIQUE INDEX legalcases_task_template ON legalcases_task (matter_id, template)
            WHERE template IS NOT NULL AND state <> 'cancelled';
        CREATE TABLE legalcases_task_answer (
            task_id INTEGER NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, by_person TEXT,
            at INTEGER NOT NULL, outcome TEXT CHECK (outcome IN ('accepted', 'returned')), note TEXT,
            reviewed_by TEXT, reviewed_at INTEGER, PRIMARY KEY (task_id, number)) WITHOUT ROWID;
        CREATE INDEX legalcases_task_answer_person ON legalcases_task_answer (by_person) WHERE by_person IS NOT NULL;
        CREATE VIEW legalcases_client_task AS
            SELECT id, client_id, matter_id, title, description, due_date, state, created_at FROM legalcases_task
            WHERE side = 'client' AND client_id IS NOT NULL;
        CREATE TRIGGER legalcases_task_held BEFORE DELETE ON legalcases_task
        WHEN EXISTS (
            SELECT 1 FROM legalcases_hold h WHERE h.released_at IS NULL AND h.matter_id = OLD.matter_id
            AND h.document_id IS NULL)
        BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER legalcases_task_deleted AFTER DELETE ON legalcases_task BEGIN
            DELETE FROM legalcases_task_answer WHERE task_id = OLD.id;
        END;
        """)
}
