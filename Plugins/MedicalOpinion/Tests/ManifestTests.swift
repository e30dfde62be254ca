import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `The second opinion's manifest` {
    @Test func `has no faults`() { #expect(MedicalOpinion.manifest.faults == []) }
}
