import Crypto
import PluginAPI

/// What a handler answered, before its dialect dressed it.
struct KeptAnswer: Sendable {
    /// For whom and what it was. Two callers share an answer when neither is signed in, and never otherwise.
    struct Key: Hashable, Sendable {
        /// The tenant's runtime: made anew when its settings change.
        let runtime: UInt64
        /// The caller's session as it was read; 0 for nobody. Read anew when roles, permissions or the account change.
        let caller: UInt64
        let onBehalfOf: PersonID?
        let language: Language
        /// Path and query as they came; a query may hold a secret.
        let target: SecretKey
    }

    /// ``Database/commits`` of before it was read.
    let commits: UInt64
    /// JSON.
    let data: [UInt8]
    let shape: AnswerShape
    let tag: EntityTag

    /// Larger answers are not kept.
    static let largest = 8 * 1024
}
