import PluginAPI

/// The long work of a tenant's plugins: begun when the tenant opens, in the order of the list, and cancelled in reverse
/// when the last request lets its runtime go.
final class PluginRuns: Sendable {
    private let tasks: [Task<Void, Never>]

    init(_ plugins: [(id: String, plugin: any InstalledPlugin)], tenant: String, log: any LogSink) {
        tasks = plugins.map { id, plugin in
            Task.detached {
                do {
                    try await plugin.run()
                } catch is CancellationError {
                } catch {
                    log.write(
                        .error, "a plugin's long work failed", tenant: tenant, plugin: id, ["error": .text("\(error)")])
                }
            }
        }
    }

    deinit { for task in tasks.reversed() { task.cancel() } }
}
