import PluginAPI

/// One of the connections that a person may have at a time; given back when it is let go.
final class Seat: Sendable {
    let person: PersonID
    private let giveBack: @Sendable () -> Void

    init(_ person: PersonID, giveBack: @escaping @Sendable () -> Void) {
        self.person = person
        self.giveBack = giveBack
    }

    deinit { giveBack() }
}
