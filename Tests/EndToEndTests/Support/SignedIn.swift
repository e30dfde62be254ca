import Synchronization

/// Somebody signed in.
struct SignedIn: Sendable {
    let phone: String
    let accessToken: String
    let refreshToken: String
    let customer: JSON
}

extension PorticoProcess {
    /// Signs a customer in by phone, once; asked again it gives the same session.
    func signIn(_ phone: String = "+15550100001", at slug: String = "lumen") async throws -> SignedIn {
        let task = signedIn.withLock { known in
            if let task = known[slug + phone] { return task }
            let task = Task { try await self.signInNow(phone, at: slug) }
            known[slug + phone] = task
            return task
        }
        return try await task.value
    }

    /// The customers whose phones the demo names, all signed in.
    func customers(_ count: Int, at slug: String = "lumen") async throws -> [SignedIn] {
        try await withThrowingTaskGroup(of: (Int, SignedIn).self) { group in
            for number in 1...count {
                group.addTask { (number, try await self.signIn("+1555010000\(number)", at: slug)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Asks for a code and reads it from the outbox.
    func requestCode(_ phone: String, at slug: String) async throws -> String {
        let before = Set(try await messages(to: phone, at: slug).map { $0["id"] })
        let asked = try await send(.post("/customer/auth", #"{"phone":"\#(phone)"}"#), to: slug)
        guard asked.status == 202 else { throw Failure("expected 202, got \(asked.status): \(asked.text)") }
        return try await eventually("a code for \(phone)") {
            let new = try await self.messages(to: phone, at: slug).filter { !before.contains($0["id"]) }
            return new.lazy.compactMap { Self.code(in: $0["body"].string ?? "") }.first
        }
    }

    private func signInNow(_ phone: String, at slug: String) async throws -> SignedIn {
        let code = try await requestCode(phone, at: slug)
        let body = #"{"phone":"\#(phone)","code":"\#(code)"}"#
        let tokens = try await send(.post("/customer/auth/verify", body), to: slug).json(if: 200)
        guard let access = tokens["accessToken"].string, let refresh = tokens["refreshToken"].string else {
            throw Failure("the answer holds no tokens: \(tokens)")
        }
        return SignedIn(phone: phone, accessToken: access, refreshToken: refresh, customer: tokens["customer"])
    }

    /// The captured text messages to a phone, the newest first.
    func messages(to phone: String, at slug: String = "lumen") async throws -> [JSON] {
        let path = "/_dev/outbox?channel=sms&to=%2B\(phone.dropFirst())"
        return try await send(.get(path), to: slug).json(if: 200).elements
    }

    /// Six digits that stand alone.
    private static func code(in text: String) -> String? {
        text.split { !$0.isNumber }.first { $0.count == 6 }.map(String.init)
    }
}

/// Asks again and again until there is something, because it comes in its own time; gives up after many times.
func eventually<Value>(
    _ what: String, tries: Int = 12_000, _ attempt: () async throws -> Value?
) async throws -> Value {
    for _ in 0..<tries {
        if let value = try await attempt() { return value }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw Failure("there never was \(what)")
}

extension PorticoProcess {
    /// Signs one of the demo's staff in by password.
    ///
    /// - Returns: the access token.
    func signIn(
        email: String, password: String = "Portal#2025demo", at slug: String = "lumen"
    ) async throws -> String {
        let answer = try await send(
            .post("/v1/auth/login", #"{"email":"\#(email)","password":"\#(password)"}"#), to: slug)
        guard let token = try answer.json(if: 200)["accessToken"].string else {
            throw Failure("the answer holds no token: \(answer.text)")
        }
        return token
    }
}
