internal import StoreAPI
internal import Synchronization

/// One write of one caller: a member of a commit group, or run alone.
protocol WriteMember: AnyObject, Sendable {
    var owner: Owner { get }
    var budget: WriteBudget { get }
    /// Runs the closure and remembers its result; it may be called a second time after a lost group.
    func attempt(_ session: WriteSession) throws
    /// The remembered result; nil before the first run.
    var outcome: (any Sendable)? { get }
    /// Answers the caller with the remembered result.
    func succeed()
    /// Answers the caller with an error.
    func fail(_ error: any Error)
}

/// A member with the type of its result.
final class Write<T: Sendable>: WriteMember {
    let owner: Owner
    let budget: WriteBudget
    private let body: @Sendable (WriteSession) throws -> T
    private let answer: @Sendable (Result<T, any Error>) -> Void
    private let result = Mutex<T?>(nil)

    /// - Parameter answer: called exactly once.
    init(
        owner: Owner, budget: WriteBudget, body: @escaping @Sendable (WriteSession) throws -> T,
        answer: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        self.owner = owner
        self.budget = budget
        self.body = body
        self.answer = answer
    }

    func attempt(_ session: WriteSession) throws {
        let value = try body(session)
        result.withLock { $0 = value }
    }

    var outcome: (any Sendable)? { result.withLock { $0 } }

    func succeed() {
        guard let value = result.withLock({ $0 }) else { return fail(StoreError(.misuse, "a write without result")) }
        answer(.success(value))
    }

    func fail(_ error: any Error) { answer(.failure(error)) }
}

/// Work that needs the writer's connection for itself, such as a migration.
struct ExclusiveWork: Sendable {
    let run: @Sendable (Connection) -> Void
    /// Called instead when the connection cannot be opened.
    let fail: @Sendable (StoreError) -> Void
}

/// What waits for the writer.
enum WriteItem: Sendable {
    case member(any WriteMember)
    case exclusive(ExclusiveWork)

    func fail(_ error: StoreError) {
        switch self {
        case .member(let member): member.fail(error)
        case .exclusive(let work): work.fail(error)
        }
    }
}
