import PluginAPI

extension FileTable {
    /// Bytes that are stored: of the tenant, or of what one person uploaded.
    static func usage(of person: PersonID? = nil, _ tables: some Queries) throws(StoreError) -> Int {
        try tables.value(
            "SELECT bytes FROM portico_file_usage WHERE person = \(person?.rawValue ?? "")", as: Int.self) ?? 0
    }

    /// How much more may be stored.
    static func room(for person: PersonID?, _ settings: FileSettings, _ tables: some Queries) throws(StoreError) -> Int
    {
        let tenants = settings.quotaBytes - (try usage(tables))
        guard let person else { return max(0, tenants) }
        return max(0, min(tenants, settings.perPersonBytes - (try usage(of: person, tables))))
    }

    /// Counts what is added.
    ///
    /// - Throws: ``FileRefusal/quota`` when there is no room for it; ``StoreError``.
    static func charge(_ person: PersonID?, _ bytes: Int, _ settings: FileSettings, _ host: HostWriter) throws {
        guard bytes <= (try room(for: person, settings, host)) else { throw FileRefusal.quota }
        try count(person, bytes, host)
    }

    /// Counts what is gone.
    static func refund(_ person: PersonID?, _ bytes: Int, _ host: HostWriter) throws(StoreError) {
        try count(person, -bytes, host)
    }

    private static func count(_ person: PersonID?, _ bytes: Int, _ host: HostWriter) throws(StoreError) {
        for key in person.map({ ["", $0.rawValue] }) ?? [""] {
            try host.run(
                """
                INSERT INTO portico_file_usage (person, bytes) VALUES (\(key), \(bytes))
                ON CONFLICT (person) DO UPDATE SET bytes = bytes + excluded.bytes
                """)
        }
    }
}
