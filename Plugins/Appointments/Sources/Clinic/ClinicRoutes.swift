internal import PluginAPI

/// What a clinic shows to everybody: where it is and what it offers.
extension Appointments {
    /// `GET /api/customer/branches`
    func branches(_ asked: ListAsked, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Page<Branch> {
        let all = try tx.branches()
        let rows = Paging.cut(all, page: asked.page, limit: asked.limit)
        let ids = rows.map(\.id)
        // A day earlier than any zone's today, then cut by each branch's own calendar.
        let yesterday = Zone.utc.day(at: call.now) - 1
        let hours = try tx.hours(of: ids, exceptionsFrom: yesterday)
        let holidays = try tx.holidays(of: ids, from: yesterday)
        let branches = rows.map { row in
            let today = row.zone.day(at: call.now)
            return Branch(
                id: row.id, name: row.name, timeZone: row.zone, address: row.address, phone: row.phone,
                email: row.email, openingHours: hours[row.id]?.spans ?? [],
                holidays: (holidays[row.id] ?? []).filter { $0.date >= today })
        }
        return Page(branches, PageNumbers(page: asked.page, limit: asked.limit, total: all.count))
    }

    /// `GET /api/customer/services?branchId=`
    func services(_ asked: ServicesAsked, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws
        -> Page<Service>
    {
        let all = try tx.services(at: asked.branchId)
        let offers = try tx.offers()
        let services = Paging.cut(all, page: asked.page, limit: asked.limit).map { row in
            Service(
                id: row.id, name: row.name, description: row.description, durationMinutes: row.durationMinutes,
                bufferBeforeMinutes: row.bufferBefore, bufferAfterMinutes: row.bufferAfter, price: row.price,
                needsRoom: row.needsRoom, needsApproval: row.needsApproval, branchIds: offers.branches(of: row.id),
                practitioners: offers.practitioners(of: row.id)
                    .filter { asked.branchId == nil || $0.branchId == asked.branchId })
        }
        return Page(services, PageNumbers(page: asked.page, limit: asked.limit, total: all.count))
    }
}

/// The input of a plain list.
struct ListAsked: Described {
    let page: Int
    let limit: Int

    static let schema = Schema<ListAsked>.object(
        ListAsked.init(page:limit:), Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// The input of `GET /api/customer/services`.
struct ServicesAsked: Described {
    let branchId: String?
    let page: Int
    let limit: Int

    static let schema = Schema<ServicesAsked>.object(
        ServicesAsked.init(branchId:page:limit:),
        Field("branchId", \.branchId, .optional(.string(1...64)), in: .query, note: "Only what is offered there"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}
