import Host
public import PluginAPI

extension Portal {
    /// Makes an account with roles of the portal's plugins, and the plugins' own records of it where a sign-in is for such
    /// a role.
    ///
    /// - Parameters:
    ///   - password: what the person signs in with; the e-mail address counts as proven then.
    ///   - roles: by name; each is given in every plugin that declares it, and in the host's own API.
    ///   - branch: where the roles hold; everywhere when nil.
    public func person(
        givenName: String = "Ola", familyName: String = "Nordmann", phone: String? = nil, email: String? = nil,
        username: String? = nil, password: String? = nil, language: String? = nil, roles: [String] = [],
        branch: String? = nil
    ) async throws -> PersonID {
        var change = PersonChange()
        change.givenName = .set(givenName)
        change.familyName = .set(familyName)
        if let phone { change.phone = .set(try Self.required(Phone(phone), phone)) }
        if let email { change.email = .set(try Self.required(Email(email), email)) }
        if let language { change.language = .set(try Self.required(Language(language), language)) }
        let given = roles.flatMap { role in
            (stage.plugins + [.hostAPI]).filter { $0.roles.contains { $0.name == role } }.map { ($0.id, role, branch) }
        }
        for role in roles where !given.contains(where: { $0.1 == role }) {
            throw Misuse("no plugin declares the role \(role)")
        }
        return try await stage.host.addPerson(
            change, username: username, password: password, roles: given, in: tenant)
    }

    /// The access token of a caller; nil for strangers.
    ///
    /// - Parameter plugin: whose sign-in issues it; the first plugin's when nil.
    public func token(of caller: Caller, at plugin: String? = nil) async throws -> String? {
        let plugin = plugin ?? stage.plugins.first?.id ?? ""
        let holder = Stage.Holder(caller: caller, tenant: tenant, plugin: plugin)
        switch caller.kind {
        case .stranger: return nil
        case .bearer(let token): return token
        case .person(let id, let methods):
            return try await stage.token(of: holder) {
                let made = try await stage.host.signIn(id, methods: methods, at: plugin, in: tenant)
                return Stage.Token(text: made.token, expiresAt: made.expiresAt)
            }
        case .signedIn(let phone):
            return try await stage.token(of: holder) {
                let answer = try await signIn(phone: phone)
                guard let token = answer.token(SignInNames.accessToken(in: stage.plugins)) else {
                    throw Misuse("\(phone) was not signed in: \(answer.status) \(answer.text)")
                }
                // An answer need not say how long the token is good; a minute is the least there is.
                let life = answer.data["expiresIn"]?.integer ?? 60
                return Stage.Token(text: token, expiresAt: clock.now + .seconds(life))
            }
        }
    }

    /// Signs in by the first sign-in of the portal's plugins: asks for a code, reads it from the captured message, proves it.
    ///
    /// - Returns: the answer to the proof, or to the request for a code when that is refused.
    public func signIn(phone: String) async throws -> Answer {
        guard let phoneSignIn = stage.plugins.lazy.flatMap(\.signIns).first(where: { $0.method == .phone }) else {
            throw Misuse("no plugin has a sign-in by phone")
        }
        return try await signIn(phone: phone, by: phoneSignIn)
    }

    func signIn(phone: String, by signIn: SignInDeclaration) async throws -> Answer {
        guard let request = signIn.path(of: .requestCode), let verify = signIn.path(of: .verifyCode) else {
            throw Misuse("the sign-in is not by phone")
        }
        let asked = await send("POST", request, ["phone": .string(phone)])
        guard asked.status == 202 else { return asked }
        let code = try await texted(to: phone)
        return await send("POST", verify, ["phone": .string(phone), "code": .string(code)])
    }

    /// Signs in by a password, at the first sign-in of the portal's plugins that takes one, or at the one whose login
    /// stands at a path.
    public func signIn(_ name: String, password: String, at path: String? = nil) async throws -> Answer {
        for plugin in stage.plugins {
            for signIn in plugin.signIns where signIn.method == .password {
                guard let login = signIn.path(of: .login), path == nil || path == login else { continue }
                let field = SignInNames(plugin.dialect).identifier.rawValue
                return await send("POST", login, .object([field: .string(name), "password": .string(password)]))
            }
        }
        throw Misuse("no plugin has a sign-in by password" + (path.map { " at \($0)" } ?? ""))
    }

    /// The newest code that was texted to a phone.
    func texted(to phone: String) async throws -> String {
        await work()
        guard let code = await outbox.code(to: phone) else { throw Misuse("no code was sent to \(phone)") }
        return code
    }

    private static func required<T>(_ value: T?, _ text: String) throws -> T {
        guard let value else { throw Misuse("\(text) is not well formed") }
        return value
    }
}

extension Answer {
    /// What the dialect wraps, or the whole where it wraps nothing.
    var data: JSON { body["data"] ?? body }

    /// A token under its name.
    func token(_ name: String) -> String? { data[name]?.string }
}

extension SignInNames {
    /// What the first plugin calls an access token.
    fileprivate static func accessToken(in plugins: [PluginFacts]) -> String {
        SignInNames(plugins.first { !$0.signIns.isEmpty }?.dialect ?? .clinic).accessToken
    }
}

/// A test asks for what cannot be.
struct Misuse: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
