/// People of the demo who sign in by a password.
extension PorticoProcess {
    /// A client of the law firm (seed 003).
    func signIn(legal username: String, at slug: String) async throws -> SignedIn {
        let body = #"{"username":"\#(username)","password":"Portal#2025demo"}"#
        let tokens = try await send(.post("/api/token/", body), to: slug).json(if: 200)
        guard let access = tokens["access"].string, let refresh = tokens["refresh"].string else {
            throw Failure("the answer holds no tokens: \(tokens)")
        }
        return SignedIn(phone: username, accessToken: access, refreshToken: refresh, customer: .null)
    }

    /// A customer who asks for second opinions (seed 000).
    func signIn(medical email: String, at slug: String) async throws -> SignedIn {
        let body = #"{"email":"\#(email)","password":"Portal#2025demo"}"#
        let tokens = try await send(.post("/v1/portal/auth/login", body), to: slug).json(if: 200)["data"]
        guard let access = tokens["accessToken"].string, let refresh = tokens["refreshToken"].string else {
            throw Failure("the answer holds no tokens: \(tokens)")
        }
        return SignedIn(phone: email, accessToken: access, refreshToken: refresh, customer: tokens["customer"])
    }

    /// The number of a case that a customer sends.
    func secondOpinion(of customer: SignedIn, at slug: String) async throws -> String {
        let body = #"{"specialty":"Cardiology","question":"Is surgery needed?","description":"An echo of last week."}"#
        let made = try await send(.post("/v1/portal/cases", body).by(customer), to: slug).json(if: 201)["data"]
        guard let number = made["caseNumber"].string ?? made["case"]["caseNumber"].string else {
            throw Failure("the answer holds no case: \(made)")
        }
        return number
    }
}
