import FoundationEssentials
import PluginAPI
import Testing

@testable import Host

/// Where `make check` wants the document, to give it to openapi-spec-validator.
private let folder = ProcessInfo.processInfo.environment["PORTICO_OPENAPI_OUT"]

@Suite struct `For a validator outside of Swift` {
    @Test(.enabled(if: folder != nil)) func `the document and its page are written to files`() throws {
        let folder = try #require(folder)
        let json = everything().json
        let page = Array(everything().page.text.utf8)
        try Data(json).write(to: URL(filePath: folder).appending(path: "openapi.json"))
        try Data(page).write(to: URL(filePath: folder).appending(path: "docs.html"))
        #expect(try Data(contentsOf: URL(filePath: folder).appending(path: "openapi.json")) == Data(json))
    }
}
