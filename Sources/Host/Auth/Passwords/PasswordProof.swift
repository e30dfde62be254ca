import Crypto
import PluginAPI

/// What somebody shows to sign in by a password.
struct PasswordProof: Sendable {
    let name: AccountName
    let password: String
    /// What the device calls itself.
    var device: String?
    /// A second factor's code, sent along.
    var factorCode: String?
    var isRemembered = true

    /// A try that has begun: it counts as failed until it succeeds.
    struct Try: Sendable {
        let account: AccountName.Account?
        let held: [HeldRole]
        let counter: [UInt8]
        let device: [UInt8]?
        let didLock: Bool
    }

    /// What beginning comes to.
    enum Beginning: Sendable {
        /// For so many seconds.
        case locked(Int)
        case open(Try)
    }

    /// Looks the account up and counts the try; the same for names that nobody has.
    func begin(_ keys: TenantKeys, now: Instant, _ host: HostWriter) throws(StoreError) -> Beginning {
        let account = try name.account(host)
        let held = try Roles.held(by: account?.person ?? PersonID(rawValue: ""), host)
        let device = device.map { KnownDevices.tag($0, keys) }
        var counter = Self.counter(name, keys)
        if let device, try KnownDevices.isKnown(device, to: account?.person, host) {
            counter = keys.tag("failures at a device", "\(name.text) \(Hex.encode(device))")
        }
        switch try Lockout.begin(counter, now: now, host) {
        case .locked(let seconds): return .locked(seconds)
        case .open(let didLock):
            return .open(Try(account: account, held: held, counter: counter, device: device, didLock: didLock))
        }
    }

    /// Where the failures of a name are counted, but those at known devices: one count, wherever it is typed in.
    static func counter(_ name: AccountName, _ keys: TenantKeys) -> [UInt8] {
        keys.tag("failures", "name \(name.text)")
    }

    /// Keeps a record of a wrong try, the same whether or not somebody has the name.
    func refuse(didLock: Bool, _ origin: Origin, _ host: HostWriter) throws(StoreError) {
        let subject = Subject("account", id: name.masked)
        try AuditTable.append(AuditEntry("sign-in.refused", on: subject, outcome: .refused), origin, host)
        if didLock {
            try AuditTable.append(AuditEntry("sign-in.locked", on: subject, outcome: .refused), origin, host)
        }
    }
}
