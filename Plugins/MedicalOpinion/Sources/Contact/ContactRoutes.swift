internal import PluginAPI

extension MedicalOpinion {
    static let contactRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/profile/communication-preferences", .reading(Self.channelPreferences),
            needs: .own(.readProfile), "What comes by which channel."),
        .put(
            "/v1/portal/profile/communication-preferences", .transactional(Self.changeChannelPreferences),
            needs: .own(.writeProfile), "Changes what comes by which channel."),
        .get(
            "/v1/portal/notifications/preferences", .reading(Self.typePreferences), needs: .own(.readProfile),
            "What is wanted of each kind of notification."),
        .put(
            "/v1/portal/notifications/preferences", .transactional(Self.changeTypePreferences),
            needs: .own(.writeProfile), "Changes what is wanted of each kind of notification."),
        .get(
            "/v1/portal/communications/history", .reading(Self.communications), needs: .own(.readProfile),
            "What the caller was sent on all channels, the newest first, and what it came to."),
        .post(
            "/v1/portal/notifications/register-device", .transactional(Self.registerDevice),
            needs: .own(.writeProfile), "Registers a device for pushes, or changes it."),
        .delete(
            "/v1/portal/notifications/unregister-device",
            .receiving(json: DeviceNamed.body.document, Self.unregisterDevice),
            needs: .own(.writeProfile), "Forgets a device; named in the body or in the query."),
        .get(
            "/v1/portal/accounts", .reading(Self.accounts), needs: .own(.readAccounts),
            "The accounts for which the caller acts by X-Acting-For."),
    ]

    /// The categories that the portal knows, in the order in which they are shown.
    static let categories: [NoticeCategory] = [
        .caseUpdates, .messages, .documents, .urgentUpdates, .reminders, .appointmentReminders, .educationalContent,
        .marketing, .systemUpdates,
    ]

    func channelPreferences(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PreferencesByChannel {
        PreferencesByChannel(
            try tx.preferences(of: call.caller.id) ?? Preferences(), categories: Self.categories, of: call.tenant)
    }

    func changeChannelPreferences(
        _ wanted: PreferencesByChannel, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> PreferencesByChannel {
        try change(of: call.caller.id, tx) { wanted.applied(to: $0, categories: Self.categories, of: call.tenant) }
        return try tx.reading { try channelPreferences($0, call) }
    }

    func typePreferences(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> PreferencesByType {
        PreferencesByType(
            try tx.preferences(of: call.caller.id) ?? Preferences(), categories: Self.categories, of: call.tenant)
    }

    func changeTypePreferences(_ wanted: PreferencesByType, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> PreferencesByType
    {
        try change(of: call.caller.id, tx) { wanted.applied(to: $0, categories: Self.categories, of: call.tenant) }
        return try tx.reading { try typePreferences($0, call) }
    }

    private func change(
        of person: PersonID, _ tx: borrowing Transaction, _ change: (Preferences) -> Preferences
    ) throws {
        guard let before = try tx.preferences(of: person) else { throw Problem.notFound }
        try tx.set(preferences: change(before), of: person)
        try tx.audit(
            AuditEntry("preferences.changed", on: Subject("preferences", id: person.rawValue, owner: person)))
        try lifecycle.record(LifecycleEvent(.preferencesChanged), of: person, at: tx.now, in: tx)
    }

    func registerDevice(_ new: DeviceRegistration, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> DeviceShown
    {
        try new.check()
        let device = try tx.register(new, of: call.caller.id)
        try lifecycle.record(
            LifecycleEvent(.deviceRegistered, ["platform": .string(device.platform.rawValue)]), of: call.caller.id,
            at: tx.now, in: tx)
        return DeviceShown(
            deviceId: device.id, platform: device.platform, appVersion: device.appVersion,
            osVersion: device.osVersion, preferences: device.preferences, registeredAt: device.registeredAt)
    }

    func unregisterDevice(_ named: DeviceNamed, _ body: ByteStream, _ call: Call<Member>) async throws -> DeviceGone {
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes += piece
            guard bytes.count <= 65_536 else { throw Problem(413, "PAYLOAD_TOO_LARGE", "The body is too long.") }
        }
        var named = named
        if !bytes.isEmpty {
            guard let document = try? JSONDocument(bytes) else { throw Problem.format("The body is no JSON.") }
            do throws(Invalid) {
                named = try DeviceNamed.body.decode(.json(document.root))
            } catch { throw Problem.invalid(error.mistakes) }
        }
        guard let id = named.deviceId else { throw Problem.invalid("deviceId", .missing, "is required") }
        let person = call.caller.id
        let isGone = try await call.store.write { tx in try tx.unregisterDevice(id, of: person) }
        guard isGone else { throw Problem.notFound }
        return DeviceGone(deviceId: id)
    }

    func accounts(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> AccountList {
        var accounts: [AccountShown] = []
        _ = call.caller.id
        for id in try tx.accounts(actedForBy: call.caller.principal.person) {
            guard let person = try tx.person(id) else { continue }
            accounts.append(
                AccountShown(
                    id: id, firstName: person.givenName, lastName: person.familyName, email: person.email,
                    plan: try tx.plan(of: id) ?? .free))
        }
        return AccountList(accounts: accounts)
    }
}

struct DeviceShown: Described {
    let deviceId: String
    let platform: Device.Platform
    let appVersion: String?
    let osVersion: String?
    let preferences: JSON
    let registeredAt: Instant
    static let schema = Schema<DeviceShown>.object(
        DeviceShown.init(deviceId:platform:appVersion:osVersion:preferences:registeredAt:),
        Field("deviceId", \.deviceId, .string(1...200)), Field("platform", \.platform, .oneOf),
        Field("appVersion", \.appVersion, .optional(.string(0...100))),
        Field("osVersion", \.osVersion, .optional(.string(0...100))),
        Field("preferences", \.preferences, .openObject), Field("registeredAt", \.registeredAt, Instant.schema))
}

/// The input of `unregister-device`: a DELETE may have no body, so the query does too.
struct DeviceNamed: Described {
    let deviceId: String?
    static let schema = Schema<DeviceNamed>.object(
        DeviceNamed.init(deviceId:), Field("deviceId", \.deviceId, .optional(.string(1...200)), in: .query))
    static let body = Schema<DeviceNamed>.object(
        DeviceNamed.init(deviceId:), Field("deviceId", \.deviceId, .optional(.string(1...200))))
}

struct DeviceGone: Described {
    let deviceId: String
    static let schema = Schema<DeviceGone>.object(
        DeviceGone.init(deviceId:), Field("deviceId", \.deviceId, .string(1...200)))
}

/// The accounts of a family or company, without one's own.
struct AccountList: Described {
    let accounts: [AccountShown]
    static let schema = Schema<AccountList>.object(
        AccountList.init(accounts:), Field("accounts", \.accounts, .list(AccountShown.schema)))
}

struct AccountShown: Described {
    let id: PersonID
    let firstName: String
    let lastName: String
    let email: Email?
    let plan: Plan
    static let schema = Schema<AccountShown>.object(
        AccountShown.init(id:firstName:lastName:email:plan:), Field("id", \.id, PersonID.schema),
        Field("firstName", \.firstName, .string(0...100)), Field("lastName", \.lastName, .string(0...100)),
        Field("email", \.email, .optional(Email.schema)), Field("plan", \.plan, Plan.schema))
}
