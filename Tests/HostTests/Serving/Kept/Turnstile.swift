import PluginAPI
import Synchronization

/// A plugin whose answers say how often its handlers ran, so that an answer given again can be told from a new one.
struct Turnstile<D: DeskDialect>: Plugin {
    static var manifest: Manifest<Self> {
        let base = "/gate-\(D.dialect.rawValue)"
        return Manifest<Self>(
            id: "gate-\(D.dialect.rawValue)", summary: "Counts.", dialect: D.dialect, prefixes: [base],
            roles: [Role("guest", "", needs: .any, allows: [])],
            migrations: [Migration("001", "CREATE TABLE gate\(D.dialect.rawValue)_entry (id TEXT PRIMARY KEY) STRICT")],
            routes: [
                .get(base + "/turns", .reading(Self.turns), needs: .anyone(because: "test"), keepsAnswers: true),
                .get(base + "/list", .reading(Self.list), needs: .anyone(because: "test"), keepsAnswers: true),
                .get(base + "/mine", .reading(Self.mine), needs: .member, keepsAnswers: true),
                .get(base + "/today", .reading(Self.today), needs: .anyone(because: "test"), keepsAnswers: true),
                .get(base + "/moment", .reading(Self.moment), needs: .anyone(because: "test"), keepsAnswers: true),
                .get(base + "/large", .reading(Self.large), needs: .anyone(because: "test"), keepsAnswers: true),
                .get(base + "/always", .reading(Self.turns), needs: .anyone(because: "test")),
                .post(base + "/entries", .transactional(Self.enter), needs: .anyone(because: "test")),
            ])
    }

    private final class Count: Sendable {
        let value = Atomic(0)
        func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
    }
    private let count = Count()

    init(settings: Nothing, services: Services) {}

    func turns(_ shown: Shown, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Counted {
        Counted(count: count.next())
    }
    func list(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Page<Counted> {
        Page([Counted(count: count.next())], PageNumbers(page: 1, limit: 20, total: 1))
    }
    func mine(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Note {
        Note(id: call.caller.id.rawValue, text: "\(count.next())")
    }
    func today(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Note {
        Note(id: "\(call.now)", text: "\(count.next())")
    }
    func moment(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Note {
        Note(id: "\(tx.now)", text: "\(count.next())")
    }
    func large(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Page<Note> {
        let notes = (0..<200).map { Note(id: "\($0)", text: "\(count.next())".padded(to: 90)) }
        return Page(notes, PageNumbers(page: 1, limit: 200, total: 200))
    }
    func enter(_ new: NewNote, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> Counted {
        try tx.run(
            SQL(stringLiteral: "INSERT INTO gate\(D.dialect.rawValue)_entry (id) VALUES (") + "\(tx.newID("ent")))")
        return Counted(count: 0)
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String { self + String(repeating: ".", count: max(0, length - count)) }
}
