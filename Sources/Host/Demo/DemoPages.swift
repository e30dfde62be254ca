import PluginAPI

/// The pages of the demo.
enum DemoPages {
    /// What one tenant would have sent.
    static func outbox(_ messages: [CapturedMessage]) -> HTML {
        let rows: [HTML] = messages.map { message in
            """
            <tr><td>\(message.createdAt)</td><td>\(message.channel.rawValue)</td><td>\(message.to)</td>\
            <td>\(message.subject)</td><td>\(message.body)</td></tr>
            """
        }
        return """
            <h1>Outbox</h1>
            <p>Messages that this demo captured instead of sending, the newest first.
            As JSON: <a href="/_dev/outbox">/_dev/outbox</a>.</p>
            <table><thead><tr><th>When</th><th>Channel</th><th>To</th><th>Subject</th><th>Message</th></tr></thead>
            <tbody>\(rows)</tbody></table>
            """
    }

    /// The demo's front page: its portals, who is in them, and where their messages are.
    static func front(_ portals: [Portal]) -> HTML {
        let items: [HTML] = portals.map { portal in
            let people: [HTML] = portal.people.map { "<li>\($0)</li>" }
            return """
                <section><h2>\(portal.name)</h2>
                <p><a href="\(link: portal.address)">\(portal.address)</a>\(portal.port.map { " · " + $0 } ?? "")</p>
                <p>Plugins: \(portal.plugins.joined(separator: ", "))</p>
                \(portal.password.map { "<p>Whoever has an e-mail address or a user name signs in with the password <code>\($0)</code>.</p>" as HTML } ?? "")
                <ul>\(people)</ul>
                <p><a href="\(link: portal.address + "/_dev/")">Outbox</a> · <a href="\(link: portal.address + "/docs")">API documents</a></p>
                </section>
                """
        }
        return
            "<h1>Portico demo</h1><p>Each portal is a tenant of this one process. Customers of lumen and northgate sign in by phone with a texted code, which is in the portal’s outbox.</p>\(items)"
    }

    /// One portal of the demo.
    struct Portal {
        let name: String
        let address: String
        let port: String?
        let plugins: [String]
        let people: [String]
        let password: String?
    }
}
