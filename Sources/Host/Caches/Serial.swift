import Synchronization

/// Numbers that name things made by this process, each once.
enum Serial {
    private static let last = Atomic<UInt64>(0)

    static func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}
