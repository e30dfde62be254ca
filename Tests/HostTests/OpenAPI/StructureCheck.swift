import PluginAPI

/// What is wrong with an OpenAPI document, as far as it can be seen without its meta-schema.
struct StructureCheck {
    private(set) var faults: [String] = []
    private let root: JSON
    private var operationIDs: Set<String> = []

    init(_ root: JSON) {
        self.root = root
        checkReferences(root)
        var shapes: Set<String> = []
        for (path, item) in root["paths"]?.members?.list ?? [] {
            if !shapes.insert(Manifest<Visits>.shape(path)).inserted { faults.append("\(path) is there twice") }
            for (method, operation) in item.members?.list ?? [] {
                check(operation, "\(method) \(path)", path)
            }
        }
    }

    /// The value a reference leads to.
    static func resolve(_ reference: String, in root: JSON) -> JSON? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(root as JSON?) { $0?[String($1)] }
    }

    private mutating func checkReferences(_ value: JSON) {
        switch value {
        case .object(let members):
            if let reference = members["$ref"]?.string, Self.resolve(reference, in: root) == nil {
                faults.append("\(reference) leads nowhere")
            }
            for (_, member) in members.list { checkReferences(member) }
        case .array(let elements): for element in elements { checkReferences(element) }
        default: break
        }
    }

    private mutating func check(_ operation: JSON, _ place: String, _ path: String) {
        guard let id = operation["operationId"]?.string, operationIDs.insert(id).inserted else {
            faults.append("\(place) has no operationId of its own")
            return
        }
        var declared: [String] = []
        var all: Set<String> = []
        if case .array(let parameters)? = operation["parameters"] {
            for parameter in parameters {
                let parameter = parameter["$ref"]?.string.flatMap { Self.resolve($0, in: root) } ?? parameter
                guard let name = parameter["name"]?.string, let kind = parameter["in"]?.string else {
                    faults.append("\(place) has a parameter without name or place")
                    continue
                }
                if !all.insert("\(kind) \(name)").inserted { faults.append("\(place) has \(name) twice") }
                if kind == "path" {
                    declared.append(name)
                    if parameter["required"] != true { faults.append("\(place): \(name) is not required") }
                }
            }
        }
        let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        if Set(declared) != Set(inPath.map { String($0) }) {
            faults.append("\(place) declares \(declared), its path has \(inPath)")
        }
        if operation["responses"]?.members?.list.isEmpty != false { faults.append("\(place) has no responses") }
        for (status, response) in operation["responses"]?.members?.list ?? [] {
            let response = response["$ref"]?.string.flatMap { Self.resolve($0, in: root) } ?? response
            if response["description"]?.string == nil { faults.append("\(place) \(status) has no description") }
        }
    }
}
