import Crypto
import PluginAPI

/// What a handler answered, before its dialect dressed it.
final class KeptAnswer: Sendable {
    /// ``Database/commits`` of before it was read.
    let commits: UInt64
    /// JSON.
    let data: [UInt8]
    let shape: AnswerShape
    let tag: EntityTag

    init(commits: UInt64, data: [UInt8], shape: AnswerShape, tag: EntityTag) {
        self.commits = commits
        self.data = data
        self.shape = shape
        self.tag = tag
    }

    /// Larger answers are not kept.
    static let largest = 8 * 1024
}

extension KeptAnswer {
    /// For whom and what an answer is. Two callers share an answer when neither is signed in, and never otherwise.
    struct Wanted: Hashable, Sendable {
        /// The tenant's runtime: made anew when its settings change.
        let runtime: UInt64
        /// The caller's session as it was read; 0 for nobody. Read anew when roles, permissions or the account change.
        let caller: UInt64
        let onBehalfOf: PersonID?
        let language: Language

        /// What an answer to this is found by at a target.
        func digest(_ target: Span<UInt8>) -> Int { SecretKey.digest(of: target) { hash(into: &$0) } }
    }

    /// What an answer is kept under.
    struct Key: ClockKey, Sendable {
        let wanted: Wanted
        /// Path and query as they came; a query may hold a secret.
        let target: SecretKey
        let digest: Int

        init(_ wanted: Wanted, _ target: Span<UInt8>) {
            self.wanted = wanted
            self.target = SecretKey(target)
            digest = wanted.digest(target)
        }

        func matches(_ wanted: Wanted, _ target: Span<UInt8>) -> Bool {
            self.wanted == wanted && self.target.matches(target)
        }
    }
}
