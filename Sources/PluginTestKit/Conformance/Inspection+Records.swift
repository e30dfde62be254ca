import Host
import PluginAPI

extension Inspection {
    /// Whether the map of personal data names what is there.
    mutating func inspectPersonalData() async throws {
        for data in plugin.personalData {
            var columns = [data.person] + data.exported
            if case .anonymise(let emptied) = data.erasure { columns += emptied }
            for column in Set(columns).sorted() {
                let isThere = try await stage.host.hasColumns(
                    [column], of: data.table, plugin: plugin.id, in: portal.tenant)
                if !isThere { findings.append("personal data: there is no column \(column) of a table \(data.table)") }
            }
        }
    }

    /// Judges every answer of the whole inspection, the exercise's too: no faults, no refusal that
    /// is not declared, and successes as documented.
    mutating func inspectRefusals() {
        for exchange in stage.exchanges {
            let answer = exchange.answer
            let asked = "\(exchange.method) \(exchange.path)"
            if answer.status == 0 { findings.append("\(asked): no answer: \(answer.text)") }
            if answer.status >= 500, answer.status != 503 {
                findings.append("\(asked): answered \(answer.status); the log says \(stage.host.faults.suffix(3))")
            }
            if (200..<300).contains(answer.status), exchange.method != "HEAD", let route = route(of: exchange),
                let difference = difference(of: answer, to: route)
            {
                findings.append("\(Self.name(route)): \(difference)")
            }
            guard (400..<500).contains(answer.status), let code = answer.code,
                !Self.everybodys.contains(code), !Self.isAboutInput(code),
                let route = route(of: exchange)
            else { continue }
            if !route.problems.contains(where: { $0.code == code && $0.status == answer.status }) {
                findings.append("\(Self.name(route)): refuses with \(answer.status) \(code), which it does not declare")
            }
        }
    }

    /// The route that an exchange was about; nil for sign-ins, the host's own, and paths that do not exist.
    func route(of exchange: Exchange) -> RouteDeclaration? {
        let path = exchange.path.prefix { $0 != "?" }
        let segments = path.split(separator: "/")
        var best: (route: RouteDeclaration, parameters: Int)?
        for route in plugin.routes where route.method.rawValue == exchange.method {
            let shape = route.path.split(separator: "/")
            guard shape.count == segments.count,
                zip(shape, segments).allSatisfy({ $0.hasPrefix("{") || $0 == $1 })
            else { continue }
            // A literal segment wins over a parameter.
            let parameters = route.pathParameters.count
            if best.map({ parameters < $0.parameters }) ?? true { best = (route, parameters) }
        }
        return best?.route
    }

    /// What every route may refuse with: by admission, by decoding, by the host.
    private static let everybodys: Set<String> = [
        "AUTH_TOKEN_MISSING", "AUTH_TOKEN_INVALID", "AUTH_TOKEN_EXPIRED", "INSUFFICIENT_PERMISSIONS",
        "RESOURCE_NOT_FOUND", "RESOURCE_CONFLICT", "METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE", "PAYLOAD_TOO_LARGE",
        "UNSUPPORTED_MEDIA_TYPE", "RATE_LIMIT_EXCEEDED", "URI_TOO_LONG",
    ]

    private static func isAboutInput(_ code: String) -> Bool {
        ["VALIDATION_ERROR", "INVALID_DATA_FORMAT", "INVALID_REQUEST"].contains(code)
    }
}
