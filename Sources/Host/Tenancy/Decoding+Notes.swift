import PluginAPI
import Time

extension Decoding {
    /// Notes what another schema found wrong about a value, at its place below the present one.
    mutating func note(_ mistake: Mistake, of value: JSONCursor) {
        note(mistake, mistake.path[...], mistake.offset == nil ? nil : value.at(mistake.path))
    }

    private mutating func note(_ mistake: Mistake, _ rest: ArraySlice<Mistake.Step>, _ value: JSONCursor?) {
        guard let step = rest.first else {
            return self.mistake(
                Mistake.Code(rawValue: mistake.code), mistake.message, value.map { .json($0) } ?? .absent)
        }
        inside(step) { $0.note(mistake, rest.dropFirst(), value) }
    }
}

extension JSONCursor {
    /// The value at the end of a path; nil when there is none.
    func at(_ path: some Collection<Mistake.Step>) -> JSONCursor? {
        var here: JSONCursor? = self
        for step in path {
            switch step {
            case .name(let name): here = here?.member(name)
            case .index(let wanted):
                var found: JSONCursor?
                here?.forEachElement { index, element in if index == wanted { found = element } }
                here = found
            }
        }
        return here
    }

    /// The innermost value of a path that is there.
    func nearest(_ path: [Mistake.Step]) -> JSONCursor {
        for length in stride(from: path.count, to: 0, by: -1) {
            if let value = at(path.prefix(length)) { return value }
        }
        return self
    }
}

extension JSON {
    /// A value as its schema writes it.
    init<Value: Sendable>(_ schema: Schema<Value>, _ value: Value) {
        // What a schema writes is JSON; were it ever not, a tenant would see null and its check would fail.
        self = (try? JSONDocument(schema.encode(value)))?.root.tree ?? .null
    }
}

extension Schema where Value == Zone {
    /// A zone of the system's IANA database, by name.
    static var timeZone: Schema {
        .text(
            JSONSchema(["type": "string", "examples": ["Europe/Berlin"]]),
            allowed: "an IANA time zone that this system knows, such as Europe/Berlin",
            sample: { _ in "UTC" }, parse: { try? Zone(named: $0) }, write: { $1.value($0.name) })
    }
}
