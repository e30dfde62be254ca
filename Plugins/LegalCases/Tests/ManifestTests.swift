import PluginAPI
import Testing

@testable import LegalCases

@Suite struct `The manifest` {
    @Test func `has no faults`() { #expect(LegalCases.manifest.faults == []) }
}
