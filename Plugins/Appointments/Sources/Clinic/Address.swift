internal import PluginAPI

/// A postal address.
struct Address: Described, Equatable {
    let line1: String
    let line2: String?
    let city: String
    let region: String?
    let postalCode: String?
    let country: String

    static let schema = Schema<Address>.object(
        Address.init(line1:line2:city:region:postalCode:country:),
        Field("line1", \.line1, .string(1...200)),
        Field("line2", \.line2, .optional(.string(0...200))),
        Field("city", \.city, .string(1...100)),
        Field("region", \.region, .optional(.string(0...100)), note: "State, county or canton"),
        Field("postalCode", \.postalCode, .optional(.string(0...20))),
        Field("country", \.country, .country, note: "ISO 3166-1 alpha-2"))
}

extension Schema where Value == String {
    /// Two capital letters.
    static var country: Schema<String> {
        .letters(2, name: "a country's two letters, such as DE", samples: ["DE", "US", "NO"])
    }

    /// Three capital letters.
    static var currency: Schema<String> {
        .letters(3, name: "a currency's three letters, such as EUR", samples: ["EUR", "USD", "NOK"])
    }

    private static func letters(_ count: Int, name: String, samples: [String]) -> Schema<String> {
        .text(
            JSONSchema(["type": "string", "pattern": .string("^[A-Z]{\(count)}$")]), allowed: name,
            sample: { samples[$0 % samples.count] },
            parse: { text in
                text.utf8.count == count && text.utf8.allSatisfy { (65...90).contains($0) } ? text : nil
            },
            write: { $1.value($0) })
    }
}
