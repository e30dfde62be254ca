/// A run of a command to its end.
struct Command: Sendable {
    let ending: ChildProcess.Ending
    /// Everything it printed.
    let output: String

    /// Runs a program given by its path.
    static func run(_ arguments: [String]) async throws -> Command {
        let folder = try TemporaryFolder()
        let child = try ChildProcess(arguments, log: folder.path + "/output")
        let ending = try await child.end()
        return Command(ending: ending, output: child.output)
    }

    /// Runs the real program.
    static func portico(_ arguments: String...) async throws -> Command {
        guard let program = Repository.program else { throw Failure("the program is not beside the tests") }
        return try await run([program] + arguments)
    }
}
