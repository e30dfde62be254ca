/// The options and operands of a command line.
struct Options: Sendable {
    private var values: [String: [String]] = [:]
    private(set) var operands: [String] = []

    /// Reads `--name value`, `--name=value` and switches.
    ///
    /// - Throws: ``UsageMistake`` for an option that the command does not know, or one without its value.
    init(_ arguments: [String], known: [Command.Option]) throws(UsageMistake) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                operands.append(word)
                continue
            }
            let name = String(word.dropFirst(2).prefix { $0 != "=" })
            guard let option = known.first(where: { $0.name == name }) else {
                throw UsageMistake("there is no option --\(name)")
            }
            let inline = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]) }
            if option.value == nil {
                guard inline == nil else { throw UsageMistake("--\(name) takes no value") }
                values[name] = [""]
            } else if let value = inline ?? rest.popFirst() {
                values[name, default: []].append(value)
            } else {
                throw UsageMistake("--\(name) needs a value")
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    /// The value of an option; the last, when it was given several times.
    func text(_ name: String) -> String? { values[name]?.last }
    /// Every value of an option that may be given several times.
    func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// A number of an option.
    ///
    /// - Throws: ``UsageMistake`` when it is none or out of range.
    func number(_ name: String, _ range: ClosedRange<Int>) throws(UsageMistake) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageMistake("--\(name) must be a whole number, \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
