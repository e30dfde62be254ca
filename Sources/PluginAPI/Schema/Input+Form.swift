extension Input {
    /// A form's single text as text, so that a scalar reads it as it reads a parameter; all else as it is.
    @usableFromInline
    var scalar: Input {
        if case .form(let value) = self, let text = value.text { return .text(text) }
        return self
    }

    /// A form's single text read as JSON, which is how objects and lists may be sent (contract §12); nil for all else.
    var asJSONText: JSONSyntaxResult? {
        guard case .form(let value) = self, let text = value.text else { return nil }
        do throws(JSONSyntaxError) {
            return .success(try JSONDocument(Array(text.utf8)).root)
        } catch {
            return .failure(error)
        }
    }

    typealias JSONSyntaxResult = Result<JSONCursor, JSONSyntaxError>
}

/// An object inside a form: every member is `name[key]`.
struct FormMemberSource: FieldSource {
    let value: FormValue

    func input(_ name: String, _ place: Place) -> Input {
        value.members.first { $0.key == name }.map { .form($0.value) } ?? .absent
    }
}

extension Decoding {
    /// Notes that a text is not the JSON it should be.
    mutating func notJSON(_ error: JSONSyntaxError, _ input: Input) {
        mistake(.format, "is not JSON: line \(error.line), column \(error.column): \(error.message)", input)
    }
}
