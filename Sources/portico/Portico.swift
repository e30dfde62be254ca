import Glibc
import Host

/// The program: reads the command line and runs the command.
@main struct Portico {
    static func main() async {
        SignalWatch.ignoreBrokenPipes()
        let status = await run(Array(CommandLine.arguments.dropFirst()))
        exit(status)
    }

    /// The exit status: 0 for success, 1 for what was found or failed, 2 for a wrong command line.
    static func run(_ arguments: [String]) async -> Int32 {
        guard let name = arguments.first, name != "help", name != "--help", name != "-h" else {
            Output.line(Self.help)
            return arguments.isEmpty ? 2 : 0
        }
        guard let command = commands.first(where: { $0.name == name }) else {
            Output.error("portico: there is no command \(name)\n\n\(Self.help)")
            return 2
        }
        let rest = Array(arguments.dropFirst())
        if rest.contains("--help") || rest.contains("-h") {
            Output.line(command.help)
            return 0
        }
        do {
            return try await command.run(try Options(rest, known: command.options))
        } catch let mistake as UsageMistake {
            Output.error("portico \(name): \(mistake.description)\n\n\(command.help)")
            return 2
        } catch {
            Output.error("portico \(name): \(error)")
            return 1
        }
    }

    static let commands: [Command] = [.serve, .check, .reload, .key, .routes, .openapi, .audit, .files, .version]

    static var help: String {
        let lines = commands.map { "  " + $0.name + String(repeating: " ", count: 10 - $0.name.count) + $0.summary }
        return """
            portico: a portal platform that hosts many tenants in one process

            usage: portico <command> [options]

            \(lines.joined(separator: "\n"))

            portico <command> --help tells more.
            """
    }
}
