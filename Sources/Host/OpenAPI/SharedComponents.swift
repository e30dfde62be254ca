import PluginAPI

/// What operations of every plugin refer to.
enum SharedComponents {
    /// The names that are the host's own.
    static let schemaNames =
        ["Meta", "Pagination", "StatusPagination", "FieldMistake"] + Dialect.allCases.map(\.errorName)

    /// The schemas that answers in these dialects are made of; problem details are there for all.
    static func schemas(_ dialects: [Dialect]) -> JSON.Members {
        let count: JSON = ["type": "integer", "minimum": 0]
        let text: JSON = ["type": "string"]
        var schemas: JSON.Members = [
            "FieldMistake": Dialect.object([("field", text), ("message", text), ("code", text)])
        ]
        if dialects.contains(.envelope) {
            schemas["Meta"] = Dialect.object([
                ("timestamp", ["type": "string", "format": "date-time"]), ("version", ["const": "v1"]),
                ("requestId", text),
            ])
        }
        if dialects.contains(where: { [.envelope, .clinic, .problem].contains($0) }) {
            schemas["Pagination"] = Dialect.object([
                ("page", count), ("limit", count), ("total", count), ("totalPages", count),
            ])
        }
        if dialects.contains(.status) {
            schemas["StatusPagination"] = Dialect.object([
                ("currentPage", count), ("totalPages", count), ("totalItems", count), ("hasNext", ["type": "boolean"]),
            ])
        }
        for dialect in dialects + [.problem] { schemas[dialect.errorName] = dialect.errorSchema }
        return schemas
    }

    static let parameters: JSON = [
        "IdempotencyKey": [
            "name": "Idempotency-Key", "in": "header",
            "description":
                "Makes the request safe to send again: within 24 hours the same key and body get the same answer.",
            "schema": ["type": "string", "minLength": 1, "maxLength": 255],
        ],
        "IfNoneMatch": [
            "name": "If-None-Match", "in": "header",
            "description": "The ETag of an earlier answer; 304 when nothing has changed.", "schema": ["type": "string"],
        ],
    ]

    private static let headerWords: [(name: String, type: JSON, words: JSON)] = [
        ("X-Request-Id", "string", "Finds the call in the operator's log."),
        ("X-RateLimit-Limit", "integer", "Requests allowed in the window with the least left."),
        ("X-RateLimit-Remaining", "integer", "Requests left in that window."),
        ("X-RateLimit-Reset", "integer", "When that window is free again, in seconds since 1970."),
        ("X-RateLimit-Tier", "string", "The caller's tier, where there are tiers."),
        ("X-RateLimit-Retry-After", "integer", "Seconds until a request is let through."),
        ("RateLimit", "string", "What is left, as an IETF structured field."),
        ("RateLimit-Policy", "string", "The windows that hold, as an IETF structured field."),
        ("Retry-After", "integer", "Seconds until trying again makes sense."),
        ("ETag", "string", "Changes when the data change."),
        ("Link", "string", "The next page, with rel=\"next\" (RFC 8288)."),
    ]

    static var headers: JSON {
        .object(
            headerWords.reduce(into: JSON.Members()) {
                $0[$1.name] = ["description": $1.words, "schema": ["type": $1.type]]
            })
    }

    /// `{"$ref": …}` to one of the headers.
    static func headerReference(_ name: String) -> JSON { ["$ref": .string("#/components/headers/\(name)")] }

    /// The headers of every limited answer.
    static var limitHeaders: JSON.Members {
        references([
            "X-Request-Id", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Tier",
            "RateLimit", "RateLimit-Policy",
        ])
    }

    /// The headers of an error.
    static func errorHeaders(_ status: Int?) -> JSON.Members {
        switch status {
        case 429:
            var headers = limitHeaders
            for name in ["X-RateLimit-Retry-After", "Retry-After"] { headers[name] = headerReference(name) }
            return headers
        case 423, 503: return references(["X-Request-Id", "Retry-After"])
        default: return references(["X-Request-Id"])
        }
    }

    private static func references(_ names: [String]) -> JSON.Members {
        names.reduce(into: JSON.Members()) { $0[$1] = headerReference($1) }
    }
}
