import PluginAPI

extension APIDocument {
    /// What path, query and headers bring; nothing when they bring nothing.
    func parameterTable(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> HTML {
        var rows = operation.parameters.map { field in
            row([
                "<code>\(field.name)</code>", "\(field.place.rawValue)", typeText(field.schema, in: plugin.id),
                field.isRequired || field.place == .path ? "required" : "optional", "\(field.note)",
            ])
        }
        if operation.isIdempotent {
            rows.append(
                row([
                    "<code>Idempotency-Key</code>", "header", "text, 1 to 255 characters", "optional",
                    "makes the request safe to send again",
                ]))
        }
        guard !rows.isEmpty else { return "" }
        return table("Parameters", ["Name", "In", "Type", "Sent", "Notes"], rows)
    }

    /// What the body holds.
    func bodySection(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> HTML {
        switch operation.body {
        case nil: ""
        case .bytes: "<p>The body is taken as it comes.</p>\n"
        case .json(let schema): propertyTable(schema, "Body, as JSON", in: plugin.id)
        case .form(let schema, _): propertyTable(schema, "Body, as multipart/form-data", in: plugin.id)
        }
    }

    /// What comes back: success, then the operation's own refusals, then the statuses that many operations share.
    func answerTable(_ operation: DocumentedOperation, of plugin: DocumentedPlugin) -> HTML {
        let success: HTML =
            switch operation.answer {
            case .value(let schema): typeText(schema, in: plugin.id)
            case .valueOrAccepted(let schema, let accepted):
                "\(typeText(schema, in: plugin.id)), or with 202 \(typeText(accepted, in: plugin.id))"
            case .annotated(let schema, let metadata):
                "\(typeText(schema, in: plugin.id)), with metadata \(typeText(metadata, in: plugin.id))"
            case .page(let item): "a page of \(typeText(item, in: plugin.id))"
            case .empty: "nothing"
            case .seeOther: "the way to a page, in <code>Location</code>"
            case .content(let types): "\(types.isEmpty ? "a file" : types.joined(separator: ", "))"
            }
        var rows = [row(["\(operation.status)", "", "\(operation.successWords)", success])]
        for problem in operation.problems {
            rows.append(row(["\(problem.status)", errorLink(problem.code), "\(problem.message)", ""]))
        }
        for status in operation.commonErrors {
            let codes = SharedComponents.exampleProblems(status).map(\.code)
            for code in codes where !operation.problems.contains(where: { $0.code == code }) {
                rows.append(row(["\(status)", errorLink(code), "\(ErrorCode.find(code)?.meaning ?? "")", ""]))
            }
        }
        return table("Answers", ["Status", "Code", "Meaning", "Content"], rows)
    }

    /// Every named type, with its members.
    var typesSection: HTML {
        var seen: Set<String> = []
        var parts: [(name: String, html: HTML)] = []
        for plugin in plugins {
            for schema in plugin.schemas {
                schema.forEachNamed { schema in
                    guard let name = names.name(of: schema, in: plugin.id), seen.insert(name).inserted else { return }
                    parts.append(
                        (
                            name,
                            """
                            <article aria-labelledby="schema-\(name)">
                            <h3 id="schema-\(name)">\(name)</h3>
                            \(propertyTable(schema, "Members of \(name)", in: plugin.id))</article>

                            """
                        ))
                }
            }
        }
        guard !parts.isEmpty else { return "" }
        return """
            <section aria-labelledby="types">
            <h2 id="types">Types</h2>
            \(parts.sorted { $0.name < $1.name }.map(\.html))</section>

            """
    }

    private func propertyTable(_ schema: JSONSchema, _ caption: String, in plugin: String) -> HTML {
        guard !schema.properties.isEmpty else { return "<p>\(caption): \(valueText(schema, in: plugin)).</p>\n" }
        let rows = schema.properties.map { name, property in
            row([
                "<code>\(name)</code>", typeText(property, in: plugin),
                schema.required.contains(name) ? "required" : "optional",
                "\(property.keywords["description"]?.string ?? "")",
            ])
        }
        return table(caption, ["Name", "Type", "Sent", "Notes"], rows)
    }

    private func errorLink(_ code: String) -> HTML {
        "<a href=\"\(link: "/errors/\(code)")\"><code>\(code)</code></a>"
    }

    /// The first cell names the row.
    private func row(_ cells: [HTML]) -> HTML {
        let first = cells.first ?? ""
        let rest = cells.dropFirst().map { "<td>\($0)</td>" as HTML }
        return "<tr><th scope=\"row\">\(first)</th>\(rest)</tr>\n"
    }

    /// A table that scrolls by itself where the screen is narrow, with the keyboard too.
    private func table(_ caption: String, _ heads: [String], _ rows: [HTML]) -> HTML {
        """
        <div class="scroll" role="group" aria-label="\(caption)" tabindex="0">
        <table><caption>\(caption)</caption>
        <thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>
        <tbody>
        \(rows)</tbody></table>
        </div>

        """
    }
}
