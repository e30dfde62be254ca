import PluginAPI

/// What the console and the API have changed of a tenant's settings, as one merge patch over its file (RFC 7396).
enum OverlayTable {
    static let migration = Migration(
        "000-overlay",
        """
        CREATE TABLE portico_overlay (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            patch TEXT NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT;
        """)

    /// The patch; empty when nothing was changed, or when what is stored is not one any more.
    static func load(_ tables: some Queries) throws(StoreError) -> SettingsOverlay {
        guard let text = try tables.value("SELECT patch FROM portico_overlay WHERE id = 1", as: String.self),
            let document = try? JSONDocument(Array(text.utf8))
        else { return .empty }
        return SettingsOverlay(document.root.tree)
    }

    /// Puts another patch in the place of the stored one.
    static func store(_ overlay: SettingsOverlay, now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_overlay (id, patch, changed_at) VALUES (1, \(overlay.patch.text), \(now.microseconds))
            ON CONFLICT (id) DO UPDATE SET patch = excluded.patch, changed_at = excluded.changed_at
            """)
    }
}
