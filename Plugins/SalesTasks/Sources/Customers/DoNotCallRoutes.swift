internal import PluginAPI

extension SalesTasks {
    /// `GET /admin/dnc`
    func doNotCall(_ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<DoNotCall>
    {
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_dnc") ?? 0
        let rows: [DoNotCall] = try tx.all(
            "SELECT * FROM salestasks_dnc ORDER BY added_at DESC, phone" + .rows(asked.page, asked.limit))
        return Page(rows, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `POST /admin/dnc`
    func addDoNotCall(_ new: NewDoNotCall, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> DoNotCall {
        guard try tx.forbidCalls(to: new.phone, because: new.reason, by: call.caller.id) else {
            throw CustomerRefusal.alreadyListed
        }
        return try tx.one("SELECT * FROM salestasks_dnc WHERE phone = \(new.phone)")
    }

    /// `DELETE /admin/dnc/{phone}`
    func removeDoNotCall(_ named: PhoneNamed, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        guard try tx.run("DELETE FROM salestasks_dnc WHERE phone = \(named.phone)") > 0 else { throw Problem.notFound }
        try tx.audit(AuditEntry("do-not-call.removed", on: Subject("phone", id: named.phone.text)))
        return NoContent()
    }
}

/// Why a customer is not changed.
enum CustomerRefusal: Refusal {
    case alreadyListed, inHands

    var problem: Problem {
        switch self {
        case .alreadyListed: .duplicate("This number is on the do-not-call list already.")
        case .inHands: .conflict("CUSTOMER_IN_HANDS", "This customer is in a representative's hands at the moment.")
        }
    }
}

/// The input of `POST /admin/dnc`.
struct NewDoNotCall: Described {
    let phone: Phone
    let reason: String

    static let schema = Schema<NewDoNotCall>.object(
        NewDoNotCall.init(phone:reason:), Field("phone", \.phone, Phone.schema),
        Field("reason", \.reason, .string(1...200), default: "Asked not to be called"))
}

/// A number in the path.
struct PhoneNamed: Described {
    let phone: Phone
    static let schema = Schema<PhoneNamed>.object(
        PhoneNamed.init(phone:), Field("phone", \.phone, Phone.schema, in: .path))
}
