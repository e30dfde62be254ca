import PluginAPI

extension DocumentedOperation {
    /// The four operations of a sign-in by texted code (seed 001, contract §3).
    static func signIn(_ mount: DocumentedPlugin.SignInMount) -> [DocumentedOperation] {
        [
            DocumentedOperation(
                post: mount.paths.request, "Asks for a code by text message; the answer is the same for every number.",
                because: "it is how one signs in", body: PhoneCodeRequest.schema.document, status: 202,
                answer: .value(CodeRequested.schema.document),
                limits: SignInLimits.all, problems: []),
            DocumentedOperation(
                post: mount.paths.verify, "Trades the texted code for tokens.", because: "it is how one signs in",
                body: PhoneCodeProof.schema.document, status: 200,
                answer: .value(SignInSchemas.tokens(member: mount.member, account: mount.account)),
                limits: SignInLimits.all,
                problems: [Self.wrongCode]),
            DocumentedOperation(
                post: mount.paths.refresh, "Trades a refresh token for new tokens; the old one is used up.",
                because: "the refresh token is the credential", body: RefreshRequest.schema.document, status: 200,
                answer: .value(SignInSchemas.tokens), limits: SignInLimits.each,
                problems: [
                    .tokenInvalid,
                    .conflict("RESOURCE_CONFLICT", "This refresh token has just been used; use its successor."),
                ]),
            DocumentedOperation(
                post: mount.paths.logout, "Ends the session of a refresh token, or all of the person's.",
                because: "the refresh token is the credential", body: LogoutRequest.schema.document, status: 204,
                answer: .empty, limits: SignInLimits.each, problems: [.tokenInvalid]),
        ]
    }

    private static let wrongCode = Problem(401, "AUTH_TOKEN_INVALID", "The code is wrong or has expired.")
}

/// What the steps of a sign-in give.
enum SignInSchemas {
    static let tokens = object("Tokens", tokenMembers)

    /// Tokens together with the account under its name.
    static func tokens(member: String, account: JSONSchema) -> JSONSchema {
        object("Tokens" + DocumentedPlugin.pascalCase(member), tokenMembers + [(member, account)])
    }

    private static let tokenMembers: [(String, JSONSchema)] = [
        ("accessToken", JSONSchema(["type": "string", "description": "Sent as Authorization: Bearer"])),
        ("refreshToken", JSONSchema(["type": "string", "description": "Good for one refresh"])),
        ("expiresIn", JSONSchema(["type": "integer", "description": "Seconds until the access token expires"])),
    ]

    private static func object(
        _ name: String, _ properties: [(String, JSONSchema)]
    ) -> JSONSchema {
        var schema = JSONSchema(["type": "object"], name: name)
        schema.properties = properties.map { (name: $0.0, schema: $0.1) }
        schema.required = properties.map(\.0)
        return schema
    }
}
