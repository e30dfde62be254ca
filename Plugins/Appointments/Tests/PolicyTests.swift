import PluginAPI
import Testing

@testable import Appointments

@Suite struct `What may be asked of the availability` {
    let now = Instant(rfc3339: "2027-03-20T12:00:00Z") ?? .epoch

    private func asked(_ from: String?, _ to: String?) -> AvailabilityAsked {
        AvailabilityAsked(
            serviceId: "svc_a", branchId: "brn_a", practitionerId: nil, from: from.flatMap { Moment($0) },
            to: to.flatMap { Moment($0) }, page: 1, limit: 100)
    }

    @Test func `is one day when both ends are that day`() throws {
        let berlin = try Zone(named: "Europe/Berlin")
        let range = try Appointments.range(asked("2027-03-28", "2027-03-28"), in: berlin, now: now)
        #expect(range.duration == .seconds(23 * 3600))
    }

    @Test func `is a week from now when nothing is said`() throws {
        let range = try Appointments.range(asked(nil, nil), in: .utc, now: now)
        #expect(range.start == now)
        #expect(range.end.description == "2027-03-27T00:00:00Z")
    }

    @Test func `is refused backwards and beyond 62 days`() throws {
        let berlin = try Zone(named: "Europe/Berlin")
        #expect(throws: Problem.self) {
            try Appointments.range(asked("2027-03-28", "2027-03-26"), in: berlin, now: now)
        }
        #expect(throws: Problem.self) {
            try Appointments.range(asked("2027-03-01", "2027-05-03"), in: berlin, now: now)
        }
        let longest = try Appointments.range(asked("2027-03-01", "2027-05-02"), in: berlin, now: now)
        #expect(longest.end.description == "2027-05-02T22:00:00Z")
    }
}

@Suite struct `Changing a profile` {
    private func change(_ json: JSON) throws -> ProfileChange {
        let document = try JSONDocument(Array(json.text.utf8))
        return try ProfileChange.schema.decode(.json(document.root))
    }
    private let person = Person(
        id: PersonID(rawValue: "usr_1"), givenName: "Olivia", familyName: "Bennett", email: Email("o@example.com"),
        phone: Phone("+15550100001"), language: .english, createdAt: .epoch)

    @Test func `leaves alone what is left out or as it was`() throws {
        let change = try change(["firstName": "Olivia", "phone": "+1 555 010 0001", "gender": "female"])
        let account = change.account(of: person)
        #expect(account.givenName == .keep)
        #expect(account.phone == .keep)
        #expect(account.email == .keep)
        #expect(change.columns.map(\.text) == ["gender = ?"])
    }

    @Test func `empties what is null`() throws {
        let change = try change(["email": nil, "address": nil])
        #expect(change.account(of: person).email == .clear)
        #expect(change.columns.count == 6)
        #expect(change.columns.allSatisfy { $0.arguments == [.null] })
    }

    @Test func `cannot take away the name or the number that signs in`() throws {
        let today = try #require(Day(iso8601: "2027-03-20"))
        let change = try change(["firstName": nil, "phone": nil, "dateOfBirth": "2027-03-21"])
        #expect(
            change.mistakes(today: today).map(\.path) == [
                [.name("firstName")], [.name("phone")], [.name("dateOfBirth")],
            ])
        #expect(try self.change(["dateOfBirth": "2027-03-20"]).mistakes(today: today) == [])
    }

    @Test func `takes back a profile as it was read`() throws {
        let change = try change(["id": "cus_1", "status": "VIP", "createdAt": "2027-03-20T12:00:00Z"])
        #expect(change.columns.isEmpty)
        #expect(throws: Invalid.self) { try self.change(["isAdmin": true]) }
    }
}

@Suite struct `Messages about a visit` {
    @Test func `say the branch's own date and time`() throws {
        let instant = try #require(Instant(rfc3339: "2026-11-20T14:05:00Z"))
        let (york, berlin) = (try Zone(named: "America/New_York"), try Zone(named: "Europe/Berlin"))
        #expect(LocalText.english(instant, in: york) == "Fri 20 Nov 2026, 9:05 am (EST)")
        #expect(LocalText.german(instant, in: berlin) == "Fr. 20.11.2026, 15:05 Uhr (CET)")
        let noon = try #require(Instant(rfc3339: "2026-07-01T16:00:00Z"))
        #expect(LocalText.english(noon, in: york) == "Wed 1 Jul 2026, 12:00 pm (EDT)")
    }

    @Test func `name neither service nor practitioner`() {
        for notice in NoticeType.appointments {
            #expect(Set(notice.placeholders) == ["tenant", "branch", "whenEn", "whenDe"])
            #expect(notice.texts.keys.sorted() == ["de", "en"])
        }
    }
}
