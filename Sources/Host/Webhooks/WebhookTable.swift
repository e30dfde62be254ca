import PluginAPI

/// What a tenant's webhooks are and what was sent to them (contract §7).
enum WebhookTable {
    static let migration = Migration(
        "000-webhooks",
        """
        CREATE TABLE portico_webhook (
            id TEXT PRIMARY KEY,
            endpoint TEXT NOT NULL,
            description TEXT NOT NULL,
            secret BLOB NOT NULL,
            previous_secret BLOB,
            previous_until INTEGER,
            events TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('active', 'off', 'paused', 'gone')),
            owner_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0,
            failing_since INTEGER,
            last_success_at INTEGER,
            last_status INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_webhook_place (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            position INTEGER NOT NULL
        ) STRICT;
        INSERT INTO portico_webhook_place (id, position) VALUES (1, 0);
        CREATE TABLE portico_webhook_delivery (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            webhook_id TEXT NOT NULL REFERENCES portico_webhook (id) ON DELETE CASCADE,
            event_id INTEGER,
            event TEXT NOT NULL,
            body BLOB NOT NULL,
            request_id TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            attempts_before INTEGER NOT NULL DEFAULT 0,
            due_at INTEGER NOT NULL,
            lessee TEXT,
            happened_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            finished_at INTEGER,
            last_status INTEGER,
            last_error TEXT,
            UNIQUE (webhook_id, event_id)
        ) STRICT;
        CREATE INDEX portico_webhook_delivery_due ON portico_webhook_delivery (webhook_id, due_at)
            WHERE state = 'waiting';
        CREATE INDEX portico_webhook_delivery_age ON portico_webhook_delivery (created_at) WHERE state <> 'waiting';
        CREATE TABLE portico_webhook_attempt (
            delivery INTEGER NOT NULL REFERENCES portico_webhook_delivery (number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            milliseconds INTEGER NOT NULL,
            status INTEGER,
            error TEXT,
            request TEXT NOT NULL,
            response TEXT NOT NULL,
            PRIMARY KEY (delivery, number)
        ) STRICT, WITHOUT ROWID;
        """)
}
