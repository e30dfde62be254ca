internal import PluginAPI

extension SalesTasks {
    static let customerRoutes: [Route<Self>] = [
        .get(
            "/admin/customers", .reading(Self.customers), needs: .permission(.readCustomers),
            "Customers; with search, those whose name, description, e-mail address or phone number has its words."),
        .get(
            "/admin/customers/{id}", .reading(Self.customer), needs: .permission(.readCustomers), "One customer."),
        .patch(
            "/admin/customers/{id}", .transactional(Self.changeCustomer), needs: .permission(.writeCustomers),
            "Changes what is known of a customer: fields left out stay, null empties."),
        .delete(
            "/admin/customers/{id}", .transactional(Self.eraseCustomer), needs: .permission(.writeCustomers),
            refuses: [CustomerRefusal.self], "Erases a customer; calls stay as numbers."),
        .get(
            "/admin/dnc", .reading(Self.doNotCall), needs: .permission(.readCustomers),
            "The numbers that nobody calls, the newest first."),
        .post(
            "/admin/dnc", .transactional(Self.addDoNotCall), needs: .permission(.writeCustomers),
            refuses: [CustomerRefusal.self], "Puts a number on the do-not-call list; it leaves every queue at once."),
        .delete(
            "/admin/dnc/{phone}", .transactional(Self.removeDoNotCall), needs: .permission(.writeCustomers),
            "Takes a number off the do-not-call list; what was suppressed stays so."),
    ]

    /// `GET /admin/customers`
    func customers(_ asked: CustomersAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<Customer>
    {
        var filter: SQL = ""
        var total: Int?
        if let search = asked.search {
            let terms = SearchTerms(search)
            if let phone = Phone(search) {
                filter = "WHERE c.phone = \(phone)"
            } else if let match = terms.match {
                filter =
                    "WHERE c.seq IN (SELECT rowid FROM salestasks_customer_text WHERE salestasks_customer_text MATCH \(match))"
            } else {
                return Page([], PageNumbers(page: asked.page, limit: asked.limit, total: 0))
            }
        } else {
            total = try tx.value("SELECT customers FROM salestasks_customer_count")
        }
        let counted = try total ?? tx.value("SELECT count(*) FROM salestasks_customer c" + filter) ?? 0
        let rows: [CustomerRow] = try tx.all(
            CustomerRow.select + filter + "ORDER BY c.seq DESC" + .rows(asked.page, asked.limit))
        return Page(rows.map(\.customer), PageNumbers(page: asked.page, limit: asked.limit, total: counted))
    }

    /// `GET /admin/customers/{id}`
    func customer(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Customer {
        guard let row = try tx.customer(named.id) else { throw Problem.notFound }
        return row.customer
    }

    /// `PATCH /admin/customers/{id}`
    func changeCustomer(_ change: CustomerChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Customer
    {
        guard let row = try tx.customer(change.id) else { throw Problem.notFound }
        let old = row.customer
        if case .clear = change.name { throw Problem.invalid("name", .missing, "must not be empty") }
        let name = change.name.applied(to: old.name) ?? old.name
        let place = change.timeZone.applied(to: nil)
        try tx.unindex(customers: "seq = \(row.seq)")
        try tx.run(
            """
            UPDATE salestasks_customer SET name = \(name), email = \(change.email.applied(to: old.email)),
                description = \(change.description.applied(to: old.description)),
                place = coalesce(\(place?.name), place), updated_at = \(tx.now.microseconds) WHERE seq = \(row.seq)
            """)
        try tx.index(customers: "seq = \(row.seq)")
        if let place { try tx.move(customer: row.seq, to: CallingPlace([place])) }
        try tx.audit(AuditEntry("customer.changed", on: Subject("customer", id: change.id)))
        guard let changed = try tx.customer(change.id) else { throw Problem.notFound }
        return changed.customer
    }
}

extension Transaction {
    /// Notes where a customer is, in every queue.
    fileprivate borrowing func move(customer: Int, to place: CallingPlace) throws(StoreError) {
        try run("INSERT INTO salestasks_place (id) VALUES (\(place.key)) ON CONFLICT DO NOTHING")
        try run("UPDATE salestasks_work SET place = \(place.key) WHERE customer_seq = \(customer)")
    }
}

/// The input of `GET /admin/customers`.
struct CustomersAsked: Described {
    let search: String?
    let page: Int
    let limit: Int

    static let schema = Schema<CustomersAsked>.object(
        CustomersAsked.init(search:page:limit:),
        Field("search", \.search, .optional(.string(1...200)), in: .query, note: "Words, or beginnings of words"),
        Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

/// The input of `PATCH /admin/customers/{id}`.
struct CustomerChange: Described {
    let id: String
    let name: Change<String>
    let email: Change<Email>
    let description: Change<String>
    let timeZone: Change<Zone>

    static let schema = Schema<CustomerChange>.object(
        CustomerChange.init(id:name:email:description:timeZone:), Field("id", \.id, .id, in: .path),
        Field("name", \.name, .change(.string(1...200))), Field("email", \.email, .change(Email.schema)),
        Field("description", \.description, .change(.string(0...2000))),
        Field("timeZone", \.timeZone, .change(Zone.schema), note: "Where the customer is"))
}
