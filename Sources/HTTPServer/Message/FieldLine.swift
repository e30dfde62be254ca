/// A field of a response that is the same in every answer: `"x-content-type-options: nosniff"`.
///
/// It is written in the program, so it is not looked through again in every answer.
public struct FieldLine: Sendable, ExpressibleByStringLiteral {
    let text: StaticString

    /// A line `name: value`, the name in lower case. Anything else is the programmer's mistake: tests stop at it.
    public init(stringLiteral value: StaticString) {
        assert(Self.isField("\(value)"), "a line is a name in lower case, a colon, a blank and a value")
        text = value
    }

    private static func isField(_ line: String) -> Bool {
        guard let colon = line.firstIndex(of: ":"), let name = HeaderName(String(line[..<colon])) else { return false }
        let value = line[colon...].dropFirst()
        guard name.description == line[..<colon], value.first == " " else { return false }
        var fields = HeaderFields()
        return fields.add(name, String(value.dropFirst()))
    }
}
