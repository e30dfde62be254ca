import PluginAPI

/// How many requests a tenant had on each day (UTC), for a little more than a year.
enum RequestDays {
    static let migration = Migration(
        "000-usage-1-requests",
        """
        CREATE TABLE portico_request_day (
            day INTEGER PRIMARY KEY,
            requests INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            failed INTEGER NOT NULL
        ) STRICT;
        """)

    /// Days further back are forgotten.
    static let memory = 400

    /// Adds to what is stored.
    ///
    /// - Parameter counts: by days since 1970.
    static func add(_ counts: [Int: RequestCounts], _ host: HostWriter) throws(StoreError) {
        for (day, counts) in counts {
            try host.run(
                """
                INSERT INTO portico_request_day (day, requests, refused, failed)
                VALUES (\(day), \(counts.requests), \(counts.refused), \(counts.failed))
                ON CONFLICT (day) DO UPDATE SET requests = requests + excluded.requests,
                    refused = refused + excluded.refused, failed = failed + excluded.failed
                """)
        }
    }

    /// What is stored of the days from one on.
    static func stored(from day: Day, _ tables: some Queries) throws(StoreError) -> [Day: RequestCounts] {
        var days: [Day: RequestCounts] = [:]
        try tables.forEach(
            "SELECT day, requests, refused, failed FROM portico_request_day WHERE day >= \(day.daysSinceEpoch)"
        ) { (row: borrowing Row) throws(StoreError) in
            days[Day(daysSinceEpoch: try row.get(at: 0))] = RequestCounts(
                requests: try row.get(at: 1), refused: try row.get(at: 2), failed: try row.get(at: 3))
        }
        return days
    }

    /// Forgets days that are long ago.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_request_day WHERE day < \(Int(now.seconds / 86_400) - memory)")
    }
}
