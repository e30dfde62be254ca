import PluginAPI
import PluginTestKit
import Workers

/// A browser of a test's own, with one page.
func withTab(
    of portal: Portal, hasScripts: Bool = true, _ body: (Tab) async throws -> Void
) async throws {
    let folder = try BrowserFolder()
    // What blocks, blocks a thread of its own.
    let starting = WorkerPool(name: "chromium", threads: 1, queueLimit: 1, perKeyLimit: 1)
    let (process, tools) = try await starting.run {
        let process = try ChromiumProcess(profile: folder.path)
        return (process, try DevTools(port: process.port, path: process.path))
    }
    await starting.close()
    do {
        try await body(
            try await Tab(tools, origin: "http://\(portal.hostName):\(portal.port)", hasScripts: hasScripts))
    } catch {
        await tools.close()
        throw error
    }
    await tools.close()
    withExtendedLifetime((process, folder)) {}
}
