import Glibc
import HTTPServer

/// The command line of the probe: `--name number`, each a field of `ServerConfiguration`.
enum ProbeOptions {
    struct Mistake: Error, CustomStringConvertible {
        var description: String
    }

    static func configuration(_ arguments: ArraySlice<String>) throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        var port: UInt16 = 0
        var rest = arguments
        while let name = rest.popFirst() {
            guard let value = rest.popFirst().flatMap({ Int($0) }), value >= 0 else {
                throw Mistake(description: "\(name) needs a whole number")
            }
            switch name {
            case "--port": port = UInt16(clamping: value)
            case "--loops": configuration.loops = value
            case "--connections": configuration.maximumConnections = value
            case "--connections-per-address": configuration.maximumConnectionsPerAddress = value
            case "--head-timeout": configuration.headTimeout = .seconds(value)
            case "--body-timeout": configuration.bodyTimeout = .seconds(value)
            case "--idle-timeout": configuration.idleTimeout = .seconds(value)
            case "--send-timeout": configuration.sendTimeout = .seconds(value)
            default: throw Mistake(description: "there is no option \(name)")
            }
        }
        configuration.listeners = [.init(port: port)]
        configuration.drainGrace = .seconds(1)
        raiseDescriptorLimit()
        return configuration
    }

    /// A descriptor for each connection: as many as the system allows.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
