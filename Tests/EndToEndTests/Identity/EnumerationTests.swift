import FoundationEssentials
import Testing

/// Every route of a running portal that takes a name from a stranger, as its own API document and its own pages tell: a new
/// one is in here by itself.
@Suite struct `Names that somebody has and names that nobody has` {
    /// A tenant with every plugin that the program has.
    private static let home = "northgate"
    /// What accounts are found by there, by the field that takes it.
    private static let known = [
        "email": ["admin@northgate.example", "staff@northgate.example", "john.doe@northgate.example"],
        "username": ["admin", "john.doe", "rep.one"],
        "phone": ["+15550100001", "+15550100002"],
    ]
    /// As long as the first of those that are known: forms show again what was typed, and an answer has a length.
    private static let unknown = ["email": "nemo1@northgate.example", "username": "nemo1", "phone": "+15550199999"]

    /// What an answer tells beside its moment, its own id, and how often this address has asked.
    private static func told(_ answer: HTTPAnswer, without name: String = "\u{0}") -> [String] {
        let text = answer.text.replacing(#/"timestamp":"[^"]*"/#, with: "\"timestamp\":").replacing(
            #/name="csrf" value="[^"]*"/#, with: "")
        // A moment whose fraction ends in zeros is shorter; the bodies themselves are compared.
        let fields = answer.fields.map { ($0.name.lowercased(), $0.value) }
            .filter { !$0.0.contains("ratelimit") && !["date", "x-request-id", "content-length"].contains($0.0) }
        return ["\(answer.status)", text.replacing(name, with: "NAME")] + fields.map { "\($0.0): \($0.1)" }
    }

    /// A body with a name in the field that takes it, and something in every other field that must be there.
    private static func body(_ schema: JSON, _ field: String, _ name: String) -> String {
        var members = ["\"\(field)\":\"\(name)\""]
        for required in schema["required"].elements.compactMap(\.string) where required != field {
            let property = schema["properties"][required]
            let value: String
            switch required {
            case "password": value = "\"Wrong#Passage-1\""
            case "code": value = "\"000000\""
            default:
                switch property["type"].string {
                case "boolean": value = "false"
                case "integer", "number": value = "\(Int(property["minimum"].number ?? 1))"
                default:
                    value = "\"" + String(repeating: "A", count: max(1, Int(property["minLength"].number ?? 1))) + "\""
                }
            }
            members.append("\"\(required)\":\(value)")
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    @Test func `are answered with the same bytes at every step that the API document has`() async throws {
        let demo = try await PorticoProcess.start()
        let document = try await demo.send(.get("/openapi.json"), to: Self.home).json(if: 200)
        func resolved(_ schema: JSON) -> JSON {
            guard let name = schema["$ref"].string?.split(separator: "/").last else { return schema }
            return document["components"]["schemas"][String(name)]
        }
        var asked: Set<String> = []
        for (path, operations) in document["paths"].members.sorted(by: { $0.key < $1.key }) {
            let operation = operations["post"]
            guard operation["security"] == .array([]) else { continue }
            let schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"])
            for field in Self.known.keys.sorted() where schema["properties"][field] != .null {
                asked.insert(path)
                guard let nobody = Self.unknown[field] else { continue }
                let stranger = try await demo.send(
                    .post(path, Self.body(schema, field, nobody), ("X-Request-Id", "same")), to: Self.home)
                #expect([202, 401, 403].contains(stranger.status), "\(path): \(stranger.text)")
                for name in Self.known[field] ?? [] {
                    let answer = try await demo.send(
                        .post(path, Self.body(schema, field, name), ("X-Request-Id", "same")), to: Self.home)
                    #expect(Self.told(answer) == Self.told(stranger), "\(path) of \(name)")
                }
            }
        }
        // What the program itself lists as a way to sign in that is open to strangers and is no matter of a token.
        let listed = try await ListedRoute.all().filter {
            $0.kind == "sign-in" && $0.access.hasSuffix("how one signs in")
        }
        let naming = Set(listed.map(\.path)).filter { !$0.hasSuffix("/social") }
        #expect(!naming.isEmpty && asked.isSuperset(of: naming), "not asked: \(naming.subtracting(asked))")
    }

    @Test func `are answered with the same page by every form before the sign-in`() async throws {
        let demo = try await PorticoProcess.start()
        var browser = Browser(demo, at: Self.home)
        var waiting = ["/sign-in"], seen: Set<String> = [], submitted: Set<String> = []
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            var forms = try await browser.forms(at: path)
            waiting += forms.links.filter { $0.hasPrefix("/") && !$0.hasPrefix("/docs") && !$0.hasPrefix("/openapi") }
            while let form = forms.forms.popLast() {
                guard let field = form.field(in: Self.known.keys), submitted.insert(form.action).inserted,
                    let nobody = Self.unknown[field.kind], let somebody = Self.known[field.kind]?.first
                else { continue }
                let stranger = try await browser.submit(form, field.name, nobody)
                let answer = try await browser.submit(form, field.name, somebody)
                #expect(
                    Self.told(answer, without: somebody) == Self.told(stranger, without: nobody), "\(form.action)")
                // The form that follows: what is typed there is judged for one name and for the other.
                forms.forms += WebForm.all(in: stranger.text)
            }
        }
        let listed = try await ListedRoute.all().filter {
            // The second factor's form takes no name, and follows a right password alone.
            $0.kind == "host" && $0.method == "POST" && $0.path.hasPrefix("/sign-in") && $0.path != "/sign-in/factor"
        }
        #expect(!listed.isEmpty && submitted.isSuperset(of: listed.map(\.path)), "\(submitted)")
    }
}
