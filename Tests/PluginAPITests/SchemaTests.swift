import PluginAPI
import Testing

private struct Visit: Described, Equatable {
    enum Kind: String, CaseIterable { case first, followUp }
    var name: String
    var minutes: Int
    var kind: Kind
    var phone: Phone?
    var tags: [String]

    static let schema = Schema.object(
        Self.init(name:minutes:kind:phone:tags:),
        Field("name", \.name, .string(1...20)),
        Field("minutes", \.minutes, .int(5...120), default: 30),
        Field("kind", \.kind, .oneOf),
        .leftOutWhenNil("phone", \.phone, .optional(Phone.schema)),
        Field("tags", \.tags, .list(.string(1...5), 0...3), default: []))
}

private func decode<T: Described>(_ type: T.Type, _ text: String) throws -> T {
    try T.schema.decode(.json(JSONDocument(Array(text.utf8)).root))
}

private func mistakes<T: Described>(_ type: T.Type, _ text: String) throws -> [String] {
    do {
        _ = try decode(type, text)
        return []
    } catch let invalid as Invalid {
        return invalid.mistakes.map { "\($0.field) \($0.code)" }
    }
}

@Suite struct `A schema` {
    @Test func `decodes what it encodes`() throws {
        let visit = Visit(name: "Ann", minutes: 45, kind: .followUp, phone: Phone("+15550100001"), tags: ["a", "b"])
        let text = String(decoding: Visit.schema.encode(visit), as: UTF8.self)
        #expect(
            text == #"{"name":"Ann","minutes":45,"kind":"followUp","phone":"+15550100001","tags":["a","b"]}"#)
        #expect(try decode(Visit.self, text) == visit)
    }

    @Test func `fills in defaults and leaves out what is nil`() throws {
        let visit = try decode(Visit.self, #"{"name":" Ann ","kind":"first"}"#)
        #expect(visit == Visit(name: "Ann", minutes: 30, kind: .first, phone: nil, tags: []))
        #expect(!String(decoding: Visit.schema.encode(visit), as: UTF8.self).contains("phone"))
    }

    @Test func `reports every mistake with its field and code`() throws {
        let text = #"{"name":"","minutes":1000,"kind":"third","phone":"12","tags":["ok","much too long",3],"colour":1}"#
        #expect(
            Set(try mistakes(Visit.self, text)) == [
                "name MISSING_REQUIRED_FIELD", "minutes OUT_OF_RANGE", "kind NOT_ALLOWED", "phone INVALID_PHONE",
                "tags[1] TOO_LONG", "tags[2] INVALID_TYPE", "colour UNKNOWN_FIELD",
            ])
        #expect(try mistakes(Visit.self, "{}") == ["name MISSING_REQUIRED_FIELD", "kind MISSING_REQUIRED_FIELD"])
        #expect(try mistakes(Visit.self, "[]") == [" INVALID_TYPE"])
        #expect(try mistakes(Visit.self, #"{"name":null,"kind":7,"minutes":"30"}"#).count == 3)
    }

    @Test func `names a wrong value by its pointer`() {
        let mistake = Mistake([.name("rows"), .index(3), .name("a/b")], .format, "x")
        #expect(mistake.field == "rows[3].a/b")
        #expect(mistake.pointer == "/rows/3/a~1b")
        #expect(Mistake(field: "dateOfBirth", .format, "x").code == "INVALID_DATE_OF_BIRTH")
    }

    @Test func `finds two fields in swapped order`() {
        struct Swapped: Described {
            var a: String, b: String
            static let schema = Schema.object(
                Self.init(a:b:), Field("b", \.b, .string()), Field("a", \.a, .string()))
        }
        #expect(!Swapped.schema.roundTrips)
        #expect(Visit.schema.roundTrips)
    }

    @Test func `of an open object ignores what it does not know`() throws {
        struct Device: Described, Equatable {
            var id: String?
            static let schema = Schema.openObject(Self.init(id:), Field("id", \.id, .optional(.string())))
        }
        #expect(try decode(Device.self, #"{"id":"x","more":{"y":1}}"#) == Device(id: "x"))
    }

    @Test func `of a change tells absent, null and a value apart`() throws {
        struct Edit: Described {
            var name: Change<String>
            static let schema = Schema.object(Self.init(name:), Field("name", \.name, .change(.string(1...9))))
        }
        #expect(try decode(Edit.self, "{}").name == .keep)
        #expect(try decode(Edit.self, #"{"name":null}"#).name == .clear)
        #expect(try decode(Edit.self, #"{"name":"x"}"#).name == .set("x"))
    }

    @Test func `is documented as JSON Schema`() {
        let document = Visit.schema.document.tree { _ in nil }
        #expect(document["required"] == ["name", "kind"])
        #expect(document["additionalProperties"] == false)
        #expect(document["properties"]?["minutes"]?["default"] == 30)
        #expect(document["properties"]?["kind"]?["enum"] == ["first", "followUp"])
    }

    @Test func `reads a route's input from path, query, header and body together`() throws {
        struct Change: Described {
            var id: String, limit: Int, key: String?, note: String
            static let schema = Schema.object(
                Self.init(id:limit:key:note:), Field("id", \.id, .string(1...9), in: .path),
                Field("limit", \.limit, .int(1...50), in: .query, default: 20),
                Field("If-Match", \.key, .optional(.string()), in: .header), Field("note", \.note, .string(1...9)))
        }
        let body = try JSONDocument(Array(#"{"note":"hi","x":1}"#.utf8)).root
        var request = RequestInput(path: [("id", "a1")], query: [("limit", "5")], body: body) {
            $0 == "If-Match" ? "e" : nil
        }
        #expect(throws: Invalid([Mistake([.name("x")], .unknownField, "is not known here", offset: 17)])) {
            try Change.schema.decode(request)
        }
        request.body = try JSONDocument(Array(#"{"note":"hi"}"#.utf8)).root
        let change = try Change.schema.decode(request)
        #expect(change.id == "a1" && change.limit == 5 && change.key == "e" && change.note == "hi")
        request.query = [("limit", "x"), ("lmit", "1")]
        #expect(throws: Invalid.self) { try Change.schema.decode(request) }
    }
}

@Suite struct `Contact values` {
    @Test(arguments: [
        ("+1 (555) 010-0001", "+15550100001"), ("0049 30 1234567", "+49301234567"),
        (" +49.30/123-4567 ", "+49301234567"),
    ])
    func `a phone number is normalised`(_ typed: String, _ text: String) { #expect(Phone(typed)?.text == text) }

    @Test(arguments: ["", "5550100001", "+1555", "+1555010000123456", "+1555O100001", "++15550100001", "+05550100001"])
    func `what is not a phone number is refused`(_ typed: String) { #expect(Phone(typed) == nil) }

    @Test(arguments: ["ann@example.com", "A.B+c@Sub.Example.org", "ü@exämple.de"])
    func `an e-mail address is taken`(_ typed: String) { #expect(Email(typed)?.text == typed.lowercased()) }

    @Test(arguments: [
        "", "ann", "@x.de", "a@b", "a@@b.de", "a b@c.de", "a@-b.de", ".a@b.de", "a..b@c.de", "a@b..de", "a<b@c.de",
    ])
    func `what is not an e-mail address is refused`(_ typed: String) { #expect(Email(typed) == nil) }
}
