import PluginAPI

/// An identity provider that a tenant trusts (OpenID Connect Core 1.0): `auth.oidc` in its settings.
struct OIDCProvider: Described, Equatable {
    /// The word that clients name it by: `google`.
    var provider: String
    /// The `iss` of its tokens, exactly.
    var issuer: String
    /// The `aud` of tokens that are meant for this tenant.
    var clientId: String
    /// Where its keys are; nil takes what its discovery document names.
    var jwksUri: String?

    static let schema = Schema.object(
        Self.init(provider:issuer:clientId:jwksUri:),
        Field("provider", \.provider, .string(1...50), note: "The word that clients name it by"),
        Field("issuer", \.issuer, .webAddress, note: "The iss of its tokens, exactly"),
        Field("clientId", \.clientId, .string(1...255), note: "The aud of tokens for this tenant"),
        Field(
            "jwksUri", \.jwksUri, .optional(.webAddress), default: nil,
            note: "Where its keys are; null asks its discovery document"))
}

extension Schema where Value == String {
    /// An address that begins with `https://`, or with `http://` for what runs beside the host.
    fileprivate static var webAddress: Schema {
        .text(
            JSONSchema(["type": "string", "format": "uri"]), allowed: "an https address",
            sample: { "https://issuer\($0).example.com" },
            parse: { text in
                let isWeb = text.hasPrefix("https://") || text.hasPrefix("http://")
                return isWeb && text.utf8.count <= 500 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? text : nil
            }, write: { $1.value($0) })
    }
}
