internal import PluginAPI

/// A service, as the clinic's people see it.
struct ServiceRecord: Described, Equatable {
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
    let practitionerIds: [String]
    let isActive: Bool

    init(_ row: ServiceRow, _ offers: Offers) {
        self.init(
            id: row.id, name: row.name, description: row.description, durationMinutes: row.durationMinutes,
            bufferBeforeMinutes: row.bufferBefore, bufferAfterMinutes: row.bufferAfter, price: row.price,
            needsRoom: row.needsRoom, needsApproval: row.needsApproval, branchIds: offers.branches(of: row.id),
            practitionerIds: offers.practitioners(of: row.id).map(\.id), isActive: row.isActive)
    }

    private init(
        id: String, name: String, description: String?, durationMinutes: Int, bufferBeforeMinutes: Int,
        bufferAfterMinutes: Int, price: Price?, needsRoom: Bool, needsApproval: Bool, branchIds: [String],
        practitionerIds: [String], isActive: Bool
    ) {
        self.id = id
        self.name = name
        self.description = description
        self.durationMinutes = durationMinutes
        self.bufferBeforeMinutes = bufferBeforeMinutes
        self.bufferAfterMinutes = bufferAfterMinutes
        self.price = price
        self.needsRoom = needsRoom
        self.needsApproval = needsApproval
        self.branchIds = branchIds
        self.practitionerIds = practitionerIds
        self.isActive = isActive
    }

    static let schema = Schema<ServiceRecord>.object(
        ServiceRecord.init(
            id:name:description:durationMinutes:bufferBeforeMinutes:bufferAfterMinutes:price:needsRoom:needsApproval:
            branchIds:practitionerIds:isActive:),
        Field("id", \.id, .string(1...64)), Field("name", \.name, .string(1...200)),
        Field("description", \.description, .optional(.string(0...2000))),
        Field("durationMinutes", \.durationMinutes, .int(5...720)),
        Field("bufferBeforeMinutes", \.bufferBeforeMinutes, .int(0...240), note: "Kept free before the visit"),
        Field("bufferAfterMinutes", \.bufferAfterMinutes, .int(0...240), note: "Kept free after the visit"),
        Field("price", \.price, .optional(Price.schema)),
        Field("needsRoom", \.needsRoom, .bool, note: "A room is reserved with the practitioner"),
        Field("needsApproval", \.needsApproval, .bool, note: "A booking waits for the clinic's confirmation"),
        Field("branchIds", \.branchIds, .list(.string(1...64)), note: "Where it is offered"),
        Field("practitionerIds", \.practitionerIds, .list(.string(1...64)), note: "Who performs it"),
        Field("isActive", \.isActive, .bool))
}

/// The input of `GET /v1/services`.
struct ServicesManaged: Described {
    let branchId: String?
    let includeInactive: Bool
    let page: Int
    let limit: Int

    static let schema = Schema<ServicesManaged>.object(
        ServicesManaged.init(branchId:includeInactive:page:limit:),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query, note: "Only what is offered there"),
        Field("includeInactive", \.includeInactive, .bool, in: .query, default: false),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of `GET /v1/services/{serviceId}`.
struct ServiceNamed: Described {
    let serviceId: String

    static let schema = Schema<ServiceNamed>.object(
        ServiceNamed.init(serviceId:), Field("serviceId", \.serviceId, .string(1...64), in: .path))
}

/// The input of `POST /v1/services`.
struct ServiceCreate: Described {
    let name: String
    let description: String?
    let durationMinutes: Int
    let bufferBeforeMinutes: Int
    let bufferAfterMinutes: Int
    let price: Price?
    let needsRoom: Bool
    let needsApproval: Bool
    let branchIds: [String]
    let practitionerIds: [String]

    static let schema = Schema<ServiceCreate>.object(
        ServiceCreate.init(
            name:description:durationMinutes:bufferBeforeMinutes:bufferAfterMinutes:price:needsRoom:needsApproval:
            branchIds:practitionerIds:),
        Field("name", \.name, .string(1...200)),
        Field("description", \.description, .optional(.string(0...2000))),
        Field("durationMinutes", \.durationMinutes, .int(5...720)),
        Field("bufferBeforeMinutes", \.bufferBeforeMinutes, .int(0...240), default: 0),
        Field("bufferAfterMinutes", \.bufferAfterMinutes, .int(0...240), default: 0),
        Field("price", \.price, .optional(Price.schema)),
        Field("needsRoom", \.needsRoom, .bool, default: false),
        Field("needsApproval", \.needsApproval, .bool, default: false),
        Field("branchIds", \.branchIds, .list(.string(1...64), 0...1000), default: []),
        Field("practitionerIds", \.practitionerIds, .list(.string(1...64), 0...1000), default: []))
}

/// The input of `PATCH /v1/services/{id}`: a field that is left out stays.
struct ServiceChange: Described {
    let id: String
    let name: String?
    let description: Change<String>
    let durationMinutes: Int?
    let bufferBeforeMinutes: Int?
    let bufferAfterMinutes: Int?
    let price: Change<Price>
    let needsRoom: Bool?
    let needsApproval: Bool?
    let branchIds: [String]?
    let practitionerIds: [String]?
    let isActive: Bool?

    static let schema = Schema<ServiceChange>.object(
        ServiceChange.init(
            id:name:description:durationMinutes:bufferBeforeMinutes:bufferAfterMinutes:price:needsRoom:needsApproval:
            branchIds:practitionerIds:isActive:),
        Field("id", \.id, .string(1...64), in: .path),
        Field("name", \.name, .optional(.string(1...200))),
        Field("description", \.description, .change(.string(0...2000))),
        Field("durationMinutes", \.durationMinutes, .optional(.int(5...720)), note: "Of visits booked from now on"),
        Field("bufferBeforeMinutes", \.bufferBeforeMinutes, .optional(.int(0...240))),
        Field("bufferAfterMinutes", \.bufferAfterMinutes, .optional(.int(0...240))),
        Field("price", \.price, .change(Price.schema)),
        Field("needsRoom", \.needsRoom, .optional(.bool)),
        Field("needsApproval", \.needsApproval, .optional(.bool)),
        Field("branchIds", \.branchIds, .optional(.list(.string(1...64), 0...1000)), note: "All of them"),
        Field("practitionerIds", \.practitionerIds, .optional(.list(.string(1...64), 0...1000)), note: "All of them"),
        Field("isActive", \.isActive, .optional(.bool), note: "False: it cannot be booked any more"))

    /// What changes, as columns and their new values.
    func columns() throws(Problem) -> [SQL] {
        var columns: [SQL] = []
        if let name { columns.append("name = \(name)") }
        if description != .keep { columns.append("description = \(description.applied(to: nil))") }
        if let durationMinutes { columns.append("duration_minutes = \(durationMinutes)") }
        if let bufferBeforeMinutes { columns.append("buffer_before = \(bufferBeforeMinutes)") }
        if let bufferAfterMinutes { columns.append("buffer_after = \(bufferAfterMinutes)") }
        if price != .keep {
            let price = price.applied(to: nil)
            columns += ["price_minor = \(price?.amountMinor)", "currency = \(price?.currency)"]
        }
        if let needsRoom { columns.append("needs_room = \(needsRoom)") }
        if let needsApproval { columns.append("needs_approval = \(needsApproval)") }
        if let isActive { columns.append("is_active = \(isActive)") }
        return columns
    }
}
