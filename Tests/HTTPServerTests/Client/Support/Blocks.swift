import Synchronization

@testable import HTTPServer

/// Content that is made a block at a time, and counts how much of it was asked for.
final class Blocks: Sendable {
    struct Failure: Error, CustomStringConvertible { let description = "no more of it" }

    private let content: [UInt8]
    private let size: Int
    private let failsAt: Int
    private let started = Atomic<Int>(0)
    private let taken = Atomic<Int>(0)
    private let running = Atomic<Int>(0)

    init(_ content: [UInt8], of size: Int, failsAt: Int = .max) {
        self.content = content
        self.size = size
        self.failsAt = failsAt
    }

    /// How often it was begun.
    var begun: Int { started.load(ordering: .sequentiallyConsistent) }
    /// Bytes made.
    var made: Int { taken.load(ordering: .sequentiallyConsistent) }
    /// Makers that have not ended.
    var open: Int { running.load(ordering: .sequentiallyConsistent) }

    func upload(length: Int?) -> ClientUpload { ClientUpload(length: length) { [self] in Sequence(blocks: self) } }

    struct Sequence: AsyncSequence {
        let blocks: Blocks
        func makeAsyncIterator() -> Iterator { Iterator(blocks) }
    }

    final class Iterator: AsyncIteratorProtocol {
        private let blocks: Blocks
        private var position = 0

        init(_ blocks: Blocks) {
            self.blocks = blocks
            blocks.started.add(1, ordering: .sequentiallyConsistent)
            blocks.running.add(1, ordering: .sequentiallyConsistent)
        }

        deinit { blocks.running.subtract(1, ordering: .sequentiallyConsistent) }

        func next() async throws -> [UInt8]? {
            if position >= blocks.failsAt { throw Blocks.Failure() }
            guard position < blocks.content.count else { return nil }
            let end = min(position + blocks.size, blocks.content.count)
            defer { position = end }
            blocks.taken.add(end - position, ordering: .sequentiallyConsistent)
            return Array(blocks.content[position..<end])
        }
    }
}
