import PluginAPI

extension Sessions {
    /// Forgets what nobody needs any more: sessions 30 days after their end, used refresh tokens after a week, codes and
    /// their counts after a day, signing keys whose tokens are long gone, API keys a year after their end.
    ///
    /// So many rows at a time that the transaction stays within its budget; the next run goes on.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        let month = (now - .seconds(30 * 86_400)).microseconds
        let week = (now - .seconds(7 * 86_400)).microseconds
        let day = (now - .seconds(86_400)).microseconds
        try host.run(
            """
            DELETE FROM portico_refresh_token WHERE hash IN (
                SELECT token.hash FROM portico_refresh_token AS token
                JOIN portico_session AS session ON session.id = token.session_id
                WHERE token.used_at < \(week) OR coalesce(session.ended_at, session.expires_at) < \(month)
                LIMIT 4000)
            """)
        try host.run(
            """
            DELETE FROM portico_session WHERE id IN (
                SELECT session.id FROM portico_session AS session
                WHERE coalesce(session.ended_at, session.expires_at) < \(month)
                    AND NOT EXISTS (SELECT 1 FROM portico_refresh_token WHERE session_id = session.id)
                LIMIT 1000)
            """)
        try host.run(
            """
            DELETE FROM portico_code WHERE (purpose, phone) IN (
                SELECT purpose, phone FROM portico_code WHERE expires_at < \(day) LIMIT 2000)
            """)
        try host.run(
            """
            DELETE FROM portico_code_sending WHERE id IN (
                SELECT id FROM portico_code_sending WHERE sent_at < \(day) LIMIT 4000)
            """)
        try SMSSpending.trim(now: now, host)
        try SigningKeyTable.trim(now: now, host)
        try APIKeyTable.trim(now: now, host)
    }
}
