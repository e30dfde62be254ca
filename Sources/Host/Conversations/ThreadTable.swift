import PluginAPI

/// Conversations, their messages, and who takes part in them.
enum ThreadTable {
    static let migration = Migration(
        "000-conversations",
        """
        CREATE TABLE portico_thread (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            plugin TEXT NOT NULL,
            kind TEXT NOT NULL,
            pool TEXT NOT NULL,
            title TEXT NOT NULL,
            about_kind TEXT NOT NULL,
            about_id TEXT NOT NULL,
            customer TEXT,
            branch TEXT,
            assignee TEXT,
            priority TEXT NOT NULL CHECK (priority IN ('normal', 'high', 'urgent')),
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'archived')),
            is_sealed INTEGER NOT NULL CHECK (is_sealed IN (0, 1)),
            kept_seconds INTEGER,
            last INTEGER NOT NULL DEFAULT 0,
            messages INTEGER NOT NULL DEFAULT 0,
            waiting_since INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            expires_at INTEGER
        ) STRICT;
        CREATE INDEX portico_thread_state ON portico_thread (state, plugin, updated_at);
        CREATE INDEX portico_thread_assignee ON portico_thread (assignee, state) WHERE assignee IS NOT NULL;
        CREATE INDEX portico_thread_customer ON portico_thread (customer, plugin, state);
        CREATE INDEX portico_thread_about ON portico_thread (plugin, about_kind, about_id);
        CREATE INDEX portico_thread_expiry ON portico_thread (expires_at) WHERE expires_at IS NOT NULL;
        CREATE TABLE portico_thread_message (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            thread INTEGER NOT NULL,
            position INTEGER NOT NULL,
            sender TEXT,
            author TEXT,
            side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
            is_note INTEGER NOT NULL CHECK (is_note IN (0, 1)),
            type TEXT NOT NULL,
            priority TEXT NOT NULL,
            body TEXT,
            sealed_body BLOB,
            files INTEGER NOT NULL,
            at INTEGER NOT NULL,
            UNIQUE (thread, position),
            CHECK ((body IS NULL) <> (sealed_body IS NULL)),
            CHECK (is_note = 0 OR side = 'staff')
        ) STRICT;
        CREATE INDEX portico_thread_message_sender ON portico_thread_message (sender) WHERE sender IS NOT NULL;
        CREATE TABLE portico_thread_participant (
            person TEXT NOT NULL,
            thread INTEGER NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('customer', 'staff')),
            joined_at INTEGER NOT NULL,
            left_at INTEGER,
            last_read INTEGER NOT NULL DEFAULT 0,
            last_read_at INTEGER,
            unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
            shelved_at INTEGER,
            PRIMARY KEY (person, thread)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_thread_participant_thread ON portico_thread_participant (thread, joined_at);
        CREATE TABLE portico_thread_receipt (
            thread INTEGER NOT NULL,
            person TEXT NOT NULL,
            position INTEGER NOT NULL,
            side TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (thread, person, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_canned_reply (
            id TEXT PRIMARY KEY,
            plugin TEXT NOT NULL,
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            updated_by TEXT,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_person_role_role ON portico_person_role (plugin, role);
        """)

    /// Conversations of one customer that can be open or closed at once.
    static let perCustomer = 500
    /// People who can take part in one.
    static let participants = 50
    /// Messages, notes among them, that one can have.
    static let messages = 100_000

    /// A conversation; of any plugin when none is named.
    static func find(_ id: ConversationID, plugin: String?, _ tables: some Queries) throws(StoreError) -> ThreadRow? {
        try found("SELECT * FROM portico_thread WHERE id = \(id)", plugin, tables)
    }

    static func find(number: Int, plugin: String?, _ tables: some Queries) throws(StoreError) -> ThreadRow? {
        try found("SELECT * FROM portico_thread WHERE number = \(number)", plugin, tables)
    }

    private static func found(_ sql: SQL, _ plugin: String?, _ tables: some Queries) throws(StoreError) -> ThreadRow? {
        let row = try tables.first(sql, as: ThreadRow.self)
        return row.flatMap { plugin == nil || plugin == $0.conversation.plugin ? $0 : nil }
    }

    static func page(
        _ filter: ConversationFilter, plugin: String?, page: Int, limit: Int, _ tables: some Queries
    ) throws(StoreError) -> (items: [Conversation], total: Int) {
        let wanted: SQL = "FROM portico_thread AS t WHERE" + conditions(filter, plugin: plugin)
        let total = try tables.value("SELECT COUNT(*)" + wanted, as: Int.self) ?? 0
        let order: SQL =
            switch filter.order {
            case .recent: "ORDER BY t.updated_at DESC, t.number DESC"
            case .waiting: "ORDER BY t.waiting_since IS NULL, t.waiting_since, t.updated_at DESC, t.number DESC"
            }
        let rows = try tables.all(
            "SELECT t.*" + wanted + order + "LIMIT \(limit) OFFSET \((page - 1) * limit)", as: ThreadRow.self)
        return (rows.map(\.conversation), total)
    }

    private static func conditions(_ filter: ConversationFilter, plugin: String?) -> SQL {
        var conditions: [SQL] = ["1 = 1"]
        if let plugin = plugin ?? filter.plugin { conditions.append("t.plugin = \(plugin)") }
        if let plugin, let other = filter.plugin, other != plugin { conditions.append("1 = 0") }
        if let person = filter.participant {
            var mine: SQL = "SELECT thread FROM portico_thread_participant WHERE person = \(person) AND left_at IS NULL"
            if !filter.countsStaff { mine = mine + "AND side = 'customer'" }
            switch filter.isShelved {
            case true?: mine = mine + "AND shelved_at IS NOT NULL"
            case false?: mine = mine + "AND shelved_at IS NULL"
            case nil: break
            }
            conditions.append("t.number IN (\(mine))")
        }
        if !filter.states.isEmpty { conditions.append("t.state IN" + SQL.list(filter.states)) }
        switch filter.assignment {
        case .nobody?: conditions.append("t.assignee IS NULL")
        case .person(let person)?: conditions.append("t.assignee = \(person)")
        case nil: break
        }
        if !filter.kinds.isEmpty { conditions.append("t.kind IN" + SQL.list(filter.kinds)) }
        if let about = filter.about {
            conditions.append("t.about_kind = \(about.kind) AND t.about_id = \(about.id)")
        }
        if let customer = filter.customer { conditions.append("t.customer = \(customer)") }
        switch filter.isWaiting {
        case true?: conditions.append("t.waiting_since IS NOT NULL")
        case false?: conditions.append("t.waiting_since IS NULL")
        case nil: break
        }
        if let reach = filter.reach { conditions.append(within(reach, colleague: filter.colleague)) }
        return SQL.joined(conditions, by: " AND ")
    }

    /// What staff may see. Nobody sees as staff what is their own as a customer.
    private static func within(_ reach: Reach, colleague: PersonID?) -> SQL {
        var reached = reach.condition(owner: "t.customer", branch: "t.branch", assignee: "t.assignee")
        if case .assigned(let person) = reach {
            reached = """
                \(reached) OR t.number IN (SELECT thread FROM portico_thread_participant
                    WHERE person = \(person) AND side = 'staff' AND left_at IS NULL)
                """
        }
        guard let colleague else { return "(\(reached))" }
        return """
            (\(reached)) AND t.number NOT IN (SELECT thread FROM portico_thread_participant
                WHERE person = \(colleague) AND side = 'customer' AND left_at IS NULL)
            AND t.customer IS NOT \(colleague)
            """
    }
}

/// A conversation with what only the host needs to know of it.
struct ThreadRow: Record {
    let conversation: Conversation
    /// The roles whose holders are told while nobody of the staff takes part.
    let pool: [String]
    let keptSeconds: Int?
    /// The position of the last message or note.
    let last: Int

    init(row: borrowing Row) throws(StoreError) {
        let about = Conversation.Reference(kind: try row.get("about_kind"), id: try row.get("about_id"))
        conversation = Conversation(
            id: try row.get("id"), number: try row.get("number"), plugin: try row.get("plugin"),
            kind: try row.get("kind"), title: try row.get("title"), about: about.kind.isEmpty ? nil : about,
            customer: try row.get("customer"), branch: try row.get("branch"), assignee: try row.get("assignee"),
            priority: try row.get("priority"), state: try row.get("state"), isSealed: try row.get("is_sealed"),
            createdAt: Instant(microseconds: try row.get("created_at")),
            updatedAt: Instant(microseconds: try row.get("updated_at")), messageCount: try row.get("messages"),
            waitingSince: try row.get("waiting_since", as: Int64?.self).map { Instant(microseconds: $0) })
        let pool: String = try row.get("pool")
        self.pool = pool.split(separator: "\n").map(String.init)
        keptSeconds = try row.get("kept_seconds")
        last = try row.get("last")
    }
}
