@testable import PluginAPI

/// Fields of forms with names of any kind: what is read is what was sent, and nothing is lost between the brackets.
func checkForms(_ bytes: [UInt8]) {
    guard let pairs = PercentDecoding.query(bytes, 0..<bytes.count) else { return }
    var content = FormContent()
    for (name, value) in pairs where !name.isEmpty {
        let path = FormValue.path(of: name)
        let joined = (path.first ?? "") + path.dropFirst().map { "[\($0)]" }.joined()
        require(joined == name, "a name that was taken apart wrongly")
        require(path.count <= FormValue.depthLimit + 1, "too deep")
        content.add(value, to: name)
    }
    require(content.values.reduce(0) { $0 + texts(in: $1.value) } == pairs.filter { !$0.name.isEmpty }.count, "a loss")
    let input = RequestInput(form: content)
    do {
        let all = try Everything.schema.decode(input)
        require(all.list.count <= pairs.count || pairs.contains { $0.value.contains("[") }, "more than was sent")
    } catch {
        require(!error.mistakes.isEmpty, "refused without a reason")
    }
    for member in content.values { _ = Input.form(member.value).asJSONText }
}

private func texts(in value: FormValue) -> Int {
    value.texts.count + value.members.reduce(0) { $0 + texts(in: $1.value) }
}

/// A field of each kind, under names that the corpus uses.
private struct Everything: Described {
    var list: [String]
    var number: Int?
    var map: [String: Int]
    var open: JSON?
    var any: JSON?
    var metadata: Inner?

    struct Inner: Described {
        var skills: [String]
        var duration: Int?
        static let schema = Schema.object(
            Self.init(skills:duration:), Field("skills", \.skills, .list(.string()), default: []),
            Field("duration", \.duration, .optional(.int())))
    }

    static let schema = Schema.openObject(
        Self.init(list:number:map:open:any:metadata:),
        Field("list", \.list, .list(.string()), in: .form, default: []),
        Field("case", \.number, .optional(.int()), in: .form),
        Field("m", \.map, .map(.int()), in: .form, default: [:]),
        Field("a", \.open, .optional(.openObject), in: .form), Field("e", \.any, .optional(.anything), in: .form),
        Field("metadata", \.metadata, .optional(Inner.schema), in: .form))
}
