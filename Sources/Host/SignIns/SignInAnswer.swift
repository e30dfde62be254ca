import PluginAPI

/// What a sign-in answers, in its dialect's words: written from here and documented from here.
struct SignInAnswer: Sendable {
    let names: SignInNames
    let account: SignInAccount

    /// What is said of a session.
    struct Values: Sendable {
        let accessToken: String
        let refreshToken: String
        /// Seconds until the access token expires.
        let expiresIn: Int
        let role: String
        let permissions: [String]
    }

    /// Writes the answer.
    ///
    /// - Parameter account: what the plugin wrote of the account; nil in a renewal, which tells of tokens alone.
    func encoded(_ values: Values, account written: [UInt8]?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for part in names.parts {
            switch part {
            case .accessToken(let name):
                writer.key(name)
                writer.value(values.accessToken)
            case .refreshToken(let name):
                writer.key(name)
                writer.value(values.refreshToken)
            case .expiresIn(let name):
                writer.key(name)
                writer.value(values.expiresIn)
            case .tokenType(let name):
                writer.key(name)
                writer.value("Bearer")
            case .role(let name):
                guard written != nil else { continue }
                writer.key(name)
                writer.value(values.role)
            case .permissions(let name):
                guard written != nil else { continue }
                writer.key(name)
                writer.beginArray()
                for permission in values.permissions { writer.value(permission) }
                writer.endArray()
            case .account: if let written { write(written, into: &writer) }
            }
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(_ json: [UInt8], into writer: inout JSONWriter) {
        switch account {
        case .none: return
        case .member(let name, _):
            writer.key(name)
            writer.value(encoded: json)
        case .beside:
            guard let document = try? JSONDocument(json) else { return }
            document.root.forEachMember { name, value in
                writer.key(name)
                writer.value(encoded: Array(value.tree.text.utf8))
            }
        }
    }

    /// The schema of what a sign-in answers.
    var signedIn: JSONSchema {
        switch account {
        case .none: object("Tokens", properties(names.parts, nil))
        case .member(let name, let schema):
            object("Tokens" + Self.pascalCase(name), properties(names.parts, [(name, schema)]))
        case .beside(let schema):
            object(
                "Tokens" + (schema.name ?? "Account"), properties(names.parts, schema.properties),
                optional: schema.properties.map(\.name).filter { !schema.required.contains($0) })
        }
    }

    /// The schema of what a renewal answers.
    var renewed: JSONSchema {
        let parts = names.parts.filter { part in
            switch part {
            case .role, .permissions, .account: false
            default: true
            }
        }
        return object("Tokens", properties(parts, nil))
    }

    /// The schema of what showing a second factor answers: tokens where a sign-in waited, recovery codes where an
    /// authenticator was proven.
    var verifiedFactor: JSONSchema {
        var schema = JSONSchema([:])
        schema.alternatives = [signedIn, RecoveryCodesShown.schema(names).document]
        return schema
    }

    private func properties(
        _ parts: [SignInNames.Part], _ account: [(name: String, schema: JSONSchema)]?
    ) -> [(name: String, schema: JSONSchema)] {
        parts.flatMap { part -> [(name: String, schema: JSONSchema)] in
            switch part {
            case .accessToken(let name): [(name, text("Sent as Authorization: Bearer"))]
            case .refreshToken(let name): [(name, text("Good for one refresh"))]
            case .expiresIn(let name):
                [
                    (
                        name,
                        JSONSchema(["type": "integer", "description": "Seconds until the access token expires"])
                    )
                ]
            case .tokenType(let name): [(name, JSONSchema(["type": "string", "const": "Bearer"]))]
            case .role(let name): [(name, text("The role that the sign-in is for"))]
            case .permissions(let name): [(name, .array(of: JSONSchema(["type": "string"])))]
            case .account: account ?? []
            }
        }
    }

    private func text(_ description: String) -> JSONSchema {
        JSONSchema(["type": "string", "description": .string(description)])
    }

    private func object(
        _ name: String, _ properties: [(name: String, schema: JSONSchema)], optional: [String] = []
    ) -> JSONSchema {
        var schema = JSONSchema(["type": "object"], name: name)
        schema.properties = properties
        schema.required = properties.map(\.name).filter { !optional.contains($0) }
        return schema
    }

    /// `TokensCustomer` of `customer`.
    private static func pascalCase(_ name: String) -> String {
        name.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
