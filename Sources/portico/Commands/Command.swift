/// One command of the program.
struct Command: Sendable {
    let name: String
    /// One line.
    let summary: String
    let options: [Option]
    /// Words that stand without `--`, for the help.
    var operands = ""
    /// Runs it and returns the exit status.
    let run: @Sendable (Options) async throws -> Int32

    /// One option.
    struct Option: Sendable {
        let name: String
        /// What follows it, for the help; nil for a switch.
        let value: String?
        let meaning: String
    }

    var help: String {
        let names = options.map { "--\($0.name)" + ($0.value.map { " \($0)" } ?? "") }
        let width = names.map(\.count).max() ?? 0
        let lines = zip(names, options).map { name, option in
            "  " + name + String(repeating: " ", count: width - name.count + 2) + option.meaning
        }
        let usage =
            "usage: portico \(name)" + (operands.isEmpty ? "" : " \(operands)") + (options.isEmpty ? "" : " [options]")
        return ([summary, "", usage] + (lines.isEmpty ? [] : [""]) + lines).joined(separator: "\n")
    }
}

/// The command line was not understood.
struct UsageMistake: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
