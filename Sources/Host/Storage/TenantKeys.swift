import Crypto
import PluginAPI
import Synchronization

/// A tenant's own keys: one under which values are sealed, one under which blind indexes are hashed.
struct TenantKeys: Sendable {
    private let data: AESGCM
    private let index: HMAC256Key

    init(data: SecretBytes, index: SecretBytes) throws(CryptoError) {
        self.data = try AESGCM(key: data)
        self.index = HMAC256Key(index)
    }

    /// A keyed hash for the host's own purposes, e.g. of one-time codes; the purpose keeps them apart.
    func tag(_ purpose: String, _ text: String) -> [UInt8] {
        index.tag(for: Self.context("portico", purpose) + Array(text.utf8)).bytes
    }

    fileprivate func seal(_ plain: [UInt8], _ context: [UInt8]) throws(CryptoError) -> [UInt8] {
        try data.seal(plain, authenticating: context)
    }

    fileprivate func open(_ sealed: [UInt8], _ context: [UInt8]) throws(CryptoError) -> [UInt8] {
        try data.open(sealed, authenticating: context)
    }

    /// Owner and tag with a NUL behind each, so that no two pairs give the same bytes.
    fileprivate static func context(_ owner: String, _ tag: String) -> [UInt8] {
        Array(owner.utf8) + [0] + Array(tag.utf8) + [0]
    }
}

/// Seals for one tenant. The keys lie, wrapped, in the very database they protect, so they come after it is opened.
final class TenantSealer: Sealer {
    private let keys = Mutex<TenantKeys?>(nil)

    func use(_ keys: TenantKeys) { self.keys.withLock { $0 = keys } }

    /// The keys; nil before the tenant was opened for the first time.
    var current: TenantKeys? { keys.withLock { $0 } }

    func seal(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        let keys = try required()
        do throws(CryptoError) { return try keys.seal(plain, TenantKeys.context(owner, tag)) } catch {
            throw StoreError(.seal, "\(tag) cannot be sealed")
        }
    }

    func open(_ sealed: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        let keys = try required()
        do throws(CryptoError) { return try keys.open(sealed, TenantKeys.context(owner, tag)) } catch {
            throw StoreError(.seal, "\(tag) does not open under this tenant's key")
        }
    }

    func blind(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        try required().blind(plain, owner: owner, tag: tag)
    }

    private func required() throws(StoreError) -> TenantKeys {
        guard let keys = current else { throw StoreError(.seal, "the tenant's keys are not loaded") }
        return keys
    }
}

extension TenantKeys {
    fileprivate func blind(_ plain: [UInt8], owner: String, tag: String) -> [UInt8] {
        index.tag(for: Self.context(owner, tag) + plain).bytes
    }
}
