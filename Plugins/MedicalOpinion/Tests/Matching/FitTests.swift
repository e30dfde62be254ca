import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `How an expert fits a case` {
    private static let today = Day(year: 2027, month: 3, day: 8) ?? .minimum

    private func given(
        _ place: Jurisdiction? = nil, required: Bool = false, relatives: [String] = [],
        treating: [TreatingDoctor] = []
    ) -> CaseToMatch {
        CaseToMatch(
            specialty: "Cardiology", language: "en", jurisdiction: place, isLicenceRequired: required,
            patient: PersonID(rawValue: "usr_patient"), patientName: "John Doe", relatives: relatives,
            treatingDoctors: treating, today: Self.today)
    }

    private func expert(
        _ id: String = "usr_a", _ name: String = "Sarah Johnson", specialties: [String] = ["Cardiology"],
        languages: [String] = ["en-US"], isActive: Bool = true,
        availability: Availability = Availability(isAccepting: true, awayFrom: nil, awayUntil: nil),
        capacity: Int = 10, load: Int = 0, licences: [HeldLicence] = [], ties: [Tie] = [],
        rating: Rating = Rating(count: 0, sum: 0), isOfTheFamily: Bool = false, ruledOut: Conflict.Kind? = nil,
        last: InvitationState? = nil
    ) -> ExpertToMatch {
        ExpertToMatch(
            person: PersonID(rawValue: id), name: name, title: "Consultant", specialties: specialties,
            languages: languages,
            isActive: isActive, availability: availability, capacity: capacity, load: load, licences: licences,
            ties: ties, rating: rating, isOfTheFamily: isOfTheFamily, ruledOut: ruledOut, lastInvitation: last)
    }

    private func licence(_ country: String, _ region: String?, _ days: Int) -> HeldLicence {
        HeldLicence(jurisdiction: Jurisdiction(country: country, region: region), validUntil: Self.today + days)
    }

    private func unmet(_ expert: ExpertToMatch, _ given: CaseToMatch) -> [Criterion.Name] {
        ExpertFit(of: expert, for: given).criteria.filter { !$0.isMet }.map(\.name)
    }

    @Test func `is said in a hundred points, and each of them is explained`() {
        let best = ExpertFit(
            of: expert(licences: [licence("US", "US-MA", 0)], rating: Rating(count: 4, sum: 20)),
            for: given(Jurisdiction(country: "us", state: "MA"), required: true))
        #expect(best.score == 100)
        #expect(best.fits)
        #expect(best.criteria.map(\.name) == Criterion.Name.allCases)
        #expect(Criterion.Name.allCases.reduce(0) { $0 + $1.most } == 100)
        // 32 for a specialty that is not the main one, 20 for the language, 7 for half of the load, 5 for no rating.
        let middling = ExpertFit(of: expert(specialties: ["Oncology", "Cardiology"], load: 5), for: given())
        #expect(middling.score == 64)
        #expect(middling.fits)
    }

    @Test func `needs specialty, language, room and time`() {
        #expect(unmet(expert(specialties: ["Oncology"]), given()) == [.specialty])
        #expect(unmet(expert(languages: ["de"]), given()) == [.language])
        #expect(unmet(expert(load: 10), given()) == [.load])
        #expect(unmet(expert(load: 12), given()) == [.load])
        let (from, until) = (Self.today, Self.today + 3)
        func away(_ from: Day?, _ until: Day?, _ accepting: Bool = true) -> ExpertToMatch {
            expert(availability: Availability(isAccepting: accepting, awayFrom: from, awayUntil: until))
        }
        #expect(unmet(away(from, until), given()) == [.availability])
        #expect(unmet(away(from, from), given()) == [.availability])
        #expect(unmet(away(from - 9, nil), given()) == [.availability])
        #expect(unmet(away(nil, nil, false), given()) == [.availability])
        #expect(unmet(away(from + 1, until), given()) == [])
        #expect(unmet(away(from - 9, from - 1), given()) == [])
        #expect(unmet(expert(last: .declined), given()) == [.invitation])
        #expect(unmet(expert(last: .withdrawn), given()) == [])
        #expect(ExpertFit(of: expert(isActive: false), for: given()).bar == .inactive)
    }

    @Test func `needs a licence only where one is asked for and it is known where the patient lives`() throws {
        let massachusetts = try #require(Jurisdiction(country: "US", state: "us-ma"))
        #expect(massachusetts.text == "US-MA")
        let asked = given(massachusetts, required: true)
        #expect(ExpertFit(of: expert(), for: asked).bar == .licence)
        #expect(ExpertFit(of: expert(licences: [licence("US", "US-NY", 9)]), for: asked).bar == .licence)
        #expect(ExpertFit(of: expert(licences: [licence("US", "US-MA", -1)]), for: asked).bar == .licence)
        #expect(ExpertFit(of: expert(licences: [licence("US", "US-MA", 0)]), for: asked).fits)
        #expect(ExpertFit(of: expert(licences: [licence("US", nil, 1)]), for: asked).fits)
        // Where the law differs by region, a country alone does not say enough.
        let country = given(Jurisdiction(country: "US", state: ""), required: true)
        #expect(ExpertFit(of: expert(licences: [licence("US", "US-MA", 9)]), for: country).bar == .licence)
        for other in [given(nil, required: true), given(massachusetts)] {
            let fit = ExpertFit(of: expert(), for: other)
            #expect(fit.fits)
            let said = fit.criteria.first { $0.name == .licence }?.reason ?? ""
            #expect(said.contains("not known") || said.contains("none is required"))
        }
        #expect(Jurisdiction(country: "XX", state: "MA") == nil)
        #expect(Jurisdiction(country: "DE", state: "Bavaria")?.text == "DE")
        #expect(CountryCode.all.count == 249)
    }

    @Test func `is spoilt by a conflict of interest, and close names are for people to judge`() {
        let hospital = TreatingDoctor(name: nil, institution: "Zürich University Hospital")
        let doctor = TreatingDoctor(name: "Dr. Ana Müller", institution: nil)
        func kinds(_ expert: ExpertToMatch, _ given: CaseToMatch) -> [Conflict.Kind] {
            ExpertFit(of: expert, for: given).conflicts.map(\.kind)
        }
        #expect(kinds(expert("usr_patient"), given()) == [.patient])
        #expect(kinds(expert(ruledOut: .declared), given()) == [.declared])
        #expect(kinds(expert(isOfTheFamily: true), given()) == [.relative])
        #expect(kinds(expert("usr_a", "Jane Doe"), given(relatives: ["Jane Doe"])) == [.relative])
        #expect(kinds(expert("usr_a", "Muller, Ana"), given(treating: [doctor])) == [.treatedBefore])
        func tied(_ kind: Tie.Kind, _ name: String) -> ExpertToMatch { expert(ties: [Tie(kind: kind, name: name)]) }
        #expect(
            kinds(tied(.institution, "University Hospital Zurich"), given(treating: [hospital])) == [.institution])
        #expect(kinds(tied(.institution, "University Hospital Basel"), given(treating: [hospital])) == [])
        #expect(kinds(tied(.doctor, "Ana Mueller-Klein"), given(treating: [hospital])) == [])
        #expect(kinds(tied(.doctor, "Ana Muller"), given(treating: [doctor])) == [.treatingDoctor])
        #expect(kinds(tied(.person, "Jon Doe"), given()) == [.person])
        #expect(kinds(tied(.person, "Mary Poppins"), given()) == [])
        #expect(ExpertFit(of: tied(.person, "John Doe"), for: given()).bar == nil)
        #expect(!ExpertFit(of: tied(.person, "John Doe"), for: given()).fits)
        #expect(ExpertFit(of: expert(ruledOut: .recorded), for: given()).bar == .conflict)
    }

    @Test func `puts those who fit in front, then the others, and is the same whatever the order`() {
        let experts = [
            expert("usr_1", isActive: false, rating: Rating(count: 9, sum: 45)),
            expert("usr_2", specialties: ["Oncology"]), expert("usr_3", load: 5), expert("usr_4"), expert("usr_5"),
            expert("usr_6", ruledOut: .declared),
        ]
        let wanted = ["usr_4", "usr_5", "usr_3", "usr_2", "usr_1", "usr_6"]
        for turned in [experts, experts.reversed(), Array(experts[3...] + experts[..<3])] {
            #expect(ExpertFit.ranked(turned, for: given()).map(\.expert.person.rawValue) == wanted)
        }
    }

    @Test func `shows no patient before they are asked`() {
        let born = Day(year: 1980, month: 3, day: 9)
        #expect(Deidentifying.ageBand(born: born, today: Self.today) == "40-49")
        #expect(Deidentifying.ageBand(born: Day(year: 1977, month: 3, day: 8), today: Self.today) == "50-59")
        #expect(Deidentifying.ageBand(born: Day(year: 2009, month: 3, day: 9), today: Self.today) == "0-17")
        #expect(Deidentifying.ageBand(born: Day(year: 1930, month: 1, day: 1), today: Self.today) == "90+")
        #expect(Deidentifying.ageBand(born: nil, today: Self.today) == nil)
        let may = Person(
            id: PersonID(rawValue: "usr_m"), givenName: "May", familyName: "O'Hara", email: Email("may@example.com"),
            phone: nil, language: nil, createdAt: TestClock.start)
        func found(_ text: String) -> String? { Deidentifying.givesAway(text, of: may, caseNumber: "EU-2027-000001") }
        #expect(found("Surgery may help; heart murmur.") == nil)
        #expect(found("Mrs Hara, 62") == "the patient's name")
        #expect(found("See eu-2027-000001") == "the case's number")
        #expect(found("write to MAY@example.com") == "the patient's e-mail address")
    }
}
