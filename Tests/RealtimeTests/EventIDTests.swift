import PluginTestKit
import Testing

@testable import Host

@Suite struct `The id of an event` {
    @Test func `reads as it was written, and nothing else does`() {
        let place = EventPlace(id: 12_345, at: Instant(seconds: 1_800_000_000))
        for id in [EventID(place), EventID(place, part: 0), EventID(.start)] { #expect(EventID(id.text) == id) }
        for bad in ["", "-", "1", "1-", "-1", "A-1", "01-1", "1-1-", "1-1-1-1", "1-1-zzzz", "+1-1", "1 -1"] {
            #expect(EventID(bad) == nil, "\(bad)")
        }
    }

    @Test func `of topics are kept in sets`() {
        var set = TopicSet()
        #expect(set.isEmpty && !set.contains(70))
        set.insert(3)
        set.insert(70)
        #expect(set.contains(3) && set.contains(70) && !set.contains(4) && !set.contains(500))
        set.remove(70)
        set.remove(500)
        #expect(!set.contains(70) && !set.isEmpty)
    }
}
