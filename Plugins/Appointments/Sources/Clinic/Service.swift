internal import PluginAPI

/// Something that people come for.
struct Service: Described, Equatable {
    let id: String
    let name: String
    let description: String?
    let durationMinutes: Int
    let bufferBeforeMinutes: Int
    let bufferAfterMinutes: Int
    let price: Price?
    let needsRoom: Bool
    let needsApproval: Bool
    let branchIds: [String]
    let practitioners: [Practitioner]

    static let schema = Schema<Service>.object(
        Service.init(
            id:name:description:durationMinutes:bufferBeforeMinutes:bufferAfterMinutes:price:needsRoom:needsApproval:
            branchIds:practitioners:),
        Field("id", \.id, .string(1...64)),
        Field("name", \.name, .string(1...200)),
        Field("description", \.description, .optional(.string(0...2000))),
        Field("durationMinutes", \.durationMinutes, .int(5...720)),
        Field("bufferBeforeMinutes", \.bufferBeforeMinutes, .int(0...240), note: "Kept free before the visit"),
        Field("bufferAfterMinutes", \.bufferAfterMinutes, .int(0...240), note: "Kept free after the visit"),
        Field("price", \.price, .optional(Price.schema)),
        Field("needsRoom", \.needsRoom, .bool, note: "A room is reserved with the practitioner"),
        Field("needsApproval", \.needsApproval, .bool, note: "A booking waits for the clinic's confirmation"),
        Field("branchIds", \.branchIds, .list(.string(1...64)), note: "Where it is offered"),
        Field("practitioners", \.practitioners, .list(Practitioner.schema), note: "Who performs it"))
}

/// An amount of money.
struct Price: Described, Equatable {
    let amountMinor: Int
    let currency: String

    static let schema = Schema<Price>.object(
        Price.init(amountMinor:currency:),
        Field("amountMinor", \.amountMinor, .int(0...1_000_000_000), note: "In the currency's smallest unit"),
        Field("currency", \.currency, .currency, note: "ISO 4217"))
}

/// Somebody who performs services at a branch.
struct Practitioner: Described, Equatable {
    let id: String
    let name: String
    let branchId: String

    static let schema = Schema<Practitioner>.object(
        Practitioner.init(id:name:branchId:), Field("id", \.id, .string(1...64)),
        Field("name", \.name, .string(1...200)), Field("branchId", \.branchId, .string(1...64)))
}
