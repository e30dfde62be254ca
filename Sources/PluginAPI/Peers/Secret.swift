/// A password or key that tenant.json names and never holds: `{"$env": "SMTP_PASSWORD"}` or `{"$file": "smtp-password"}`.
///
/// The host reads the value at the moment it is used; no plugin sees it.
public enum Secret: Sendable, Hashable {
    /// An environment variable of the host's process.
    case environment(String)
    /// A file: absolute, or within the tenant's folder.
    case file(String)

    /// Upper-case words; `PORTICO_…` is the host's own and no tenant's.
    fileprivate static func isVariable(_ name: String) -> Bool {
        guard (1...100).contains(name.utf8.count), !name.hasPrefix("PORTICO_"), let first = name.utf8.first else {
            return false
        }
        return !(48...57).contains(first)
            && name.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    }

    /// No step out of the tenant's folder but by an absolute path.
    fileprivate static func isPath(_ path: String) -> Bool {
        (1...1000).contains(path.utf8.count) && !path.hasSuffix("/") && !path.utf8.contains(0)
            && !path.split(separator: "/").contains("..")
    }
}

extension Secret: Described {
    private static let allowed = #"must be {"$env": "NAME"} or {"$file": "path"}"#

    public static let schema = Schema<Secret>(document: document, sample: { ["$env": .string("SECRET_\($0)")] }) {
        input, decoding in
        guard case .json(let object) = input, object.kind == .object else {
            if case .json(let value) = input, value.kind == .string {
                decoding.mistake(.notAllowed, "\(allowed): a secret is never written in the file itself", input)
            } else {
                decoding.mistake(.type, allowed, input)
            }
            return nil
        }
        var members: [(name: String, value: JSONCursor)] = []
        object.forEachMember { members.append(($0, $1)) }
        guard members.count == 1, let member = members.first, member.name == "$env" || member.name == "$file" else {
            decoding.mistake(.type, allowed, input)
            return nil
        }
        return decoding.inside(.name(member.name)) { decoding in
            let text = member.value.string ?? ""
            if member.name == "$env", isVariable(text) { return .environment(text) }
            if member.name == "$file", isPath(text) { return .file(text) }
            decoding.mistake(
                .notAllowed,
                member.name == "$env"
                    ? "must be the name of an environment variable in upper case that does not begin with PORTICO_"
                    : "must be an absolute path, or one within the tenant's folder, without ..",
                .json(member.value))
            return nil
        }
    } write: { secret, writer in
        writer.beginObject()
        switch secret {
        case .environment(let name):
            writer.key("$env")
            writer.value(name)
        case .file(let path):
            writer.key("$file")
            writer.value(path)
        }
        writer.endObject()
    }

    private static var document: JSONSchema {
        var document = JSONSchema([:])
        document.alternatives = ["$env", "$file"].map { name in
            var schema = JSONSchema(["type": "object", "additionalProperties": false])
            schema.properties = [(name, JSONSchema(["type": "string"]))]
            schema.required = [name]
            return schema
        }
        return document
    }
}
